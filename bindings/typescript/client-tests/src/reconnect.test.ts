// When the client comes back, by the test's clock.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { open, type ClientError, type ContractDescription, type HeartbeatOptions, type State } from "../../handfast-client.js";
import { kinds, Wire } from "./scripted.js";

const valid = () => [];
const invalid = () => [{ code: "type", at: "", schema: "#", params: {} }];
const contract: ContractDescription = { eventName: ["type"], auth: [], unique: [] };

interface Channel {
  server: { ping: { type: "ping" }; note: { type: "note"; id?: string } };
  client: { pong: { type: "pong" }; ping: { type: "ping" }; wrong: { type: "wrong" } };
  unknown: unknown;
  nameKey: "type";
  wildcard: "*";
  address: "/";
  query: object;
  hasTopics: false;
}

const mocked = new WeakSet<TestContext>();

/** A client on a wire, with timers and dates that the test moves, and no luck in its waits. */
function start(t: TestContext, rules: Partial<ContractDescription> = {}, options: Parameters<typeof open<Channel>>[4] = {}) {
  if (!mocked.has(t)) t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  mocked.add(t);
  t.mock.method(Math, "random", () => 0);
  const wire = new Wire();
  const channels = { main: { transport: wire, address: "/", server: { ping: valid, note: valid }, client: { pong: valid, ping: valid, wrong: invalid } } };
  const client = open<Channel>({ ...contract, ...rules }, channels, "main", "ws://localhost", options);
  const errors: ClientError[] = [];
  const states: State[] = [];
  client.onError((error) => errors.push(error));
  client.onState((state) => states.push(state));
  return { wire, client, errors, states };
}

/** Lets promises go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const refused = { kind: "refused", status: undefined, message: "no", isFinal: false } as const;
const lost = { kind: "closed", code: 1006, reason: "" } as const;

test("waits grow by the factor up to the longest, and begin anew after a connection that stood", async (t) => {
  const { wire, errors } = start(t);
  await settle();
  const waits = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
  for (const [index, wait] of waits.entries()) {
    wire.last.receiver.ended(refused);
    const error = errors.at(-1)!;
    assert.equal(error.kind === "refused" && error.willRetryInMs, wait);
    t.mock.timers.tick(wait - 1);
    await settle();
    assert.equal(wire.attempts.length, index + 1, "not before its time");
    t.mock.timers.tick(1);
    await settle();
    assert.equal(wire.attempts.length, index + 2);
  }
  wire.last.receiver.opened(false);
  t.mock.timers.tick(4_999);
  wire.last.receiver.ended(lost);
  t.mock.timers.tick(30_000);
  await settle();
  wire.last.receiver.opened(false);
  t.mock.timers.tick(5_000);
  wire.last.receiver.ended(lost);
  assert.deepEqual(
    errors.slice(-2).map((error) => error.kind === "closed" && error.willRetryInMs),
    [30_000, 500],
  );
});

test("jitter takes a part away, all of it at most", (t) => {
  const waits = [0, 0.5, 1].map((jitter) => {
    const { errors, wire } = start(t, {}, { reconnect: { jitter, initialMs: 1_000 } });
    t.mock.method(Math, "random", () => 0.25);
    return { errors, wire };
  });
  return settle().then(() => {
    const found = waits.map(({ errors, wire }) => {
      wire.last.receiver.ended(refused);
      const [error] = errors;
      return error?.kind === "refused" ? error.willRetryInMs : undefined;
    });
    assert.deepEqual(found, [1_000, 875, 750]);
  });
});

test("a wait that the server asks for is the least, and bounded", async (t) => {
  const { wire, errors } = start(t);
  t.mock.method(Math, "random", () => 1);
  await settle();
  wire.last.receiver.opened(false);
  wire.last.receiver.retry(2_000);
  wire.last.receiver.ended(lost);
  t.mock.timers.tick(2_000);
  await settle();
  wire.last.receiver.opened(false);
  wire.last.receiver.retry(1e12);
  wire.last.receiver.ended(lost);
  assert.deepEqual(errors.map((error) => error.kind === "closed" && error.willRetryInMs), [2_000, 30_000]);
});

test("gives up after so many attempts, and says so to whoever waits", async (t) => {
  const { wire, client, errors, states } = start(t, {}, { reconnect: { maxAttempts: 1 } });
  const loop = client.events();
  const next = assert.rejects(client.next("note"), { kind: "refused" });
  const opened = assert.rejects(client.opened, { kind: "refused" });
  await settle();
  wire.last.receiver.ended(refused);
  t.mock.timers.tick(500);
  await settle();
  wire.last.receiver.ended(refused);
  assert.deepEqual(states, ["connecting", "waiting", "connecting", "closed"]);
  assert.equal(errors.length, 2);
  await Promise.all([next, opened, assert.rejects(loop.next(), { kind: "refused" })]);
  assert.equal((await loop.next()).done, true);
  assert.equal(client.send("ping"), "refused");
});

test("does not come back when it is told not to, nor when trying again is of no use", async (t) => {
  for (const options of [{ reconnect: false } as const, {}]) {
    const { wire, states } = start(t, {}, options);
    await settle();
    wire.last.receiver.ended({ ...refused, status: 401, isFinal: "reconnect" in options ? false : true });
    assert.deepEqual(states, ["connecting", "closed"]);
  }
});

test("a server that never answers is given up, and what it says then is not heard", async (t) => {
  const { wire, client, errors } = start(t, {}, { connectTimeoutMs: 3_000 });
  await settle();
  t.mock.timers.tick(3_000);
  assert.deepEqual(kinds(errors), ["refused"]);
  assert.deepEqual(wire.last.closed, [1000, ""]);
  wire.last.receiver.opened(false);
  assert.equal(client.state, "waiting");
});

test("a token that can't be had is tried for again", async (t) => {
  let n = 0;
  const token = () => ((n += 1) === 1 ? Promise.reject(new Error("expired")) : Promise.resolve("t"));
  const { wire, errors } = start(t, {}, { token });
  await settle();
  assert.deepEqual(kinds(errors), ["refused"]);
  t.mock.timers.tick(500);
  await settle();
  assert.equal(wire.last.attempt.token, "t");
});

test("pings, and gives a silent server up", async (t) => {
  const heartbeat = { from: "client", ping: "ping", pong: "note", withinMs: 5_000, everyMs: 20_000 } as const;
  const { wire, errors } = start(t, { heartbeat });
  await settle();
  wire.last.receiver.opened(false);
  t.mock.timers.tick(20_000);
  assert.deepEqual(wire.last.sent, ['{"type":"ping"}']);
  wire.last.receiver.alive();
  // In steps, since a timer that is set during one counts from its end.
  t.mock.timers.tick(5_000);
  t.mock.timers.tick(15_000);
  assert.equal(wire.last.sent.length, 2, "at its own pace");
  t.mock.timers.tick(4_999);
  assert.deepEqual(kinds(errors), []);
  t.mock.timers.tick(1);
  assert.deepEqual(kinds(errors), ["heartbeat", "closed"]);
  assert.deepEqual(wire.last.closed, [1000, ""]);
});

test("answers the server's pings, and gives it up when they fail to come", async (t) => {
  const heartbeat = { from: "server", ping: "ping", pong: "pong", everyMs: 30_000, deadAfterMs: 75_000 } as const;
  const { wire, errors } = start(t, { heartbeat });
  await settle();
  wire.last.receiver.opened(false);
  t.mock.timers.tick(60_000);
  wire.last.receiver.alive();
  wire.last.receiver.frame({ data: '{"type":"ping"}' });
  assert.deepEqual(wire.last.sent, ['{"type":"pong"}']);
  t.mock.timers.tick(74_999);
  assert.deepEqual(kinds(errors), []);
  t.mock.timers.tick(1);
  assert.deepEqual(kinds(errors), ["heartbeat", "closed"]);
});

test("silence is of no account where nobody says so", async (t) => {
  for (const heartbeat of [undefined, false, { silenceMs: 1_000 }] satisfies (HeartbeatOptions | false | undefined)[]) {
    const { wire, errors } = start(t, {}, { heartbeat });
    await settle();
    wire.last.receiver.opened(false);
    t.mock.timers.tick(3_600_000);
    assert.deepEqual(kinds(errors).slice(0, 1), heartbeat ? ["heartbeat"] : []);
  }
});

test("what is sent while there is no connection waits, up to the limit, and leaves in order", async (t) => {
  const { wire, client, errors } = start(t, {}, { buffer: 2 });
  assert.deepEqual([client.send("ping"), client.send("pong"), client.send("ping")], ["queued", "queued", "refused"]);
  const [error] = errors;
  assert.ok(error?.kind === "overflow" && error.buffer === "send" && error.limit === 2);
  await settle();
  wire.last.receiver.opened(false);
  assert.deepEqual(wire.last.sent, ['{"type":"ping"}', '{"type":"pong"}']);
  assert.equal(client.send("ping"), "sent");
});

test("an invalid event does not leave, unless it is only to be reported", async (t) => {
  for (const validate of ["strict", "report", "off"] as const) {
    const { wire, client, errors } = start(t, {}, { validate });
    await settle();
    wire.last.receiver.opened(false);
    assert.equal(client.send("wrong"), validate === "strict" ? "refused" : "sent");
    assert.deepEqual(kinds(errors), validate === "off" ? [] : ["invalid"]);
    const [error] = errors;
    if (error?.kind === "invalid") assert.deepEqual([error.direction, error.isDelivered], ["out", validate === "report"]);
  }
});

test("the token is the first event where the contract says so", async (t) => {
  const { wire, client } = start(t, {}, {});
  client.close();
  const way = { in: "event", event: "ping", pointer: ["auth", "token"] } as const;
  t.mock.method(Wire.prototype, "choose", () => way);
  const second = start(t, { auth: [way] }, { token: "t" });
  second.client.send("pong");
  await settle();
  second.wire.last.receiver.opened(false);
  assert.deepEqual(second.wire.last.sent, ['{"type":"ping","auth":{"token":"t"}}', '{"type":"pong"}']);
  assert.equal(wire.attempts.length, 0, "closed before it began");
});

test("ids are remembered over connections, other unique values on one alone", async (t) => {
  const unique = [{ value: ["id"], events: ["*"] }, { value: ["n"], events: ["n*"] }];
  const { wire, client } = start(t, { unique, resume: { header: "Last-Event-ID", id: ["id"] } });
  const heard: unknown[] = [];
  client.on("note", (event) => heard.push(event));
  const tell = (event: object) => wire.last.receiver.frame({ data: JSON.stringify({ type: "note", ...event }) });
  await settle();
  wire.last.receiver.opened(false);
  [{ id: "1" }, { id: "1" }, { id: "2", n: 7 }, { id: "3", n: 7 }, {}, {}].forEach(tell);
  assert.equal(client.lastEventId, "2", "of the last event that was heard");
  wire.last.receiver.ended(lost);
  t.mock.timers.tick(500);
  await settle();
  assert.deepEqual(wire.last.attempt.resume, { header: "Last-Event-ID", lastEventId: "2" });
  wire.last.receiver.opened(true);
  [{ id: "2" }, { id: "4", n: 7 }].forEach(tell);
  assert.deepEqual(heard, [{ type: "note", id: "1" }, { type: "note", id: "2", n: 7 }, { type: "note" }, { type: "note" }, { type: "note", id: "4", n: 7 }]);
});
