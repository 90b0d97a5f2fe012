# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""Builder real-time events 1.0.0

What the builder tells its front end about agents, builds, decisions and deployments, and what the front end answers,
over the namespace `/builder` of Socket.IO.

Every event has one argument, a JSON value. Events of the server carry an envelope: their name again as `type`, their
`timestamp` in milliseconds and their `payload`. The answers `authenticated` and `project-joined` and what the client
sends are bare; heartbeats have no argument (`null`). Names are `<domain>:<entity>:<action>`, the entity where needed.

**Connection.** The token travels in the auth payload of the Socket.IO CONNECT, and a bad one is refused with
`Authentication failed`. The server then says `authenticated`. `authenticate` renews the token of a standing connection.

**Rooms.** What happens in a project is sent to those who joined it. Rooms are left with the connection: a client that
reconnects joins again.

**Compatibility.** Objects are open: new fields may appear in any of them, and new events in the namespace. Clients
ignore what they do not know. Enumerations are closed, strings described as open are not.

**Order.** A build is started, makes progress, and is completed or has failed; then the project may be built again. A
decision is asked for and answered at most once. A deployment makes progress and ends in success; one that fails is told
by `error`.
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
    is_authenticate as is_authenticate,
    validate_authenticate as validate_authenticate,
    is_authenticated as is_authenticated,
    validate_authenticated as validate_authenticated,
    is_join_project as is_join_project,
    validate_join_project as validate_join_project,
    is_project_joined as is_project_joined,
    validate_project_joined as validate_project_joined,
    is_agent_status_update as is_agent_status_update,
    validate_agent_status_update as validate_agent_status_update,
    is_agent_status_update_payload as is_agent_status_update_payload,
    validate_agent_status_update_payload as validate_agent_status_update_payload,
    is_agent_status_update_payload_status as is_agent_status_update_payload_status,
    validate_agent_status_update_payload_status as validate_agent_status_update_payload_status,
    is_agent_output as is_agent_output,
    validate_agent_output as validate_agent_output,
    is_agent_output_payload as is_agent_output_payload,
    validate_agent_output_payload as validate_agent_output_payload,
    is_agent_output_payload_output as is_agent_output_payload_output,
    validate_agent_output_payload_output as validate_agent_output_payload_output,
    is_agent_output_payload_output_entities_item as is_agent_output_payload_output_entities_item,
    validate_agent_output_payload_output_entities_item as validate_agent_output_payload_output_entities_item,
    is_agent_error as is_agent_error,
    validate_agent_error as validate_agent_error,
    is_agent_error_payload as is_agent_error_payload,
    validate_agent_error_payload as validate_agent_error_payload,
    is_agent_error_payload_error as is_agent_error_payload_error,
    validate_agent_error_payload_error as validate_agent_error_payload_error,
    is_build_started as is_build_started,
    validate_build_started as validate_build_started,
    is_build_started_payload as is_build_started_payload,
    validate_build_started_payload as validate_build_started_payload,
    is_build_progress as is_build_progress,
    validate_build_progress as validate_build_progress,
    is_build_progress_payload as is_build_progress_payload,
    validate_build_progress_payload as validate_build_progress_payload,
    is_build_completed as is_build_completed,
    validate_build_completed as validate_build_completed,
    is_build_completed_payload as is_build_completed_payload,
    validate_build_completed_payload as validate_build_completed_payload,
    is_build_completed_payload_stats as is_build_completed_payload_stats,
    validate_build_completed_payload_stats as validate_build_completed_payload_stats,
    is_build_failed as is_build_failed,
    validate_build_failed as validate_build_failed,
    is_build_failed_payload as is_build_failed_payload,
    validate_build_failed_payload as validate_build_failed_payload,
    is_build_failed_payload_error as is_build_failed_payload_error,
    validate_build_failed_payload_error as validate_build_failed_payload_error,
    is_user_decision_required as is_user_decision_required,
    validate_user_decision_required as validate_user_decision_required,
    is_user_decision_required_payload as is_user_decision_required_payload,
    validate_user_decision_required_payload as validate_user_decision_required_payload,
    is_user_decision_required_payload_options_item as is_user_decision_required_payload_options_item,
    validate_user_decision_required_payload_options_item as validate_user_decision_required_payload_options_item,
    is_user_decision_response as is_user_decision_response,
    validate_user_decision_response as validate_user_decision_response,
    is_deployment_progress as is_deployment_progress,
    validate_deployment_progress as validate_deployment_progress,
    is_deployment_progress_payload as is_deployment_progress_payload,
    validate_deployment_progress_payload as validate_deployment_progress_payload,
    is_deployment_progress_payload_stage as is_deployment_progress_payload_stage,
    validate_deployment_progress_payload_stage as validate_deployment_progress_payload_stage,
    is_deployment_success as is_deployment_success,
    validate_deployment_success as validate_deployment_success,
    is_deployment_success_payload as is_deployment_success_payload,
    validate_deployment_success_payload as validate_deployment_success_payload,
    is_error as is_error,
    validate_error as validate_error,
    is_error_payload as is_error_payload,
    validate_error_payload as validate_error_payload,
    is_error_payload_actions_item as is_error_payload_actions_item,
    validate_error_payload_actions_item as validate_error_payload_actions_item,
    is_ping as is_ping,
    validate_ping as validate_ping,
    is_pong as is_pong,
    validate_pong as validate_pong,
    is_id as is_id,
    validate_id as validate_id,
    is_timestamp as is_timestamp,
    validate_timestamp as validate_timestamp,
    is_agent_type as is_agent_type,
    validate_agent_type as validate_agent_type,
    is_percent as is_percent,
    validate_percent as validate_percent,
    is_details as is_details,
    validate_details as validate_details,
    is_count as is_count,
    validate_count as validate_count,
    is_seconds as is_seconds,
    validate_seconds as validate_seconds,
)
from .models import (
    Authenticate as Authenticate,
    Authenticated as Authenticated,
    JoinProject as JoinProject,
    ProjectJoined as ProjectJoined,
    AgentStatusUpdate as AgentStatusUpdate,
    AgentStatusUpdatePayload as AgentStatusUpdatePayload,
    AgentStatusUpdatePayloadStatus as AgentStatusUpdatePayloadStatus,
    agent_status_update_payload_status_codec as agent_status_update_payload_status_codec,
    AgentOutput as AgentOutput,
    AgentOutputPayload as AgentOutputPayload,
    AgentOutputPayloadOutput as AgentOutputPayloadOutput,
    AgentOutputPayloadOutputEntitiesItem as AgentOutputPayloadOutputEntitiesItem,
    AgentError as AgentError,
    AgentErrorPayload as AgentErrorPayload,
    AgentErrorPayloadError as AgentErrorPayloadError,
    BuildStarted as BuildStarted,
    BuildStartedPayload as BuildStartedPayload,
    BuildProgress as BuildProgress,
    BuildProgressPayload as BuildProgressPayload,
    BuildCompleted as BuildCompleted,
    BuildCompletedPayload as BuildCompletedPayload,
    BuildCompletedPayloadStats as BuildCompletedPayloadStats,
    BuildFailed as BuildFailed,
    BuildFailedPayload as BuildFailedPayload,
    BuildFailedPayloadError as BuildFailedPayloadError,
    UserDecisionRequired as UserDecisionRequired,
    UserDecisionRequiredPayload as UserDecisionRequiredPayload,
    UserDecisionRequiredPayloadOptionsItem as UserDecisionRequiredPayloadOptionsItem,
    UserDecisionResponse as UserDecisionResponse,
    DeploymentProgress as DeploymentProgress,
    DeploymentProgressPayload as DeploymentProgressPayload,
    DeploymentProgressPayloadStage as DeploymentProgressPayloadStage,
    deployment_progress_payload_stage_codec as deployment_progress_payload_stage_codec,
    DeploymentSuccess as DeploymentSuccess,
    DeploymentSuccessPayload as DeploymentSuccessPayload,
    Error as Error,
    ErrorPayload as ErrorPayload,
    ErrorPayloadActionsItem as ErrorPayloadActionsItem,
    Ping as Ping,
    ping_codec as ping_codec,
    Pong as Pong,
    pong_codec as pong_codec,
    Id as Id,
    id_codec as id_codec,
    Timestamp as Timestamp,
    timestamp_codec as timestamp_codec,
    AgentType as AgentType,
    agent_type_codec as agent_type_codec,
    Percent as Percent,
    percent_codec as percent_codec,
    Details as Details,
    details_codec as details_codec,
    Count as Count,
    count_codec as count_codec,
    Seconds as Seconds,
    seconds_codec as seconds_codec,
    ServerEvent as ServerEvent,
    ClientEvent as ClientEvent,
    server_events as server_events,
    client_events as client_events,
)
