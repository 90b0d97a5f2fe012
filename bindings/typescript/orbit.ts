// @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.

import * as client from "./handfast-client.js";
import { beyond, collect, dateTime, length, malformed, required, unlike, uri, uuid, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

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

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `TaskCreated`. */
export function isTaskCreated(value: unknown): value is TaskCreated {
  return !!n2(value);
}

/** Everything that keeps a value from being a valid `TaskCreated`. */
export function validateTaskCreated(value: unknown): Violation[] {
  return collect((r) => n2(value, r, ""));
}

/** Whether a value is a valid `TaskCreatedPayload`. */
export function isTaskCreatedPayload(value: unknown): value is TaskCreatedPayload {
  return !!n10(value);
}

/** Everything that keeps a value from being a valid `TaskCreatedPayload`. */
export function validateTaskCreatedPayload(value: unknown): Violation[] {
  return collect((r) => n10(value, r, ""));
}

/** Whether a value is a valid `TaskUpdated`. */
export function isTaskUpdated(value: unknown): value is TaskUpdated {
  return !!n17(value);
}

/** Everything that keeps a value from being a valid `TaskUpdated`. */
export function validateTaskUpdated(value: unknown): Violation[] {
  return collect((r) => n17(value, r, ""));
}

/** Whether a value is a valid `TaskUpdatedPayload`. */
export function isTaskUpdatedPayload(value: unknown): value is TaskUpdatedPayload {
  return !!n19(value);
}

/** Everything that keeps a value from being a valid `TaskUpdatedPayload`. */
export function validateTaskUpdatedPayload(value: unknown): Violation[] {
  return collect((r) => n19(value, r, ""));
}

/** Whether a value is a valid `TaskCompleted`. */
export function isTaskCompleted(value: unknown): value is TaskCompleted {
  return !!n22(value);
}

/** Everything that keeps a value from being a valid `TaskCompleted`. */
export function validateTaskCompleted(value: unknown): Violation[] {
  return collect((r) => n22(value, r, ""));
}

/** Whether a value is a valid `TaskCompletedPayload`. */
export function isTaskCompletedPayload(value: unknown): value is TaskCompletedPayload {
  return !!n24(value);
}

/** Everything that keeps a value from being a valid `TaskCompletedPayload`. */
export function validateTaskCompletedPayload(value: unknown): Violation[] {
  return collect((r) => n24(value, r, ""));
}

/** Whether a value is a valid `ContainerStatus`. */
export function isContainerStatus(value: unknown): value is ContainerStatus {
  return !!n28(value);
}

/** Everything that keeps a value from being a valid `ContainerStatus`. */
export function validateContainerStatus(value: unknown): Violation[] {
  return collect((r) => n28(value, r, ""));
}

/** Whether a value is a valid `ContainerStatusPayload`. */
export function isContainerStatusPayload(value: unknown): value is ContainerStatusPayload {
  return !!n30(value);
}

/** Everything that keeps a value from being a valid `ContainerStatusPayload`. */
export function validateContainerStatusPayload(value: unknown): Violation[] {
  return collect((r) => n30(value, r, ""));
}

/** Whether a value is a valid `ContainerMetrics`. */
export function isContainerMetrics(value: unknown): value is ContainerMetrics {
  return !!n33(value);
}

/** Everything that keeps a value from being a valid `ContainerMetrics`. */
export function validateContainerMetrics(value: unknown): Violation[] {
  return collect((r) => n33(value, r, ""));
}

/** Whether a value is a valid `ContainerMetricsPayload`. */
export function isContainerMetricsPayload(value: unknown): value is ContainerMetricsPayload {
  return !!n35(value);
}

/** Everything that keeps a value from being a valid `ContainerMetricsPayload`. */
export function validateContainerMetricsPayload(value: unknown): Violation[] {
  return collect((r) => n35(value, r, ""));
}

/** Whether a value is a valid `AppInstallLog`. */
export function isAppInstallLog(value: unknown): value is AppInstallLog {
  return !!n40(value);
}

/** Everything that keeps a value from being a valid `AppInstallLog`. */
export function validateAppInstallLog(value: unknown): Violation[] {
  return collect((r) => n40(value, r, ""));
}

/** Whether a value is a valid `AppInstallLogPayload`. */
export function isAppInstallLogPayload(value: unknown): value is AppInstallLogPayload {
  return !!n42(value);
}

/** Everything that keeps a value from being a valid `AppInstallLogPayload`. */
export function validateAppInstallLogPayload(value: unknown): Violation[] {
  return collect((r) => n42(value, r, ""));
}

/** Whether a value is a valid `SnapshotCreated`. */
export function isSnapshotCreated(value: unknown): value is SnapshotCreated {
  return !!n47(value);
}

/** Everything that keeps a value from being a valid `SnapshotCreated`. */
export function validateSnapshotCreated(value: unknown): Violation[] {
  return collect((r) => n47(value, r, ""));
}

/** Whether a value is a valid `SnapshotCreatedPayload`. */
export function isSnapshotCreatedPayload(value: unknown): value is SnapshotCreatedPayload {
  return !!n49(value);
}

/** Everything that keeps a value from being a valid `SnapshotCreatedPayload`. */
export function validateSnapshotCreatedPayload(value: unknown): Violation[] {
  return collect((r) => n49(value, r, ""));
}

/** Whether a value is a valid `SnapshotCreatedPayloadSnapshot`. */
export function isSnapshotCreatedPayloadSnapshot(value: unknown): value is SnapshotCreatedPayloadSnapshot {
  return !!n50(value);
}

/** Everything that keeps a value from being a valid `SnapshotCreatedPayloadSnapshot`. */
export function validateSnapshotCreatedPayloadSnapshot(value: unknown): Violation[] {
  return collect((r) => n50(value, r, ""));
}

/** Whether a value is a valid `ExportReady`. */
export function isExportReady(value: unknown): value is ExportReady {
  return !!n55(value);
}

/** Everything that keeps a value from being a valid `ExportReady`. */
export function validateExportReady(value: unknown): Violation[] {
  return collect((r) => n55(value, r, ""));
}

/** Whether a value is a valid `ExportReadyPayload`. */
export function isExportReadyPayload(value: unknown): value is ExportReadyPayload {
  return !!n57(value);
}

/** Everything that keeps a value from being a valid `ExportReadyPayload`. */
export function validateExportReadyPayload(value: unknown): Violation[] {
  return collect((r) => n57(value, r, ""));
}

/** Whether a value is a valid `Ping`. */
export function isPing(value: unknown): value is Ping {
  return !!n61(value);
}

/** Everything that keeps a value from being a valid `Ping`. */
export function validatePing(value: unknown): Violation[] {
  return collect((r) => n61(value, r, ""));
}

/** Whether a value is a valid `Pong`. */
export function isPong(value: unknown): value is Pong {
  return !!n63(value);
}

/** Everything that keeps a value from being a valid `Pong`. */
export function validatePong(value: unknown): Violation[] {
  return collect((r) => n63(value, r, ""));
}

/** Whether a value is a valid `PongPayload`. */
export function isPongPayload(value: unknown): value is PongPayload {
  return !!n65(value);
}

/** Everything that keeps a value from being a valid `PongPayload`. */
export function validatePongPayload(value: unknown): Violation[] {
  return collect((r) => n65(value, r, ""));
}

/** Whether a value is a valid `EventId`. */
export function isEventId(value: unknown): value is EventId {
  return !!n3(value);
}

/** Everything that keeps a value from being a valid `EventId`. */
export function validateEventId(value: unknown): Violation[] {
  return collect((r) => n3(value, r, ""));
}

/** Whether a value is a valid `Timestamp`. */
export function isTimestamp(value: unknown): value is Timestamp {
  return !!n5(value);
}

/** Everything that keeps a value from being a valid `Timestamp`. */
export function validateTimestamp(value: unknown): Violation[] {
  return collect((r) => n5(value, r, ""));
}

/** Whether a value is a valid `Context`. */
export function isContext(value: unknown): value is Context {
  return !!n6(value);
}

/** Everything that keeps a value from being a valid `Context`. */
export function validateContext(value: unknown): Violation[] {
  return collect((r) => n6(value, r, ""));
}

/** Whether a value is a valid `Task`. */
export function isTask(value: unknown): value is Task {
  return !!n11(value);
}

/** Everything that keeps a value from being a valid `Task`. */
export function validateTask(value: unknown): Violation[] {
  return collect((r) => n11(value, r, ""));
}

/** Whether a value is a valid `SchemaVersion`. */
export function isSchemaVersion(value: unknown): value is SchemaVersion {
  return !!n16(value);
}

/** Everything that keeps a value from being a valid `SchemaVersion`. */
export function validateSchemaVersion(value: unknown): Violation[] {
  return collect((r) => n16(value, r, ""));
}

/** Whether a value is a valid `ActiveTaskStatus`. */
export function isActiveTaskStatus(value: unknown): value is ActiveTaskStatus {
  return !!n14(value);
}

/** Everything that keeps a value from being a valid `ActiveTaskStatus`. */
export function validateActiveTaskStatus(value: unknown): Violation[] {
  return collect((r) => n14(value, r, ""));
}

/** Whether a value is a valid `Progress`. */
export function isProgress(value: unknown): value is Progress {
  return !!n15(value);
}

/** Everything that keeps a value from being a valid `Progress`. */
export function validateProgress(value: unknown): Violation[] {
  return collect((r) => n15(value, r, ""));
}

/** Whether a value is a valid `FinalTaskStatus`. */
export function isFinalTaskStatus(value: unknown): value is FinalTaskStatus {
  return !!n26(value);
}

/** Everything that keeps a value from being a valid `FinalTaskStatus`. */
export function validateFinalTaskStatus(value: unknown): Violation[] {
  return collect((r) => n26(value, r, ""));
}

/** Whether a value is a valid `Query`. */
export function isQuery(value: unknown): value is Query {
  return !!n0(value);
}

/** Everything that keeps a value from being a valid `Query`. */
export function validateQuery(value: unknown): Violation[] {
  return collect((r) => n0(value, r, ""));
}

const s0 = "asyncapi.yaml#";
const s1 = "events/task.created.schema.json#";
const s2 = "definitions.schema.json#";
const s3 = "events/task.updated.schema.json#";
const s4 = "events/task.completed.schema.json#";
const s5 = "events/container.status.schema.json#";
const s6 = "events/container.metrics.schema.json#";
const s7 = "events/app.install.log.schema.json#";
const s8 = "events/snapshot.created.schema.json#";
const s9 = "events/export.ready.schema.json#";
const s10 = "events/ping.schema.json#";
const s11 = "events/pong.schema.json#";

// asyncapi.yaml#/components/schemas/Query
function n0(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.topics) === undefined ||
      typeof x === "string" ||
      r && wrongType(r, a + "/topics", s0 + "/components/schemas/Query/properties/topics", ["string"], x)
    : r && wrongType(r, a, s0 + "/components/schemas/Query", ["object"], v)
  );
}

// events/task.created.schema.json#
function n2(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n10(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "task.created" || r && unlike(r, a + "/type", s1 + "/properties/type", "const", "task.created", x)
      ) &&
      (!r || required(r, a, s1, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s1, ["object"], v)
  );
}

// definitions.schema.json#/$defs/EventId
function n3(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "string"
    ? uuid(v) || r && malformed(r, a, s2 + "/$defs/EventId", "uuid", v)
    : r && wrongType(r, a, s2 + "/$defs/EventId", ["string"], v)
  );
}

// definitions.schema.json#/$defs/Timestamp
function n5(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "string"
    ? dateTime(v) || r && malformed(r, a, s2 + "/$defs/Timestamp", "date-time", v)
    : r && wrongType(r, a, s2 + "/$defs/Timestamp", ["string"], v)
  );
}

// definitions.schema.json#/$defs/Context
function n6(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.container_id) === undefined ||
        (
          typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/container_id", s2 + "/$defs/Context/properties/container_id", "uuid", x)
          : r && wrongType(r, a + "/container_id", s2 + "/$defs/Context/properties/container_id", ["string"], x)
        )
      ) &&
      (
        (x = v.task_id) === undefined ||
        (
          typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/task_id", s2 + "/$defs/Context/properties/task_id", "uuid", x)
          : r && wrongType(r, a + "/task_id", s2 + "/$defs/Context/properties/task_id", ["string"], x)
        )
      ) &&
      (
        (x = v.user_id) === undefined ||
        (
          typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/user_id", s2 + "/$defs/Context/properties/user_id", "uuid", x)
          : r && wrongType(r, a + "/user_id", s2 + "/$defs/Context/properties/user_id", ["string"], x)
        )
      )
    : r && wrongType(r, a, s2 + "/$defs/Context", ["object"], v)
  );
}

// events/task.created.schema.json#/properties/payload
function n10(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.task) === undefined
        ? r && required(r, a, s1 + "/properties/payload", v, ["task"])
        : n11(x, r, r && a + "/task")
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      )
    : r && wrongType(r, a, s1 + "/properties/payload", ["object"], v)
  );
}

// definitions.schema.json#/$defs/Task
function n11(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/Task/properties/id", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/Task/properties/id", ["string"], x)
      ) &&
      (
        (x = v.progress) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/progress", s2 + "/$defs/Progress", "minimum", 0, x)) &&
            (x <= 100 || r && beyond(r, a + "/progress", s2 + "/$defs/Progress", "maximum", 100, x))
          : r && wrongType(r, a + "/progress", s2 + "/$defs/Progress", ["integer"], x)
      ) &&
      (
        (x = v.status) === undefined
        ? r
        : x === "queued" ||
          x === "running" ||
          r && unlike(r, a + "/status", s2 + "/$defs/ActiveTaskStatus", "enum", ["queued", "running"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/type", s2 + "/$defs/Task/properties/type", "minLength", 1, length(x))
          : r && wrongType(r, a + "/type", s2 + "/$defs/Task/properties/type", ["string"], x)
      ) &&
      (!r || required(r, a, s2 + "/$defs/Task", v, ["id", "type", "status", "progress"]))
    : r && wrongType(r, a, s2 + "/$defs/Task", ["object"], v)
  );
}

// definitions.schema.json#/$defs/ActiveTaskStatus
function n14(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "queued" ||
    v === "running" ||
    r && unlike(r, a, s2 + "/$defs/ActiveTaskStatus", "enum", ["queued", "running"], v)
  );
}

// definitions.schema.json#/$defs/Progress
function n15(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isInteger(v)
    ? (v >= 0 || r && beyond(r, a, s2 + "/$defs/Progress", "minimum", 0, v)) &&
      (v <= 100 || r && beyond(r, a, s2 + "/$defs/Progress", "maximum", 100, v))
    : r && wrongType(r, a, s2 + "/$defs/Progress", ["integer"], v)
  );
}

// definitions.schema.json#/$defs/SchemaVersion
function n16(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isInteger(v)
    ? (v >= 1 || r && beyond(r, a, s2 + "/$defs/SchemaVersion", "minimum", 1, v)) &&
      (v <= 65535 || r && beyond(r, a, s2 + "/$defs/SchemaVersion", "maximum", 65535, v))
    : r && wrongType(r, a, s2 + "/$defs/SchemaVersion", ["integer"], v)
  );
}

// events/task.updated.schema.json#
function n17(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n19(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "task.updated" || r && unlike(r, a + "/type", s3 + "/properties/type", "const", "task.updated", x)
      ) &&
      (!r || required(r, a, s3, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s3, ["object"], v)
  );
}

// events/task.updated.schema.json#/properties/payload
function n19(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.message) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/message", s3 + "/properties/payload/properties/message", ["string"], x)
      ) &&
      (
        (x = v.progress) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/progress", s2 + "/$defs/Progress", "minimum", 0, x)) &&
            (x <= 100 || r && beyond(r, a + "/progress", s2 + "/$defs/Progress", "maximum", 100, x))
          : r && wrongType(r, a + "/progress", s2 + "/$defs/Progress", ["integer"], x)
        )
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      ) &&
      (
        (x = v.status) === undefined ||
        x === "queued" ||
        x === "running" ||
        r && unlike(r, a + "/status", s2 + "/$defs/ActiveTaskStatus", "enum", ["queued", "running"], x)
      ) &&
      (
        (x = v.task_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/task_id", s3 + "/properties/payload/properties/task_id", "uuid", x)
          : r && wrongType(r, a + "/task_id", s3 + "/properties/payload/properties/task_id", ["string"], x)
      ) &&
      (!r || required(r, a, s3 + "/properties/payload", v, ["task_id"]))
    : r && wrongType(r, a, s3 + "/properties/payload", ["object"], v)
  );
}

// events/task.completed.schema.json#
function n22(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n24(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "task.completed" || r && unlike(r, a + "/type", s4 + "/properties/type", "const", "task.completed", x)
      ) &&
      (!r || required(r, a, s4, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s4, ["object"], v)
  );
}

// events/task.completed.schema.json#/properties/payload
function n24(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.result) === undefined
        ? r
        : x === null ||
          typeof x === "object" && x !== null && !Array.isArray(x) ||
          r && wrongType(r, a + "/result", s4 + "/properties/payload/properties/result", ["null", "object"], x)
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      ) &&
      (
        (x = v.status) === undefined
        ? r
        : x === "succeeded" ||
          x === "failed" ||
          x === "cancelled" ||
          r && unlike(r, a + "/status", s2 + "/$defs/FinalTaskStatus", "enum", ["succeeded", "failed", "cancelled"], x)
      ) &&
      (
        (x = v.task_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/task_id", s4 + "/properties/payload/properties/task_id", "uuid", x)
          : r && wrongType(r, a + "/task_id", s4 + "/properties/payload/properties/task_id", ["string"], x)
      ) &&
      (!r || required(r, a, s4 + "/properties/payload", v, ["task_id", "status", "result"]))
    : r && wrongType(r, a, s4 + "/properties/payload", ["object"], v)
  );
}

// definitions.schema.json#/$defs/FinalTaskStatus
function n26(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "succeeded" ||
    v === "failed" ||
    v === "cancelled" ||
    r && unlike(r, a, s2 + "/$defs/FinalTaskStatus", "enum", ["succeeded", "failed", "cancelled"], v)
  );
}

// events/container.status.schema.json#
function n28(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n30(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "container.status" || r && unlike(r, a + "/type", s5 + "/properties/type", "const", "container.status", x)
      ) &&
      (!r || required(r, a, s5, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s5, ["object"], v)
  );
}

// events/container.status.schema.json#/properties/payload
function n30(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.container_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) ||
            r && malformed(r, a + "/container_id", s5 + "/properties/payload/properties/container_id", "uuid", x)
          : r && wrongType(r, a + "/container_id", s5 + "/properties/payload/properties/container_id", ["string"], x)
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      ) &&
      (
        (x = v.status) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r && beyond(r, a + "/status", s5 + "/properties/payload/properties/status", "minLength", 1, length(x))
          : r && wrongType(r, a + "/status", s5 + "/properties/payload/properties/status", ["string"], x)
      ) &&
      (!r || required(r, a, s5 + "/properties/payload", v, ["container_id", "status"]))
    : r && wrongType(r, a, s5 + "/properties/payload", ["object"], v)
  );
}

// events/container.metrics.schema.json#
function n33(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n35(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "container.metrics" ||
          r && unlike(r, a + "/type", s6 + "/properties/type", "const", "container.metrics", x)
      ) &&
      (!r || required(r, a, s6, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s6, ["object"], v)
  );
}

// events/container.metrics.schema.json#/properties/payload
function n35(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.container_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) ||
            r && malformed(r, a + "/container_id", s6 + "/properties/payload/properties/container_id", "uuid", x)
          : r && wrongType(r, a + "/container_id", s6 + "/properties/payload/properties/container_id", ["string"], x)
      ) &&
      (
        (x = v.cpu_percent) === undefined
        ? r
        : Number.isFinite(x)
          ? x >= 0 ||
            r && beyond(r, a + "/cpu_percent", s6 + "/properties/payload/properties/cpu_percent", "minimum", 0, x)
          : r && wrongType(r, a + "/cpu_percent", s6 + "/properties/payload/properties/cpu_percent", ["number"], x)
      ) &&
      (
        (x = v.disk_bytes) === undefined
        ? r
        : Number.isInteger(x)
          ? (
              x >= 0 ||
              r && beyond(r, a + "/disk_bytes", s6 + "/properties/payload/properties/disk_bytes", "minimum", 0, x)
            ) &&
            (
              x <= 9007199254740991 ||
              r &&
                beyond(r, a + "/disk_bytes", s6 + "/properties/payload/properties/disk_bytes", "maximum", 9007199254740991, x)
            )
          : r && wrongType(r, a + "/disk_bytes", s6 + "/properties/payload/properties/disk_bytes", ["integer"], x)
      ) &&
      (
        (x = v.memory_bytes) === undefined
        ? r
        : Number.isInteger(x)
          ? (
              x >= 0 ||
              r && beyond(r, a + "/memory_bytes", s6 + "/properties/payload/properties/memory_bytes", "minimum", 0, x)
            ) &&
            (
              x <= 9007199254740991 ||
              r &&
                beyond(r, a + "/memory_bytes", s6 + "/properties/payload/properties/memory_bytes", "maximum", 9007199254740991, x)
            )
          : r && wrongType(r, a + "/memory_bytes", s6 + "/properties/payload/properties/memory_bytes", ["integer"], x)
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      ) &&
      (
        !r ||
        required(r, a, s6 + "/properties/payload", v, ["container_id", "cpu_percent", "memory_bytes", "disk_bytes"])
      )
    : r && wrongType(r, a, s6 + "/properties/payload", ["object"], v)
  );
}

// events/app.install.log.schema.json#
function n40(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n42(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "app.install.log" || r && unlike(r, a + "/type", s7 + "/properties/type", "const", "app.install.log", x)
      ) &&
      (!r || required(r, a, s7, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s7, ["object"], v)
  );
}

// events/app.install.log.schema.json#/properties/payload
function n42(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.app_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/app_id", s7 + "/properties/payload/properties/app_id", "uuid", x)
          : r && wrongType(r, a + "/app_id", s7 + "/properties/payload/properties/app_id", ["string"], x)
      ) &&
      (
        (x = v.level) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r && beyond(r, a + "/level", s7 + "/properties/payload/properties/level", "minLength", 1, length(x))
          : r && wrongType(r, a + "/level", s7 + "/properties/payload/properties/level", ["string"], x)
      ) &&
      (
        (x = v.line) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/line", s7 + "/properties/payload/properties/line", ["string"], x)
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      ) &&
      (
        (x = v.task_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/task_id", s7 + "/properties/payload/properties/task_id", "uuid", x)
          : r && wrongType(r, a + "/task_id", s7 + "/properties/payload/properties/task_id", ["string"], x)
      ) &&
      (!r || required(r, a, s7 + "/properties/payload", v, ["app_id", "task_id", "level", "line"]))
    : r && wrongType(r, a, s7 + "/properties/payload", ["object"], v)
  );
}

// events/snapshot.created.schema.json#
function n47(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n49(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "snapshot.created" || r && unlike(r, a + "/type", s8 + "/properties/type", "const", "snapshot.created", x)
      ) &&
      (!r || required(r, a, s8, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s8, ["object"], v)
  );
}

// events/snapshot.created.schema.json#/properties/payload
function n49(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.snapshot) === undefined
        ? r && required(r, a, s8 + "/properties/payload", v, ["snapshot"])
        : n50(x, r, r && a + "/snapshot")
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      )
    : r && wrongType(r, a, s8 + "/properties/payload", ["object"], v)
  );
}

// events/snapshot.created.schema.json#/properties/payload/properties/snapshot
function n50(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.container_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) ||
            r &&
              malformed(r, a + "/container_id", s8 + "/properties/payload/properties/snapshot/properties/container_id", "uuid", x)
          : r &&
            wrongType(r, a + "/container_id", s8 + "/properties/payload/properties/snapshot/properties/container_id", ["string"], x)
      ) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) ||
            r && malformed(r, a + "/id", s8 + "/properties/payload/properties/snapshot/properties/id", "uuid", x)
          : r && wrongType(r, a + "/id", s8 + "/properties/payload/properties/snapshot/properties/id", ["string"], x)
      ) &&
      (
        (x = v.label) === undefined
        ? r
        : typeof x === "string" ||
          r &&
            wrongType(r, a + "/label", s8 + "/properties/payload/properties/snapshot/properties/label", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/type", s8 + "/properties/payload/properties/snapshot/properties/type", "minLength", 1, length(x))
          : r && wrongType(r, a + "/type", s8 + "/properties/payload/properties/snapshot/properties/type", ["string"], x)
      ) &&
      (!r || required(r, a, s8 + "/properties/payload/properties/snapshot", v, ["id", "container_id", "label", "type"]))
    : r && wrongType(r, a, s8 + "/properties/payload/properties/snapshot", ["object"], v)
  );
}

// events/export.ready.schema.json#
function n55(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n57(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "export.ready" || r && unlike(r, a + "/type", s9 + "/properties/type", "const", "export.ready", x)
      ) &&
      (!r || required(r, a, s9, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s9, ["object"], v)
  );
}

// events/export.ready.schema.json#/properties/payload
function n57(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.container_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) ||
            r && malformed(r, a + "/container_id", s9 + "/properties/payload/properties/container_id", "uuid", x)
          : r && wrongType(r, a + "/container_id", s9 + "/properties/payload/properties/container_id", ["string"], x)
      ) &&
      (
        (x = v.location) === undefined
        ? r
        : typeof x === "string"
          ? uri(x) || r && malformed(r, a + "/location", s9 + "/properties/payload/properties/location", "uri", x)
          : r && wrongType(r, a + "/location", s9 + "/properties/payload/properties/location", ["string"], x)
      ) &&
      (
        (x = v.package_id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/package_id", s9 + "/properties/payload/properties/package_id", "uuid", x)
          : r && wrongType(r, a + "/package_id", s9 + "/properties/payload/properties/package_id", ["string"], x)
      ) &&
      (
        (x = v.schema_version) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
            (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
          : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
        )
      ) &&
      (!r || required(r, a, s9 + "/properties/payload", v, ["package_id", "container_id", "location"]))
    : r && wrongType(r, a, s9 + "/properties/payload", ["object"], v)
  );
}

// events/ping.schema.json#
function n61(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.id) === undefined ||
        (
          typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
        )
      ) &&
      (
        (x = v.timestamp) === undefined ||
        (
          typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
        )
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "ping" || r && unlike(r, a + "/type", s10 + "/properties/type", "const", "ping", x)
      ) &&
      (!r || required(r, a, s10, v, ["type"]))
    : r && wrongType(r, a, s10, ["object"], v)
  );
}

// events/pong.schema.json#
function n63(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.context) === undefined || n6(x, r, r && a + "/context")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/id", s2 + "/$defs/EventId", "uuid", x)
          : r && wrongType(r, a + "/id", s2 + "/$defs/EventId", ["string"], x)
      ) &&
      ((x = v.payload) === undefined ? r : n65(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/timestamp", s2 + "/$defs/Timestamp", "date-time", x)
          : r && wrongType(r, a + "/timestamp", s2 + "/$defs/Timestamp", ["string"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "pong" || r && unlike(r, a + "/type", s11 + "/properties/type", "const", "pong", x)
      ) &&
      (!r || required(r, a, s11, v, ["id", "type", "timestamp", "payload"]))
    : r && wrongType(r, a, s11, ["object"], v)
  );
}

// events/pong.schema.json#/properties/payload
function n65(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.schema_version) === undefined ||
      (
        Number.isInteger(x)
        ? (x >= 1 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "minimum", 1, x)) &&
          (x <= 65535 || r && beyond(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", "maximum", 65535, x))
        : r && wrongType(r, a + "/schema_version", s2 + "/$defs/SchemaVersion", ["integer"], x)
      )
    : r && wrongType(r, a, s11 + "/properties/payload", ["object"], v)
  );
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
      "task.created": validateTaskCreated,
      "task.updated": validateTaskUpdated,
      "task.completed": validateTaskCompleted,
      "container.status": validateContainerStatus,
      "container.metrics": validateContainerMetrics,
      "app.install.log": validateAppInstallLog,
      "snapshot.created": validateSnapshotCreated,
      "export.ready": validateExportReady,
      pong: validatePong,
    },
    client: {
      ping: validatePing,
    },
  },
  stream: {
    transport: client.eventStream,
    address: "/events/stream",
    server: {
      "task.created": validateTaskCreated,
      "task.updated": validateTaskUpdated,
      "task.completed": validateTaskCompleted,
      "container.status": validateContainerStatus,
      "container.metrics": validateContainerMetrics,
      "app.install.log": validateAppInstallLog,
      "snapshot.created": validateSnapshotCreated,
      "export.ready": validateExportReady,
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
