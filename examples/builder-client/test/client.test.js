/**
 * The client against the real server, each in a process of its own.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { io } from 'socket.io-client';

import { createAuth } from '../../builder-server/auth.js';

const FOLDER = path.join(import.meta.dirname, '..');
const CLIENT = path.join(FOLDER, 'dist/examples/builder-client/src/client.js');
const SERVER = path.join(FOLDER, '../builder-server/server.js');
/** A test that takes longer has failed; its processes are ended with it. */
const bounded = { timeout: 15_000 };

test('shows a build, answers its decision, and ends with 0', bounded, async (t) => {
  const server = await startServer(t);
  const project = randomUUID();
  const client = startClient(t, { server, project });
  await client.until(`joined ${project}, 1 in the room`);
  await build(server, project, { decision: true });
  assert.equal(await client.ended, 0);

  assert.match(client.lines[0], /^authenticated as developer$/);
  const story = client.lines.slice(client.lines.findIndex((line) => line.startsWith('build started')));
  const phase = (name, percent) => [
    `backend agent is working: Phase ${name} is under way (${percent} %)`,
    new RegExp(`^build ${percent} %: Phase ${name} is nearly done, \\d+ s left$`),
  ];
  assertLines(story, [
    'build started: analyze, design, generate, validate',
    ...phase('analyze', 20),
    ...phase('design', 45),
    'Which layout style do you prefer? Classic Table',
    ...phase('generate', 70),
    // The first option is the default: this one was answered.
    'backend agent: Created 3 API endpoints for option-2',
    ...phase('validate', 95),
    'backend agent is completed: All phases are done (100 %)',
    new RegExp(`^build completed in \\d+ s: http://localhost:3000/preview/${project}$`),
  ]);
});

test('ends with 1 when the build fails', bounded, async (t) => {
  const server = await startServer(t);
  const client = startClient(t, { server, project: 'p' });
  await client.until('joined p, 1 in the room');
  await build(server, 'p', { outcome: 'failed' });
  assert.equal(await client.ended, 1);
  assert.ok(client.lines.includes('backend agent failed: AI service timeout after 30s'));
  assert.ok(client.lines.includes('- Try simplifying the feature scope'));
});

test('joins again after a reconnection', bounded, async (t) => {
  const secret = 'a secret of the tests, long enough for HS256';
  const token = await createAuth(secret).issue({ id: randomUUID(), username: 'john_doe' });
  const first = await startServer(t, { JWT_SECRET: secret });
  const client = startClient(t, { server: { ...first, token }, project: 'p' });
  await client.until('joined p, 1 in the room');

  const exited = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await exited;
  await client.until('disconnected: transport close');
  const second = await startServer(t, { JWT_SECRET: secret, PORT: new URL(first.url).port });
  await client.until('reconnected, joining again');
  await client.until('joined p, 1 in the room');

  await build({ ...second, token }, 'p', {});
  assert.equal(await client.ended, 0);
});

test('answers heartbeats', bounded, async (t) => {
  const server = await startServer(t, { HEARTBEAT_MS: '400' });
  const client = startClient(t, { server, project: 'p' });
  await client.until('joined p, 1 in the room');
  // Who stays silent for two and a half heartbeats is dropped.
  await heartbeats(t, server, 5);
  await build(server, 'p', {});
  assert.equal(await client.ended, 0);
});

test('ends with 1 when the token is refused', bounded, async (t) => {
  const server = await startServer(t);
  const client = startClient(t, { server: { ...server, token: 'nope' }, project: 'p' });
  assert.equal(await client.ended, 1);
  assert.deepEqual(client.errors, [`${server.url}: Authentication failed`]);
});

test('ends with 2 without its settings', bounded, async (t) => {
  const client = startClient(t, { server: { url: '', token: '' }, project: '' });
  assert.equal(await client.ended, 2);
  assert.match(client.errors[0], /^set BUILDER_TOKEN and PROJECT/);
});

/** Starts the server as its user would, on a free port; the token is the one it prints. */
async function startServer(t, env = {}) {
  const settings = { PATH: process.env.PATH, PORT: '0', STEP_MS: '2', ...env };
  const child = spawn(process.execPath, [SERVER], { env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  let token;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('token ')) token = line.slice('token '.length);
    const [, url] = /^listening on (.+)$/.exec(line) ?? [];
    if (url) return { child, url, token };
  }
  throw new Error('the server ended before it listened');
}

/** Starts the client, and collects what it prints. */
function startClient(t, { server: { url, token }, project }) {
  const env = { PATH: process.env.PATH, BUILDER_URL: url, BUILDER_TOKEN: token, PROJECT: project };
  const child = spawn(process.execPath, [CLIENT], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const lines = [];
  const errors = [];
  let wake = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  let isOver = false;
  let next = 0;
  // Its output is complete when it is closed, which may be after the exit.
  const ended = once(child, 'close').then(([code]) => {
    isOver = true;
    wake();
    return code;
  });
  /** Waits for a line behind those that were waited for before. */
  const until = async (wanted) => {
    for (;;) {
      const index = lines.indexOf(wanted, next);
      if (index >= 0) {
        next = index + 1;
        return;
      }
      assert.ok(!isOver, `the client ended without \`${wanted}\`:\n${[...lines, ...errors].join('\n')}`);
      await new Promise((resolve) => (wake = resolve));
    }
  };
  return { lines, errors, ended, until };
}

/** Waits for so many heartbeats of the server. */
async function heartbeats(t, { url, token }, count) {
  const socket = io(`${url}/builder`, { auth: { token } });
  t.after(() => socket.close());
  for (let n = 0; n < count; n += 1) {
    await once(socket, 'ping');
    socket.emit('pong', null);
  }
}

/** Starts a build over HTTP. */
async function build({ url, token }, project, order) {
  const response = await fetch(`${url}/api/projects/${project}/builds`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(order),
  });
  assert.equal(response.status, 202);
}

/** Each line is, or matches, what is expected in its place. */
function assertLines(lines, expected) {
  const shown = lines.map((line, index) => {
    const wanted = expected[index];
    return wanted instanceof RegExp && wanted.test(line) ? wanted : line;
  });
  assert.deepEqual(shown, expected);
}
