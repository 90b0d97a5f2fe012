// Consumers of the orbit types: all of this compiles but for the lines behind `@ts-expect-error`, which must not.
import type {
  ClientEvent, Context, Query, ServerEvent, ServerEvents, TaskCompleted, TaskUpdated, UnknownServerEvent,
} from "../orbit.js";

type Arriving = ServerEvent | UnknownServerEvent;

/** A `switch` over every name leaves what is unknown, and its name is a string. */
export function describe(event: Arriving): string {
  switch (event.type) {
    case "task.created": return event.payload.task.status satisfies "queued" | "running";
    case "task.updated": return event.payload.message ?? `${event.payload.progress}`;
    case "task.completed": return event.payload.status satisfies "succeeded" | "failed" | "cancelled";
    case "container.status": return event.payload.status;
    case "container.metrics": return event.payload.cpu_percent.toFixed(1);
    case "app.install.log": return event.payload.line;
    case "snapshot.created": return event.payload.snapshot.label;
    case "export.ready": return event.payload.location;
    case "pong": return event.id;
    default: {
      const unknown: UnknownServerEvent = event;
      const name: string = unknown.type;
      return `${name} ${JSON.stringify(unknown["payload"])}`;
    }
  }
}

/** A forgotten name does not pass for an unknown one. */
export function forgetful(event: Arriving): UnknownServerEvent | undefined {
  if (event.type === "task.created") return undefined;
  // @ts-expect-error the other events are known too
  return event;
}

/** Nothing is known of an event before it is told apart. */
export function hasty(event: Arriving): unknown {
  // @ts-expect-error not every event has a task
  return event.payload.task;
}

export function misspelled(event: ServerEvent): boolean {
  // @ts-expect-error there is no such name
  return event.type === "task.create";
}

/** The map gives the type of a name, and handlers by name. */
export type Handlers = { [Name in keyof ServerEvents]?: (event: ServerEvents[Name]) => void };
export const handlers: Handlers = {
  "task.completed": (event: TaskCompleted) => void event.payload.result,
  // @ts-expect-error another event's type
  "task.created": (event: TaskCompleted) => void event,
};

/** Absent and `null` are two things. */
export const completed: TaskCompleted["payload"] = { task_id: "t", status: "failed", result: null };
export const free: TaskCompleted["payload"] = { task_id: "t", status: "failed", result: { any: ["thing"] } };
// @ts-expect-error `result` may be null, and must be there
export const absent: TaskCompleted["payload"] = { task_id: "t", status: "failed" };
export const unchanged: TaskUpdated["payload"] = { task_id: "t" };
// @ts-expect-error what is optional may be absent, and not null
export const nothing: TaskUpdated["payload"] = { task_id: "t", message: null };
// @ts-expect-error nor present without a value
export const undefinedValue: TaskUpdated["payload"] = { task_id: "t", message: undefined };
// @ts-expect-error not one of the enumeration
export const status: TaskUpdated["payload"] = { task_id: "t", status: "succeeded" };

/** What a schema does not declare is read behind `in`, is no misspelling, and is written where that is said. */
export function undeclared({ context }: TaskUpdated): unknown {
  if (context && "region" in context) return context.region satisfies unknown;
  // @ts-expect-error not declared
  return context?.region;
}
const regional: Context & Record<string, unknown> = { region: "eu" };
export const context: Context = regional;

export const ping: ClientEvent = { type: "ping" };
export const query: Query = { topics: "task.*" };
// @ts-expect-error a server's event
export const pong: ClientEvent = { type: "pong" };
