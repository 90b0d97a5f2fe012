/**
 * The builder page against each builder server.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { createAuth } from '../../builder-server/auth.js';
import { assertSound, launch, open, PHONE, screenshot } from '../browser.js';
import { inReverse, servePage, startServer } from '../servers.js';

const SECRET = 'a secret of the tests, long enough for HS256';
const bounded = { timeout: 60_000 };

let browser;
let token;
before(async () => {
  browser = await launch();
  token = await createAuth(SECRET).issue({ id: randomUUID(), username: 'john_doe' });
});
after(() => browser.close());

for (const name of ['builder-server', 'builder-server-rust']) {
  test(`${name}: a decision is answered by the keyboard, and the build completes`, bounded, async (t) => {
    const { page } = await openPage(t, name);
    await join(page);
    await page.getByRole('button', { name: 'Start a build' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Which layout style do you prefer?' });
    await dialog.waitFor();
    await page.locator('input[type="radio"]:focus').waitFor();
    assert.ok(await dialog.getByLabel('Modern Dashboard').isChecked());
    await page.keyboard.press('ArrowDown');
    assert.ok(await dialog.getByLabel('Classic Table').isChecked());
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });

    await page.getByText('The build is completed').waitFor();
    // The first option is the default: this one was answered.
    await page.getByText('Created 3 API endpoints for option-2').waitFor();
    await page.getByRole('link', { name: /preview/ }).waitFor();
    const bar = page.getByRole('progressbar', { name: 'Build', exact: true });
    assert.equal(await bar.getAttribute('aria-valuenow'), '100');
    assert.deepEqual(await page.locator('.phases li').allInnerTexts(), phases('done', 'done', 'done', 'done'));
  });

  test(`${name}: after a restart it joins again, and says what it did not see`, bounded, async (t) => {
    const { page, server } = await openPage(t, name, { expected: /\/socket\.io\// });
    await join(page);
    await server.stop('SIGKILL');
    await page.getByText('Connection lost, trying again').waitFor();
    await server.startAgain();
    await page.getByText('Connected, 1 in the project').waitFor();
    await page.getByRole('alert').getByText('What happened in between is not shown.').waitFor();
    await page.getByLabel('Ask me for the layout').uncheck();
    await page.getByRole('button', { name: 'Start a build' }).click();
    await page.getByText('The build is completed').waitFor();
  });

  test(`${name}: who joins is kept alive by its answers`, bounded, async (t) => {
    const { page } = await openPage(t, name, { settings: { HEARTBEAT_MS: '400', STEP_MS: '100' } });
    await join(page);
    // Who stays silent for two and a half heartbeats is dropped; builds that take longer show that the page is not.
    await page.getByLabel('Ask me for the layout').uncheck();
    for (let n = 0; n < 2; n += 1) {
      await page.getByRole('button', { name: 'Start a build' }).click();
      await page.getByText('The build is completed').waitFor();
    }
    assert.equal(await page.getByRole('alert').getByText('The connection was lost').count(), 0);
  });
}

test('a build that fails says what may help', bounded, async (t) => {
  const { page } = await openPage(t, 'builder-server');
  await join(page);
  await page.getByLabel('Ask me for the layout').uncheck();
  await page.getByLabel('Let it fail').check();
  await page.getByRole('button', { name: 'Start a build' }).click();
  await page.getByText('Try simplifying the feature scope').waitFor();
  assert.deepEqual(await page.locator('.phases li').allInnerTexts(), phases('done', 'done', 'failed', 'to come'));
  assert.equal(await page.locator('#agents .status').innerText(), 'failed');
});

test('a decision can be put off, and taken up again', bounded, async (t) => {
  const { page } = await openPage(t, 'builder-server');
  await join(page);
  await page.getByRole('button', { name: 'Start a build' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Answer the question' }).press('Enter');
  await dialog.getByLabel('What you want to add').fill('Looks great!');
  await dialog.getByRole('button', { name: 'Choose' }).press('Enter');
  await page.getByText('The build is completed').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Answer the question' }).isHidden());
});

test('a deployment goes to its address', bounded, async (t) => {
  const { page } = await openPage(t, 'builder-server');
  await join(page);
  await page.getByRole('button', { name: 'Deploy to test' }).click();
  const link = page.getByRole('link', { name: /aibuilder\.app/ });
  await link.waitFor();
  assert.equal(await link.getAttribute('href'), await link.innerText());
  const bar = page.getByRole('progressbar', { name: 'Deployment to test' });
  assert.equal(await bar.getAttribute('aria-valuetext'), '100 %, healthy');
});

test('a token that is refused is told', bounded, async (t) => {
  const { page } = await openPage(t, 'builder-server');
  await page.getByLabel('Project', { exact: true }).fill('p');
  await page.getByLabel('Token').fill('nope');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The server refuses: Authentication failed.').waitFor();
  await page.locator('#token:focus').waitFor();
});

test('after leaving nothing is left, and another project may be joined', bounded, async (t) => {
  const { page } = await openPage(t, 'builder-server');
  await join(page);
  await page.getByRole('button', { name: 'Deploy to test' }).click();
  await page.getByRole('link', { name: /aibuilder\.app/ }).waitFor();
  await page.getByRole('button', { name: 'Leave' }).click();
  await join(page, 'another');
  await page.getByText('Nothing was deployed.').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#deployments li').count(), 0);
});

for (const [look, screen] of Object.entries({
  desktop: {},
  dark: { colorScheme: 'dark' },
  phone: { viewport: PHONE },
  'phone-dark': { viewport: PHONE, colorScheme: 'dark' },
})) {
  test(`it is accessible and fits the screen: ${look}`, bounded, async (t) => {
    const { page } = await openPage(t, 'builder-server', { screen });
    await assertSound(page);
    await screenshot(page, `builder-web-join-${look}`);
    await join(page);
    await page.getByRole('button', { name: 'Start a build' }).click();
    await page.getByRole('dialog').waitFor();
    await assertSound(page);
    await screenshot(page, `builder-web-decision-${look}`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Deploy to test' }).click();
    await page.getByRole('link', { name: /aibuilder\.app/ }).waitFor();
    await page.getByText('The build is completed').waitFor();
    await assertSound(page);
    await screenshot(page, `builder-web-${look}`);
  });
}

/** A server, its page, and a browser that shows it. */
async function openPage(test, name, { settings = {}, ...options } = {}) {
  const t = inReverse(test);
  const server = await startServer(t, name, { JWT_SECRET: SECRET, STEP_MS: '20', ...settings });
  const url = await servePage(t, 'builder-web', { BUILDER_URL: server.url });
  return { page: await open(t, browser, url, options), server };
}

async function join(page, project = 'a project / with % in its name') {
  await page.getByLabel('Project', { exact: true }).fill(project);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Connected, 1 in the project').waitFor();
}

/** The phases as they are shown, each with where it stands. */
function phases(...standings) {
  return ['analyze', 'design', 'generate', 'validate'].map((phase, index) => `${phase}\n${standings[index]}`);
}
