/**
 * The state after events, told without a page.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { ServerEvent, UnknownServerEvent } from "../../../bindings/typescript/orbit.js";
import { after, LIMITS, NOTHING, type State } from "../src/state.js";

const TASK = "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30";
const CONTAINER = "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743";

let count = 0;
function envelope() {
  count += 1;
  return { id: `0197a3c4-5d1e-7b42-9f60-${String(count).padStart(12, "0")}`, timestamp: "2025-11-13T09:21:05Z" };
}

const created = (id = TASK): ServerEvent => ({
  ...envelope(),
  type: "task.created",
  payload: { task: { id, type: "app.install", status: "queued", progress: 0 } },
});
const updated = (payload: object): ServerEvent => ({
  ...envelope(),
  type: "task.updated",
  payload: { task_id: TASK, ...payload },
});
const completed = (status: "succeeded" | "failed"): ServerEvent => ({
  ...envelope(),
  type: "task.completed",
  payload: { task_id: TASK, status, result: {} },
});
const metrics = (container_id = CONTAINER): ServerEvent => ({
  ...envelope(),
  type: "container.metrics",
  payload: { container_id, cpu_percent: 12.5, memory_bytes: 2e9, disk_bytes: 7e8 },
});

function play(events: readonly (ServerEvent | UnknownServerEvent)[]): State {
  return events.reduce(after, NOTHING);
}

test("a task goes from its creation to its end", () => {
  const events = [created(), updated({ status: "running", progress: 45, message: "Copying" }), completed("succeeded")];
  assert.deepEqual(play(events).tasks, [
    { id: TASK, type: "app.install", status: "succeeded", progress: 100, message: "Copying" },
  ]);
});

test("what an update does not name is as it was", () => {
  const [task] = play([created(), updated({ status: "running", message: "Copying" }), updated({ progress: 46 })]).tasks;
  assert.deepEqual(task, { id: TASK, type: "app.install", status: "running", progress: 46, message: "Copying" });
});

test("a task that failed stays where it was", () => {
  const [task] = play([created(), updated({ progress: 33 }), completed("failed")]).tasks;
  assert.equal(task?.progress, 33);
});

test("a task that began before the page listened is shown", () => {
  const [task] = play([updated({ progress: 66 })]).tasks;
  assert.deepEqual(task, { id: TASK, type: undefined, status: "running", progress: 66, message: "" });
});

test("the newest task comes first", () => {
  assert.deepEqual(
    play([created("a"), created("b")]).tasks.map(({ id }) => id),
    ["b", "a"],
  );
});

test("the container that was heard of last comes first", () => {
  const state = play([metrics("a"), metrics("b"), metrics("a")]);
  assert.deepEqual(
    state.containers.map(({ id, samples }) => [id, samples.length]),
    [["a", 2], ["b", 1]],
  );
});

test("everything is bounded, and the newest is kept", () => {
  const tasks = play(Array.from({ length: 300 }, (_, index) => created(String(index))));
  assert.equal(tasks.tasks.length, LIMITS.tasks);
  assert.equal(tasks.tasks[0]?.id, "299");
  assert.equal(tasks.activity.length, LIMITS.activity);
  const samples = play(Array.from({ length: 100 }, () => metrics())).containers[0]?.samples;
  assert.equal(samples?.length, LIMITS.samples);
  assert.equal(samples.at(-1)?.eventId, `0197a3c4-5d1e-7b42-9f60-${String(count).padStart(12, "0")}`);
});

test("an event of a later version changes nothing", () => {
  const unknown = JSON.parse('{ "type": "task.updated.v2", "payload": 1 }') as UnknownServerEvent;
  assert.equal(after(NOTHING, unknown), NOTHING);
});
