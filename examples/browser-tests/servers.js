/**
 * The example servers and pages, each started as its user would, on free ports.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

export const ROOT = path.join(import.meta.dirname, '../..');

/** How each server is started; `SERVERS` may say it otherwise, as JSON. */
const COMMANDS = {
  'orbit-server': ['target/debug/orbit-server'],
  'orbit-server-python': ['python3', '-m', 'orbit_server'],
  'builder-server': ['node', 'examples/builder-server/server.js'],
  'builder-server-rust': ['target/debug/builder-server-rust'],
  ...JSON.parse(process.env.SERVERS || '{}'),
};

/** @typedef {Pick<import('node:test').TestContext, 'after'>} Test */

/**
 * A test that cleans up in reverse: the page goes before the server that it shows.
 * @param {Test} t
 * @returns {Test}
 */
export function inReverse(t) {
  const jobs = [];
  t.after(async () => {
    const failures = [];
    for (const job of jobs.reverse()) await Promise.resolve().then(job).catch((failure) => failures.push(failure));
    // What is left running would keep the tests from ending, so that every job had its turn.
    if (failures.length > 0) throw failures[0];
  });
  return { after: (job) => void jobs.push(job) };
}

/**
 * Starts a server, and ends it with the test.
 * @param {Test} t
 * @param {keyof typeof COMMANDS} name
 * @param {Record<string, string>} settings its environment
 */
export async function startServer(t, name, settings) {
  let child;
  const start = async (port) => {
    const env = {
      PATH: process.env.PATH,
      PYTHONPATH: path.join(ROOT, 'examples/orbit-server-python'),
      ...settings,
      PORT: port,
    };
    const [program, ...args] = COMMANDS[name];
    child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
    return listening(child);
  };
  const stop = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  t.after(() => stop('SIGKILL'));
  const url = await start('0');
  return {
    url,
    /** Ends it: `SIGTERM` asks, `SIGKILL` does not. */
    stop,
    /** Starts it again where it was. */
    startAgain: () => start(new URL(url).port),
  };
}

/** Waits until a server says where it listens. */
async function listening(child) {
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const [, url] = /^listening on (.+)$/.exec(line) ?? [];
    if (!url) continue;
    // Whatever it prints later must not fill the pipe.
    child.stdout.resume();
    return url;
  }
  throw new Error('the server ended before it listened');
}

/**
 * Serves the built page of an example by its own Vite, which hands requests to the server on.
 * @param {Test} t
 * @param {string} example its folder
 * @param {Record<string, string>} settings what its configuration reads
 */
export async function servePage(t, example, settings) {
  Object.assign(process.env, settings);
  const root = path.join(ROOT, 'examples', example);
  const vite = createRequire(path.join(root, 'package.json')).resolve('vite');
  const { preview } = await import(pathToFileURL(vite));
  const server = await preview({ root, logLevel: 'silent', preview: { port: 0, host: '127.0.0.1' } });
  t.after(() => server.close());
  return server.resolvedUrls.local[0];
}
