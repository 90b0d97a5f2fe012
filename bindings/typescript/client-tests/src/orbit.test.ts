// The orbit clients against the real servers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { WebSocket } from "ws";

import { connect, type ServerEvent } from "../../orbit.js";
import { SERVERS, startOrbit, TOKEN } from "./orbit.js";

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
}
