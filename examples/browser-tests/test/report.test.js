/**
 * The HTML report of a run: a file without a server, made of what a server sent.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertSound, launch, open, PHONE, screenshot } from '../browser.js';
import { badRun, goodRun, HOSTILE, pageOf } from '../run.js';
import { inReverse } from '../servers.js';

const bounded = { timeout: 60_000 };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** The page of a run, in a browser that has no network. */
async function openReport(t, run, options = {}) {
  const test = inReverse(t);
  const url = await pageOf(test, run);
  const page = await open(test, browser, url, options);
  await page.context().setOffline(true);
  return page;
}

function sessionLink(page, name) {
  return page.getByRole('navigation', { name: 'Sessions' }).getByRole('link', { name });
}

for (const colorScheme of ['light', 'dark']) {
  for (const [name, viewport] of [['desktop', { width: 1280, height: 900 }], ['phone', PHONE]]) {
    test(`the page is sound: ${name}, ${colorScheme}`, bounded, async (t) => {
      const page = await openReport(t, badRun(), { screen: { viewport, colorScheme } });
      await page.getByRole('heading', { name: /5 of 15 sessions did not pass/ }).waitFor();
      await assertSound(page);
      await screenshot(page, `report-run-${name}-${colorScheme}`);
      for (const [session, picture] of [['a task is installed', 'failed'], ['a busy machine', 'lag'], ['ping is answered', 'passed'], ['a server that is away', 'away'], [/^failed hostile/, 'hostile']]) {
        await page.goto(`${page.url().split('#')[0]}#/`);
        await sessionLink(page, session).first().click();
        await page.locator('h2.session-title').waitFor();
        await assertSound(page);
        await screenshot(page, `report-${picture}-${name}-${colorScheme}`);
      }
    });
  }
}

test('a run that went well says so', bounded, async (t) => {
  const page = await openReport(t, goodRun());
  await page.getByRole('heading', { name: '8 sessions passed' }).waitFor();
  await page.getByText('Every session that was played came to a good end').waitFor();
  assert.match(await page.title(), /^✓ 8 sessions passed/);
  await assertSound(page);
});

test('what a server sends stays text', bounded, async (t) => {
  const page = await openReport(t, badRun());
  await sessionLink(page, /hostile/).click();
  await page.locator('h2.session-title').getByText('hostile').waitFor();
  const title = await page.locator('h2.session-title').textContent();
  assert.ok(title.endsWith(`hostile ${HOSTILE}`), title);
  for (const idx of [1, 2]) await page.locator(`#frame-${idx} summary`).click();
  await page.locator('#frame-1 .payload').getByText(HOSTILE.slice(0, 40)).waitFor();
  assert.ok((await page.locator('#frame-1 .payload').textContent()).includes(HOSTILE));
  await page.locator('#frame-2 .line').nth(1999).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => globalThis.broken), undefined);
  assert.equal(await page.locator('img, b:not(p b)').count(), 0);
});

test('violations are marked where they are', bounded, async (t) => {
  const page = await openReport(t, badRun());
  await sessionLink(page, 'a task is installed').first().click();
  const frame = page.locator('#frame-9');
  const marked = frame.locator('.line.marked');
  assert.deepEqual(await texts(marked), [
    '"payload": {∅ missing: /payload/step: breaks required of task.updated.schema.json#/required',
    '"progress": 145,✗ breaks maximum (actual 145, limit 100) of definitions.schema.json#/$defs/Progress/maximum',
  ]);
  // A frame that is found wrong by comparison has both: what was expected, and what is there.
  await page.getByRole('button', { name: 'Show the frame' }).nth(1).click();
  const compared = page.locator('#frame-10 .line.marked');
  assert.deepEqual(await texts(compared), ['"progress": 80,✗ expected {{number 0..50}}', '"status": "running"✗ expected "queued"']);
  const cells = await texts(page.getByRole('region', { name: 'Differences' }).nth(1).locator('td'));
  assert.deepEqual(cells, ['"queued"', '"running"', '{{number 0..50}}', '80']);
});

test('a violation inside a packet of Socket.IO is marked inside it', bounded, async (t) => {
  const page = await openReport(t, badRun());
  await sessionLink(page, /hostile/).click();
  await page.locator('h2.session-title').getByText('hostile').waitFor();
  const [marked] = await texts(page.locator('#frame-0 .line.marked'));
  assert.match(marked, /^"overallProgress": "half",✗ breaks type/);
});

test('it is searched, filtered and walked through by keyboard', bounded, async (t) => {
  const page = await openReport(t, badRun());
  const links = page.getByRole('navigation', { name: 'Sessions' }).getByRole('link');
  const search = page.getByRole('searchbox', { name: 'Search sessions' });
  await search.fill('LIFECYCLE');
  assert.equal(await links.count(), 1);
  await search.fill('');
  const chip = page.getByRole('button', { name: '3 failed' });
  await chip.focus();
  await page.keyboard.press('Space');
  assert.equal(await links.count(), 3);
  assert.equal(await chip.getAttribute('aria-pressed'), 'true');
  await page.keyboard.press('Space');
  assert.equal(await links.count(), 15);

  await search.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const title = page.locator('h2.session-title');
  await title.getByText('a task is installed').waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('h2.session-title'));

  await page.getByRole('link', { name: /^mismatch: task.updated at/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('#frame-10'));
  await page.keyboard.press('Space');
  await page.locator('#frame-10 .payload').waitFor({ state: 'hidden' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('#frame-11 .payload').waitFor();
  await page.goBack();
  await page.goBack();
  await page.getByRole('heading', { name: 'Why' }).waitFor();
});

test('a long session is drawn in parts, around its cause', bounded, async (t) => {
  const page = await openReport(t, badRun());
  await sessionLink(page, /^failed an endless stream/).click();
  const frames = page.locator('.frames > .frame');
  await page.locator('#frame-2999 .payload').waitFor();
  assert.ok((await frames.count()) <= 200);
  await page.getByRole('button', { name: 'Show 200 earlier ones' }).click();
  assert.ok((await frames.count()) > 200);
  await page.getByRole('searchbox', { name: 'Filter what happened' }).fill('"n":1234');
  assert.equal(await frames.count(), 1);
  await page.getByText('1 of 3,000 lines').waitFor();
  await page.getByRole('searchbox', { name: 'Filter what happened' }).fill('');
  await page.getByRole('button', { name: 'only what is wrong' }).click();
  assert.equal(await frames.count(), 1);
});

/** The texts of all elements, once there are any: what a frame holds is drawn when it is opened. */
async function texts(elements) {
  await elements.first().waitFor();
  return elements.allInnerTexts();
}
