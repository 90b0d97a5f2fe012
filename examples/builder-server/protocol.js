/**
 * What crosses the wire: the payloads that clients send, the bodies of the HTTP requests, and the envelope of what
 * the server sends.
 */
import { z } from 'zod';

const projectId = z.string().min(1).max(128);

/** What a client sends, by event. */
export const payloads = {
  authenticate: z.object({ token: z.string() }),
  'join-project': z.object({ projectId }),
  'user:decision:response': z.object({
    decisionId: z.string(),
    selectedOptionId: z.string(),
    feedback: z.string().optional(),
  }),
  // A client that emits without an argument means the same.
  pong: z.null().optional(),
};

/** The path parameters and bodies of the HTTP requests. */
export const requests = {
  project: z.object({ projectId }),
  build: z.strictObject({
    outcome: z.enum(['completed', 'failed']).default('completed'),
    decision: z.boolean().default(false),
  }),
  deployment: z.strictObject({ environment: z.literal('test') }),
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
