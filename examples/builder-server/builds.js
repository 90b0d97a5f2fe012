/**
 * The flows: which events a build or a deployment consists of, in order. They know neither sockets nor time; `run`
 * publishes them.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { envelope, projectRoom } from './protocol.js';

/**
 * @import { AgentErrorPayloadError, AgentOutputPayload, AgentStatusUpdatePayload, BuildCompletedPayload, BuildFailedPayloadError, BuildProgressPayload, DeploymentProgressPayload, UserDecisionRequiredPayload } from '../../bindings/typescript/builder.js'
 * @import { Step } from './protocol.js'
 */

/** @typedef {Pick<AgentStatusUpdatePayload, 'agentId' | 'agentType'>} Agent */

const PHASES = ['analyze', 'design', 'generate', 'validate'];
/** How far a phase is when it reports, in percent. */
const REPORTED_PROGRESS = 80;

const OPTIONS = [
  { id: 'option-1', label: 'Modern Dashboard', description: 'Card-based layout with charts' },
  { id: 'option-2', label: 'Classic Table', description: 'Traditional table-based layout' },
];

/**
 * Publishes the steps of a flow to a project's room, one pause apart.
 * @param {AsyncIterable<Step> | Iterable<Step>} flow
 * @param {{ projectId: string, bus: import('./bus.js').Bus, stepMs: number }} options
 */
export async function run(flow, { projectId, bus, stepMs }) {
  const room = projectRoom(projectId);
  for await (const [event, payload] of flow) {
    await bus.publish('events', { room, event, data: envelope(event, payload) });
    // A pause does not keep a server alive that is asked to stop.
    await pause(stepMs, undefined, { ref: false });
  }
}

/**
 * The steps of a build by one agent.
 * @param {{ projectId: string, outcome: 'completed' | 'failed', decision: boolean }} order
 * @param {{ decisions: import('./decisions.js').Decisions, decisionTimeoutS: number }} context
 * @returns {AsyncGenerator<Step>}
 */
export async function* build({ projectId, outcome, decision }, { decisions, decisionTimeoutS }) {
  const startedAt = Date.now();
  /** @type {Agent} */
  const agent = { agentId: randomUUID(), agentType: 'backend' };
  let layout = 'option-1';

  yield ['build:started', { projectId, estimatedDuration: 2 * PHASES.length, phases: PHASES }];
  for (const phase of PHASES) {
    yield ['agent:status:update', working(agent, phase)];
    yield ['build:progress', progress(projectId, phase)];
    if (phase === 'design' && decision) {
      const room = projectRoom(projectId);
      const question = decisions.ask({ room, optionIds: OPTIONS.map(({ id }) => id), timeoutS: decisionTimeoutS });
      yield ['user:decision:required', required(projectId, agent, question.id, decisionTimeoutS)];
      layout = await question.answered;
    }
    if (phase === 'generate' && outcome === 'failed') {
      yield ['agent:error', { ...agent, error: timedOut() }];
      yield ['build:failed', { projectId, error: failure(phase) }];
      return;
    }
    if (phase === 'generate') yield ['agent:output', { ...agent, ...output(layout) }];
  }
  yield ['agent:status:update', completed(agent)];
  yield ['build:completed', result(projectId, startedAt)];
}

/**
 * The steps of a deployment.
 * @param {{ deploymentId: string, environment: string }} order
 * @returns {Generator<Step>}
 */
export function* deployment(order) {
  const startedAt = Date.now();
  /** @type {(stage: DeploymentProgressPayload['stage'], progress: number, message: string) => Step} */
  const stage = (stage, progress, message) => ['deployment:progress', { ...order, stage, progress, message }];
  yield stage('building', 40, 'Building Docker image...');
  yield stage('deploying', 70, 'Starting the containers');
  yield stage('health-check', 95, 'Waiting for the first healthy answer');
  const url = `https://${order.environment}-${order.deploymentId}.aibuilder.app`;
  yield ['deployment:success', { ...order, url, healthStatus: 'healthy', duration: secondsSince(startedAt) }];
}

/**
 * @param {Agent} agent
 * @param {string} phase
 * @returns {AgentStatusUpdatePayload}
 */
function working(agent, phase) {
  const message = `Phase ${phase} is under way`;
  return { ...agent, status: 'working', currentTask: `Run phase ${phase}`, progress: overallProgress(phase), message };
}

/**
 * @param {Agent} agent
 * @returns {AgentStatusUpdatePayload}
 */
function completed(agent) {
  return { ...agent, status: 'completed', currentTask: 'Build', progress: 100, message: 'All phases are done' };
}

/**
 * @param {string} projectId
 * @param {string} phase
 * @returns {BuildProgressPayload}
 */
function progress(projectId, phase) {
  return {
    projectId,
    currentPhase: phase,
    phaseProgress: REPORTED_PROGRESS,
    overallProgress: overallProgress(phase),
    message: `Phase ${phase} is nearly done`,
    estimatedTimeRemaining: 2 * (PHASES.length - PHASES.indexOf(phase) - 1),
  };
}

/** @param {string} phase */
function overallProgress(phase) {
  return Math.round((PHASES.indexOf(phase) * 100 + REPORTED_PROGRESS) / PHASES.length);
}

/**
 * @param {string} projectId
 * @param {Agent} agent
 * @param {string} decisionId
 * @param {number} timeout in seconds
 * @returns {UserDecisionRequiredPayload}
 */
function required(projectId, { agentId }, decisionId, timeout) {
  return { projectId, agentId, decisionId, question: 'Which layout style do you prefer?', options: OPTIONS, timeout };
}

/**
 * @param {string} layout
 * @returns {Pick<AgentOutputPayload, 'output' | 'summary'>}
 */
function output(layout) {
  const endpoints = ['GET /users', 'POST /users', 'GET /orders'];
  /** @type {AgentOutputPayload['output'] & { [name: string]: unknown }} what an agent makes depends on the agent */
  const made = { layout, endpoints };
  return { output: made, summary: `Created ${endpoints.length} API endpoints for ${layout}` };
}

/** @returns {AgentErrorPayloadError} */
function timedOut() {
  const details = { timeoutS: 30 };
  return { code: 'AI_API_TIMEOUT', message: 'AI service timeout after 30s', details, retryable: true, retryCount: 1 };
}

/**
 * @param {string} phase
 * @returns {BuildFailedPayloadError}
 */
function failure(phase) {
  const suggestions = ['Check if requirements are clear enough', 'Try simplifying the feature scope'];
  return { phase, message: 'Failed to generate API endpoints', details: { cause: 'AI_API_TIMEOUT' }, suggestions };
}

/**
 * @param {string} projectId
 * @param {number} startedAt
 * @returns {BuildCompletedPayload}
 */
function result(projectId, startedAt) {
  return {
    projectId,
    duration: secondsSince(startedAt),
    previewUrl: `http://localhost:3000/preview/${encodeURIComponent(projectId)}`,
    stats: { componentsGenerated: 12, apiEndpointsCreated: 3, dataModelsCreated: 2 },
  };
}

/** @param {number} startedAt */
function secondsSince(startedAt) {
  return Math.round((Date.now() - startedAt) / 1000);
}
