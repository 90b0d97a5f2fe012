/**
 * Headless Chromium, and what every page must be: silent on the console, within its Content-Security-Policy, accessible,
 * and no wider than the screen.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { ROOT } from './servers.js';

const SCREENSHOTS = path.join(ROOT, 'target/browser');
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Whatever takes longer has failed. */
const TIMEOUT_MS = 15_000;

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** Starts a browser of its own for a test file. */
export function launch() {
  return chromium.launch({ executablePath: executable(), args: ARGS });
}

/** Starts a browser whose profile is the folder `profile`: the only context that it has. */
export function launchProfile(profile, args) {
  return chromium.launchPersistentContext(profile, { executablePath: executable(), args: [...ARGS, ...args], reducedMotion: 'reduce' });
}

function executable() {
  const candidates = process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, 'chromium'));
  const found = process.env.CHROMIUM || candidates.find((candidate) => existsSync(candidate));
  assert.ok(found, 'no `chromium` in PATH; `CHROMIUM` may name one');
  return found;
}

/**
 * Opens a page of its own; at the end of the test it must have had no problem.
 * @param {import('./servers.js').Test} t
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {object} [options]
 * @param {import('playwright-core').BrowserContextOptions} [options.screen]
 * @param {RegExp} [options.expected] URLs that fail while their server is away: the browser says so on the console
 */
export async function open(t, browser, url, { screen = {}, expected } = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...screen });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const problems = watch(page, expected);
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems, []);
  });
  await page.goto(url);
  return page;
}

/** Collects errors and warnings; a violation of the policy is an error on the console. */
function watch(page, expected) {
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error.stack)));
  page.on('console', (message) => {
    const isExpected = expected?.test(message.location().url) || expected?.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isExpected) problems.push(message.text());
  });
  return problems;
}

const AXE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asserts that axe finds nothing serious, and that nothing is wider than the screen. */
export async function assertSound(page) {
  // The protocol of the developer tools is not bound by the page's policy.
  await page.evaluate(await AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const told = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  assert.deepEqual(told, []);
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  assert.ok(content <= screen, `the page is ${content} px wide on a screen of ${screen} px`);
}

/** Keeps what the page looks like, for people to see. */
export async function screenshot(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
