/**
 * The command: recording through its proxy, importing, and replaying what came of it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { ROOT } from '../browser-tests/servers.js';

const HANDFAST = process.env.HANDFAST || path.join(ROOT, 'target/debug/handfast');
/** Of the two servers of a protocol, the one that a session was not recorded from. */
export const OTHER = {
  'orbit-server': 'orbit-server-python',
  'orbit-server-python': 'orbit-server',
  'builder-server': 'builder-server-rust',
  'builder-server-rust': 'builder-server',
};

/** A folder that goes with the test. */
export async function folder(t) {
  const made = await mkdtemp(path.join(tmpdir(), 'handfast-record-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/**
 * Starts a recording; `stop` ends it, and gives what it wrote.
 * @param {import('../browser-tests/servers.js').Test} t
 * @param {string} contract
 * @param {string} target
 * @param {string} out the session's file
 * @param {string[]} more
 */
export async function record(t, contract, target, out, ...more) {
  const args = ['record', contract, '--target', target, '--out', out, '--format', 'json', ...more];
  const child = spawn(HANDFAST, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let notes = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (notes += text));
  const lines = [];
  t.after(() => child.kill('SIGKILL'));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(JSON.parse(line));
      if (lines.length === 1) resolve(lines[0].url);
    });
    exited.then(() => reject(new Error(`the recording ended: ${notes}`)));
  });
  const stop = async (signal = 'SIGINT') => {
    child.kill(signal);
    const [code] = await exited;
    assert.equal(code, 0, notes);
    return { sessions: lines.slice(1), notes };
  };
  return { url, stop };
}

/** Runs the command to its end. */
export async function run(args, env = {}) {
  const child = spawn(HANDFAST, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

/**
 * Replays everything in `sessions`, and wants it to pass. How many seconds a build takes is up to the machine: two recordings
 * may agree on it by chance, and whoever reads them corrects that by hand.
 */
export async function replays(sessions, target, env, ...more) {
  for (const file of await sessionsIn(sessions)) {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(/\bduration: \d+\b/g, 'duration: "{{number 0..}}"'));
  }
  const { code, stdout, stderr } = await run(['replay', sessions, '--target', target, ...more], env);
  const written = [];
  for (const file of await sessionsIn(sessions)) {
    written.push(`# ${path.basename(file)}`, await readFile(file, 'utf8'));
  }
  assert.equal(code, 0, [stdout, stderr, ...written].join('\n'));
}

async function sessionsIn(folder) {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.yaml')).map((name) => path.join(folder, name));
}

/** No file in `folder` holds any of the secrets. */
export async function assertNoSecrets(folder, ...secrets) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(path.join(entry.parentPath, entry.name), 'utf8');
    const coded = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64url'),
    ]);
    for (const secret of coded) assert.ok(!text.includes(secret), `${entry.name} holds ${secret}`);
  }
}
