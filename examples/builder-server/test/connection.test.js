import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { createAuth } from '../auth.js';
import { auth, joinProject, openClient, startServer, user, test } from './builder.js';

const past = Math.floor(Date.now() / 1000) - 60;

for (const [name, makeToken] of [
  ['no token', () => undefined],
  ['a token that is no string', () => 7],
  ['a token that is no JWT', () => 'not-a-token'],
  ['a token of another secret', () => createAuth('another secret').issue(user)],
  ['an expired token', () => auth.issue(user, past)],
  ['a user that is no UUID', () => auth.issue({ id: 'john', username: 'john_doe' })],
  ['an unsigned token', () => unsigned()],
]) {
  test(`refuses ${name}`, async (t) => {
    const url = await startServer(t);
    const { socket } = openClient(t, url, { auth: { token: await makeToken() } });
    const [error] = await once(socket, 'connect_error');
    assert.equal(error.message, 'Authentication failed');
  });
}

for (const transport of ['polling', 'websocket']) {
  test(`says who connected, over ${transport}`, async (t) => {
    const url = await startServer(t);
    const { inbox } = openClient(t, url, { transports: [transport] });
    assert.deepEqual(await inbox.next('authenticated'), { userId: user.id, username: user.username });
  });
}

test('takes over the user of a renewed token', async (t) => {
  const url = await startServer(t);
  const { socket, inbox } = openClient(t, url);
  await inbox.next('authenticated');
  const renewed = { id: randomUUID(), username: 'jane_doe' };
  socket.emit('authenticate', { token: await auth.issue(renewed) });
  assert.deepEqual(await inbox.next('authenticated'), { userId: renewed.id, username: 'jane_doe' });
});

test('answers a bad renewal with an error and keeps the connection', async (t) => {
  const url = await startServer(t);
  const { socket, inbox } = openClient(t, url);
  socket.emit('authenticate', { token: 'not-a-token' });
  const error = await inbox.next('error');
  assert.equal(error.type, 'error');
  assert.equal(error.payload.code, 'AUTHENTICATION_FAILED');
  socket.emit('join-project', { projectId: 'p' });
  await inbox.next('project-joined');
});

test('counts the members of a project, the joiner included', async (t) => {
  const url = await startServer(t);
  const first = await joinProject(t, url, 'shared');
  const second = await joinProject(t, url, 'shared');
  const other = await joinProject(t, url, 'other');
  assert.deepEqual(first.joined, { projectId: 'shared', members: 1 });
  assert.deepEqual(second.joined, { projectId: 'shared', members: 2 });
  assert.deepEqual(other.joined, { projectId: 'other', members: 1 });
});

for (const [event, payload] of [
  ['authenticate', {}],
  ['join-project', undefined],
  ['join-project', { projectId: 7 }],
  ['join-project', { projectId: '' }],
  ['authenticate', { token: '' }],
  ['user:decision:response', { decisionId: 'd' }],
  ['user:decision:response', { decisionId: 'd', selectedOptionId: 'o', feedback: 1 }],
  ['pong', { beat: 1 }],
]) {
  test(`answers ${event} ${JSON.stringify(payload)?.slice(0, 60)} with an error`, async (t) => {
    const url = await startServer(t);
    const { socket, inbox } = openClient(t, url);
    socket.emit(event, payload);
    const { type, timestamp, payload: error } = await inbox.next('error');
    assert.equal(type, 'error');
    assert.ok(Math.abs(Date.now() - timestamp) < 10_000);
    assert.equal(error.code, 'INVALID_PAYLOAD');
    assert.equal(error.details.event, event);
    assert.equal(error.recoverable, true);
    assert.ok(error.message.length > 0);
    assert.ok(error.actions.every(({ label, action }) => label && action));
  });
}

test('pings at every interval with the payload null', async (t) => {
  const url = await startServer(t, { heartbeatMs: 40 });
  const startedAt = Date.now();
  const { socket, inbox } = openClient(t, url);
  socket.on('ping', () => socket.emit('pong', null));
  for (let n = 0; n < 6; n += 1) assert.equal(await inbox.next('ping'), null);
  assert.ok(Date.now() - startedAt >= 6 * 40);
  assert.ok(socket.connected, 'a client that answers stays');
});

test('drops a client that does not answer for two and a half intervals', async (t) => {
  const url = await startServer(t, { heartbeatMs: 40 });
  const startedAt = Date.now();
  const { socket, inbox } = openClient(t, url);
  await once(socket, 'disconnect');
  assert.ok(Date.now() - startedAt >= 2.5 * 40);
  const pings = inbox.drain().filter(({ event }) => event === 'ping').length;
  assert.ok(pings === 1 || pings === 2, `${pings} pings`);
});

test('drops a client whose token has expired', async (t) => {
  const url = await startServer(t, { heartbeatMs: 40 });
  const expires = Math.ceil(Date.now() / 1000) + 1;
  const { socket, inbox } = openClient(t, url, { auth: { token: await auth.issue(user, expires) } });
  socket.on('ping', () => socket.emit('pong', null));
  const error = await inbox.next('error');
  assert.equal(error.payload.code, 'AUTHENTICATION_FAILED');
  assert.ok(Date.now() >= expires * 1000);
  if (socket.connected) await once(socket, 'disconnect');
});

function unsigned() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: user.id, username: user.username, exp: Math.floor(Date.now() / 1000) + 60 };
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}
