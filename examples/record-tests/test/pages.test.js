/**
 * The example pages in headless Chromium: recorded through the proxy, and by the browser itself as HAR.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { createAuth } from '../../builder-server/auth.js';
import { launch } from '../../browser-tests/browser.js';
import { inReverse, servePage, startServer } from '../../browser-tests/servers.js';
import { keepStreams } from '../../../docs/examples/keep-streams.js';
import { inspected } from '../devtools.js';
import { assertNoSecrets, folder, OTHER, record, replays, run } from '../handfast.js';

const SECRET = 'a secret of the tests, long enough for HS256';
const ORBIT_TOKEN = 'a token / with + signs that ~ base64url must carry?';
const bounded = { timeout: 180_000 };

let browser;
let builderToken;
before(async () => {
  browser = await launch();
  builderToken = await createAuth(SECRET).issue({ id: randomUUID(), username: 'john_doe' });
});
after(() => browser.close());

/** What a user does on each page, until it is done. */
const USES = {
  orbit: {
    contract: 'schemas/orbit/asyncapi.yaml',
    page: 'orbit-panel',
    target: 'ORBIT_URL',
    token: () => ORBIT_TOKEN,
    variable: 'ORBIT_TOKEN',
    channels: ['stream', 'events'],
    async use(page, channel) {
      await page.getByLabel('Token').fill(ORBIT_TOKEN);
      await page.locator(`input[value="${channel}"]`).check();
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.locator('#connection[data-state="open"]').waitFor();
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.locator('.toast').getByText('Install an app succeeded').waitFor();
    },
  },
  builder: {
    contract: 'schemas/builder/asyncapi.yaml',
    page: 'builder-web',
    target: 'BUILDER_URL',
    token: () => builderToken,
    variable: 'BUILDER_TOKEN',
    channels: ['builder'],
    async use(page) {
      await page.getByLabel('Project', { exact: true }).fill('a project / with % in its name');
      await page.getByLabel('Token').fill(builderToken);
      await page.getByRole('button', { name: 'Join' }).click();
      await page.getByText('Connected, 1 in the project').waitFor();
      await page.getByLabel('Ask me for the layout').uncheck();
      await page.getByRole('button', { name: 'Start a build' }).click();
      await page.getByText('The build is completed').waitFor();
    },
  },
};

const servers = { orbit: ['orbit-server', 'orbit-server-python'], builder: ['builder-server', 'builder-server-rust'] };

for (const [protocol, use] of Object.entries(USES)) {
  for (const channel of use.channels) {
    for (const name of servers[protocol]) {
      test(`the ${use.page} over ${channel}, recorded from ${name}, replays against ${OTHER[name]}`, bounded, async (test) => {
        const t = inReverse(test);
        const [server, other, made] = await Promise.all([start(t, name), start(t, OTHER[name]), folder(t)]);
        const out = path.join(made, 'page.yaml');
        const raw = path.join(made, 'page.jsonl');
        const visit = async (...more) => {
          const recording = await record(t, use.contract, server.url, out, ...more);
          const url = await servePage(t, use.page, { [use.target]: recording.url });
          await browse(url, (page) => use.use(page, channel));
          return recording.stop();
        };
        await visit('--raw', raw);
        const { sessions } = await visit('--compare', raw);
        assert.ok(sessions.some((session) => session.channel === channel && session.steps > 4), JSON.stringify(sessions));
        await assertNoSecrets(made, use.token());
        await replays(made, other.url, { [use.variable]: use.token() });
      });

      for (const content of ['embed', 'attach']) {
        test(`a HAR of the ${use.page} over ${channel} (${content}) from ${name} replays against ${OTHER[name]}`, bounded, async (test) => {
          const t = inReverse(test);
          const [server, other, made] = await Promise.all([start(t, name), start(t, OTHER[name]), folder(t)]);
          const url = await servePage(t, use.page, { [use.target]: server.url });
          const files = ['first', 'second'].map((name) => path.join(made, name, 'page.har'));
          for (const file of files) {
            const streams = await browse(url, (page) => use.use(page, channel), { path: file, content });
            await streams.addTo(file);
          }
          const sessions = path.join(made, content);
          await imports(use, files, sessions);
          await replays(sessions, other.url, { [use.variable]: use.token() });
        });
      }

      // The tools take their time to open; one server of each protocol is enough.
      if (name !== servers[protocol][0]) continue;
      test(`Chrome's own HAR of the ${use.page} over ${channel} from ${name} replays against ${OTHER[name]}`, bounded, async (test) => {
        const t = inReverse(test);
        const [server, other, made] = await Promise.all([start(t, name), start(t, OTHER[name]), folder(t)]);
        const url = await servePage(t, use.page, { [use.target]: server.url });
        const visits = ['first', 'second'].map((name) => path.join(made, name));
        for (const visit of visits) {
          await mkdir(visit);
          await inspected(visit, async (page, write) => {
            page.setDefaultTimeout(30_000);
            await page.goto(url);
            await use.use(page, channel);
            await write(path.join(visit, 'whole.har'), { sanitize: false });
            await write(path.join(visit, 'sanitized.har'), { sanitize: true });
          });
        }
        for (const form of ['whole', 'sanitized']) {
          const sessions = path.join(made, form);
          const files = visits.map((visit) => path.join(visit, `${form}.har`));
          if (form === 'sanitized' && channel === 'stream') {
            await lacks(use, files[0], sessions, /Chrome leaves it out unless it exports "with sensitive data"/);
            continue;
          }
          await imports(use, files, sessions);
          await replays(sessions, other.url, { [use.variable]: use.token() });
        }
      });
    }
  }
}

test('a HAR whose streams Playwright left out says so', bounded, async (test) => {
  const t = inReverse(test);
  const [server, made] = await Promise.all([start(t, 'orbit-server'), folder(t)]);
  const url = await servePage(t, 'orbit-panel', { ORBIT_URL: server.url });
  const file = path.join(made, 'page.har');
  await browse(url, (page) => USES.orbit.use(page, 'stream'), { path: file });
  await lacks(USES.orbit, file, made, /a stream has no events in the file: Playwright and mitmproxy keep no body/);
});

/** Makes a session of two HAR files of the same, into the folder `sessions`. */
async function imports(use, [first, second], sessions) {
  const out = path.join(sessions, 'page.yaml');
  const { code, stdout, stderr } = await run(['import', 'har', first, '--contract', use.contract, '--out', out, '--compare', second]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /wrote .*page\.yaml: ([6-9]|\d\d) steps/);
  await assertNoSecrets(sessions, use.token());
}

/** A HAR file does not hold what its streams said, and the command says why. */
async function lacks(use, file, sessions, why) {
  const { code, stdout, stderr } = await run(['import', 'har', file, '--contract', use.contract, '--out', path.join(sessions, 'page.yaml')]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stderr, why);
}

/** Visits a page; the browser keeps what it sees in a HAR file where that is asked for, without the streams that are given back. */
async function browse(url, use, recordHar) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...(recordHar && { recordHar }) });
  context.setDefaultTimeout(30_000);
  try {
    const page = await context.newPage();
    const streams = await keepStreams(page);
    await page.goto(url);
    await use(page);
    return streams;
  } finally {
    await context.close();
  }
}

function start(t, name) {
  return startServer(t, name, { JWT_SECRET: SECRET, ORBIT_TOKEN, STEP_MS: '20', METRICS_MS: '50' });
}
