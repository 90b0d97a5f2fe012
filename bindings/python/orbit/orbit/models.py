# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""Orbit real-time events 1.0.0

What the Orbit agent tells its clients about tasks, containers, installations, snapshots and exports, as it happens.

Every frame is one JSON object, encoded in UTF-8: the event's `id`, its `type` (a hierarchical name, `entity.action`),
its `timestamp`, its `payload` and, where it helps, its `context`. The same events travel over a WebSocket and, for
light clients, over Server-Sent Events (SSE).

**Compatibility.** Objects are open: new fields may appear in any of them, and new types of events on any channel.
Clients ignore what they do not know. `payload.schema_version` numbers the compatible revisions of a payload; an
incompatible change makes a new type (`task.updated.v2`). Enumerations are closed, strings described as open are not.

**Topics.** `?topics=task.*,container.status` asks for the events whose type matches one of the patterns; `*` stands for
any run of characters. Without it all events are sent. `pong` answers a request and is never left out.

**Reconnection.** Ids are unique, so that a client can drop duplicates. An SSE client that lost its connection comes
back after an exponential back-off with `Last-Event-ID`, and is sent what it missed.

**Tasks.** A task is created, updated any number of times, and completed once.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Field
from typing_extensions import Never, TypeAlias

from . import _validators
from ._handfast.event import EventSet
from ._handfast.model import (
    Absent,
    Codec,
    Integer,
    Model,
    Number,
    String,
    schema,
)
from ._handfast.report import At, accepts
from ._handfast.text import DateTime, Uri, Uuid


@schema(_validators.n2, constants={"type": "task.created"}, optional={"context"})
class TaskCreated(Model, frozen=True, extra="allow"):
    """The agent has accepted a task. The first event of every task.

    Event `task.created`, sent by the server.

    Schema: `events/task.created.schema.json`

    Example:
    ```json
    {
      "context": {
        "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
        "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30",
        "user_id": "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a"
      },
      "id": "0197a3c4-5d1e-7b42-9f60-000000000001",
      "payload": {
        "task": {
          "id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30",
          "progress": 0,
          "status": "queued",
          "type": "app.install"
        }
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "task.created"
    }
    ```
    """

    id: EventId
    type: Literal["task.created"] = "task.created"
    timestamp: Timestamp
    context: Context | None = None
    payload: TaskCreatedPayload


@schema(_validators.n10, optional={"schema_version"})
class TaskCreatedPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/task.created.schema.json#/properties/payload`"""

    task: Task
    schema_version: SchemaVersion | None = None


@schema(_validators.n17, constants={"type": "task.updated"}, optional={"context"})
class TaskUpdated(Model, frozen=True, extra="allow"):
    """A task has changed. The payload names the task and carries the fields that changed; what is absent is as it was.

    Event `task.updated`, sent by the server.

    Schema: `events/task.updated.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000002",
      "payload": {
        "message": "Downloading installer",
        "progress": 45,
        "status": "running",
        "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "task.updated"
    }
    ```

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000003",
      "payload": {
        "progress": 46,
        "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "task.updated"
    }
    ```
    """

    id: EventId
    type: Literal["task.updated"] = "task.updated"
    timestamp: Timestamp
    context: Context | None = None
    payload: TaskUpdatedPayload


@schema(_validators.n19, optional={"status", "progress", "message", "schema_version"})
class TaskUpdatedPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/task.updated.schema.json#/properties/payload`"""

    task_id: Uuid
    """The task that changed."""
    status: ActiveTaskStatus | None = None
    progress: Progress | None = None
    message: String | None = None
    """What the task is doing now, for people to read."""
    schema_version: SchemaVersion | None = None


@schema(_validators.n22, constants={"type": "task.completed"}, optional={"context"})
class TaskCompleted(Model, frozen=True, extra="allow"):
    """A task is over, well or badly. The last event of every task.

    Event `task.completed`, sent by the server.

    Schema: `events/task.completed.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000004",
      "payload": {
        "result": {
          "app_id": "c1a7e840-52d9-4f3b-9a06-e8b47d2c5f19"
        },
        "status": "succeeded",
        "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "task.completed"
    }
    ```

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000005",
      "payload": {
        "result": null,
        "status": "cancelled",
        "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "task.completed"
    }
    ```
    """

    id: EventId
    type: Literal["task.completed"] = "task.completed"
    timestamp: Timestamp
    context: Context | None = None
    payload: TaskCompletedPayload


@schema(_validators.n24, optional={"schema_version"})
class TaskCompletedPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/task.completed.schema.json#/properties/payload`"""

    task_id: Uuid
    """The task that is over."""
    status: FinalTaskStatus
    result: dict[str, Any] | None
    """What the task leaves behind. Its members depend on the type of the task; empty or `null` when there is nothing to hand over."""
    schema_version: SchemaVersion | None = None


@schema(_validators.n28, constants={"type": "container.status"}, optional={"context"})
class ContainerStatus(Model, frozen=True, extra="allow"):
    """A container has changed its status.

    Event `container.status`, sent by the server.

    Schema: `events/container.status.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000006",
      "payload": {
        "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
        "status": "ready"
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "container.status"
    }
    ```
    """

    id: EventId
    type: Literal["container.status"] = "container.status"
    timestamp: Timestamp
    context: Context | None = None
    payload: ContainerStatusPayload


@schema(_validators.n30, optional={"schema_version"})
class ContainerStatusPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/container.status.schema.json#/properties/payload`"""

    container_id: Uuid
    """The container."""
    status: Annotated[String, Field(min_length=1)]
    """The status the container is in now. The list is open: a client shows a status it does not know as it is.

    Example: `"creating"`

    Example: `"starting"`

    Example: `"ready"`

    Example: `"stopping"`

    Example: `"stopped"`

    Example: `"failed"`
    """
    schema_version: SchemaVersion | None = None


@schema(_validators.n33, constants={"type": "container.metrics"}, optional={"context"})
class ContainerMetrics(Model, frozen=True, extra="allow"):
    """What a container uses, sent periodically.

    Event `container.metrics`, sent by the server.

    Schema: `events/container.metrics.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000007",
      "payload": {
        "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
        "cpu_percent": 12.5,
        "disk_bytes": 734003200,
        "memory_bytes": 2147483648
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "container.metrics"
    }
    ```
    """

    id: EventId
    type: Literal["container.metrics"] = "container.metrics"
    timestamp: Timestamp
    context: Context | None = None
    payload: ContainerMetricsPayload


@schema(_validators.n35, optional={"schema_version"})
class ContainerMetricsPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/container.metrics.schema.json#/properties/payload`"""

    container_id: Uuid
    """The container."""
    cpu_percent: Annotated[Number, Field(ge=0)]
    """Processor time in percent of one core; above 100 when several cores are busy."""
    memory_bytes: Annotated[Integer, Field(ge=0, le=9007199254740991)]
    """Memory in use, in bytes. At most 2^53 - 1, so that every client holds it exactly."""
    disk_bytes: Annotated[Integer, Field(ge=0, le=9007199254740991)]
    """Disk space in use, in bytes. At most 2^53 - 1, so that every client holds it exactly."""
    schema_version: SchemaVersion | None = None


@schema(_validators.n40, constants={"type": "app.install.log"}, optional={"context"})
class AppInstallLog(Model, frozen=True, extra="allow"):
    """One line of the log of an installation, streamed while it runs.

    Event `app.install.log`, sent by the server.

    Schema: `events/app.install.log.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000008",
      "payload": {
        "app_id": "c1a7e840-52d9-4f3b-9a06-e8b47d2c5f19",
        "level": "info",
        "line": "Copying files...",
        "task_id": "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "app.install.log"
    }
    ```
    """

    id: EventId
    type: Literal["app.install.log"] = "app.install.log"
    timestamp: Timestamp
    context: Context | None = None
    payload: AppInstallLogPayload


@schema(_validators.n42, optional={"schema_version"})
class AppInstallLogPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/app.install.log.schema.json#/properties/payload`"""

    app_id: Uuid
    """The app being installed."""
    task_id: Uuid
    """The task that installs it."""
    level: Annotated[String, Field(min_length=1)]
    """The severity of the line. Installers have their own levels, so the list is open.

    Example: `"debug"`

    Example: `"info"`

    Example: `"warning"`

    Example: `"error"`
    """
    line: String
    """The text of the line, without its line end; may be empty."""
    schema_version: SchemaVersion | None = None


@schema(_validators.n47, constants={"type": "snapshot.created"}, optional={"context"})
class SnapshotCreated(Model, frozen=True, extra="allow"):
    """A snapshot of a container exists now.

    Event `snapshot.created`, sent by the server.

    Schema: `events/snapshot.created.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-000000000009",
      "payload": {
        "snapshot": {
          "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
          "id": "2b94d6f1-0c8e-4d57-a3f2-71e5c0b8a964",
          "label": "post-install",
          "type": "full"
        }
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "snapshot.created"
    }
    ```
    """

    id: EventId
    type: Literal["snapshot.created"] = "snapshot.created"
    timestamp: Timestamp
    context: Context | None = None
    payload: SnapshotCreatedPayload


@schema(_validators.n49, optional={"schema_version"})
class SnapshotCreatedPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/snapshot.created.schema.json#/properties/payload`"""

    snapshot: SnapshotCreatedPayloadSnapshot
    """The snapshot."""
    schema_version: SchemaVersion | None = None


@schema(_validators.n50)
class SnapshotCreatedPayloadSnapshot(Model, frozen=True, extra="allow"):
    """The snapshot.

    Schema: `events/snapshot.created.schema.json#/properties/payload/properties/snapshot`
    """

    id: Uuid
    """The snapshot's id."""
    container_id: Uuid
    """The container it was taken of."""
    label: String
    """The name a person gave it; may be empty."""
    type: Annotated[String, Field(min_length=1)]
    """How it was taken. The list is open.

    Example: `"full"`

    Example: `"incremental"`
    """


@schema(_validators.n55, constants={"type": "export.ready"}, optional={"context"})
class ExportReady(Model, frozen=True, extra="allow"):
    """An export of a container can be fetched.

    Event `export.ready`, sent by the server.

    Schema: `events/export.ready.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-00000000000a",
      "payload": {
        "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743",
        "location": "file:///C:/Containers/exports/chrome.orbit",
        "package_id": "e67f3a05-d41b-4928-8c7d-0fa2b6913e58"
      },
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "export.ready"
    }
    ```
    """

    id: EventId
    type: Literal["export.ready"] = "export.ready"
    timestamp: Timestamp
    context: Context | None = None
    payload: ExportReadyPayload


@schema(_validators.n57, optional={"schema_version"})
class ExportReadyPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/export.ready.schema.json#/properties/payload`"""

    package_id: Uuid
    """The exported package."""
    container_id: Uuid
    """The container that was exported."""
    location: Uri
    """Where the package lies, an absolute URI."""
    schema_version: SchemaVersion | None = None


@schema(_validators.n61, constants={"type": "ping"}, optional={"id", "timestamp"})
class Ping(Model, frozen=True, extra="allow"):
    """Asks whether the agent is there; the agent answers with `pong`. Nothing but the type is needed.

    Event `ping`, sent by the client. Answered by `pong`.

    Schema: `events/ping.schema.json`

    Example: `{"type":"ping"}`
    """

    id: EventId | None = None
    type: Literal["ping"] = "ping"
    timestamp: Timestamp | None = None


@schema(_validators.n63, constants={"type": "pong"}, optional={"context"})
class Pong(Model, frozen=True, extra="allow"):
    """The answer to a `ping`. Delivered whatever topics the client has chosen.

    Event `pong`, sent by the server.

    Schema: `events/pong.schema.json`

    Example:
    ```json
    {
      "id": "0197a3c4-5d1e-7b42-9f60-00000000000b",
      "payload": {},
      "timestamp": "2025-11-13T09:21:05Z",
      "type": "pong"
    }
    ```
    """

    id: EventId
    type: Literal["pong"] = "pong"
    timestamp: Timestamp
    context: Context | None = None
    payload: PongPayload


@schema(_validators.n65, optional={"schema_version"})
class PongPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/pong.schema.json#/properties/payload`"""

    schema_version: SchemaVersion | None = None


@schema(_validators.n6, optional={"container_id", "task_id", "user_id"})
class Context(Model, frozen=True, extra="allow"):
    """What the event is about, for clients that route events without reading payloads. Each member stands where it applies.

    Schema: `definitions.schema.json#/$defs/Context`
    """

    container_id: Uuid | None = None
    """The container concerned."""
    task_id: Uuid | None = None
    """The task concerned."""
    user_id: Uuid | None = None
    """The user on whose behalf the agent acts. A UUID like every id of this protocol."""


@schema(_validators.n11)
class Task(Model, frozen=True, extra="allow"):
    """A task as it stands when the agent accepts it.

    Schema: `definitions.schema.json#/$defs/Task`
    """

    id: Uuid
    """The task's id, the `task_id` of all that follows."""
    type: Annotated[String, Field(min_length=1)]
    """What the task does, a hierarchical name. Agents learn new kinds of tasks, so the list is open.

    Example: `"app.install"`

    Example: `"container.start"`

    Example: `"snapshot.create"`

    Example: `"container.export"`
    """
    status: ActiveTaskStatus
    progress: Progress


EventId: TypeAlias = Uuid
"""The event's own id, by which a client drops duplicates. It is also the `id` field of the event on the SSE stream. Never used twice.

Schema: `definitions.schema.json#/$defs/EventId`
"""
event_id_codec: Codec[EventId] = Codec(_validators.n3, lambda: EventId)

Timestamp: TypeAlias = DateTime
"""When the event happened: ISO 8601 as RFC 3339 profiles it, in UTC and so written with `Z`.

Schema: `definitions.schema.json#/$defs/Timestamp`
"""
timestamp_codec: Codec[Timestamp] = Codec(_validators.n5, lambda: Timestamp)

SchemaVersion: TypeAlias = Annotated[Integer, Field(ge=1, le=65535)]
"""The revision of this payload's schema. It grows with every compatible change; an incompatible one makes a new event type instead (`task.updated.v2`), which starts again at 1. Absent means 1.

Schema: `definitions.schema.json#/$defs/SchemaVersion`

Where it is absent: `1`
"""
schema_version_codec: Codec[SchemaVersion] = Codec(_validators.n16, lambda: SchemaVersion)

ActiveTaskStatus: TypeAlias = Literal["queued", "running"]
"""The status of a task that is not over: `queued` waits for its turn, `running` is under way. How it ended is said by `task.completed` alone.

Schema: `definitions.schema.json#/$defs/ActiveTaskStatus`
"""
active_task_status_codec: Codec[ActiveTaskStatus] = Codec(_validators.n14, lambda: ActiveTaskStatus)

Progress: TypeAlias = Annotated[Integer, Field(ge=0, le=100)]
"""How far a task has come, in whole percent. Not promised to grow: a task that retries may fall back.

Schema: `definitions.schema.json#/$defs/Progress`
"""
progress_codec: Codec[Progress] = Codec(_validators.n15, lambda: Progress)

FinalTaskStatus: TypeAlias = Literal["succeeded", "failed", "cancelled"]
"""How a task ended: `succeeded`, `failed` by an error, `cancelled` on request. There is no way back from any of them.

Schema: `definitions.schema.json#/$defs/FinalTaskStatus`
"""
final_task_status_codec: Codec[FinalTaskStatus] = Codec(_validators.n26, lambda: FinalTaskStatus)

ServerEvent: TypeAlias = Union[TaskCreated, TaskUpdated, TaskCompleted, ContainerStatus, ContainerMetrics, AppInstallLog, SnapshotCreated, ExportReady, Pong]
"""An event that the server sends."""
server_events: EventSet[ServerEvent] = EventSet(
    {
        "task.created": Codec(_validators.n2, lambda: TaskCreated),
        "task.updated": Codec(_validators.n17, lambda: TaskUpdated),
        "task.completed": Codec(_validators.n22, lambda: TaskCompleted),
        "container.status": Codec(_validators.n28, lambda: ContainerStatus),
        "container.metrics": Codec(_validators.n33, lambda: ContainerMetrics),
        "app.install.log": Codec(_validators.n40, lambda: AppInstallLog),
        "snapshot.created": Codec(_validators.n47, lambda: SnapshotCreated),
        "export.ready": Codec(_validators.n55, lambda: ExportReady),
        "pong": Codec(_validators.n63, lambda: Pong),
    },
    path=("type",),
)
"""Reads and writes what the server sends."""

ClientEvent: TypeAlias = Ping
"""An event that the client sends."""
client_events: EventSet[ClientEvent] = EventSet(
    {
        "ping": Codec(_validators.n61, lambda: Ping),
    },
    path=("type",),
)
"""Reads and writes what the client sends."""
