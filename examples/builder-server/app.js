/**
 * Puts the server together: HTTP, Socket.IO, and the bus between flows and sockets.
 */
import { createServer } from 'node:http';

import { Server } from 'socket.io';

import { Decisions } from './decisions.js';
import { createHttpApp } from './http.js';
import { errorEvent } from './protocol.js';
import { serveNamespace } from './sockets.js';

/**
 * @param {object} settings
 * @param {ReturnType<typeof import('./auth.js').createAuth>} settings.auth
 * @param {import('./bus.js').Bus} settings.bus
 * @param {number} settings.stepMs the pause between two events of a flow
 * @param {number} settings.heartbeatMs the pause between two pings
 * @param {number} [settings.decisionTimeoutS] how long a build waits for its user
 */
export async function createBuilderServer({ auth, bus, stepMs, heartbeatMs, decisionTimeoutS = 300 }) {
  const decisions = new Decisions();
  const http = createServer(createHttpApp({ auth, bus, decisions, decisionTimeoutS, stepMs }));
  /** @type {import('./protocol.js').BuilderServer} */
  const io = new Server(http, {
    cors: { origin: 'http://localhost:12000' },
    maxHttpBufferSize: 64 * 1024,
    serveClient: false,
  });
  const namespace = io.of('/builder');
  serveNamespace(namespace, { auth, bus, heartbeatMs });

  await bus.subscribe('events', ({ room, event, data }) => {
    namespace.to(room).emit(event, data);
  });
  await bus.subscribe('answers', (answer) => {
    const problem = decisions.answer(answer);
    if (!problem) return;
    // The socket may hang on another process; its own room finds it.
    const data = errorEvent('INVALID_PAYLOAD', problem, { event: 'user:decision:response' });
    bus.publish('events', { room: answer.socketId, event: 'error', data }).catch(console.error);
  });

  return {
    http,
    /** Drops the clients, stops listening and leaves the bus; unfinished flows end with the process. */
    async close() {
      await io.close();
      http.closeAllConnections();
      await bus.close();
    },
  };
}
