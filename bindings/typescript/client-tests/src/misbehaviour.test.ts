// The orbit clients against servers that misbehave: each failure is a typed error, and the client goes on.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";

import { WebSocket } from "ws";

import { connect, type Channels, type Client } from "../../orbit.js";
import type { ClientError, ConnectOptions } from "../../handfast-client.js";
import { kinds, openStream, serveHttp, serveWebSocket, task, until, uuid } from "./scripted.js";

const soon = { initialMs: 1, maxMs: 5 };

function start<Channel extends keyof Channels>(
  t: TestContext,
  url: string,
  channel: Channel,
  options: ConnectOptions<Channels[Channel], Channel> = {},
): { client: Client<Channel>; errors: ClientError[] } {
  const client = connect<Channel>(url, { channel, token: "t", reconnect: soon, WebSocket, ...options });
  t.after(() => client.close());
  const errors: ClientError[] = [];
  client.onError((error) => errors.push(error));
  return { client, errors };
}

test("frames that are garbage are reported, and those behind them arrive", async (t) => {
  const frames = ["", "no json", '{"type":', Buffer.from([0xff, 0xfe]), "x".repeat(2_000), Buffer.from(task("1", 1)), "[]", "null", '"text"', '{"type":7}'];
  const url = await serveWebSocket(t, (socket) => [...frames, task("2", 2)].forEach((frame) => socket.send(frame)));
  const { client, errors } = start(t, url, "events", { maxEventLength: 1_000 });
  const unknown: string[] = [];
  client.onUnknown((event, { name }) => unknown.push(`${name} ${JSON.stringify(event)}`));
  const progress: unknown[] = [];
  client.on("task.updated", ({ payload }) => progress.push(payload.progress));
  await client.next("task.updated", { where: ({ payload }) => payload.progress === 2 });
  assert.deepEqual(kinds(errors), ["parse", "parse", "parse", "parse", "parse"]);
  assert.deepEqual(errors.map((error) => error.kind === "parse" && error.data.slice(0, 10)), ["", "no json", '{"type":', "", "xxxxxxxxxx"]);
  assert.deepEqual(unknown, [" []", " null", ' "text"', ' {"type":7}']);
  assert.deepEqual(progress, [1, 2]);
});

test("garbage on a stream is reported, and what is behind it arrives", async (t) => {
  const url = await serveHttp(t, (_, response) => {
    const stream = openStream(response);
    stream.write(`: hello\n\ndata: no json\n\nevent: whatever\ndata: ${task("1", 1)}\n\ndata: ${"x".repeat(2_000)}\n\n`);
    stream.write(`data: {"type":"task.archived"}\n\ndata: ${task("2", 2)}\n\n`);
  });
  const { client, errors } = start(t, url, "stream", { maxEventLength: 1_000 });
  const unknown: unknown[] = [];
  client.onUnknown((event) => unknown.push(event.type));
  await client.next("task.updated", { where: ({ payload }) => payload.progress === 2 });
  assert.deepEqual(kinds(errors), ["parse", "parse"]);
  assert.deepEqual(unknown, ["task.archived"]);
});

test("a closed connection is told with its code, comes back, and events go on", async (t) => {
  let n = 0;
  const url = await serveWebSocket(t, (socket) => {
    n += 1;
    socket.send(task(String(n), n));
    if (n === 1) socket.close(1013, "try again later");
  });
  const { client, errors } = start(t, url, "events");
  const details: unknown[] = [];
  client.onState((state, { isReconnect, isResumed }) => details.push([state, isReconnect, isResumed]));
  await client.next("task.updated", { where: ({ payload }) => payload.progress === 2 });
  const [error] = errors;
  assert.ok(error?.kind === "closed");
  assert.deepEqual([error.code, error.reason, typeof error.willRetryInMs], [1013, "try again later", "number"]);
  assert.deepEqual(details, [
    ["connecting", false, false], ["open", false, false], ["waiting", true, false],
    ["connecting", true, false], ["open", true, false],
  ]);
});

test("401 is refused for good, over both transports; 503 is tried again", async (t) => {
  let status = 401;
  const url = await serveHttp(t, (_, response) => void response.writeHead(status).end());
  for (const channel of ["events", "stream"] as const) {
    status = 401;
    const { client, errors } = start(t, url, channel);
    const loop = client.events("task.*");
    await assert.rejects(client.opened, { kind: "refused", status: 401 });
    await assert.rejects(loop.next(), { kind: "refused", status: 401 });
    assert.equal(client.state, "closed");
    assert.deepEqual(errors.map((error) => error.kind === "refused" && error.willRetryInMs), [undefined]);
    status = 503;
    const second = start(t, url, channel);
    await until(() => second.errors.length >= 3);
    assert.ok(second.errors.every((error) => error.kind === "refused" && error.status === 503));
    second.client.close();
  }
});

test("what is no event stream is refused; 204 is the end", async (t) => {
  const url = await serveHttp(t, (request, response) => {
    const isJson = request.url!.includes("json");
    response.writeHead(isJson ? 200 : 204, isJson ? { "Content-Type": "application/json" } : {}).end(isJson ? "{}" : undefined);
  });
  const json = start(t, `${url}/json`, "stream", { reconnect: { ...soon, maxAttempts: 1 } });
  await assert.rejects(json.client.opened, { kind: "refused", status: 200 });
  const { client, errors } = start(t, url, "stream");
  await assert.rejects(client.opened, { kind: "closed", willRetryInMs: undefined });
  assert.deepEqual(kinds(errors), ["closed"]);
});

test("servers that cannot be reached, or never answer, are tried again", async (t) => {
  const mute = createServer().listen(0, "127.0.0.1");
  await once(mute, "listening");
  t.after(() => mute.close());
  const { port } = mute.address() as AddressInfo;
  for (const url of [`http://127.0.0.1:${port}`, "http://127.0.0.1:1"]) {
    for (const channel of ["events", "stream"] as const) {
      const { client, errors } = start(t, url, channel, { connectTimeoutMs: 20 });
      await until(() => errors.length >= 2);
      assert.ok(errors.every((error) => error.kind === "refused" && error.status === undefined && error.willRetryInMs !== undefined));
      client.close();
    }
  }
});

test("a server that falls silent is found out, and the client comes back", async (t) => {
  let n = 0;
  const url = await serveWebSocket(t, (socket) => {
    n += 1;
    if (n > 1) socket.send(task("1", 1));
  });
  const { client, errors } = start(t, url, "events", { heartbeat: { everyMs: 10, withinMs: 10 } });
  await client.next("task.updated");
  assert.deepEqual(kinds(errors).slice(0, 2), ["heartbeat", "closed"]);
  const silent = await serveHttp(t, (_, response) => void openStream(response));
  const stream = start(t, silent, "stream", { heartbeat: { silenceMs: 20 } });
  await until(() => stream.errors.length >= 2);
  assert.deepEqual(kinds(stream.errors).slice(0, 2), ["heartbeat", "closed"]);
});

test("comments on a stream are signs of life", async (t) => {
  const url = await serveHttp(t, (_, response) => {
    const stream = openStream(response);
    let n = 0;
    const beat = setInterval(() => {
      stream.write(n < 12 ? ": here\n\n" : `data: ${task("1", 1)}\n\n`);
      n += 1;
    }, 100);
    response.on("close", () => clearInterval(beat));
  });
  const { client, errors } = start(t, url, "stream", { heartbeat: { silenceMs: 1_000 } });
  await client.next("task.updated");
  assert.deepEqual(kinds(errors), []);
});

test("the request says who asks for what, and from where on", async (t) => {
  const requests: string[] = [];
  const url = await serveHttp(t, (request, response) => {
    const { authorization, accept, "last-event-id": id } = request.headers;
    requests.push([request.url, authorization, accept, id].join(" | "));
    const stream = openStream(response);
    stream.end(`retry: 1\nid: ü${requests.length}\ndata: ${task(String(requests.length), 1)}\n\n`);
  });
  const options = { topics: ["task.*", "export.ready"], lastEventId: "7", token: "abc" } as const;
  const { client } = start(t, `${url}/base/?x=1#frag`, "stream", options);
  await until(() => requests.length >= 2);
  client.close();
  const path = "/base/events/stream?x=1&topics=task.*%2Cexport.ready | Bearer abc | text/event-stream";
  assert.equal(requests[0], `${path} | 7`);
});

test("a WebSocket offers subprotocols, and takes the token along as base64url", async (t) => {
  const offered = new Promise<string>((resolve) => {
    void serveWebSocket(t, (_, { headers }) => resolve(String(headers["sec-websocket-protocol"]))).then((url) =>
      start(t, url, "events", { token: "ü?>~" }),
    );
  });
  assert.equal(await offered, `orbit.v1,bearer.${Buffer.from("ü?>~").toString("base64url")}`);
});

test("handlers that fail are reported, and the others hear all the same", async (t) => {
  const url = await serveWebSocket(t, (socket) => void socket.send(task("1", 1)));
  const { client, errors } = start(t, url, "events");
  client.on("task.*", () => {
    throw new Error("at once");
  });
  client.on("task.*", () => Promise.reject(new Error("later")));
  client.onError(() => {
    throw new Error("in a handler of errors");
  });
  t.mock.method(console, "error", () => {});
  await client.next("task.updated");
  await until(() => errors.length === 2);
  assert.deepEqual(errors.map((error) => error.kind === "handler" && [error.eventName, (error.cause as Error).message]), [
    ["task.updated", "at once"], ["task.updated", "later"],
  ]);
  assert.equal(client.state, "open");
});

test("without a handler of errors the console has them", async (t) => {
  const warn = t.mock.method(console, "warn", () => {});
  const url = await serveWebSocket(t, (socket) => void socket.send("garbage"));
  const client = connect(url, { WebSocket });
  t.after(() => client.close());
  await until(() => warn.mock.callCount() > 0);
  assert.equal((warn.mock.calls[0]!.arguments[0] as ClientError).kind, "parse");
});

test("the signal closes the client, before and after it has begun", async (t) => {
  const url = await serveWebSocket(t, () => {});
  const never = start(t, url, "events", { signal: AbortSignal.abort() });
  assert.equal(never.client.state, "closed");
  await assert.rejects(never.client.opened, { kind: "closed" });
  const controller = new AbortController();
  const { client, errors } = start(t, url, "events", { signal: controller.signal });
  await client.opened;
  const loop = client.events();
  const ended = loop.next();
  controller.abort();
  assert.equal(client.state, "closed");
  assert.deepEqual([(await ended).done, errors.length], [true, 0]);
  await assert.rejects(client.next("pong"), { kind: "closed" });
  assert.equal((await client.events().next()).done, true);
});

test("a subscription ends by itself, by its signal, and by its function", async (t) => {
  let send = (_: string): void => {};
  const url = await serveWebSocket(t, (socket) => (send = (text) => socket.send(text)));
  const { client } = start(t, url, "events");
  const heard: string[] = [];
  const controller = new AbortController();
  const off = client.on("task.updated", () => heard.push("on"));
  client.on("task.updated", () => heard.push("signal"), { signal: controller.signal });
  client.once("task.updated", () => heard.push("once"));
  await client.opened;
  const tell = async (id: string) => {
    const next = client.next("task.updated");
    send(task(id, 1));
    await next;
  };
  await tell("1");
  off();
  controller.abort();
  await tell("2");
  assert.deepEqual(heard, ["on", "signal", "once"]);
});

test("next gives up in time, by its signal, and with the client", async (t) => {
  const url = await serveWebSocket(t, () => {});
  const { client } = start(t, url, "events");
  await assert.rejects(client.next("pong", { timeoutMs: 5 }), { kind: "timeout", timeoutMs: 5 });
  await assert.rejects(client.next("pong", { signal: AbortSignal.abort(new Error("no more")) }), /no more/);
  const pending = assert.rejects(client.next("pong"), { kind: "closed" });
  client.close(4000, "done");
  await pending;
});

test("a loop that is too slow fails, or goes on without the oldest, as it is told", async (t) => {
  const url = await serveWebSocket(t, (socket) => [1, 2, 3, 4].forEach((n) => socket.send(task(String(n), n))));
  const { client, errors } = start(t, url, "events", { buffer: 2 });
  const failing = client.events("task.updated");
  const dropping = client.events("task.updated", { overflow: "drop-oldest" });
  await client.next("task.updated", { where: ({ payload }) => payload.progress === 4 });
  const progress = async (loop: typeof failing) => (await loop.next()).value?.payload.progress as unknown;
  assert.deepEqual([await progress(failing), await progress(failing)], [1, 2]);
  await assert.rejects(failing.next(), { kind: "overflow", buffer: "events", limit: 2 });
  assert.equal((await failing.next()).done, true);
  assert.deepEqual([await progress(dropping), await progress(dropping)], [3, 4]);
  assert.equal((await dropping.return!()).done, true);
  assert.deepEqual(kinds(errors), ["overflow", "overflow"]);
});

test("what makes no sense throws at once, and says what to do", () => {
  const fails = (make: () => unknown, message: RegExp) => assert.throws(make, { name: "TypeError", message });
  const global = globalThis as { WebSocket?: unknown };
  const own = global.WebSocket;
  delete global.WebSocket;
  fails(() => connect("wss://localhost"), /npm|package `ws`/);
  global.WebSocket = own;
  fails(() => connect("nonsense", { WebSocket }), /URL/);
  fails(() => connect("ftp://localhost", { WebSocket }), /`ftp:` is no scheme/);
  // @ts-expect-error no such channel
  fails(() => connect("wss://localhost", { channel: "nope", WebSocket }), /no channel `nope`: the contract has events, stream/);
});

test("ids of one connection count once", async (t) => {
  const url = await serveWebSocket(t, (socket) => ["1", "1", "2", "1", "3"].forEach((id) => socket.send(task(id, Number(id)))));
  const { client } = start(t, url, "events");
  const ids: unknown[] = [];
  client.on("task.*", ({ id }) => ids.push(id));
  await client.next("task.updated", { where: ({ payload }) => payload.progress === 3 });
  assert.deepEqual(ids, ["1", "2", "3"].map(uuid));
  assert.equal(client.lastEventId, uuid("3"));
});
