// The generated clients, and Socket.IO's official one, against `handfast mock`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";

import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";

import { connectSocketIo, type ClientToServerEvents, type ServerToClientEvents } from "../../builder.js";
import { connect } from "../../orbit.js";
import type { ClientError } from "../../handfast-client.js";
import type { SocketViolation } from "../../handfast-socketio.js";
import { until } from "./scripted.js";

// Seen from the folder that the tests are compiled into.
const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const TOKEN = "a.token_of~the-tests";

/** Starts a mock of a bundled protocol, ended with the test; gives its URL. */
async function startMock(t: TestContext, protocol: "orbit" | "builder", args: readonly string[]): Promise<string> {
  const command = process.env["HANDFAST"];
  if (!command) throw new Error("set HANDFAST, or run `cargo xtask test --only client`");
  const call = ["mock", `schemas/${protocol}/asyncapi.yaml`, ...args, "--listen", "127.0.0.1:0"];
  const env = { ...process.env, ORBIT_TOKEN: TOKEN, BUILDER_TOKEN: TOKEN };
  const child = spawn(command, call, { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const [, url] = /^listening on (.+)$/.exec(line) ?? [];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error("the mock ended before it listened");
}

async function post(url: string, body: object): Promise<{ task: { id: string } }> {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${TOKEN}` };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  assert.equal(response.status, 202, await response.clone().text());
  return (await response.json()) as { task: { id: string } };
}

for (const channel of ["events", "stream"] as const) {
  test(`the orbit client, ${channel}: a session is played to it, and what comes is valid`, async (t) => {
    const session = channel === "events" ? "install-an-app" : "stream-an-install";
    const url = await startMock(t, "orbit", [`conformance/sessions/orbit/${session}.yaml`]);
    const errors: ClientError[] = [];
    const client = connect(url, { channel, token: TOKEN, WebSocket });
    t.after(() => client.close());
    client.onError((error) => errors.push(error));
    await client.opened;
    const completed = client.next("task.completed");
    const { task } = await post(`${url}/api/tasks`, { type: "app.install" });
    assert.equal((await completed).payload.task_id, task.id);
    assert.deepEqual(errors, []);
  });
}

test("the orbit client: events come at a rate, and a ping is answered", async (t) => {
  const url = await startMock(t, "orbit", ["--rate", "100"]);
  const errors: ClientError[] = [];
  const client = connect(url, { token: TOKEN, WebSocket });
  t.after(() => client.close());
  client.onError((error) => errors.push(error));
  let n = 0;
  client.on("*", () => n++);
  await client.opened;
  const pong = client.next("pong");
  client.send("ping");
  await pong;
  await until(() => n > 50);
  assert.deepEqual(errors, []);
});

for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
  test(`the official socket.io-client over ${transports.join(" and ")}: a build is played to it`, async (t) => {
    const url = await startMock(t, "builder", ["conformance/sessions/builder/build-a-project.yaml"]);
    const violations: SocketViolation[] = [];
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = connectSocketIo(io, url, {
      token: TOKEN,
      onViolation: (violation) => violations.push(violation),
      io: { forceNew: true, transports },
    });
    t.after(() => socket.disconnect());
    const project = "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a";
    socket.emit("join-project", { projectId: project });
    await new Promise((resolve) => socket.once("project-joined", resolve));
    const completed = new Promise<string>((resolve) => socket.once("build:completed", ({ payload }) => resolve(payload.projectId)));
    await post(`${url}/api/projects/${project}/builds`, {});
    assert.equal(await completed, project);
    assert.deepEqual(violations, []);
  });
}

test("the official socket.io-client: a bad token is refused as the contract says", async (t) => {
  const url = await startMock(t, "builder", ["conformance/sessions/builder"]);
  const socket = io(`${url}/builder`, { auth: { token: "not.a.token" }, forceNew: true });
  t.after(() => socket.disconnect());
  const error = await new Promise<Error>((resolve) => socket.once("connect_error", resolve));
  assert.equal(error.message, "Authentication failed");
});
