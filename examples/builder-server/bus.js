/**
 * Carries messages from the flows to the sockets, and the users' answers back: within the process, or through Redis
 * pub/sub, so that a flow on one process reaches the clients of all.
 *
 * Every process, the publishing one included, receives a message exactly once. Nothing is stored: a process that
 * joins later does not see what was published before.
 */
import { EventEmitter } from 'node:events';

import { createClient } from 'redis';

/**
 * @typedef {object} Bus
 * @property {(topic: string, message: object) => Promise<void>} publish
 * @property {(topic: string, listener: (message: any) => void) => Promise<void>} subscribe
 * @property {() => Promise<void>} close
 */

const MAX_QUEUED_COMMANDS = 10_000;

/**
 * @param {string} [redisUrl] without it the bus stays within the process
 * @returns {Promise<Bus>}
 */
export async function connectBus(redisUrl) {
  return redisUrl ? connectRedisBus(redisUrl) : createLocalBus();
}

/** @returns {Bus} */
function createLocalBus() {
  const emitter = new EventEmitter();
  return {
    async publish(topic, message) {
      emitter.emit(topic, message);
    },
    async subscribe(topic, listener) {
      emitter.on(topic, listener);
    },
    async close() {
      emitter.removeAllListeners();
    },
  };
}

/**
 * @param {string} url
 * @returns {Promise<Bus>}
 */
async function connectRedisBus(url) {
  // The queue is bounded because it grows for as long as Redis is away.
  const publisher = createClient({ url, commandsQueueMaxLength: MAX_QUEUED_COMMANDS });
  // A connection that subscribes can do nothing else.
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) {
    client.on('error', (error) => console.error('redis:', error.message || error.code));
  }
  await Promise.all([publisher.connect(), subscriber.connect()]);
  return {
    async publish(topic, message) {
      await publisher.publish(channel(topic), JSON.stringify(message));
    },
    async subscribe(topic, listener) {
      await subscriber.subscribe(channel(topic), (text) => {
        const message = parse(text);
        if (message) listener(message);
      });
    },
    async close() {
      await Promise.allSettled([publisher.close(), subscriber.close()]);
    },
  };
}

/** @param {string} topic */
function channel(topic) {
  return `builder:${topic}`;
}

/**
 * Others may write to the same Redis: what is not ours must not end the process.
 * @param {string} text
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    console.error('redis: ignored a message that is not JSON');
    return undefined;
  }
}
