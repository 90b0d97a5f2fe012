/**
 * The orbit panel against each orbit server.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertSound, launch, open, PHONE, screenshot } from '../browser.js';
import { inReverse, servePage, startServer } from '../servers.js';

const TOKEN = 'a token / with + signs that ~ base64url must carry?';
const bounded = { timeout: 60_000 };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const name of ['orbit-server', 'orbit-server-python']) {
  for (const channel of ['stream', 'events']) {
    test(`${name}: an installation is followed to its toast over ${channel}`, bounded, async (t) => {
      const { page } = await openPanel(t, name, { settings: { STEP_MS: '100' } });
      await logIn(page, channel);
      const values = await recordProgress(page);
      await page.getByRole('button', { name: 'Start', exact: true }).click();

      await page.locator('.toast').getByText('Install an app succeeded').waitFor();
      await settled(page);
      assertProgress(await values());
      const bar = page.getByRole('progressbar', { name: /^Install an app/ });
      assert.equal(await bar.getAttribute('aria-valuetext'), '100 %, succeeded');
      const lines = await page.getByRole('log', { name: 'Installation log' }).locator('.line').allInnerTexts();
      assert.deepEqual(
        lines.map((line) => line.replace(/^.* info /, '')),
        ['Downloading installer...', 'Copying files...', 'Registering the app...'],
      );
      await assertCharts(page);
    });
  }

  test(`${name}: over a restart no event is lost and none comes twice`, { timeout: 240_000 }, async (t) => {
    const { page, server, log } = await openPanel(t, name, {
      settings: { STEP_MS: '1000', METRICS_MS: '50' },
      expected: /\/events\/stream/,
    });
    await logIn(page, 'stream');
    const start = page.getByRole('button', { name: 'Start', exact: true });
    for (const signal of ['SIGKILL', 'SIGTERM']) {
      await start.click();
      // Any step between the first and the last will do: a busy browser may show one late.
      await page.getByRole('progressbar').first().and(page.locator('[aria-valuenow="33"], [aria-valuenow="66"]')).waitFor();
      await server.stop(signal);
      await page.locator('#connection[data-state="waiting"]').waitFor();
      await server.startAgain();
      // The server has to start again, and the page waits longer after each attempt in vain.
      await page.locator('.toast').getByText('Install an app failed').last().waitFor({ timeout: 60_000 });
      await page.locator('.toast button').last().click();
    }
    await start.click();
    await page.locator('.toast').getByText('Install an app succeeded').waitFor({ timeout: 45_000 });
    await server.stop('SIGTERM');
    await settled(page);
    await assertComplete(page, await published(log));
  });
}

test('over a WebSocket, what a restart hides is said', bounded, async (t) => {
  const { page, server } = await openPanel(t, 'orbit-server', { expected: /\/ws/ });
  await logIn(page, 'events');
  await server.stop('SIGTERM');
  await page.getByText('Connection lost, trying again soon').waitFor();
  await server.startAgain();
  await page.locator('.toast').getByText('What happened in between is not shown.').waitFor();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('.toast').getByText('Install an app succeeded').waitFor();
});

test('a wrong token is told, and the page is left as it was', bounded, async (t) => {
  const { page } = await openPanel(t, 'orbit-server', { expected: /\/events\/stream/ });
  await page.getByLabel('Token').fill('nope');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The server refuses this token.').waitFor();
  await page.locator('#token:focus').waitFor();
  assert.ok(await page.getByLabel('Token').isVisible());
  await assertSound(page);
});

test('the token is nowhere but in the page’s memory', bounded, async (t) => {
  const { page } = await openPanel(t, 'orbit-server');
  const urls = [];
  page.on('request', (request) => urls.push(request.url()));
  page.on('websocket', (socket) => urls.push(socket.url()));
  await logIn(page, 'events');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('.toast').first().waitFor();
  assert.ok(urls.some((url) => url.includes('/ws')), urls.join('\n'));
  assert.deepEqual(urls.filter((url) => decodeURIComponent(url).includes('base64url must carry')), []);
  const kept = await page.evaluate(() => [document.cookie, ...Object.values(localStorage), ...Object.values(sessionStorage)]);
  assert.deepEqual(kept, ['']);
});

test('after the log out nothing is left, and another may log in', bounded, async (t) => {
  const { page } = await openPanel(t, 'orbit-server');
  await logIn(page, 'stream');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('.toast').first().waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByLabel('Token').waitFor();
  assert.equal(await page.getByLabel('Token').inputValue(), '');
  await logIn(page, 'stream');
  assert.equal(await page.locator('.task').count(), 0);
});

test('a task that fails says so', bounded, async (t) => {
  const { page } = await openPanel(t, 'orbit-server');
  await logIn(page, 'stream');
  await page.getByRole('combobox', { name: 'Task', exact: true }).selectOption('snapshot.create');
  await page.getByLabel('Outcome').selectOption('failed');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('.toast[data-tone="bad"]').getByText('Take a snapshot failed').waitFor();
  await page.getByRole('button', { name: /^Dismiss/ }).press('Enter');
  assert.equal(await page.locator('.toast').count(), 0);
});

for (const [look, screen] of Object.entries({
  desktop: {},
  dark: { colorScheme: 'dark' },
  phone: { viewport: PHONE },
  'phone-dark': { viewport: PHONE, colorScheme: 'dark' },
})) {
  test(`it is accessible and fits the screen: ${look}`, bounded, async (t) => {
    const { page } = await openPanel(t, 'orbit-server', { screen });
    await assertSound(page);
    await screenshot(page, `orbit-panel-login-${look}`);
    await logIn(page, 'stream');
    for (const outcome of ['failed', 'cancelled', 'succeeded']) {
      await page.getByLabel('Outcome').selectOption(outcome);
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.locator('.toast').getByText(`Install an app ${outcome}`).waitFor();
    }
    await page.getByText('The figures as a table').click();
    await assertCharts(page);
    await assertSound(page);
    await page.getByText('The figures as a table').click();
    await screenshot(page, `orbit-panel-${look}`);
  });
}

/** A server with an event log, its page, and a browser that shows it. */
async function openPanel(test, name, { settings = {}, ...options } = {}) {
  const t = inReverse(test);
  const folder = await mkdtemp(path.join(tmpdir(), 'orbit-'));
  t.after(() => rm(folder, { recursive: true }));
  const log = path.join(folder, 'events.jsonl');
  const given = { ORBIT_TOKEN: TOKEN, EVENT_LOG: log, METRICS_MS: '20', STEP_MS: '10', ...settings };
  const server = await startServer(t, name, given);
  const url = await servePage(t, 'orbit-panel', { ORBIT_URL: server.url });
  return { page: await open(t, browser, url, options), server, log };
}

async function logIn(page, channel) {
  await page.getByLabel('Token').fill(TOKEN);
  await page.locator(`input[value="${channel}"]`).check();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('#connection[data-state="open"]').waitFor();
}

/** Progress moved from the beginning to the end; a value that lasted for less than a frame was not seen. */
function assertProgress(values) {
  const possible = ['0', '33', '66', '100'];
  assert.deepEqual(values, possible.filter((value) => values.includes(value)));
  assert.ok(values.length > 2 && values.at(-1) === '100', values.join(' '));
}

/** Gives what the first progress bar showed, each value once in a row. */
async function recordProgress(page) {
  await page.evaluate(() => {
    globalThis.values = [];
    const look = () => {
      const value = document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow');
      if (value && value !== globalThis.values.at(-1)) globalThis.values.push(value);
    };
    const options = { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuenow'] };
    new MutationObserver(look).observe(document.body, options);
  });
  return () => page.evaluate(() => globalThis.values);
}

/** Waits until the page has drawn what it knows. */
function settled(page) {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

async function assertCharts(page) {
  const chart = page.getByRole('img', { name: /^Processor of container [0-9a-f]{8}: [\d.]+ % now, from / });
  await chart.waitFor();
  await page.getByRole('img', { name: /^Memory of container [0-9a-f]{8}: [\d.]+ MB now, from / }).waitFor();
  await page.locator('#samples tr:nth-child(3)').waitFor({ state: 'attached' });
  const points = (await chart.locator('polyline').getAttribute('points')).split(' ');
  assert.ok(points.length >= 3 && points.every((point) => /^[\d.]+,[\d.]+$/.test(point)), points.join(' '));
}

/** Every event that a server published, read from its log. */
async function published(log) {
  const text = await readFile(log, 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line));
}

/** Each event since the page listened is on the page, once, in the order in which it was published. */
async function assertComplete(page, events) {
  const shown = (selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.dataset.key));
  const ids = (...types) => events.filter(({ type }) => types.includes(type)).map(({ id }) => id);
  const tasks = ids('task.created', 'task.updated', 'task.completed');
  assert.equal(ids('task.completed').length, 3);
  assert.deepEqual(await shown('#activity .line'), tasks);
  assert.deepEqual(await shown('#log .line'), ids('app.install.log'));
  const samples = await shown('#samples tr');
  assert.ok(samples.length > 10);
  assert.deepEqual(samples, ids('container.metrics').slice(-samples.length));
}
