/**
 * The namespace `/builder`: who may connect, what a client may send, and the heartbeat.
 */
import { describe, errorEvent, payloads, projectRoom } from './protocol.js';

/** A client that has not answered a `ping` for so many intervals is gone. */
const DEAD_AFTER_INTERVALS = 2.5;

/**
 * @param {import('./protocol.js').BuilderNamespace} namespace
 * @param {object} context
 * @param {ReturnType<typeof import('./auth.js').createAuth>} context.auth
 * @param {import('./bus.js').Bus} context.bus
 * @param {number} context.heartbeatMs
 */
export function serveNamespace(namespace, { auth, bus, heartbeatMs }) {
  namespace.use(async (socket, next) => {
    try {
      socket.data.user = await auth.verify(socket.handshake.auth.token);
      next();
    } catch {
      next(new Error('Authentication failed'));
    }
  });

  namespace.on('connection', (socket) => {
    welcome(socket, socket.data.user);
    keepAlive(socket, heartbeatMs);

    on(socket, 'authenticate', async ({ token }) => {
      const user = await auth.verify(token).catch(() => undefined);
      if (user) welcome(socket, user);
      else socket.emit('error', errorEvent('AUTHENTICATION_FAILED', 'Authentication failed'));
    });

    on(socket, 'join-project', ({ projectId }) => {
      const room = projectRoom(projectId);
      socket.join(room);
      // The members of this process: with Redis, others may have members of their own.
      socket.emit('project-joined', { projectId, members: namespace.adapter.rooms.get(room)?.size ?? 1 });
    });

    on(socket, 'user:decision:response', ({ decisionId, selectedOptionId }) => {
      const rooms = [...socket.rooms];
      return bus.publish('answers', { decisionId, selectedOptionId, rooms, socketId: socket.id });
    });
  });
}

/**
 * Calls the handler with payloads that are what the protocol says, and answers `error` to the others.
 * @template {keyof typeof payloads} Name
 * @param {import('./protocol.js').BuilderSocket} socket
 * @param {Name} event
 * @param {(payload: import('zod').infer<typeof payloads[Name]>) => unknown} handler
 */
function on(socket, event, handler) {
  const listener = async (/** @type {unknown} */ payload) => {
    const { success, data, error } = payloads[event].safeParse(payload);
    if (!success) {
      socket.emit('error', errorEvent('INVALID_PAYLOAD', describe(error), { event }));
      return;
    }
    try {
      await handler(/** @type {import('zod').infer<typeof payloads[Name]>} */ (data));
    } catch (cause) {
      console.error(`${event}:`, cause);
      socket.emit('error', errorEvent('INTERNAL_ERROR', 'The server could not handle the event', { event }));
    }
  };
  // TypeScript cannot tell which listener an event of many wants.
  socket.on(event, /** @type {any} */ (listener));
}

/**
 * Takes over the user of a token and tells the client who it is.
 * @param {import('./protocol.js').BuilderSocket} socket
 * @param {import('./auth.js').User} user
 */
function welcome(socket, user) {
  socket.data.user = user;
  socket.emit('authenticated', { userId: user.id, username: user.username });
}

/**
 * Pings the client at every interval, and drops it when it stays silent or its token has expired.
 * @param {import('./protocol.js').BuilderSocket} socket
 * @param {number} heartbeatMs
 */
function keepAlive(socket, heartbeatMs) {
  const beat = setInterval(() => {
    if (Date.now() < socket.data.user.expiresAt) socket.emit('ping', null);
    else expire(socket);
  }, heartbeatMs);
  const death = setTimeout(() => socket.disconnect(true), heartbeatMs * DEAD_AFTER_INTERVALS);
  on(socket, 'pong', () => death.refresh());
  socket.on('disconnect', () => {
    clearInterval(beat);
    clearTimeout(death);
  });
}

/** @param {import('./protocol.js').BuilderSocket} socket */
function expire(socket) {
  socket.emit('error', errorEvent('AUTHENTICATION_FAILED', 'The token has expired'));
  socket.disconnect(true);
}
