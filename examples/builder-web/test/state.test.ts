/**
 * The state after events, told without a page.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { after, answered, LIMITS, NOTHING, noticed, type ProjectEvent, type State, standing } from "../src/state.js";

const timestamp = 1698765432000;
const PHASES = ["analyze", "design", "generate", "validate"];
const agent = { agentId: "a", agentType: "backend" } as const;

const started: ProjectEvent = {
  type: "build:started",
  timestamp,
  payload: { projectId: "p", estimatedDuration: 8, phases: PHASES },
};
const progress = (currentPhase: string, overallProgress: number): ProjectEvent => ({
  type: "build:progress",
  timestamp,
  payload: { projectId: "p", currentPhase, phaseProgress: 80, overallProgress, message: "", estimatedTimeRemaining: 4 },
});
const failed: ProjectEvent = {
  type: "build:failed",
  timestamp,
  payload: { projectId: "p", error: { phase: "generate", message: "No", details: {}, suggestions: ["Again"] } },
};
const completed: ProjectEvent = {
  type: "build:completed",
  timestamp,
  payload: {
    projectId: "p",
    duration: 3,
    previewUrl: "http://localhost/",
    stats: { componentsGenerated: 1, apiEndpointsCreated: 2, dataModelsCreated: 3 },
  },
};
const working = (agentId = "a"): ProjectEvent => ({
  type: "agent:status:update",
  timestamp,
  payload: { ...agent, agentId, status: "working", currentTask: "Think", progress: 45, message: "Thinking" },
});
const asked: ProjectEvent = {
  type: "user:decision:required",
  timestamp,
  payload: {
    projectId: "p",
    agentId: "a",
    decisionId: "d",
    question: "Which?",
    options: [{ id: "1", label: "One", description: "" }],
    timeout: 300,
  },
};
const deploying = (deploymentId: string): ProjectEvent => ({
  type: "deployment:progress",
  timestamp,
  payload: { deploymentId, environment: "test", stage: "building", progress: 40, message: "Building" },
});

function play(...events: ProjectEvent[]): State {
  return events.reduce(after, NOTHING);
}

function standings(...events: ProjectEvent[]): string[] {
  const { build } = play(...events);
  assert.ok(build);
  return build.phases.map((phase) => standing(build, phase));
}

test("phases go from to come over current to done", () => {
  assert.deepEqual(standings(started), ["to come", "to come", "to come", "to come"]);
  assert.deepEqual(standings(started, progress("design", 45)), ["done", "current", "to come", "to come"]);
  assert.deepEqual(standings(started, progress("validate", 95), completed), ["done", "done", "done", "done"]);
  assert.deepEqual(standings(started, progress("generate", 70), failed), ["done", "done", "failed", "to come"]);
});

test("a build that began before the page listened is shown", () => {
  assert.deepEqual(standings(progress("design", 45)), ["current"]);
  assert.equal(play(completed).build?.progress, 100);
});

test("a build begins with no agents of the one before", () => {
  const { agents, build } = play(started, working(), completed, started);
  assert.deepEqual([agents, build?.end, build?.progress], [[], undefined, 0]);
});

test("an agent tells its status, its output and its error", () => {
  const output: ProjectEvent = { type: "agent:output", timestamp, payload: { ...agent, output: {}, summary: "3 tables" } };
  const error: ProjectEvent = {
    type: "agent:error",
    timestamp,
    payload: { ...agent, error: { code: "T", message: "Timeout", details: {}, retryable: true, retryCount: 1 } },
  };
  const shown = { id: "a", type: "backend", status: "working", task: "Think", progress: 45, message: "Thinking" };
  const nothing = { output: undefined };
  assert.deepEqual(play(working()).agents, [{ ...shown, ...nothing }]);
  assert.deepEqual(play(working(), output, working()).agents, [{ ...shown, output: "3 tables" }]);
  assert.deepEqual(play(working(), error).agents, [{ ...shown, ...nothing, status: "failed", message: "Timeout" }]);
  assert.equal(play(error).agents[0]?.status, "failed");
});

test("a decision is open until it is answered, or the build goes on without", () => {
  assert.equal(play(started, asked).decision?.decisionId, "d");
  assert.equal(play(started, asked, working()).decision?.decisionId, "d");
  assert.equal(answered(play(started, asked)).decision, undefined);
  for (const event of [progress("generate", 70), completed, failed, started]) {
    assert.equal(play(started, asked, event).decision, undefined, event.type);
  }
});

test("a deployment goes from building to its address", () => {
  const success: ProjectEvent = {
    type: "deployment:success",
    timestamp,
    payload: { deploymentId: "x", environment: "test", url: "https://x/", healthStatus: "healthy", duration: 2 },
  };
  assert.deepEqual(play(deploying("x"), success).deployments, [
    { id: "x", environment: "test", stage: "healthy", progress: 100, message: "Deployed in 2 s", url: "https://x/" },
  ]);
});

test("an error becomes a notice", () => {
  const payload = { code: "INVALID_PAYLOAD", message: "Bad", details: {}, recoverable: true, actions: [] };
  assert.deepEqual(play({ type: "error", timestamp, payload }).notices, ["Bad (INVALID_PAYLOAD)"]);
});

test("everything is bounded, and the newest is kept", () => {
  const many = Array.from({ length: 100 }, (_, index) => String(index));
  assert.equal(play(...many.map(working)).agents.at(-1)?.id, "99");
  assert.equal(play(...many.map(working)).agents.length, LIMITS.agents);
  assert.equal(play(...many.map(deploying)).deployments.length, LIMITS.deployments);
  const { notices } = many.reduce(noticed, NOTHING);
  assert.deepEqual([notices.length, notices[0]], [LIMITS.notices, "99"]);
});
