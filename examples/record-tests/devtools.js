/**
 * Chrome's developer tools, open over a page, and the HAR files that they export. Chromium brings the tools along and serves them
 * on its debugging port; here they stand on a page beside the one that they inspect.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { launchProfile } from '../browser-tests/browser.js';

/**
 * Opens a page with the tools over it, for as long as `use` takes.
 * @param {string} made a folder for the browser's profile
 * @param {(page: import('playwright-core').Page, write: (file: string, options: { sanitize: boolean }) => Promise<void>) => Promise<void>} use
 */
export async function inspected(made, use) {
  const profile = path.join(made, 'profile');
  const context = await launchProfile(profile, ['--remote-debugging-port=0', '--remote-allow-origins=*']);
  try {
    const page = await context.newPage();
    const tools = await open(context, page, profile);
    await use(page, (file, options) => write(tools, file, options));
  } finally {
    await context.close();
  }
}

/** Opens the tools over a page. */
async function open(context, page, profile) {
  const { targetInfo } = await (await context.newCDPSession(page)).send('Target.getTargetInfo');
  const [port] = (await readFile(path.join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const tools = await context.newPage();
  const target = `127.0.0.1:${port}/devtools/page/${targetInfo.targetId}`;
  await tools.goto(`http://127.0.0.1:${port}/devtools/devtools_app.html?panel=network&ws=${target}`);
  await tools.waitForFunction(looksAtPage);
  return tools;
}

/** Whether the tools are connected, and their network log is there; runs within the tools. */
async function looksAtPage() {
  const [sdk, logs] = await Promise.all([import('./core/sdk/sdk.js'), import('./models/logs/logs.js')]);
  logs.NetworkLog.NetworkLog.instance();
  const target = sdk.TargetManager.TargetManager.instance().primaryPageTarget();
  return Boolean(target?.model(sdk.NetworkManager.NetworkManager));
}

/** What "Export HAR" writes: `sanitize` leaves cookies and authorization out, as the tools do unless they are told otherwise. */
async function write(tools, file, options) {
  const text = await tools.evaluate(async (options) => {
    const [common, logs, har] = await Promise.all([
      import('./core/common/common.js'),
      import('./models/logs/logs.js'),
      import('./models/har/har.js'),
    ]);
    let written = '';
    const stream = { write: async (part) => void (written += part) };
    const requests = logs.NetworkLog.NetworkLog.instance().requests();
    await har.Writer.Writer.write(stream, requests, options, new common.Progress.Progress());
    return written;
  }, options);
  await writeFile(file, text);
}
