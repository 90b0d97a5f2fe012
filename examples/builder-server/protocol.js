/**
 * What crosses the wire: the payloads that clients send, the bodies of the HTTP requests, and the envelope of what
 * the server sends.
 */
import { z } from 'zod';

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
 * @param {string} type
 * @param {object} payload
 */
export function envelope(type, payload) {
  return { type, timestamp: Date.now(), payload };
}

/**
 * An `error` in the unified format.
 * @param {string} code
 * @param {string} message
 * @param {object} details
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
