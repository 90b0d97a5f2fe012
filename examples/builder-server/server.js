/**
 * Entry of the example: reads the settings from the environment, listens, and stops on SIGTERM or SIGINT.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { createAuth } from './auth.js';
import { connectBus } from './bus.js';
import { createBuilderServer } from './app.js';

const MAX_TIMER_MS = 2 ** 31 - 1;

const host = process.env.HOST || '127.0.0.1';
const port = integer('PORT', 3001, 0, 65535);
const stepMs = integer('STEP_MS', 20, 0, MAX_TIMER_MS);
const heartbeatMs = integer('HEARTBEAT_MS', 30_000, 1, Math.floor(MAX_TIMER_MS / 2.5));
const auth = createAuth(process.env.JWT_SECRET || randomBytes(32).toString('base64url'));

const bus = await connectBus(process.env.REDIS_URL);
const server = await createBuilderServer({ auth, bus, stepMs, heartbeatMs });

server.http.listen(port, host);
await once(server.http, 'listening');
if (!process.env.JWT_SECRET) {
  const token = await auth.issue({ id: randomUUID(), username: 'developer' });
  console.log(`token ${token}`);
}
console.log(`listening on ${url(/** @type {import('node:net').AddressInfo} */ (server.http.address()))}`);

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => server.close());
}

/**
 * Reads a whole number within limits from the environment; anything else ends the process.
 * @param {string} name
 * @param {number} fallback
 * @param {number} min
 * @param {number} max
 */
function integer(name, fallback, min, max) {
  const value = Number(process.env[name] || fallback);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  console.error(`${name} is \`${process.env[name]}\`, expected a whole number from ${min} to ${max}`);
  process.exit(2);
}

/** @param {import('node:net').AddressInfo} address */
function url({ address, family, port }) {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
