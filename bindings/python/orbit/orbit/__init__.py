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

from ._handfast.document import NotJson as NotJson
from ._handfast.event import UnknownEvent as UnknownEvent
from ._handfast.model import ABSENT as ABSENT
from ._handfast.model import Absent as Absent
from ._handfast.text import Date as Date
from ._handfast.text import DateTime as DateTime
from ._handfast.text import Duration as Duration
from ._handfast.text import Email as Email
from ._handfast.text import Time as Time
from ._handfast.text import Uri as Uri
from ._handfast.text import Uuid as Uuid
from ._handfast.violation import Invalid as Invalid
from ._handfast.violation import Violation as Violation
from ._validators import (
    is_task_created as is_task_created,
    validate_task_created as validate_task_created,
    is_task_created_payload as is_task_created_payload,
    validate_task_created_payload as validate_task_created_payload,
    is_task_updated as is_task_updated,
    validate_task_updated as validate_task_updated,
    is_task_updated_payload as is_task_updated_payload,
    validate_task_updated_payload as validate_task_updated_payload,
    is_task_completed as is_task_completed,
    validate_task_completed as validate_task_completed,
    is_task_completed_payload as is_task_completed_payload,
    validate_task_completed_payload as validate_task_completed_payload,
    is_container_status as is_container_status,
    validate_container_status as validate_container_status,
    is_container_status_payload as is_container_status_payload,
    validate_container_status_payload as validate_container_status_payload,
    is_container_metrics as is_container_metrics,
    validate_container_metrics as validate_container_metrics,
    is_container_metrics_payload as is_container_metrics_payload,
    validate_container_metrics_payload as validate_container_metrics_payload,
    is_app_install_log as is_app_install_log,
    validate_app_install_log as validate_app_install_log,
    is_app_install_log_payload as is_app_install_log_payload,
    validate_app_install_log_payload as validate_app_install_log_payload,
    is_snapshot_created as is_snapshot_created,
    validate_snapshot_created as validate_snapshot_created,
    is_snapshot_created_payload as is_snapshot_created_payload,
    validate_snapshot_created_payload as validate_snapshot_created_payload,
    is_snapshot_created_payload_snapshot as is_snapshot_created_payload_snapshot,
    validate_snapshot_created_payload_snapshot as validate_snapshot_created_payload_snapshot,
    is_export_ready as is_export_ready,
    validate_export_ready as validate_export_ready,
    is_export_ready_payload as is_export_ready_payload,
    validate_export_ready_payload as validate_export_ready_payload,
    is_ping as is_ping,
    validate_ping as validate_ping,
    is_pong as is_pong,
    validate_pong as validate_pong,
    is_pong_payload as is_pong_payload,
    validate_pong_payload as validate_pong_payload,
    is_event_id as is_event_id,
    validate_event_id as validate_event_id,
    is_timestamp as is_timestamp,
    validate_timestamp as validate_timestamp,
    is_context as is_context,
    validate_context as validate_context,
    is_task as is_task,
    validate_task as validate_task,
    is_schema_version as is_schema_version,
    validate_schema_version as validate_schema_version,
    is_active_task_status as is_active_task_status,
    validate_active_task_status as validate_active_task_status,
    is_progress as is_progress,
    validate_progress as validate_progress,
    is_final_task_status as is_final_task_status,
    validate_final_task_status as validate_final_task_status,
)
from .models import (
    TaskCreated as TaskCreated,
    TaskCreatedPayload as TaskCreatedPayload,
    TaskUpdated as TaskUpdated,
    TaskUpdatedPayload as TaskUpdatedPayload,
    TaskCompleted as TaskCompleted,
    TaskCompletedPayload as TaskCompletedPayload,
    ContainerStatus as ContainerStatus,
    ContainerStatusPayload as ContainerStatusPayload,
    ContainerMetrics as ContainerMetrics,
    ContainerMetricsPayload as ContainerMetricsPayload,
    AppInstallLog as AppInstallLog,
    AppInstallLogPayload as AppInstallLogPayload,
    SnapshotCreated as SnapshotCreated,
    SnapshotCreatedPayload as SnapshotCreatedPayload,
    SnapshotCreatedPayloadSnapshot as SnapshotCreatedPayloadSnapshot,
    ExportReady as ExportReady,
    ExportReadyPayload as ExportReadyPayload,
    Ping as Ping,
    Pong as Pong,
    PongPayload as PongPayload,
    EventId as EventId,
    event_id_codec as event_id_codec,
    Timestamp as Timestamp,
    timestamp_codec as timestamp_codec,
    Context as Context,
    Task as Task,
    SchemaVersion as SchemaVersion,
    schema_version_codec as schema_version_codec,
    ActiveTaskStatus as ActiveTaskStatus,
    active_task_status_codec as active_task_status_codec,
    Progress as Progress,
    progress_codec as progress_codec,
    FinalTaskStatus as FinalTaskStatus,
    final_task_status_codec as final_task_status_codec,
    ServerEvent as ServerEvent,
    ClientEvent as ClientEvent,
    server_events as server_events,
    client_events as client_events,
)
