/**
 * What crosses the wire: the payloads that clients send, the bodies of the HTTP requests, and the envelope of what
 * the server sends.
 */
import { z } from 'zod';

/**
 * The contract's events, as generated from it.
 * @import { ClientToServerEvents, ServerError, ServerEvents, ServerToClientEvents } from '../../bindings/typescript/builder.js'
 */

/** @typedef {import('socket.io').Server<ClientToServerEvents, ServerToClientEvents, {}, SocketData>} BuilderServer */
/** @typedef {import('socket.io').Namespace<ClientToServerEvents, ServerToClientEvents, {}, SocketData>} BuilderNamespace */
/** @typedef {import('socket.io').Socket<ClientToServerEvents, ServerToClientEvents, {}, SocketData>} BuilderSocket */

/**
 * What the server keeps of a client.
 * @typedef {object} SocketData
 * @property {import('./auth.js').User} user
 */

/**
 * The name of an event that the server tells a project, with its payload.
 * @typedef {{ [Name in keyof ServerEvents]: ServerEvents[Name] extends { payload: infer Payload }
 *   ? [event: Name, payload: Payload] : never }[keyof ServerEvents]} Step
 */

/** An id is opaque; it need not be a UUID. */
const id = z.string().min(1);

/** What a client sends, by event. */
export const payloads = {
  authenticate: z.object({ token: z.string().min(1) }),
  'join-project': z.object({ projectId: id }),
  'user:decision:response': z.object({
    decisionId: id,
    selectedOptionId: id,
    feedback: z.string().optional(),
  }),
  // A client that emits without an argument means the same.
  pong: z.null().optional(),
};

/** The path parameters and bodies of the HTTP requests. */
export const requests = {
  project: z.object({ projectId: id }),
  build: z.strictObject({
    outcome: z.enum(['completed', 'failed']).default('completed'),
    decision: z.boolean().default(false),
  }),
  // The list of environments is open; each becomes part of a host name.
  deployment: z.strictObject({ environment: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/) }),
};

/** @param {string} projectId */
export function projectRoom(projectId) {
  return `project:${projectId}`;
}

/**
 * Wraps a payload as the protocol's events are.
 * @template {string} Type
 * @template {object} Payload
 * @param {Type} type
 * @param {Payload} payload
 */
export function envelope(type, payload) {
  return { type, timestamp: Date.now(), payload };
}

/**
 * An `error` in the unified format.
 * @param {string} code
 * @param {string} message
 * @param {{ [name: string]: unknown }} details
 * @returns {ServerError}
 */
export function errorEvent(code, message, details = {}) {
  const actions = [{ label: 'Retry', action: 'retry' }];
  return envelope('error', { code, message, details, recoverable: true, actions });
}

/**
 * One line that says what is wrong with an input.
 * @param {z.ZodError} error
 */
export function describe(error) {
  return error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
}
