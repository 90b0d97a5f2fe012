// Socket.IO's official client, guarded, against the real builder server.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test, type TestContext } from "node:test";

import { io, type Socket } from "socket.io-client";

import {
  connectSocketIo, namespaces, type BuildCompleted, type ClientToServerEvents, type ServerToClientEvents,
} from "../../builder.js";
import { validated, type SocketIoOptions, type SocketViolation } from "../../handfast-socketio.js";
import { startBuilder, tokenOf, type BuilderServer } from "./builder.js";
import { until } from "./scripted.js";

type BuilderSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

function start(t: TestContext, server: BuilderServer, options: SocketIoOptions<BuilderSocket, "builder"> = {}) {
  const violations: SocketViolation[] = [];
  const socket: BuilderSocket = connectSocketIo(io, server.url, {
    token: () => Promise.resolve(server.token),
    onViolation: (violation) => violations.push(violation),
    io: { forceNew: true, reconnectionDelay: 1, reconnectionDelayMax: 20 },
    ...options,
  });
  t.after(() => socket.disconnect());
  return { socket, violations };
}

/** The first event of that name. */
function first<Name extends keyof ServerToClientEvents>(socket: BuilderSocket, name: Name) {
  type Event = Parameters<ServerToClientEvents[Name]>[0];
  return new Promise<Event>((resolve) => socket.once(name, resolve as never));
}

test("a whole build arrives, and what it says is what the contract says", async (t) => {
  const server = await startBuilder(t);
  const { socket, violations } = start(t, server);
  const names: string[] = [];
  socket.onAny((name: string) => names.push(name));
  socket.on("user:decision:required", ({ payload }) => {
    socket.emit("user:decision:response", { decisionId: payload.decisionId, selectedOptionId: "option-2" });
  });
  socket.emit("join-project", { projectId: "p" });
  assert.equal((await first(socket, "project-joined")).members, 1);
  const completed = first(socket, "build:completed");
  await server.build("p", { decision: true });
  (await completed) satisfies BuildCompleted;
  assert.deepEqual(violations, []);
  assert.ok(names.includes("agent:output"));
});

test("a build that fails, and a token that is refused", async (t) => {
  const server = await startBuilder(t);
  const { socket, violations } = start(t, server);
  socket.emit("join-project", { projectId: "p" });
  await first(socket, "project-joined");
  const failed = first(socket, "build:failed");
  await server.build("p", { outcome: "failed" });
  assert.equal((await failed).payload.error.phase, "generate");
  assert.deepEqual(violations, []);
  const other = start(t, { ...server, token: "nope" });
  const [error] = (await once(other.socket as never, "connect_error")) as [Error];
  assert.equal(error.message, "Authentication failed");
});

test("rooms are joined again after a reconnection", async (t) => {
  const secret = "a secret of the tests, long enough for HS256";
  const server = { ...(await startBuilder(t, { JWT_SECRET: secret })), token: await tokenOf(secret) };
  let n = 0;
  const { socket } = start(t, server, {
    onReady: (socket) => {
      n += 1;
      socket.emit("join-project", { projectId: "p" });
    },
  });
  await first(socket, "project-joined");
  await server.kill();
  const joined = first(socket, "project-joined");
  const again = await startBuilder(t, { JWT_SECRET: secret, PORT: new URL(server.url).port }, server);
  await joined;
  const completed = first(socket, "build:completed");
  await again.build("p");
  await completed;
  assert.equal(n, 2);
});

test("heartbeats are answered: who is silent is dropped", async (t) => {
  const server = await startBuilder(t, { HEARTBEAT_MS: "150" });
  const { socket } = start(t, server);
  let reason: string | undefined;
  socket.on("disconnect", (why) => (reason = why));
  let n = 0;
  socket.on("ping", () => (n += 1));
  await until(() => n >= 4);
  assert.equal(reason, undefined);
});

test("a server whose heartbeat fails to come is left, and found again", async (t) => {
  const server = await startBuilder(t, { HEARTBEAT_MS: "1000000" });
  let n = 0;
  start(t, server, { heartbeat: { silenceMs: 40 }, onReady: () => (n += 1) });
  await until(() => n >= 2);
});

test("what is invalid does not leave", async (t) => {
  const server = await startBuilder(t);
  const { socket, violations } = start(t, server);
  const errors: unknown[] = [];
  socket.on("error", ({ payload }) => errors.push(payload.code));
  await first(socket, "authenticated");
  socket.emit("join-project", { projectId: "" });
  // @ts-expect-error the project is missing
  socket.emit("join-project", {});
  socket.emit("join-project", { projectId: "p" });
  await first(socket, "project-joined");
  assert.deepEqual(violations.map(({ direction, eventName, violations }) => [direction, eventName, violations.map(({ code }) => code)]), [
    ["out", "join-project", ["minLength"]],
    ["out", "join-project", ["required"]],
  ]);
  assert.deepEqual(errors, [], "the server was not bothered");
});

test("with `report` it is reported, and goes on", async (t) => {
  const server = await startBuilder(t);
  const { socket, violations } = start(t, server, { validate: "report" });
  socket.emit("join-project", { projectId: "" });
  assert.equal((await first(socket, "error")).payload.code, "INVALID_PAYLOAD");
  assert.deepEqual(violations.map(({ isDelivered }) => isDelivered), [true]);
});

test("a socket that stands is guarded too, and the guard is the official type", async (t) => {
  const server = await startBuilder(t);
  const raw: BuilderSocket = io(`${server.url}/builder`, { auth: { token: server.token }, forceNew: true });
  t.after(() => raw.disconnect());
  const socket: BuilderSocket = validated(raw, namespaces.builder);
  assert.equal((await first(socket, "authenticated")).username, "developer");
  assert.equal(socket.connected, true);
  assert.equal(socket.id, raw.id);
});
