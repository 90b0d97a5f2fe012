// The types of the client: all of this compiles but for the lines behind `@ts-expect-error`, which must not.
import { connect, type Client, type ServerEvent, type TaskCompleted, type TaskCreated, type TaskUpdated } from "../../orbit.js";
import type { ClientError, SendResult, State, Unsubscribe } from "../../handfast-client.js";

export function hears(client: Client): void {
  const off: Unsubscribe = client.on("task.completed", (event, meta) => {
    event satisfies TaskCompleted;
    meta.name satisfies "task.completed";
    // @ts-expect-error no member of that event
    event.payload.progress;
  });
  off();
  client.on("task.*", (event, meta) => {
    event satisfies TaskCreated | TaskUpdated | TaskCompleted;
    meta.name satisfies "task.created" | "task.updated" | "task.completed";
    // @ts-expect-error the events of a pattern are not told apart yet
    event.payload.task_id;
    if (event.type === "task.updated") event satisfies TaskUpdated;
  });
  client.on("*.created", ({ type }) => void (type satisfies "task.created" | "snapshot.created"));
  client.on("*.install.*", ({ type }) => void (type satisfies "app.install.log"));
  client.on("*", (event) => void (event satisfies ServerEvent));
  client.once("pong", () => {}, { signal: AbortSignal.timeout(1) });
  client.onUnknown((event) => void (event.type satisfies string));
  // @ts-expect-error no such event
  client.on("task.complete", () => {});
  // @ts-expect-error no event has such a name
  client.on("tasks.*", () => {});
  // @ts-expect-error the client sends it
  client.on("ping", () => {});
}

export async function waits(client: Client): Promise<void> {
  const completed: TaskCompleted = await client.next("task.completed", { where: ({ payload }) => payload.task_id === "t" });
  for await (const event of client.events("task.*")) event satisfies TaskCreated | TaskUpdated | TaskCompleted;
  for await (const event of client.events()) event satisfies ServerEvent;
  // @ts-expect-error no such event
  await client.next("task.complete");
  // @ts-expect-error no such event
  client.events("tasks.*");
  void completed;
}

export function sends(client: Client): SendResult[] {
  // @ts-expect-error the server sends it
  client.send("pong");
  // @ts-expect-error the type of another event
  client.send("ping", { type: "pong" });
  // @ts-expect-error no such member
  client.send("ping", { at: 1 });
  return [client.send("ping"), client.send("ping", { timestamp: "t" }), client.send("ping", { type: "ping" })];
}

export function tells(client: Client): void {
  const state: State = client.state;
  client.onState((state, { isReconnect, isResumed }) => void [state satisfies State, isReconnect, isResumed]);
  client.onError((error) => {
    switch (error.kind) {
      case "parse": return error.data;
      case "invalid": return error.violations.map(({ at }) => `${error.direction} ${error.eventName} ${at}`);
      case "closed": return [error.code, error.reason, error.willRetryInMs];
      case "refused": return error.status;
      case "heartbeat": return error.silentMs;
      case "overflow": return error.limit;
      case "not-sent": return error.eventName;
      case "handler": return error.cause;
      case "timeout": return error.timeoutMs;
      default: return error satisfies never;
    }
  });
  client.onError((error: ClientError) => void error.message);
  void state;
}

export function chooses(): void {
  const stream: Client<"stream"> = connect("https://localhost", { channel: "stream", topics: ["task.*"], query: {} });
  // @ts-expect-error an SSE stream carries nothing to the server
  stream.send("ping");
  // @ts-expect-error the stream has no such event
  stream.on("pong", () => {});
  // @ts-expect-error no such channel
  connect("https://localhost", { channel: "nope" });
  // @ts-expect-error no such topic
  connect("https://localhost", { topics: ["tusk"] });
  // @ts-expect-error another channel's client
  const events: Client = connect("https://localhost", { channel: "stream" });
  void events;
}
