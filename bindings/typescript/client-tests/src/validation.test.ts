// What comes of events that are not, or not quite, what the contract says.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { WebSocket } from "ws";

import { connect, type TaskUpdated } from "../../orbit.js";
import type { ClientError } from "../../handfast-client.js";
import { serveWebSocket, task, uuid } from "./scripted.js";

const good = JSON.parse(task("9", 9)) as TaskUpdated;
/** Of a later version: an unknown value of a closed enumeration, and an unknown member. */
const LATER = [
  { ...good, id: uuid("1"), payload: { ...good.payload, status: "paused" } },
  { ...good, id: uuid("2"), payload: { ...good.payload, mood: "fine" }, region: "eu" },
];

async function hear(t: TestContext, validate: "strict" | "report" | "off") {
  const url = await serveWebSocket(t, (socket) => [...LATER, good].forEach((event) => socket.send(JSON.stringify(event))));
  const client = connect(url, { WebSocket, validate });
  t.after(() => client.close());
  const [errors, events]: [ClientError[], TaskUpdated[]] = [[], []];
  client.onError((error) => errors.push(error));
  client.on("task.updated", (event) => events.push(event));
  await client.next("task.updated", { where: ({ id }) => id === good.id });
  return { events, errors };
}

test("strict: an unknown value of an enumeration goes no further; unknown members are kept", async (t) => {
  const { events, errors } = await hear(t, "strict");
  assert.deepEqual(events, [LATER[1], good]);
  const [error, ...others] = errors;
  assert.ok(error?.kind === "invalid" && others.length === 0);
  assert.deepEqual([error.direction, error.eventName, error.isDelivered], ["in", "task.updated", false]);
  assert.deepEqual(error.violations.map(({ code, at }) => [code, at]), [["enum", "/payload/status"]]);
  assert.deepEqual(error.event, LATER[0]);
});

test("report: it is reported, and goes on", async (t) => {
  const { events, errors } = await hear(t, "report");
  assert.deepEqual(events, [...LATER, good]);
  assert.deepEqual(errors.map((error) => error.kind === "invalid" && error.isDelivered), [true]);
});

test("off: nothing is looked at", async (t) => {
  const { events, errors } = await hear(t, "off");
  assert.deepEqual([events.length, errors.length], [3, 0]);
});

test("what the client sends is validated with its name in it", async (t) => {
  const url = await serveWebSocket(t, () => {});
  const client = connect(url, { WebSocket });
  t.after(() => client.close());
  const errors: ClientError[] = [];
  client.onError((error) => errors.push(error));
  assert.equal(client.send("ping", { timestamp: "tomorrow" }), "refused");
  const [error] = errors;
  assert.ok(error?.kind === "invalid" && error.direction === "out");
  assert.deepEqual(error.event, { type: "ping", timestamp: "tomorrow" });
  assert.deepEqual(error.violations.map(({ at }) => at), ["/timestamp"]);
});
