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

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Field
from typing_extensions import TypeAlias

from . import _validators
from ._handfast.event import EventSet
from ._handfast.model import (
    Boolean,
    Codec,
    Integer,
    Model,
    Number,
    String,
    schema,
)
from ._handfast.text import Date, Uri, UriReference, Uuid
from ._handfast.value import kind


@schema(_validators.n0)
class Authenticate(Model, frozen=True, extra="allow"):
    """Renews the identity of the connection, for instance before its token expires. The server answers with `authenticated`, or with `error` when it refuses the token.

    Event `authenticate`, sent by the client. Answered by `authenticated`.

    Schema: `events/authenticate.schema.json`

    Example: `{"token":"jwt-token-here"}`
    """

    token: Annotated[String, Field(min_length=1)]
    """A JSON Web Token. A secret: never logged."""


@schema(_validators.n2, names={"user_id": "userId"})
class Authenticated(Model, frozen=True, extra="allow"):
    """Says who the server takes the client for. Sent once the connection stands, and in answer to `authenticate`.

    Event `authenticated`, sent by the server.

    Schema: `events/authenticated.schema.json`

    Example: `{"userId":"7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a","username":"john_doe"}`
    """

    user_id: Uuid = Field(validation_alias="userId", serialization_alias="userId")
    """The user's id."""
    username: Annotated[String, Field(min_length=1)]
    """The user's login name."""


@schema(_validators.n5, names={"project_id": "projectId"})
class JoinProject(Model, frozen=True, extra="allow"):
    """Enters the room of a project, to receive what happens in it. Needed again after each reconnection. The server answers with `project-joined`.

    Event `join-project`, sent by the client. Answered by `project-joined`.

    Schema: `events/join-project.schema.json`

    Example: `{"projectId":"project-uuid"}`

    Example: `{"projectId":"xxx"}`
    """

    project_id: Id = Field(validation_alias="projectId", serialization_alias="projectId")


@schema(_validators.n7, names={"project_id": "projectId"})
class ProjectJoined(Model, frozen=True, extra="allow"):
    """The client is in the room of the project.

    Event `project-joined`, sent by the server.

    Schema: `events/project-joined.schema.json`

    Example: `{"members":3,"projectId":"project-uuid"}`
    """

    project_id: Id = Field(validation_alias="projectId", serialization_alias="projectId")
    members: Annotated[Integer, Field(ge=1, le=4294967295)]
    """How many are in the room, the client included."""


@schema(_validators.n10, constants={"type": "agent:status:update"})
class AgentStatusUpdate(Model, frozen=True, extra="allow"):
    """What an agent is doing, sent as it changes.

    Event `agent:status:update`, sent by the server.

    Schema: `events/agent.status.update.schema.json`

    Example:
    ```json
    {
      "payload": {
        "agentId": "agent-uuid",
        "agentType": "ui",
        "currentTask": "Generating UI layout for Dashboard page",
        "message": "Selected 5 components from library",
        "progress": 65,
        "status": "working"
      },
      "timestamp": 1698765432000,
      "type": "agent:status:update"
    }
    ```
    """

    type: Literal["agent:status:update"] = "agent:status:update"
    timestamp: Timestamp
    payload: AgentStatusUpdatePayload


@schema(_validators.n13, names={"agent_id": "agentId", "agent_type": "agentType", "current_task": "currentTask"})
class AgentStatusUpdatePayload(Model, frozen=True, extra="allow"):
    """Schema: `events/agent.status.update.schema.json#/properties/payload`"""

    agent_id: Id = Field(validation_alias="agentId", serialization_alias="agentId")
    agent_type: AgentType = Field(validation_alias="agentType", serialization_alias="agentType")
    status: AgentStatusUpdatePayloadStatus
    """`waiting` is for a user or another agent."""
    current_task: String = Field(validation_alias="currentTask", serialization_alias="currentTask")
    """What the agent is working on, for people to read; empty when there is nothing."""
    progress: Percent
    """How far the agent has come with its task, in whole percent."""
    message: String
    """The latest of its work, for people to read; may be empty."""


@schema(_validators.n19, constants={"type": "agent:output"})
class AgentOutput(Model, frozen=True, extra="allow"):
    """An agent has finished its task and hands over what it made.

    Event `agent:output`, sent by the server.

    Schema: `events/agent.output.schema.json`

    Example:
    ```json
    {
      "payload": {
        "agentId": "agent-uuid",
        "agentType": "database",
        "output": {
          "entities": [
            {
              "fields": [
                {
                  "name": "email",
                  "type": "text"
                }
              ],
              "name": "User",
              "relationships": []
            }
          ],
          "migrations": [
            "CREATE TABLE users (email TEXT)"
          ]
        },
        "summary": "Created 3 data tables: User, Product, Order"
      },
      "timestamp": 1698765432000,
      "type": "agent:output"
    }
    ```
    """

    type: Literal["agent:output"] = "agent:output"
    timestamp: Timestamp
    payload: AgentOutputPayload


@schema(_validators.n21, names={"agent_id": "agentId", "agent_type": "agentType"})
class AgentOutputPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/agent.output.schema.json#/properties/payload`"""

    agent_id: Id = Field(validation_alias="agentId", serialization_alias="agentId")
    agent_type: AgentType = Field(validation_alias="agentType", serialization_alias="agentType")
    output: AgentOutputPayloadOutput
    """What the agent made. Its members depend on the type of the agent; those here are the ones of a `database` agent."""
    summary: String
    """What was made, for people to read."""


@schema(_validators.n22, optional={"entities", "migrations"})
class AgentOutputPayloadOutput(Model, frozen=True, extra="allow"):
    """What the agent made. Its members depend on the type of the agent; those here are the ones of a `database` agent.

    Schema: `events/agent.output.schema.json#/properties/payload/properties/output`
    """

    entities: list[AgentOutputPayloadOutputEntitiesItem] | None = None
    """The data entities it designed."""
    migrations: list[String] | None = None
    """The SQL statements that make the tables, in order."""


@schema(_validators.n24)
class AgentOutputPayloadOutputEntitiesItem(Model, frozen=True, extra="allow"):
    """A data entity.

    Schema: `events/agent.output.schema.json#/properties/payload/properties/output/properties/entities/items`
    """

    name: Annotated[String, Field(min_length=1)]
    """Its name."""
    fields: list[Any]
    """Its fields, as the agent describes them."""
    relationships: list[Any]
    """Its relationships to other entities, as the agent describes them."""


@schema(_validators.n31, constants={"type": "agent:error"})
class AgentError(Model, frozen=True, extra="allow"):
    """An agent has failed.

    Event `agent:error`, sent by the server.

    Schema: `events/agent.error.schema.json`

    Example:
    ```json
    {
      "payload": {
        "agentId": "agent-uuid",
        "agentType": "backend",
        "error": {
          "code": "AI_API_TIMEOUT",
          "details": {
            "timeoutSeconds": 30
          },
          "message": "AI service timeout after 30s",
          "retryCount": 1,
          "retryable": true
        }
      },
      "timestamp": 1698765432000,
      "type": "agent:error"
    }
    ```
    """

    type: Literal["agent:error"] = "agent:error"
    timestamp: Timestamp
    payload: AgentErrorPayload


@schema(_validators.n33, names={"agent_id": "agentId", "agent_type": "agentType"})
class AgentErrorPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/agent.error.schema.json#/properties/payload`"""

    agent_id: Id = Field(validation_alias="agentId", serialization_alias="agentId")
    agent_type: AgentType = Field(validation_alias="agentType", serialization_alias="agentType")
    error: AgentErrorPayloadError
    """What went wrong."""


@schema(_validators.n34, names={"retry_count": "retryCount"})
class AgentErrorPayloadError(Model, frozen=True, extra="allow"):
    """What went wrong.

    Schema: `events/agent.error.schema.json#/properties/payload/properties/error`
    """

    code: Annotated[String, Field(min_length=1)]
    """The kind of error, for programs to read. The list is open.

    Example: `"AI_API_TIMEOUT"`
    """
    message: String
    """What went wrong, for people to read."""
    details: Details
    retryable: Boolean
    """Whether trying again may help."""
    retry_count: Count = Field(validation_alias="retryCount", serialization_alias="retryCount")
    """How many times the agent has tried again already."""


@schema(_validators.n39, constants={"type": "build:started"})
class BuildStarted(Model, frozen=True, extra="allow"):
    """A build of the project has begun. The first event of every build.

    Event `build:started`, sent by the server.

    Schema: `events/build.started.schema.json`

    Example:
    ```json
    {
      "payload": {
        "estimatedDuration": 120,
        "phases": [
          "analyze",
          "design",
          "generate",
          "validate"
        ],
        "projectId": "project-uuid"
      },
      "timestamp": 1698765432000,
      "type": "build:started"
    }
    ```
    """

    type: Literal["build:started"] = "build:started"
    timestamp: Timestamp
    payload: BuildStartedPayload


@schema(_validators.n41, names={"project_id": "projectId", "estimated_duration": "estimatedDuration"})
class BuildStartedPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/build.started.schema.json#/properties/payload`"""

    project_id: Id = Field(validation_alias="projectId", serialization_alias="projectId")
    estimated_duration: Seconds = Field(validation_alias="estimatedDuration", serialization_alias="estimatedDuration")
    """How long the build will take by estimate, in seconds."""
    phases: Annotated[list[Annotated[String, Field(min_length=1)]], Field(min_length=1)]
    """The phases of this build, in order. Their names are open."""


@schema(_validators.n45, constants={"type": "build:progress"})
class BuildProgress(Model, frozen=True, extra="allow"):
    """How far the build of the project has come.

    Event `build:progress`, sent by the server.

    Schema: `events/build.progress.schema.json`

    Example:
    ```json
    {
      "payload": {
        "currentPhase": "design",
        "estimatedTimeRemaining": 75,
        "message": "Database schema design completed",
        "overallProgress": 45,
        "phaseProgress": 75,
        "projectId": "project-uuid"
      },
      "timestamp": 1698765432000,
      "type": "build:progress"
    }
    ```
    """

    type: Literal["build:progress"] = "build:progress"
    timestamp: Timestamp
    payload: BuildProgressPayload


@schema(_validators.n47, names={"project_id": "projectId", "current_phase": "currentPhase", "phase_progress": "phaseProgress", "overall_progress": "overallProgress", "estimated_time_remaining": "estimatedTimeRemaining"})
class BuildProgressPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/build.progress.schema.json#/properties/payload`"""

    project_id: Id = Field(validation_alias="projectId", serialization_alias="projectId")
    current_phase: Annotated[String, Field(min_length=1)] = Field(validation_alias="currentPhase", serialization_alias="currentPhase")
    """The phase under way, one of those `build:started` named.

    Example: `"analyze"`

    Example: `"design"`

    Example: `"generate"`

    Example: `"validate"`
    """
    phase_progress: Percent = Field(validation_alias="phaseProgress", serialization_alias="phaseProgress")
    """How far the current phase has come, in whole percent."""
    overall_progress: Percent = Field(validation_alias="overallProgress", serialization_alias="overallProgress")
    """How far the whole build has come, in whole percent."""
    message: String
    """What the build is doing, for people to read."""
    estimated_time_remaining: Seconds = Field(validation_alias="estimatedTimeRemaining", serialization_alias="estimatedTimeRemaining")
    """How long the build will still take by estimate, in seconds."""


@schema(_validators.n50, constants={"type": "build:completed"})
class BuildCompleted(Model, frozen=True, extra="allow"):
    """The build of the project has succeeded. A last event of a build.

    Event `build:completed`, sent by the server.

    Schema: `events/build.completed.schema.json`

    Example:
    ```json
    {
      "payload": {
        "duration": 118,
        "previewUrl": "http://localhost:3000/preview/project-uuid",
        "projectId": "project-uuid",
        "stats": {
          "apiEndpointsCreated": 8,
          "componentsGenerated": 12,
          "dataModelsCreated": 3
        }
      },
      "timestamp": 1698765432000,
      "type": "build:completed"
    }
    ```
    """

    type: Literal["build:completed"] = "build:completed"
    timestamp: Timestamp
    payload: BuildCompletedPayload


@schema(_validators.n52, names={"project_id": "projectId", "preview_url": "previewUrl"})
class BuildCompletedPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/build.completed.schema.json#/properties/payload`"""

    project_id: Id = Field(validation_alias="projectId", serialization_alias="projectId")
    duration: Seconds
    """How long the build took, in seconds."""
    preview_url: Uri = Field(validation_alias="previewUrl", serialization_alias="previewUrl")
    """Where the result can be looked at, an absolute URL."""
    stats: BuildCompletedPayloadStats
    """What the build made."""


@schema(_validators.n54, names={"components_generated": "componentsGenerated", "api_endpoints_created": "apiEndpointsCreated", "data_models_created": "dataModelsCreated"})
class BuildCompletedPayloadStats(Model, frozen=True, extra="allow"):
    """What the build made.

    Schema: `events/build.completed.schema.json#/properties/payload/properties/stats`
    """

    components_generated: Count = Field(validation_alias="componentsGenerated", serialization_alias="componentsGenerated")
    """How many components of the user interface."""
    api_endpoints_created: Count = Field(validation_alias="apiEndpointsCreated", serialization_alias="apiEndpointsCreated")
    """How many API endpoints."""
    data_models_created: Count = Field(validation_alias="dataModelsCreated", serialization_alias="dataModelsCreated")
    """How many data models."""


@schema(_validators.n55, constants={"type": "build:failed"})
class BuildFailed(Model, frozen=True, extra="allow"):
    """The build of the project has failed. A last event of a build.

    Event `build:failed`, sent by the server.

    Schema: `events/build.failed.schema.json`

    Example:
    ```json
    {
      "payload": {
        "error": {
          "details": {
            "endpoint": "/api/orders"
          },
          "message": "Failed to generate API endpoints",
          "phase": "generate",
          "suggestions": [
            "Check if requirements are clear enough",
            "Try simplifying the feature scope"
          ]
        },
        "projectId": "project-uuid"
      },
      "timestamp": 1698765432000,
      "type": "build:failed"
    }
    ```
    """

    type: Literal["build:failed"] = "build:failed"
    timestamp: Timestamp
    payload: BuildFailedPayload


@schema(_validators.n57, names={"project_id": "projectId"})
class BuildFailedPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/build.failed.schema.json#/properties/payload`"""

    project_id: Id = Field(validation_alias="projectId", serialization_alias="projectId")
    error: BuildFailedPayloadError
    """What went wrong."""


@schema(_validators.n58)
class BuildFailedPayloadError(Model, frozen=True, extra="allow"):
    """What went wrong.

    Schema: `events/build.failed.schema.json#/properties/payload/properties/error`
    """

    phase: Annotated[String, Field(min_length=1)]
    """The phase that failed.

    Example: `"analyze"`

    Example: `"design"`

    Example: `"generate"`

    Example: `"validate"`
    """
    message: String
    """What went wrong, for people to read."""
    details: Details
    suggestions: list[String]
    """What the user may try, for people to read; may be empty."""


@schema(_validators.n63, constants={"type": "user:decision:required"})
class UserDecisionRequired(Model, frozen=True, extra="allow"):
    """An agent needs a decision of the user, who answers with `user:decision:response`.

    Event `user:decision:required`, sent by the server.

    Schema: `events/user.decision.required.schema.json`

    Example:
    ```json
    {
      "payload": {
        "agentId": "agent-uuid",
        "decisionId": "decision-uuid",
        "options": [
          {
            "description": "Card-based layout with charts",
            "id": "option-1",
            "label": "Modern Dashboard",
            "preview": "url-to-preview-image"
          },
          {
            "description": "Traditional table-based layout",
            "id": "option-2",
            "label": "Classic Table"
          }
        ],
        "projectId": "project-uuid",
        "question": "Which layout style do you prefer?",
        "timeout": 300
      },
      "timestamp": 1698765432000,
      "type": "user:decision:required"
    }
    ```
    """

    type: Literal["user:decision:required"] = "user:decision:required"
    timestamp: Timestamp
    payload: UserDecisionRequiredPayload


@schema(_validators.n65, names={"project_id": "projectId", "agent_id": "agentId", "decision_id": "decisionId"})
class UserDecisionRequiredPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/user.decision.required.schema.json#/properties/payload`"""

    project_id: Id = Field(validation_alias="projectId", serialization_alias="projectId")
    agent_id: Id = Field(validation_alias="agentId", serialization_alias="agentId")
    """The agent that asks."""
    decision_id: Id = Field(validation_alias="decisionId", serialization_alias="decisionId")
    """The decision, to be named in the answer."""
    question: Annotated[String, Field(min_length=1)]
    """What is asked, for people to read."""
    options: Annotated[list[UserDecisionRequiredPayloadOptionsItem], Field(min_length=1)]
    """What can be chosen. The first is the default, taken when no answer comes in time."""
    timeout: Seconds
    """How long the user has to answer, in seconds."""


@schema(_validators.n68, optional={"preview"})
class UserDecisionRequiredPayloadOptionsItem(Model, frozen=True, extra="allow"):
    """Schema: `events/user.decision.required.schema.json#/properties/payload/properties/options/items`"""

    id: Id
    label: String
    """The name of the option."""
    description: String
    """What the option means."""
    preview: UriReference | None = None
    """An image of the option, a URL that may be relative to the page."""


@schema(_validators.n72, names={"decision_id": "decisionId", "selected_option_id": "selectedOptionId"}, optional={"feedback"})
class UserDecisionResponse(Model, frozen=True, extra="allow"):
    """The answer to `user:decision:required`. One answer counts for each decision, the first.

    Event `user:decision:response`, sent by the client.

    Schema: `events/user.decision.response.schema.json`

    Example:
    ```json
    {
      "decisionId": "decision-uuid",
      "feedback": "Looks great!",
      "selectedOptionId": "option-1"
    }
    ```

    Example: `{"decisionId":"decision-uuid","selectedOptionId":"option-1"}`
    """

    decision_id: Id = Field(validation_alias="decisionId", serialization_alias="decisionId")
    """The decision, as `user:decision:required` names it."""
    selected_option_id: Id = Field(validation_alias="selectedOptionId", serialization_alias="selectedOptionId")
    """One of the options offered."""
    feedback: String | None = None
    """What the user wants to add."""


@schema(_validators.n74, constants={"type": "deployment:progress"})
class DeploymentProgress(Model, frozen=True, extra="allow"):
    """How far a deployment has come.

    Event `deployment:progress`, sent by the server.

    Schema: `events/deployment.progress.schema.json`

    Example:
    ```json
    {
      "payload": {
        "deploymentId": "deployment-uuid",
        "environment": "test",
        "message": "Building Docker image...",
        "progress": 40,
        "stage": "building"
      },
      "timestamp": 1698765432000,
      "type": "deployment:progress"
    }
    ```
    """

    type: Literal["deployment:progress"] = "deployment:progress"
    timestamp: Timestamp
    payload: DeploymentProgressPayload


@schema(_validators.n76, names={"deployment_id": "deploymentId"})
class DeploymentProgressPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/deployment.progress.schema.json#/properties/payload`"""

    deployment_id: Id = Field(validation_alias="deploymentId", serialization_alias="deploymentId")
    environment: Annotated[String, Field(min_length=1)]
    """Where to. The list is open.

    Example: `"test"`

    Example: `"staging"`

    Example: `"production"`
    """
    stage: DeploymentProgressPayloadStage
    """The step under way."""
    progress: Percent
    """How far the whole deployment has come, in whole percent."""
    message: String
    """What the deployment is doing, for people to read."""


@schema(_validators.n80, constants={"type": "deployment:success"})
class DeploymentSuccess(Model, frozen=True, extra="allow"):
    """A deployment has succeeded. Its last event.

    Event `deployment:success`, sent by the server.

    Schema: `events/deployment.success.schema.json`

    Example:
    ```json
    {
      "payload": {
        "deploymentId": "deployment-uuid",
        "duration": 245,
        "environment": "test",
        "healthStatus": "healthy",
        "url": "https://test-project-xyz.aibuilder.app"
      },
      "timestamp": 1698765432000,
      "type": "deployment:success"
    }
    ```
    """

    type: Literal["deployment:success"] = "deployment:success"
    timestamp: Timestamp
    payload: DeploymentSuccessPayload


@schema(_validators.n82, names={"deployment_id": "deploymentId", "health_status": "healthStatus"})
class DeploymentSuccessPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/deployment.success.schema.json#/properties/payload`"""

    deployment_id: Id = Field(validation_alias="deploymentId", serialization_alias="deploymentId")
    environment: Annotated[String, Field(min_length=1)]
    """Where to. The list is open.

    Example: `"test"`

    Example: `"staging"`

    Example: `"production"`
    """
    url: Uri
    """Where the project runs now, an absolute URL."""
    health_status: Annotated[String, Field(min_length=1)] = Field(validation_alias="healthStatus", serialization_alias="healthStatus")
    """What the health check found. The list is open.

    Example: `"healthy"`
    """
    duration: Seconds
    """How long the deployment took, in seconds."""


@schema(_validators.n86, constants={"type": "error"})
class Error(Model, frozen=True, extra="allow"):
    """Any error that has no event of its own: of the connection, of a request, or of a deployment.

    Event `error`, sent by the server.

    Schema: `events/error.schema.json`

    Example:
    ```json
    {
      "payload": {
        "actions": [
          {
            "action": "retry",
            "label": "Retry"
          },
          {
            "action": "cancel",
            "label": "Cancel"
          }
        ],
        "code": "ERROR_CODE",
        "details": {},
        "message": "Human-readable error message",
        "recoverable": true
      },
      "timestamp": 1698765432000,
      "type": "error"
    }
    ```
    """

    type: Literal["error"] = "error"
    timestamp: Timestamp
    payload: ErrorPayload


@schema(_validators.n88)
class ErrorPayload(Model, frozen=True, extra="allow"):
    """Schema: `events/error.schema.json#/properties/payload`"""

    code: Annotated[String, Field(min_length=1)]
    """The kind of error in capitals, for programs to read. The list is open.

    Example: `"AUTHENTICATION_FAILED"`

    Example: `"INVALID_PAYLOAD"`
    """
    message: String
    """What went wrong, for people to read."""
    details: Details
    recoverable: Boolean
    """Whether the client can go on."""
    actions: list[ErrorPayloadActionsItem]
    """What to offer to the user, in order; may be empty."""


@schema(_validators.n93)
class ErrorPayloadActionsItem(Model, frozen=True, extra="allow"):
    """Schema: `events/error.schema.json#/properties/payload/properties/actions/items`"""

    label: String
    """What the button says."""
    action: Annotated[String, Field(min_length=1)]
    """What it does, for programs to read. The list is open.

    Example: `"retry"`

    Example: `"cancel"`
    """


AgentStatusUpdatePayloadStatus: TypeAlias = Literal["idle", "working", "waiting", "completed", "failed"]
"""`waiting` is for a user or another agent.

Schema: `events/agent.status.update.schema.json#/properties/payload/properties/status`
"""
agent_status_update_payload_status_codec: Codec[AgentStatusUpdatePayloadStatus] = Codec(_validators.n15, lambda: AgentStatusUpdatePayloadStatus)

DeploymentProgressPayloadStage: TypeAlias = Literal["building", "deploying", "health-check"]
"""The step under way.

Schema: `events/deployment.progress.schema.json#/properties/payload/properties/stage`
"""
deployment_progress_payload_stage_codec: Codec[DeploymentProgressPayloadStage] = Codec(_validators.n78, lambda: DeploymentProgressPayloadStage)

Ping: TypeAlias = None
"""The heartbeat of the server, sent every 30 seconds. Has no argument.

Event `ping`, sent by the server. Answered by `pong`.

Schema: `events/ping.schema.json`

Example: `null`
"""
ping_codec: Codec[Ping] = Codec(_validators.n96, lambda: Ping)

Pong: TypeAlias = None
"""The answer of the client to each `ping`. Has no argument.

Event `pong`, sent by the client.

Schema: `events/pong.schema.json`

Example: `null`
"""
pong_codec: Codec[Pong] = Codec(_validators.n97, lambda: Pong)

Id: TypeAlias = Annotated[String, Field(min_length=1)]
"""The id of a project, agent, decision, option or deployment. Opaque: it need not be a UUID.

Schema: `definitions.schema.json#/$defs/Id`
"""
id_codec: Codec[Id] = Codec(_validators.n6, lambda: Id)

Timestamp: TypeAlias = Annotated[Integer, Field(ge=0, le=8640000000000000)]
"""When the event was sent, in milliseconds since 1970-01-01T00:00:00Z; at most the latest that an ECMAScript Date holds.

Schema: `definitions.schema.json#/$defs/Timestamp`
"""
timestamp_codec: Codec[Timestamp] = Codec(_validators.n12, lambda: Timestamp)

AgentType: TypeAlias = Literal["ui", "backend", "database", "integration", "deployment"]
"""What the agent builds.

Schema: `definitions.schema.json#/$defs/AgentType`
"""
agent_type_codec: Codec[AgentType] = Codec(_validators.n14, lambda: AgentType)

Percent: TypeAlias = Annotated[Integer, Field(ge=0, le=100)]
"""How far something has come, in whole percent.

Schema: `definitions.schema.json#/$defs/Percent`
"""
percent_codec: Codec[Percent] = Codec(_validators.n17, lambda: Percent)

Details: TypeAlias = dict[str, Any]
"""What a program or a log may want to know of the error. Its members depend on the error; may be empty.

Schema: `definitions.schema.json#/$defs/Details`
"""
details_codec: Codec[Details] = Codec(_validators.n37, lambda: Details)

Count: TypeAlias = Annotated[Integer, Field(ge=0, le=4294967295)]
"""How many; every client holds 32 bits.

Schema: `definitions.schema.json#/$defs/Count`
"""
count_codec: Codec[Count] = Codec(_validators.n9, lambda: Count)

Seconds: TypeAlias = Annotated[Number, Field(ge=0)]
"""A length of time in seconds; fractions are allowed.

Schema: `definitions.schema.json#/$defs/Seconds`
"""
seconds_codec: Codec[Seconds] = Codec(_validators.n42, lambda: Seconds)

ServerEvent: TypeAlias = Union[Authenticated, ProjectJoined, AgentStatusUpdate, AgentOutput, AgentError, BuildStarted, BuildProgress, BuildCompleted, BuildFailed, UserDecisionRequired, DeploymentProgress, DeploymentSuccess, Error, Ping]
"""An event that the server sends."""
server_events: EventSet[ServerEvent] = EventSet(
    {
        "authenticated": Codec(_validators.n2, lambda: Authenticated),
        "project-joined": Codec(_validators.n7, lambda: ProjectJoined),
        "agent:status:update": Codec(_validators.n10, lambda: AgentStatusUpdate),
        "agent:output": Codec(_validators.n19, lambda: AgentOutput),
        "agent:error": Codec(_validators.n31, lambda: AgentError),
        "build:started": Codec(_validators.n39, lambda: BuildStarted),
        "build:progress": Codec(_validators.n45, lambda: BuildProgress),
        "build:completed": Codec(_validators.n50, lambda: BuildCompleted),
        "build:failed": Codec(_validators.n55, lambda: BuildFailed),
        "user:decision:required": Codec(_validators.n63, lambda: UserDecisionRequired),
        "deployment:progress": Codec(_validators.n74, lambda: DeploymentProgress),
        "deployment:success": Codec(_validators.n80, lambda: DeploymentSuccess),
        "error": Codec(_validators.n86, lambda: Error),
        "ping": Codec(_validators.n96, lambda: Ping),
    },
    path=None,
)
"""Reads and writes what the server sends."""

ClientEvent: TypeAlias = Union[Authenticate, JoinProject, UserDecisionResponse, Pong]
"""An event that the client sends."""
client_events: EventSet[ClientEvent] = EventSet(
    {
        "authenticate": Codec(_validators.n0, lambda: Authenticate),
        "join-project": Codec(_validators.n5, lambda: JoinProject),
        "user:decision:response": Codec(_validators.n72, lambda: UserDecisionResponse),
        "pong": Codec(_validators.n97, lambda: Pong),
    },
    path=None,
)
"""Reads and writes what the client sends."""
