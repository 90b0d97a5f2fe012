// The orbit clients against the real servers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { WebSocket } from "ws";

import { connect, type ServerEvent } from "../../orbit.js";
import type { ClientError } from "../../handfast-client.js";
import { SERVERS, startOrbit, TOKEN } from "./orbit.js";
import { kinds, startProxy, until } from "./scripted.js";

const soon = { initialMs: 1, maxMs: 5, stableMs: 1 };

for (const [name, command] of SERVERS) {
  for (const channel of ["events", "stream"] as const) {
    test(`${name}, ${channel}: events arrive, typed, and topics are filtered`, async (t) => {
      const server = await startOrbit(t, command);
      const client = connect(server.url, { channel, token: TOKEN, topics: ["task.*", "app.install.log"], WebSocket });
      t.after(() => client.close());
      await client.opened;
      const events: ServerEvent[] = [];
      client.on("*", (event) => events.push(event));
      const completed = client.next("task.completed");
      const id = await server.start("app.install");
      assert.equal((await completed).payload.task_id, id);
      assert.deepEqual(
        events.map(({ type }) => type),
        [
          "task.created", "task.updated", "app.install.log", "task.updated", "app.install.log", "task.updated",
          "app.install.log", "task.updated", "task.completed",
        ],
      );
    });
  }

  test(`${name}: a ping is answered`, async (t) => {
    const server = await startOrbit(t, command);
    const client = connect(server.url, { token: () => Promise.resolve(TOKEN), topics: ["task.*"], WebSocket });
    t.after(() => client.close());
    const pong = client.next("pong");
    assert.equal(client.send("ping"), "queued");
    await pong;
    assert.equal(client.send("ping", { timestamp: new Date().toISOString() }), "sent");
    await client.next("pong");
  });

  test(`${name}: a stream that is cut again and again loses no event and doubles none`, async (t) => {
    const server = await startOrbit(t, command, { METRICS_MS: "100000", STEP_MS: "40" });
    const proxy = await startProxy(t, server.url);
    const client = connect(proxy.url, { channel: "stream", token: TOKEN, topics: ["task.*", "*.log"], reconnect: soon });
    t.after(() => client.close());
    const errors: ClientError[] = [];
    client.onError((error) => errors.push(error));
    await client.opened;
    const told = connect(server.url, { token: TOKEN, topics: ["task.*", "*.log"], WebSocket });
    t.after(() => told.close());
    await told.opened;
    const [heard, expected]: [string[], string[]] = [[], []];
    told.on("*", ({ id }) => expected.push(id));
    // Each event cuts the connection on which it came.
    client.on("*", ({ id }) => {
      heard.push(id);
      proxy.cut();
    });
    await Promise.all([1, 2, 3].map(() => server.start("app.install")));
    await until(() => expected.length === 27 && heard.length >= 27);
    assert.deepEqual(heard, expected);
    assert.ok(kinds(errors).filter((kind) => kind === "closed").length >= 3);
  });

  for (const channel of ["events", "stream"] as const) {
    test(`${name}, ${channel}: the client comes back to a server that was killed, and says what it may have missed`, async (t) => {
      const server = await startOrbit(t, command);
      const client = connect(server.url, { channel, token: TOKEN, topics: ["task.*"], reconnect: soon, WebSocket });
      t.after(() => client.close());
      const [errors, events]: [ClientError[], ServerEvent[]] = [[], []];
      client.onError((error) => errors.push(error));
      client.on("*", (event) => events.push(event));
      await client.opened;
      const completed = client.next("task.completed");
      await server.start("snapshot.create");
      await completed;
      await server.kill();
      const details: unknown[] = [];
      client.onState((state, { isReconnect, isResumed }) => state === "open" && details.push([isReconnect, isResumed]));
      const again = await startOrbit(t, command, { PORT: new URL(server.url).port });
      await until(() => client.state === "open");
      const second = client.next("task.completed");
      const id = await again.start("snapshot.create");
      assert.equal((await second).payload.task_id, id);
      assert.equal(events.length, 6);
      assert.equal(new Set(events.map((event) => event.id)).size, 6);
      assert.deepEqual(details, [[true, channel === "stream"]]);
      assert.ok(kinds(errors).every((kind) => kind === "closed" || kind === "refused"));
      assert.equal(kinds(errors)[0], "closed");
    });

    test(`${name}, ${channel}: a bad token is refused, for good`, async (t) => {
      const server = await startOrbit(t, command);
      const client = connect(server.url, { channel, token: "nope", reconnect: soon, WebSocket });
      client.onError(() => {});
      await assert.rejects(client.opened, { kind: "refused", status: 401, willRetryInMs: undefined });
      assert.equal(client.state, "closed");
    });
  }
}
