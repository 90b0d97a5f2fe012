// @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.

/**
 * Orbit real-time events 1.0.0
 *
 * What the Orbit agent tells its clients about tasks, containers, installations, snapshots and exports, as it happens.
 *
 * Every frame is one JSON object, encoded in UTF-8: the event's `id`, its `type` (a hierarchical name, `entity.action`),
 * its `timestamp`, its `payload` and, where it helps, its `context`. The same events travel over a WebSocket and, for
 * light clients, over Server-Sent Events (SSE).
 *
 * **Compatibility.** Objects are open: new fields may appear in any of them, and new types of events on any channel.
 * Clients ignore what they do not know. `payload.schema_version` numbers the compatible revisions of a payload; an
 * incompatible change makes a new type (`task.updated.v2`). Enumerations are closed, strings described as open are not.
 *
 * **Topics.** `?topics=task.*,container.status` asks for the events whose type matches one of the patterns; `*` stands for
 * any run of characters. Without it all events are sent. `pong` answers a request and is never left out.
 *
 * **Reconnection.** Ids are unique, so that a client can drop duplicates. An SSE client that lost its connection comes
 * back after an exponential back-off with `Last-Event-ID`, and is sent what it missed.
 *
 * **Tasks.** A task is created, updated any number of times, and completed once.
 *
 * @packageDocumentation
 */

import * as client from "./handfast-client.js";

/** What the server sends, by the event's name. */
export interface ServerEvents {
  "task.created": TaskCreated;
  "task.updated": TaskUpdated;
  "task.completed": TaskCompleted;
  "container.status": ContainerStatus;
  "container.metrics": ContainerMetrics;
  "app.install.log": AppInstallLog;
  "snapshot.created": SnapshotCreated;
  "export.ready": ExportReady;
  "pong": Pong;
}

/** An event of the server, told apart by `type`. */
export type ServerEvent =
  | TaskCreated
  | TaskUpdated
  | TaskCompleted
  | ContainerStatus
  | ContainerMetrics
  | AppInstallLog
  | SnapshotCreated
  | ExportReady
  | Pong;

/**
 * An event of the server that the contract does not name: of a later version, perhaps.
 *
 * What arrives is a `ServerEvent | UnknownServerEvent`. A `switch` over the names narrows it to each known event, and leaves
 * this one to `default` once every name has a `case`: assigned to `UnknownServerEvent` there, it does not
 * compile while one is forgotten.
 */
export interface UnknownServerEvent {
  type: UnknownEventName;
  [key: string]: unknown;
}

/** What the client sends, by the event's name. */
export interface ClientEvents {
  "ping": Ping;
}

/** An event of the client, told apart by `type`. */
export type ClientEvent = Ping;

/**
 * An event of the client that the contract does not name: of a later version, perhaps.
 *
 * What arrives is a `ClientEvent | UnknownClientEvent`. A `switch` over the names narrows it to each known event, and leaves
 * this one to `default` once every name has a `case`: assigned to `UnknownClientEvent` there, it does not
 * compile while one is forgotten.
 */
export interface UnknownClientEvent {
  type: UnknownEventName;
  [key: string]: unknown;
}

/** A name that is none of the contract's: at run time any other string. */
declare enum UnknownEventName {
  Unknown = "",
}

/**
 * The agent has accepted a task. The first event of every task.
 *
 * Event `task.created`, sent by the server.
 *
 * @see `events/task.created.schema.json`
 * @example
 * ```json
 * {
 *   "context": {
 *     "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
 *     "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30",
 *     "user_id": "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a"
 *   },
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000001",
 *   "payload": {
 *     "task": {
 *       "id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30",
 *       "progress": 0,
 *       "status": "queued",
 *       "type": "app.install"
 *     }
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "task.created"
 * }
 * ```
 */
export interface TaskCreated {
  id: EventId;
  type: "task.created";
  timestamp: Timestamp;
  context?: Context;
  payload: TaskCreatedPayload;
}

/** @see `events/task.created.schema.json#/properties/payload` */
export interface TaskCreatedPayload {
  task: Task;
  schema_version?: SchemaVersion;
}

/**
 * A task has changed. The payload names the task and carries the fields that changed; what is absent is as it was.
 *
 * Event `task.updated`, sent by the server.
 *
 * @see `events/task.updated.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000002",
 *   "payload": {
 *     "message": "Downloading installer",
 *     "progress": 45,
 *     "status": "running",
 *     "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "task.updated"
 * }
 * ```
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000003",
 *   "payload": { "progress": 46, "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30" },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "task.updated"
 * }
 * ```
 */
export interface TaskUpdated {
  id: EventId;
  type: "task.updated";
  timestamp: Timestamp;
  context?: Context;
  payload: TaskUpdatedPayload;
}

/** @see `events/task.updated.schema.json#/properties/payload` */
export interface TaskUpdatedPayload {
  /** The task that changed. Format `uuid`. */
  task_id: string;
  status?: ActiveTaskStatus;
  progress?: Progress;
  /** What the task is doing now, for people to read. */
  message?: string;
  schema_version?: SchemaVersion;
}

/**
 * A task is over, well or badly. The last event of every task.
 *
 * Event `task.completed`, sent by the server.
 *
 * @see `events/task.completed.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000004",
 *   "payload": {
 *     "result": { "app_id": "c1a7e840-52d9-4f3b-9a06-e8b47d2c5f19" },
 *     "status": "succeeded",
 *     "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "task.completed"
 * }
 * ```
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000005",
 *   "payload": {
 *     "result": null,
 *     "status": "cancelled",
 *     "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "task.completed"
 * }
 * ```
 */
export interface TaskCompleted {
  id: EventId;
  type: "task.completed";
  timestamp: Timestamp;
  context?: Context;
  payload: TaskCompletedPayload;
}

/** @see `events/task.completed.schema.json#/properties/payload` */
export interface TaskCompletedPayload {
  /** The task that is over. Format `uuid`. */
  task_id: string;
  status: FinalTaskStatus;
  /** What the task leaves behind. Its members depend on the type of the task; empty or `null` when there is nothing to hand over. */
  result: { [key: string]: unknown } | null;
  schema_version?: SchemaVersion;
}

/**
 * A container has changed its status.
 *
 * Event `container.status`, sent by the server.
 *
 * @see `events/container.status.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000006",
 *   "payload": { "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743", "status": "ready" },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "container.status"
 * }
 * ```
 */
export interface ContainerStatus {
  id: EventId;
  type: "container.status";
  timestamp: Timestamp;
  context?: Context;
  payload: ContainerStatusPayload;
}

/** @see `events/container.status.schema.json#/properties/payload` */
export interface ContainerStatusPayload {
  /** The container. Format `uuid`. */
  container_id: string;
  /**
   * The status the container is in now. The list is open: a client shows a status it does not know as it is. At least 1 character.
   *
   * @example `"creating"`
   * @example `"starting"`
   * @example `"ready"`
   * @example `"stopping"`
   * @example `"stopped"`
   * @example `"failed"`
   */
  status: string;
  schema_version?: SchemaVersion;
}

/**
 * What a container uses, sent periodically.
 *
 * Event `container.metrics`, sent by the server.
 *
 * @see `events/container.metrics.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000007",
 *   "payload": {
 *     "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
 *     "cpu_percent": 12.5,
 *     "disk_bytes": 734003200,
 *     "memory_bytes": 2147483648
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "container.metrics"
 * }
 * ```
 */
export interface ContainerMetrics {
  id: EventId;
  type: "container.metrics";
  timestamp: Timestamp;
  context?: Context;
  payload: ContainerMetricsPayload;
}

/** @see `events/container.metrics.schema.json#/properties/payload` */
export interface ContainerMetricsPayload {
  /** The container. Format `uuid`. */
  container_id: string;
  /** Processor time in percent of one core; above 100 when several cores are busy. At least 0. */
  cpu_percent: number;
  /** Memory in use, in bytes. At most 2^53 - 1, so that every client holds it exactly. Integer, from 0 to 9007199254740991. */
  memory_bytes: number;
  /** Disk space in use, in bytes. At most 2^53 - 1, so that every client holds it exactly. Integer, from 0 to 9007199254740991. */
  disk_bytes: number;
  schema_version?: SchemaVersion;
}

/**
 * One line of the log of an installation, streamed while it runs.
 *
 * Event `app.install.log`, sent by the server.
 *
 * @see `events/app.install.log.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000008",
 *   "payload": {
 *     "app_id": "c1a7e840-52d9-4f3b-9a06-e8b47d2c5f19",
 *     "level": "info",
 *     "line": "Copying files...",
 *     "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "app.install.log"
 * }
 * ```
 */
export interface AppInstallLog {
  id: EventId;
  type: "app.install.log";
  timestamp: Timestamp;
  context?: Context;
  payload: AppInstallLogPayload;
}

/** @see `events/app.install.log.schema.json#/properties/payload` */
export interface AppInstallLogPayload {
  /** The app being installed. Format `uuid`. */
  app_id: string;
  /** The task that installs it. Format `uuid`. */
  task_id: string;
  /**
   * The severity of the line. Installers have their own levels, so the list is open. At least 1 character.
   *
   * @example `"debug"`
   * @example `"info"`
   * @example `"warning"`
   * @example `"error"`
   */
  level: string;
  /** The text of the line, without its line end; may be empty. */
  line: string;
  schema_version?: SchemaVersion;
}

/**
 * A snapshot of a container exists now.
 *
 * Event `snapshot.created`, sent by the server.
 *
 * @see `events/snapshot.created.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-000000000009",
 *   "payload": {
 *     "snapshot": {
 *       "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
 *       "id": "2b94d6f1-0c8e-4d57-a3f2-71e5c0b8a964",
 *       "label": "post-install",
 *       "type": "full"
 *     }
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "snapshot.created"
 * }
 * ```
 */
export interface SnapshotCreated {
  id: EventId;
  type: "snapshot.created";
  timestamp: Timestamp;
  context?: Context;
  payload: SnapshotCreatedPayload;
}

/** @see `events/snapshot.created.schema.json#/properties/payload` */
export interface SnapshotCreatedPayload {
  /** The snapshot. */
  snapshot: SnapshotCreatedPayloadSnapshot;
  schema_version?: SchemaVersion;
}

/**
 * The snapshot.
 *
 * @see `events/snapshot.created.schema.json#/properties/payload/properties/snapshot`
 */
export interface SnapshotCreatedPayloadSnapshot {
  /** The snapshot's id. Format `uuid`. */
  id: string;
  /** The container it was taken of. Format `uuid`. */
  container_id: string;
  /** The name a person gave it; may be empty. */
  label: string;
  /**
   * How it was taken. The list is open. At least 1 character.
   *
   * @example `"full"`
   * @example `"incremental"`
   */
  type: string;
}

/**
 * An export of a container can be fetched.
 *
 * Event `export.ready`, sent by the server.
 *
 * @see `events/export.ready.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-00000000000a",
 *   "payload": {
 *     "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
 *     "location": "file:///C:/Containers/exports/chrome.orbit",
 *     "package_id": "e67f3a05-d41b-4928-8c7d-0fa2b6913e58"
 *   },
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "export.ready"
 * }
 * ```
 */
export interface ExportReady {
  id: EventId;
  type: "export.ready";
  timestamp: Timestamp;
  context?: Context;
  payload: ExportReadyPayload;
}

/** @see `events/export.ready.schema.json#/properties/payload` */
export interface ExportReadyPayload {
  /** The exported package. Format `uuid`. */
  package_id: string;
  /** The container that was exported. Format `uuid`. */
  container_id: string;
  /** Where the package lies, an absolute URI. Format `uri`. */
  location: string;
  schema_version?: SchemaVersion;
}

/**
 * Asks whether the agent is there; the agent answers with `pong`. Nothing but the type is needed.
 *
 * Event `ping`, sent by the client. Answered by `pong`.
 *
 * @see `events/ping.schema.json`
 * @example `{ "type": "ping" }`
 */
export interface Ping {
  id?: EventId;
  type: "ping";
  timestamp?: Timestamp;
}

/**
 * The answer to a `ping`. Delivered whatever topics the client has chosen.
 *
 * Event `pong`, sent by the server.
 *
 * @see `events/pong.schema.json`
 * @example
 * ```json
 * {
 *   "id": "0197a3c4-5d1e-7b42-9f60-00000000000b",
 *   "payload": {},
 *   "timestamp": "2025-11-13T09:21:05Z",
 *   "type": "pong"
 * }
 * ```
 */
export interface Pong {
  id: EventId;
  type: "pong";
  timestamp: Timestamp;
  context?: Context;
  payload: PongPayload;
}

/** @see `events/pong.schema.json#/properties/payload` */
export interface PongPayload {
  schema_version?: SchemaVersion;
}

/**
 * The event's own id, by which a client drops duplicates. It is also the `id` field of the event on the SSE stream. Never used twice. Format `uuid`.
 *
 * @see `definitions.schema.json#/$defs/EventId`
 */
export type EventId = string;

/**
 * When the event happened: ISO 8601 as RFC 3339 profiles it, in UTC and so written with `Z`. Format `date-time`.
 *
 * @see `definitions.schema.json#/$defs/Timestamp`
 */
export type Timestamp = string;

/**
 * What the event is about, for clients that route events without reading payloads. Each member stands where it applies.
 *
 * @see `definitions.schema.json#/$defs/Context`
 */
export interface Context {
  /** The container concerned. Format `uuid`. */
  container_id?: string;
  /** The task concerned. Format `uuid`. */
  task_id?: string;
  /** The user on whose behalf the agent acts. A UUID like every id of this protocol. Format `uuid`. */
  user_id?: string;
}

/**
 * A task as it stands when the agent accepts it.
 *
 * @see `definitions.schema.json#/$defs/Task`
 */
export interface Task {
  /** The task's id, the `task_id` of all that follows. Format `uuid`. */
  id: string;
  /**
   * What the task does, a hierarchical name. Agents learn new kinds of tasks, so the list is open. At least 1 character.
   *
   * @example `"app.install"`
   * @example `"container.start"`
   * @example `"snapshot.create"`
   * @example `"container.export"`
   */
  type: string;
  status: ActiveTaskStatus;
  progress: Progress;
}

/**
 * The revision of this payload's schema. It grows with every compatible change; an incompatible one makes a new event type instead (`task.updated.v2`), which starts again at 1. Absent means 1. Integer, from 1 to 65535.
 *
 * @see `definitions.schema.json#/$defs/SchemaVersion`
 * @defaultValue `1`
 */
export type SchemaVersion = number;

/**
 * The status of a task that is not over: `queued` waits for its turn, `running` is under way. How it ended is said by `task.completed` alone.
 *
 * @see `definitions.schema.json#/$defs/ActiveTaskStatus`
 */
export type ActiveTaskStatus = "queued" | "running";

/**
 * How far a task has come, in whole percent. Not promised to grow: a task that retries may fall back. Integer, from 0 to 100.
 *
 * @see `definitions.schema.json#/$defs/Progress`
 */
export type Progress = number;

/**
 * How a task ended: `succeeded`, `failed` by an error, `cancelled` on request. There is no way back from any of them.
 *
 * @see `definitions.schema.json#/$defs/FinalTaskStatus`
 */
export type FinalTaskStatus = "succeeded" | "failed" | "cancelled";

/** @see `asyncapi.yaml#/components/schemas/Query` */
export interface Query {
  /**
   * Patterns of event types, separated by commas; `*` stands for any run of characters.
   *
   * @example `"task.*,container.status"`
   */
  topics?: string;
}

/** The channels that `connect` opens, by their key. */
export interface Channels {
  /** All events, and the client's requests. One event is one text message. */
  events: {
    server: ServerEvents;
    client: ClientEvents;
    unknown: UnknownServerEvent;
    nameKey: "type";
    wildcard: "*";
    address: "/ws";
    query: Query;
    hasTopics: true;
  };
  /**
   * All events, as an SSE stream. Of each event the `id` field is the event's id, the `event` field its type, and the
   * `data` field the whole envelope. Comments may come at any time and keep the connection alive.
   */
  stream: {
    server: Pick<ServerEvents, "task.created" | "task.updated" | "task.completed" | "container.status" | "container.metrics" | "app.install.log" | "snapshot.created" | "export.ready">;
    client: {};
    unknown: UnknownServerEvent;
    nameKey: "type";
    wildcard: "*";
    address: "/events/stream";
    query: Query;
    hasTopics: true;
  };
}

/** A connection to a channel, as `connect` gives it. */
export type Client<Channel extends keyof Channels = "events"> = client.Client<Channels[Channel]>;

/**
 * Connects to a channel, `events` unless `channel` names another, and comes back by itself when the connection is lost.
 *
 * `url` is that of the server: the channel's address is added to its path, and the scheme is made to fit.
 *
 * @throws `TypeError` for options that make no sense; whatever goes wrong later, `onError` hears.
 */
export function connect<Channel extends keyof Channels = "events">(
  url: string | URL,
  options: client.ConnectOptions<Channels[Channel], Channel> = {},
): Client<Channel> {
  return client.open(contract, channels, options.channel ?? "events", url, options);
}

const channels: { readonly [key: string]: client.ChannelDescription } = {
  events: {
    transport: client.webSocket,
    address: "/ws",
    server: {
      "task.created": () => [],
      "task.updated": () => [],
      "task.completed": () => [],
      "container.status": () => [],
      "container.metrics": () => [],
      "app.install.log": () => [],
      "snapshot.created": () => [],
      "export.ready": () => [],
      pong: () => [],
    },
    client: {
      ping: () => [],
    },
  },
  stream: {
    transport: client.eventStream,
    address: "/events/stream",
    server: {
      "task.created": () => [],
      "task.updated": () => [],
      "task.completed": () => [],
      "container.status": () => [],
      "container.metrics": () => [],
      "app.install.log": () => [],
      "snapshot.created": () => [],
      "export.ready": () => [],
    },
    client: {},
  },
};

const contract: client.ContractDescription = {
  eventName: ["type"],
  auth: [{ in: "subprotocol", protocol: "orbit.v1", prefix: "bearer." }, { in: "header", name: "Authorization", scheme: "Bearer" }],
  filter: { query: "topics", separator: ",", wildcard: "*" },
  heartbeat: { from: "client", ping: "ping", pong: "pong", withinMs: 5000 },
  resume: { header: "Last-Event-ID", id: ["id"] },
  unique: [{ value: ["id"], events: ["*"] }],
  refusal: 401,
};
