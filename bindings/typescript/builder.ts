// @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.

/**
 * Builder real-time events 1.0.0
 *
 * What the builder tells its front end about agents, builds, decisions and deployments, and what the front end answers,
 * over the namespace `/builder` of Socket.IO.
 *
 * Every event has one argument, a JSON value. Events of the server carry an envelope: their name again as `type`, their
 * `timestamp` in milliseconds and their `payload`. The answers `authenticated` and `project-joined` and what the client
 * sends are bare; heartbeats have no argument (`null`). Names are `<domain>:<entity>:<action>`, the entity where needed.
 *
 * **Connection.** The token travels in the auth payload of the Socket.IO CONNECT, and a bad one is refused with
 * `Authentication failed`. The server then says `authenticated`. `authenticate` renews the token of a standing connection.
 *
 * **Rooms.** What happens in a project is sent to those who joined it. Rooms are left with the connection: a client that
 * reconnects joins again.
 *
 * **Compatibility.** Objects are open: new fields may appear in any of them, and new events in the namespace. Clients
 * ignore what they do not know. Enumerations are closed, strings described as open are not.
 *
 * **Order.** A build is started, makes progress, and is completed or has failed; then the project may be built again. A
 * decision is asked for and answered at most once. A deployment makes progress and ends in success; one that fails is told
 * by `error`.
 *
 * @packageDocumentation
 */

import * as socketIo from "./handfast-socketio.js";

/** What the server sends, by the event's name. */
export interface ServerEvents {
  "authenticated": Authenticated;
  "project-joined": ProjectJoined;
  "agent:status:update": AgentStatusUpdate;
  "agent:output": AgentOutput;
  "agent:error": AgentError;
  "build:started": BuildStarted;
  "build:progress": BuildProgress;
  "build:completed": BuildCompleted;
  "build:failed": BuildFailed;
  "user:decision:required": UserDecisionRequired;
  "deployment:progress": DeploymentProgress;
  "deployment:success": DeploymentSuccess;
  "error": ServerError;
  "ping": Ping;
}

/** What the client sends, by the event's name. */
export interface ClientEvents {
  "authenticate": Authenticate;
  "join-project": JoinProject;
  "user:decision:response": UserDecisionResponse;
  "pong": Pong;
}

/**
 * What the server emits in the namespace `/builder`. For `Socket<ServerToClientEvents, ClientToServerEvents>` of socket.io-client
 * and `Server<ClientToServerEvents, ServerToClientEvents>` of socket.io. Events that are not here are heard by `onAny`.
 */
export interface ServerToClientEvents {
  "authenticated": (event: Authenticated) => void;
  "project-joined": (event: ProjectJoined) => void;
  "agent:status:update": (event: AgentStatusUpdate) => void;
  "agent:output": (event: AgentOutput) => void;
  "agent:error": (event: AgentError) => void;
  "build:started": (event: BuildStarted) => void;
  "build:progress": (event: BuildProgress) => void;
  "build:completed": (event: BuildCompleted) => void;
  "build:failed": (event: BuildFailed) => void;
  "user:decision:required": (event: UserDecisionRequired) => void;
  "deployment:progress": (event: DeploymentProgress) => void;
  "deployment:success": (event: DeploymentSuccess) => void;
  "error": (event: ServerError) => void;
  "ping": (event?: Ping) => void;
}

/** What the client emits in the namespace `/builder`. */
export interface ClientToServerEvents {
  "authenticate": (event: Authenticate) => void;
  "join-project": (event: JoinProject) => void;
  "user:decision:response": (event: UserDecisionResponse) => void;
  "pong": (event?: Pong) => void;
}

/**
 * Renews the identity of the connection, for instance before its token expires. The server answers with `authenticated`, or with `error` when it refuses the token.
 *
 * Event `authenticate`, sent by the client. Answered by `authenticated`.
 *
 * @see `events/authenticate.schema.json`
 * @example `{ "token": "jwt-token-here" }`
 */
export interface Authenticate {
  /** A JSON Web Token. A secret: never logged. At least 1 character. */
  token: string;
}

/**
 * Says who the server takes the client for. Sent once the connection stands, and in answer to `authenticate`.
 *
 * Event `authenticated`, sent by the server.
 *
 * @see `events/authenticated.schema.json`
 * @example `{ "userId": "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a", "username": "john_doe" }`
 */
export interface Authenticated {
  /** The user's id. Format `uuid`. */
  userId: string;
  /** The user's login name. At least 1 character. */
  username: string;
}

/**
 * Enters the room of a project, to receive what happens in it. Needed again after each reconnection. The server answers with `project-joined`.
 *
 * Event `join-project`, sent by the client. Answered by `project-joined`.
 *
 * @see `events/join-project.schema.json`
 * @example `{ "projectId": "project-uuid" }`
 * @example `{ "projectId": "xxx" }`
 */
export interface JoinProject {
  projectId: Id;
}

/**
 * The client is in the room of the project.
 *
 * Event `project-joined`, sent by the server.
 *
 * @see `events/project-joined.schema.json`
 * @example `{ "members": 3, "projectId": "project-uuid" }`
 */
export interface ProjectJoined {
  projectId: Id;
  /** How many are in the room, the client included. Integer, from 0 to 4294967295, at least 1. */
  members: number;
}

/**
 * What an agent is doing, sent as it changes.
 *
 * Event `agent:status:update`, sent by the server.
 *
 * @see `events/agent.status.update.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "agentId": "agent-uuid",
 *     "agentType": "ui",
 *     "currentTask": "Generating UI layout for Dashboard page",
 *     "message": "Selected 5 components from library",
 *     "progress": 65,
 *     "status": "working"
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "agent:status:update"
 * }
 * ```
 */
export interface AgentStatusUpdate {
  type: "agent:status:update";
  timestamp: Timestamp;
  payload: AgentStatusUpdatePayload;
}

/** @see `events/agent.status.update.schema.json#/properties/payload` */
export interface AgentStatusUpdatePayload {
  agentId: Id;
  agentType: AgentType;
  /** `waiting` is for a user or another agent. */
  status: AgentStatusUpdatePayloadStatus;
  /** What the agent is working on, for people to read; empty when there is nothing. */
  currentTask: string;
  /** How far the agent has come with its task, in whole percent. */
  progress: Percent;
  /** The latest of its work, for people to read; may be empty. */
  message: string;
}

/**
 * `waiting` is for a user or another agent.
 *
 * @see `events/agent.status.update.schema.json#/properties/payload/properties/status`
 */
export type AgentStatusUpdatePayloadStatus = "idle" | "working" | "waiting" | "completed" | "failed";

/**
 * An agent has finished its task and hands over what it made.
 *
 * Event `agent:output`, sent by the server.
 *
 * @see `events/agent.output.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "agentId": "agent-uuid",
 *     "agentType": "database",
 *     "output": {
 *       "entities": [
 *         {
 *           "fields": [{ "name": "email", "type": "text" }],
 *           "name": "User",
 *           "relationships": []
 *         }
 *       ],
 *       "migrations": ["CREATE TABLE users (email TEXT)"]
 *     },
 *     "summary": "Created 3 data tables: User, Product, Order"
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "agent:output"
 * }
 * ```
 */
export interface AgentOutput {
  type: "agent:output";
  timestamp: Timestamp;
  payload: AgentOutputPayload;
}

/** @see `events/agent.output.schema.json#/properties/payload` */
export interface AgentOutputPayload {
  agentId: Id;
  agentType: AgentType;
  /** What the agent made. Its members depend on the type of the agent; those here are the ones of a `database` agent. */
  output: AgentOutputPayloadOutput;
  /** What was made, for people to read. */
  summary: string;
}

/**
 * What the agent made. Its members depend on the type of the agent; those here are the ones of a `database` agent.
 *
 * @see `events/agent.output.schema.json#/properties/payload/properties/output`
 */
export interface AgentOutputPayloadOutput {
  /** The data entities it designed. */
  entities?: AgentOutputPayloadOutputEntitiesItem[];
  /** The SQL statements that make the tables, in order. */
  migrations?: string[];
}

/**
 * A data entity.
 *
 * @see `events/agent.output.schema.json#/properties/payload/properties/output/properties/entities/items`
 */
export interface AgentOutputPayloadOutputEntitiesItem {
  /** Its name. At least 1 character. */
  name: string;
  /** Its fields, as the agent describes them. */
  fields: unknown[];
  /** Its relationships to other entities, as the agent describes them. */
  relationships: unknown[];
}

/**
 * An agent has failed.
 *
 * Event `agent:error`, sent by the server.
 *
 * @see `events/agent.error.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "agentId": "agent-uuid",
 *     "agentType": "backend",
 *     "error": {
 *       "code": "AI_API_TIMEOUT",
 *       "details": { "timeoutSeconds": 30 },
 *       "message": "AI service timeout after 30s",
 *       "retryCount": 1,
 *       "retryable": true
 *     }
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "agent:error"
 * }
 * ```
 */
export interface AgentError {
  type: "agent:error";
  timestamp: Timestamp;
  payload: AgentErrorPayload;
}

/** @see `events/agent.error.schema.json#/properties/payload` */
export interface AgentErrorPayload {
  agentId: Id;
  agentType: AgentType;
  /** What went wrong. */
  error: AgentErrorPayloadError;
}

/**
 * What went wrong.
 *
 * @see `events/agent.error.schema.json#/properties/payload/properties/error`
 */
export interface AgentErrorPayloadError {
  /**
   * The kind of error, for programs to read. The list is open. At least 1 character.
   *
   * @example `"AI_API_TIMEOUT"`
   */
  code: string;
  /** What went wrong, for people to read. */
  message: string;
  details: Details;
  /** Whether trying again may help. */
  retryable: boolean;
  /** How many times the agent has tried again already. */
  retryCount: Count;
}

/**
 * A build of the project has begun. The first event of every build.
 *
 * Event `build:started`, sent by the server.
 *
 * @see `events/build.started.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "estimatedDuration": 120,
 *     "phases": ["analyze", "design", "generate", "validate"],
 *     "projectId": "project-uuid"
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "build:started"
 * }
 * ```
 */
export interface BuildStarted {
  type: "build:started";
  timestamp: Timestamp;
  payload: BuildStartedPayload;
}

/** @see `events/build.started.schema.json#/properties/payload` */
export interface BuildStartedPayload {
  projectId: Id;
  /** How long the build will take by estimate, in seconds. */
  estimatedDuration: Seconds;
  /** The phases of this build, in order. Their names are open. At least 1 item. */
  phases: string[];
}

/**
 * How far the build of the project has come.
 *
 * Event `build:progress`, sent by the server.
 *
 * @see `events/build.progress.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "currentPhase": "design",
 *     "estimatedTimeRemaining": 75,
 *     "message": "Database schema design completed",
 *     "overallProgress": 45,
 *     "phaseProgress": 75,
 *     "projectId": "project-uuid"
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "build:progress"
 * }
 * ```
 */
export interface BuildProgress {
  type: "build:progress";
  timestamp: Timestamp;
  payload: BuildProgressPayload;
}

/** @see `events/build.progress.schema.json#/properties/payload` */
export interface BuildProgressPayload {
  projectId: Id;
  /**
   * The phase under way, one of those `build:started` named. At least 1 character.
   *
   * @example `"analyze"`
   * @example `"design"`
   * @example `"generate"`
   * @example `"validate"`
   */
  currentPhase: string;
  /** How far the current phase has come, in whole percent. */
  phaseProgress: Percent;
  /** How far the whole build has come, in whole percent. */
  overallProgress: Percent;
  /** What the build is doing, for people to read. */
  message: string;
  /** How long the build will still take by estimate, in seconds. */
  estimatedTimeRemaining: Seconds;
}

/**
 * The build of the project has succeeded. A last event of a build.
 *
 * Event `build:completed`, sent by the server.
 *
 * @see `events/build.completed.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "duration": 118,
 *     "previewUrl": "http://localhost:3000/preview/project-uuid",
 *     "projectId": "project-uuid",
 *     "stats": { "apiEndpointsCreated": 8, "componentsGenerated": 12, "dataModelsCreated": 3 }
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "build:completed"
 * }
 * ```
 */
export interface BuildCompleted {
  type: "build:completed";
  timestamp: Timestamp;
  payload: BuildCompletedPayload;
}

/** @see `events/build.completed.schema.json#/properties/payload` */
export interface BuildCompletedPayload {
  projectId: Id;
  /** How long the build took, in seconds. */
  duration: Seconds;
  /** Where the result can be looked at, an absolute URL. Format `uri`. */
  previewUrl: string;
  /** What the build made. */
  stats: BuildCompletedPayloadStats;
}

/**
 * What the build made.
 *
 * @see `events/build.completed.schema.json#/properties/payload/properties/stats`
 */
export interface BuildCompletedPayloadStats {
  /** How many components of the user interface. */
  componentsGenerated: Count;
  /** How many API endpoints. */
  apiEndpointsCreated: Count;
  /** How many data models. */
  dataModelsCreated: Count;
}

/**
 * The build of the project has failed. A last event of a build.
 *
 * Event `build:failed`, sent by the server.
 *
 * @see `events/build.failed.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "error": {
 *       "details": { "endpoint": "/api/orders" },
 *       "message": "Failed to generate API endpoints",
 *       "phase": "generate",
 *       "suggestions": ["Check if requirements are clear enough", "Try simplifying the feature scope"]
 *     },
 *     "projectId": "project-uuid"
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "build:failed"
 * }
 * ```
 */
export interface BuildFailed {
  type: "build:failed";
  timestamp: Timestamp;
  payload: BuildFailedPayload;
}

/** @see `events/build.failed.schema.json#/properties/payload` */
export interface BuildFailedPayload {
  projectId: Id;
  /** What went wrong. */
  error: BuildFailedPayloadError;
}

/**
 * What went wrong.
 *
 * @see `events/build.failed.schema.json#/properties/payload/properties/error`
 */
export interface BuildFailedPayloadError {
  /**
   * The phase that failed. At least 1 character.
   *
   * @example `"analyze"`
   * @example `"design"`
   * @example `"generate"`
   * @example `"validate"`
   */
  phase: string;
  /** What went wrong, for people to read. */
  message: string;
  details: Details;
  /** What the user may try, for people to read; may be empty. */
  suggestions: string[];
}

/**
 * An agent needs a decision of the user, who answers with `user:decision:response`.
 *
 * Event `user:decision:required`, sent by the server.
 *
 * @see `events/user.decision.required.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "agentId": "agent-uuid",
 *     "decisionId": "decision-uuid",
 *     "options": [
 *       {
 *         "description": "Card-based layout with charts",
 *         "id": "option-1",
 *         "label": "Modern Dashboard",
 *         "preview": "url-to-preview-image"
 *       },
 *       {
 *         "description": "Traditional table-based layout",
 *         "id": "option-2",
 *         "label": "Classic Table"
 *       }
 *     ],
 *     "projectId": "project-uuid",
 *     "question": "Which layout style do you prefer?",
 *     "timeout": 300
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "user:decision:required"
 * }
 * ```
 */
export interface UserDecisionRequired {
  type: "user:decision:required";
  timestamp: Timestamp;
  payload: UserDecisionRequiredPayload;
}

/** @see `events/user.decision.required.schema.json#/properties/payload` */
export interface UserDecisionRequiredPayload {
  projectId: Id;
  /** The agent that asks. */
  agentId: Id;
  /** The decision, to be named in the answer. */
  decisionId: Id;
  /** What is asked, for people to read. At least 1 character. */
  question: string;
  /** What can be chosen. The first is the default, taken when no answer comes in time. At least 1 item. */
  options: UserDecisionRequiredPayloadOptionsItem[];
  /** How long the user has to answer, in seconds. */
  timeout: Seconds;
}

/** @see `events/user.decision.required.schema.json#/properties/payload/properties/options/items` */
export interface UserDecisionRequiredPayloadOptionsItem {
  id: Id;
  /** The name of the option. */
  label: string;
  /** What the option means. */
  description: string;
  /** An image of the option, a URL that may be relative to the page. Format `uri-reference`. */
  preview?: string;
}

/**
 * The answer to `user:decision:required`. One answer counts for each decision, the first.
 *
 * Event `user:decision:response`, sent by the client.
 *
 * @see `events/user.decision.response.schema.json`
 * @example
 * ```json
 * {
 *   "decisionId": "decision-uuid",
 *   "feedback": "Looks great!",
 *   "selectedOptionId": "option-1"
 * }
 * ```
 * @example `{ "decisionId": "decision-uuid", "selectedOptionId": "option-1" }`
 */
export interface UserDecisionResponse {
  /** The decision, as `user:decision:required` names it. */
  decisionId: Id;
  /** One of the options offered. */
  selectedOptionId: Id;
  /** What the user wants to add. */
  feedback?: string;
}

/**
 * How far a deployment has come.
 *
 * Event `deployment:progress`, sent by the server.
 *
 * @see `events/deployment.progress.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "deploymentId": "deployment-uuid",
 *     "environment": "test",
 *     "message": "Building Docker image...",
 *     "progress": 40,
 *     "stage": "building"
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "deployment:progress"
 * }
 * ```
 */
export interface DeploymentProgress {
  type: "deployment:progress";
  timestamp: Timestamp;
  payload: DeploymentProgressPayload;
}

/** @see `events/deployment.progress.schema.json#/properties/payload` */
export interface DeploymentProgressPayload {
  deploymentId: Id;
  /**
   * Where to. The list is open. At least 1 character.
   *
   * @example `"test"`
   * @example `"staging"`
   * @example `"production"`
   */
  environment: string;
  /** The step under way. */
  stage: DeploymentProgressPayloadStage;
  /** How far the whole deployment has come, in whole percent. */
  progress: Percent;
  /** What the deployment is doing, for people to read. */
  message: string;
}

/**
 * The step under way.
 *
 * @see `events/deployment.progress.schema.json#/properties/payload/properties/stage`
 */
export type DeploymentProgressPayloadStage = "building" | "deploying" | "health-check";

/**
 * A deployment has succeeded. Its last event.
 *
 * Event `deployment:success`, sent by the server.
 *
 * @see `events/deployment.success.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "deploymentId": "deployment-uuid",
 *     "duration": 245,
 *     "environment": "test",
 *     "healthStatus": "healthy",
 *     "url": "https://test-project-xyz.aibuilder.app"
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "deployment:success"
 * }
 * ```
 */
export interface DeploymentSuccess {
  type: "deployment:success";
  timestamp: Timestamp;
  payload: DeploymentSuccessPayload;
}

/** @see `events/deployment.success.schema.json#/properties/payload` */
export interface DeploymentSuccessPayload {
  deploymentId: Id;
  /**
   * Where to. The list is open. At least 1 character.
   *
   * @example `"test"`
   * @example `"staging"`
   * @example `"production"`
   */
  environment: string;
  /** Where the project runs now, an absolute URL. Format `uri`. */
  url: string;
  /**
   * What the health check found. The list is open. At least 1 character.
   *
   * @example `"healthy"`
   */
  healthStatus: string;
  /** How long the deployment took, in seconds. */
  duration: Seconds;
}

/**
 * Any error that has no event of its own: of the connection, of a request, or of a deployment.
 *
 * Event `error`, sent by the server.
 *
 * @see `events/error.schema.json`
 * @example
 * ```json
 * {
 *   "payload": {
 *     "actions": [
 *       { "action": "retry", "label": "Retry" },
 *       { "action": "cancel", "label": "Cancel" }
 *     ],
 *     "code": "ERROR_CODE",
 *     "details": {},
 *     "message": "Human-readable error message",
 *     "recoverable": true
 *   },
 *   "timestamp": 1698765432000,
 *   "type": "error"
 * }
 * ```
 */
export interface ServerError {
  type: "error";
  timestamp: Timestamp;
  payload: ServerErrorPayload;
}

/** @see `events/error.schema.json#/properties/payload` */
export interface ServerErrorPayload {
  /**
   * The kind of error in capitals, for programs to read. The list is open. At least 1 character.
   *
   * @example `"AUTHENTICATION_FAILED"`
   * @example `"INVALID_PAYLOAD"`
   */
  code: string;
  /** What went wrong, for people to read. */
  message: string;
  details: Details;
  /** Whether the client can go on. */
  recoverable: boolean;
  /** What to offer to the user, in order; may be empty. */
  actions: ServerErrorPayloadActionsItem[];
}

/** @see `events/error.schema.json#/properties/payload/properties/actions/items` */
export interface ServerErrorPayloadActionsItem {
  /** What the button says. */
  label: string;
  /**
   * What it does, for programs to read. The list is open. At least 1 character.
   *
   * @example `"retry"`
   * @example `"cancel"`
   */
  action: string;
}

/**
 * The heartbeat of the server, sent every 30 seconds. Has no argument.
 *
 * Event `ping`, sent by the server. Answered by `pong`.
 *
 * @see `events/ping.schema.json`
 * @example `null`
 */
export type Ping = null;

/**
 * The answer of the client to each `ping`. Has no argument.
 *
 * Event `pong`, sent by the client.
 *
 * @see `events/pong.schema.json`
 * @example `null`
 */
export type Pong = null;

/**
 * The id of a project, agent, decision, option or deployment. Opaque: it need not be a UUID. At least 1 character.
 *
 * @see `definitions.schema.json#/$defs/Id`
 */
export type Id = string;

/**
 * When the event was sent, in milliseconds since 1970-01-01T00:00:00Z; at most the latest that an ECMAScript Date holds. Integer, from 0 to 8640000000000000.
 *
 * @see `definitions.schema.json#/$defs/Timestamp`
 */
export type Timestamp = number;

/**
 * What the agent builds.
 *
 * @see `definitions.schema.json#/$defs/AgentType`
 */
export type AgentType = "ui" | "backend" | "database" | "integration" | "deployment";

/**
 * How far something has come, in whole percent. Integer, from 0 to 100.
 *
 * @see `definitions.schema.json#/$defs/Percent`
 */
export type Percent = number;

/**
 * What a program or a log may want to know of the error. Its members depend on the error; may be empty.
 *
 * @see `definitions.schema.json#/$defs/Details`
 */
export type Details = { [key: string]: unknown };

/**
 * How many; every client holds 32 bits. Integer, from 0 to 4294967295.
 *
 * @see `definitions.schema.json#/$defs/Count`
 */
export type Count = number;

/**
 * A length of time in seconds; fractions are allowed. At least 0.
 *
 * @see `definitions.schema.json#/$defs/Seconds`
 */
export type Seconds = number;

/**
 * Connects to a namespace, that of `builder` unless `channel` names another, by the `io` of `socket.io-client`. What crosses the wire is validated.
 *
 * The variable it is assigned to says the socket's type: `const socket: Socket<ServerToClientEvents, ClientToServerEvents> = …`.
 *
 * @throws `TypeError` for options that make no sense.
 */
export function connectSocketIo<Socket extends object>(
  io: socketIo.Io,
  url: string | URL,
  options: socketIo.SocketIoOptions<Socket, keyof typeof namespaces> = {},
): Socket {
  return socketIo.openNamespace(io, contract, namespaces, options.channel ?? "builder", url, options);
}

/** The namespaces, for `validated` of `./handfast-socketio.js`, by their channel's key. */
export const namespaces = {
  builder: {
    address: "/builder",
    server: {
      authenticated: { validate: () => [] },
      "project-joined": { validate: () => [] },
      "agent:status:update": { validate: () => [] },
      "agent:output": { validate: () => [] },
      "agent:error": { validate: () => [] },
      "build:started": { validate: () => [] },
      "build:progress": { validate: () => [] },
      "build:completed": { validate: () => [] },
      "build:failed": { validate: () => [] },
      "user:decision:required": { validate: () => [] },
      "deployment:progress": { validate: () => [] },
      "deployment:success": { validate: () => [] },
      error: { validate: () => [] },
      ping: { validate: () => [] },
    },
    client: {
      authenticate: { validate: () => [] },
      "join-project": { validate: () => [] },
      "user:decision:response": { validate: () => [] },
      pong: { validate: () => [] },
    },
  },
} satisfies { readonly [key: string]: socketIo.NamespaceDescription };

const contract: socketIo.ContractDescription = {
  eventName: [],
  auth: [{ in: "socketio-auth", name: "token" }, { in: "event", event: "authenticate", pointer: ["token"] }],
  heartbeat: { from: "server", ping: "ping", pong: "pong", everyMs: 30000, deadAfterMs: 75000 },
  unique: [],
};
