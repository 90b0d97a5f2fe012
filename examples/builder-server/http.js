/**
 * The HTTP requests that start builds and deployments.
 */
import { randomUUID } from 'node:crypto';

import express from 'express';

import { build, deployment, run } from './builds.js';
import { describe, requests } from './protocol.js';

/** @typedef {Parameters<typeof run>[0]} Flow */

/**
 * @param {object} context
 * @param {ReturnType<typeof import('./auth.js').createAuth>} context.auth
 * @param {import('./bus.js').Bus} context.bus
 * @param {import('./decisions.js').Decisions} context.decisions
 * @param {number} context.decisionTimeoutS
 * @param {number} context.stepMs
 */
export function createHttpApp({ auth, bus, decisions, decisionTimeoutS, stepMs }) {
  /** @type {Map<string, Promise<void>>} the end of the last build of each project */
  const ends = new Map();
  const app = express();
  app.disable('x-powered-by');
  app.use(requireToken(auth));
  // Whatever a client calls its body, JSON is what is expected here.
  app.use(express.json({ limit: '16kb', type: () => true }));

  app.post('/api/projects/:projectId/builds', (request, response) => {
    const { projectId } = check(requests.project, request.params);
    const order = { projectId, ...check(requests.build, request.body ?? {}) };
    startInTurn(build(order, { decisions, decisionTimeoutS }), projectId);
    response.status(202).json({ projectId });
  });

  app.post('/api/projects/:projectId/deployments', (request, response) => {
    const { projectId } = check(requests.project, request.params);
    const order = { deploymentId: randomUUID(), ...check(requests.deployment, request.body) };
    start(deployment(order), projectId);
    response.status(202).json({ deploymentId: order.deploymentId });
  });

  app.use((request, response) => response.status(404).json({ error: 'Not found' }));
  app.use(answerError);
  return app;

  /**
   * A build ends before the project is built again.
   * @param {Flow} flow
   * @param {string} projectId
   */
  async function startInTurn(flow, projectId) {
    const end = (ends.get(projectId) ?? Promise.resolve()).then(() => start(flow, projectId));
    ends.set(projectId, end);
    await end;
    if (ends.get(projectId) === end) ends.delete(projectId);
  }

  /**
   * @param {Flow} flow
   * @param {string} projectId
   */
  function start(flow, projectId) {
    return run(flow, { projectId, bus, stepMs }).catch((error) => console.error(`project ${projectId}:`, error));
  }
}

/**
 * @param {ReturnType<typeof import('./auth.js').createAuth>} auth
 * @returns {express.RequestHandler}
 */
function requireToken(auth) {
  return async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '') ?? [];
    const user = await auth.verify(token).catch(() => undefined);
    if (user) next();
    else response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'Authentication failed' });
  };
}

/**
 * Returns the input as the schema reads it, or throws what is answered as 400.
 * @template {import('zod').ZodType} Schema
 * @param {Schema} schema
 * @param {unknown} input
 */
function check(schema, input) {
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  throw Object.assign(new Error(describe(error)), { status: 400 });
}

/**
 * Express tells error handlers by their four parameters.
 * @param {Error & { status?: number }} error
 * @param {express.Request} request
 * @param {express.Response} response
 * @param {express.NextFunction} _next
 */
function answerError(error, request, response, _next) {
  const status = error.status ?? 500;
  if (status >= 500) console.error(error);
  response.status(status).json({ error: status < 500 ? error.message : 'Internal server error' });
}
