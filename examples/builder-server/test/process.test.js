import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { joinProject, openClient, post, SECRET, test } from './builder.js';

const SERVER = path.join(import.meta.dirname, '..', 'server.js');

test('prints its token and address, and stops on SIGTERM', async (t) => {
  const { child, url, token } = await spawnServer(t);
  const { socket, inbox } = openClient(t, url, { auth: { token } });
  await inbox.next('authenticated');
  // A build that waits for its user does not hold the process back.
  const headers = { Authorization: `Bearer ${token}` };
  socket.emit('join-project', { projectId: 'p' });
  await post(url, '/api/projects/p/builds', { decision: true }, headers);
  await inbox.next('user:decision:required');
  const gone = once(socket, 'disconnect');
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
  await gone;
});

test('refuses a setting that makes no sense', async () => {
  const child = spawn(process.execPath, [SERVER], { env: { ...process.env, PORT: 'high' } });
  child.stderr.setEncoding('utf8');
  const [[message], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')]);
  assert.equal(code, 2);
  assert.match(message, /PORT is `high`/);
});

test('two processes on one Redis deliver to the clients of both, once each', async (t) => {
  const redisUrl = await startRedis(t);
  if (!redisUrl) return;
  const servers = await Promise.all([1, 2].map(() => spawnServer(t, { REDIS_URL: redisUrl, JWT_SECRET: SECRET })));
  const projectId = randomUUID();
  const [near, far] = await Promise.all(servers.map(({ url }) => joinProject(t, url, projectId)));

  await post(servers[0].url, `/api/projects/${projectId}/builds`, { decision: true });
  const asked = await Promise.all([near, far].map(({ inbox }) => inbox.until('user:decision:required')));
  assert.equal(asked[0].length, 6);
  assert.deepEqual(asked[1], asked[0]);

  // The build runs on the first process, the user who answers is connected to the second.
  const { decisionId, options } = asked[0].at(-1).data.payload;
  far.socket.emit('user:decision:response', { decisionId, selectedOptionId: 'no-such-option' });
  assert.equal((await far.inbox.next('error')).payload.code, 'INVALID_PAYLOAD');
  far.socket.emit('user:decision:response', { decisionId, selectedOptionId: options[1].id });
  const rest = await Promise.all([near, far].map(({ inbox }) => inbox.until('build:completed')));
  assert.equal(rest[0].length, 7);
  assert.deepEqual(rest[1], rest[0]);
  assert.equal(rest[0][2].data.payload.output.layout, options[1].id);

  for (const { child } of servers) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
  }
});

/** Starts the server as its user would, on a free port. */
async function spawnServer(t, env = {}) {
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

/** Starts a Redis of the test's own and returns its URL; nothing when it is not installed and need not be. */
async function startRedis(t) {
  const dir = await mkdtemp(path.join(tmpdir(), 'builder-redis-'));
  const port = await freePort();
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => stop(child, dir));
  const missing = await Promise.race([once(child, 'error'), ready(child)]);
  if (!missing) return `redis://127.0.0.1:${port}`;
  if (process.env.CI === 'true') throw new Error('redis-server is missing, and CI must not skip this test');
  t.skip('redis-server is missing; on Debian: apt-get install redis-server');
  return undefined;
}

async function ready(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Ready to accept connections')) {
      child.stdout.resume();
      return;
    }
  }
  throw new Error('redis-server ended before it was ready');
}

async function stop(child, dir) {
  if (child.pid && child.exitCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
  await rm(dir, { recursive: true, force: true });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
