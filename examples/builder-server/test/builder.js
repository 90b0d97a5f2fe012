/**
 * A server within the test's process, and clients of it as a user would write them.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { test as boundlessTest } from 'node:test';

import { io } from 'socket.io-client';

import { createBuilderServer } from '../app.js';
import { createAuth } from '../auth.js';
import { connectBus } from '../bus.js';

/**
 * A test that ends. A limit for whole files would kill their process and leave behind the servers that it started.
 * @param {string} name
 * @param {(t: import('node:test').TestContext) => Promise<void> | void} run
 */
export const test = (name, run) => boundlessTest(name, { timeout: 30_000 }, run);

export const SECRET = 'a secret of the tests, long enough for HS256';
export const auth = createAuth(SECRET);
export const user = { id: randomUUID(), username: 'john_doe' };
export const token = await auth.issue(user);

/**
 * Starts a server on a free port, stopped with the test.
 * @param {import('node:test').TestContext} t
 * @param {object} settings
 */
export async function startServer(t, settings = {}) {
  const bus = await connectBus();
  const server = await createBuilderServer({ auth, bus, stepMs: 2, heartbeatMs: 30_000, ...settings });
  server.http.listen(0, '127.0.0.1');
  await once(server.http, 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${server.http.address().port}`;
}

/**
 * Opens a client, closed with the test. Listens to everything from before the handshake.
 * @param {import('node:test').TestContext} t
 * @param {string} url
 * @param {object} options of `socket.io-client`
 */
export function openClient(t, url, options = {}) {
  const socket = io(`${url}/builder`, { auth: { token }, reconnection: false, forceNew: true, ...options });
  t.after(() => socket.close());
  return { socket, inbox: new Inbox(socket) };
}

/** Opens a client and takes it into a project's room. */
export async function joinProject(t, url, projectId) {
  const client = openClient(t, url);
  client.socket.emit('join-project', { projectId });
  client.joined = await client.inbox.next('project-joined');
  return client;
}

/** Posts a JSON body, or a text as it is. */
export function post(url, path, body, headers = { Authorization: `Bearer ${token}` }) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: text });
}

/** What a socket received, in order. */
class Inbox {
  #received = [];
  #wake = () => {};

  constructor(socket) {
    socket.onAny((event, data) => {
      this.#received.push({ event, data });
      this.#wake();
    });
  }

  /** Waits for an event and returns its data; what came before it is passed over. */
  async next(event) {
    return (await this.until(event)).at(-1).data;
  }

  /** Waits for an event and returns everything up to it. */
  async until(event) {
    for (;;) {
      const index = this.#received.findIndex((one) => one.event === event);
      if (index >= 0) return this.#received.splice(0, index + 1);
      await new Promise((resolve) => (this.#wake = resolve));
    }
  }

  /** Takes everything that has come so far. */
  drain() {
    return this.#received.splice(0);
  }
}
