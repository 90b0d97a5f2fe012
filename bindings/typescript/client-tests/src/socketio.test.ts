// Guards on both sides of Socket.IO: acknowledgements, time limits, several arguments, rooms.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";

import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";

import { namespaces, type ClientToServerEvents, type ServerToClientEvents } from "../../tests/constructs.js";
import { validated, type SocketViolation } from "../../handfast-socketio.js";
import { until } from "./scripted.js";

type ChatServer = Server<ClientToServerEvents, ServerToClientEvents>;
type ChatSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

type Answer = (x: number, where: string) => void;

const body = { kind: "text", text: "hello" } as const;

/** A server whose namespace is guarded, and one that is not, and a client of both kinds. */
async function start(t: TestContext) {
  const http = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  const server: ChatServer = new Server(http);
  t.after(() => server.close());
  const atServer: SocketViolation[] = [];
  const atClient: SocketViolation[] = [];
  const chat = validated(server.of("/chat"), namespaces.chat, { onViolation: (violation) => atServer.push(violation) });
  const raw: ChatSocket = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}/chat`, { forceNew: true });
  t.after(() => raw.disconnect());
  const client: ChatSocket = validated(raw, namespaces.chat, { onViolation: (violation) => atClient.push(violation) });
  return { chat, rawChat: server.of("/chat"), client, raw, atServer, atClient };
}

const told = (violations: SocketViolation[]) =>
  violations.map(({ direction, eventName, isAcknowledgement, violations }) =>
    [direction, eventName, isAcknowledgement ? "ack" : "event", violations[0]?.code].join(" "),
  );

test("acknowledgements are typed and validated, plainly, as promises, and behind a time limit", async (t) => {
  const { chat, client, atServer, atClient } = await start(t);
  chat.on("connection", (socket) => {
    socket.on("say", ({ text }, acknowledge) => acknowledge({ id: text }));
    socket.on("where", (...args) => args.at(-1) instanceof Function && (args.at(-1) as Answer)(args[0] as number, "there"));
    socket.on("leave", (acknowledge) => acknowledge());
  });
  const plain = await new Promise<{ id: string }>((resolve) => client.emit("say", { text: "a" }, resolve));
  assert.deepEqual(plain, { id: "a" });
  assert.deepEqual(await client.emitWithAck("say", { text: "b" }), { id: "b" });
  assert.deepEqual(await client.timeout(1_000).emitWithAck("say", { text: "c" }), { id: "c" });
  const limited = await new Promise((resolve) => client.timeout(1_000).emit("say", { text: "d" }, (error, response) => resolve([error, response.id])));
  assert.deepEqual(limited, [null, "d"]);
  const several = await new Promise((resolve) => client.emit("where", 1, 2, "hand", (...place) => resolve(place)));
  assert.deepEqual(several, [1, "there"]);
  await new Promise<void>((resolve) => client.emit("leave", resolve));
  assert.deepEqual([...atServer, ...atClient], []);
});

test("an invalid event is refused before it leaves; promises and limited callbacks are told", async (t) => {
  const { client, atClient } = await start(t);
  const wrong = { text: 7 } as unknown as { text: string };
  client.emit("say", wrong, () => assert.fail("there is no answer"));
  await assert.rejects(client.emitWithAck("say", wrong), /`say` is not what the contract says/);
  await assert.rejects(client.timeout(1_000).emitWithAck("say", wrong), /`say` is not what the contract says/);
  await new Promise<void>((resolve) => client.timeout(1_000).emit("say", wrong, (error) => (assert.match(error.message, /`say`/), resolve())));
  assert.deepEqual(told(atClient), Array(4).fill("out say event type"));
});

test("an invalid event does not reach the server's listeners, nor an invalid answer the wire", async (t) => {
  const { chat, raw, atServer } = await start(t);
  const heard: unknown[] = [];
  chat.on("connection", (socket) => {
    socket.on("say", ({ text }, acknowledge) => (heard.push(text), acknowledge({ id: 1 } as never)));
    socket.on("say", ({ text }) => void heard.push(text));
  });
  await once(raw as never, "connect");
  const wrong = raw.timeout(50).emitWithAck("say", { text: 7 } as never);
  const right = raw.timeout(50).emitWithAck("say", { text: "a" });
  await assert.rejects(wrong);
  await assert.rejects(right);
  await until(() => atServer.length === 2 && heard.length === 2);
  assert.deepEqual(heard, ["a", "a"]);
  assert.deepEqual(told(atServer), ["in say event type", "out say ack type"], "each of them once");
});

test("an invalid event of the server, and an invalid answer, do not reach the client", async (t) => {
  const { rawChat, client, atClient } = await start(t);
  rawChat.on("connection", (socket) => {
    socket.on("say", (_, acknowledge) => acknowledge({ id: 1 } as never));
    socket.emit("said", { id: 1 } as never);
    // @ts-expect-error two numbers come first
    socket.emit("cursor:move", 1, "left", "hand");
    socket.emit("said", { id: "1", body });
  });
  const ids: unknown[] = [];
  client.on("said", ({ id }) => ids.push(id));
  await new Promise<void>((resolve) => client.once("said", () => resolve()));
  // `once` is used up by the first event, which is not heard.
  await assert.rejects(client.emitWithAck("say", { text: "a" }), /`say`/);
  await assert.rejects(client.timeout(1_000).emitWithAck("say", { text: "a" }), /`say`/);
  assert.deepEqual(ids, ["1"]);
  assert.equal(told(atClient)[0], "in said event type");
});

test("rooms and whole namespaces are guarded, flags and chains stay", async (t) => {
  const { chat, client, atServer } = await start(t);
  const [socket] = (await once(chat as never, "connection")) as [Parameters<Parameters<typeof chat.on>[1]>[0]];
  void socket.join("room");
  const heard: unknown[] = [];
  client.on("said", ({ id }) => heard.push(id));
  const wrong = { id: 1 } as never;
  assert.deepEqual(
    [chat.emit("said", wrong), chat.to("room").emit("said", wrong), chat.local.volatile.emit("said", wrong), socket.to("room").emit("said", wrong), socket.emit("said", wrong)],
    [false, false, false, false, false],
  );
  assert.equal(chat.to("room").except("other").emit("said", { id: "1", body }), true);
  assert.equal(socket.compress(false).emit("said", { id: "2", body }), true);
  await new Promise<void>((resolve) => client.on("said", ({ id }) => id === "2" && resolve()));
  assert.deepEqual(heard, ["1", "2"]);
  assert.deepEqual(told(atServer), Array(5).fill("out said event type"));
});

test("listeners are taken away, and chains go on with the guard", async (t) => {
  const { chat, client, atClient } = await start(t);
  const heard: string[] = [];
  const [one, two] = [() => heard.push("one"), () => heard.push("two")];
  assert.equal(client.on("said", one).once("said", two).off("said", one).volatile.compress(true), client);
  await once(client as never, "connect");
  const said = new Promise((resolve) => client.on("said", resolve));
  chat.emit("said", { id: "1", body });
  await said;
  client.off("said");
  assert.deepEqual(heard, ["two"]);
  assert.deepEqual(atClient, []);
});
