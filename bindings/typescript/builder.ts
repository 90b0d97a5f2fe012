// @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.

import * as socketIo from "./handfast-socketio.js";
import { beyond, collect, length, malformed, required, unlike, uri, uriReference, uuid, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

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

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Authenticate`. */
export function isAuthenticate(value: unknown): value is Authenticate {
  return !!n0(value);
}

/** Everything that keeps a value from being a valid `Authenticate`. */
export function validateAuthenticate(value: unknown): Violation[] {
  return collect((r) => n0(value, r, ""));
}

/** Whether a value is a valid `Authenticated`. */
export function isAuthenticated(value: unknown): value is Authenticated {
  return !!n2(value);
}

/** Everything that keeps a value from being a valid `Authenticated`. */
export function validateAuthenticated(value: unknown): Violation[] {
  return collect((r) => n2(value, r, ""));
}

/** Whether a value is a valid `JoinProject`. */
export function isJoinProject(value: unknown): value is JoinProject {
  return !!n5(value);
}

/** Everything that keeps a value from being a valid `JoinProject`. */
export function validateJoinProject(value: unknown): Violation[] {
  return collect((r) => n5(value, r, ""));
}

/** Whether a value is a valid `ProjectJoined`. */
export function isProjectJoined(value: unknown): value is ProjectJoined {
  return !!n7(value);
}

/** Everything that keeps a value from being a valid `ProjectJoined`. */
export function validateProjectJoined(value: unknown): Violation[] {
  return collect((r) => n7(value, r, ""));
}

/** Whether a value is a valid `AgentStatusUpdate`. */
export function isAgentStatusUpdate(value: unknown): value is AgentStatusUpdate {
  return !!n10(value);
}

/** Everything that keeps a value from being a valid `AgentStatusUpdate`. */
export function validateAgentStatusUpdate(value: unknown): Violation[] {
  return collect((r) => n10(value, r, ""));
}

/** Whether a value is a valid `AgentStatusUpdatePayload`. */
export function isAgentStatusUpdatePayload(value: unknown): value is AgentStatusUpdatePayload {
  return !!n13(value);
}

/** Everything that keeps a value from being a valid `AgentStatusUpdatePayload`. */
export function validateAgentStatusUpdatePayload(value: unknown): Violation[] {
  return collect((r) => n13(value, r, ""));
}

/** Whether a value is a valid `AgentStatusUpdatePayloadStatus`. */
export function isAgentStatusUpdatePayloadStatus(value: unknown): value is AgentStatusUpdatePayloadStatus {
  return !!n15(value);
}

/** Everything that keeps a value from being a valid `AgentStatusUpdatePayloadStatus`. */
export function validateAgentStatusUpdatePayloadStatus(value: unknown): Violation[] {
  return collect((r) => n15(value, r, ""));
}

/** Whether a value is a valid `AgentOutput`. */
export function isAgentOutput(value: unknown): value is AgentOutput {
  return !!n19(value);
}

/** Everything that keeps a value from being a valid `AgentOutput`. */
export function validateAgentOutput(value: unknown): Violation[] {
  return collect((r) => n19(value, r, ""));
}

/** Whether a value is a valid `AgentOutputPayload`. */
export function isAgentOutputPayload(value: unknown): value is AgentOutputPayload {
  return !!n21(value);
}

/** Everything that keeps a value from being a valid `AgentOutputPayload`. */
export function validateAgentOutputPayload(value: unknown): Violation[] {
  return collect((r) => n21(value, r, ""));
}

/** Whether a value is a valid `AgentOutputPayloadOutput`. */
export function isAgentOutputPayloadOutput(value: unknown): value is AgentOutputPayloadOutput {
  return !!n22(value);
}

/** Everything that keeps a value from being a valid `AgentOutputPayloadOutput`. */
export function validateAgentOutputPayloadOutput(value: unknown): Violation[] {
  return collect((r) => n22(value, r, ""));
}

/** Whether a value is a valid `AgentOutputPayloadOutputEntitiesItem`. */
export function isAgentOutputPayloadOutputEntitiesItem(value: unknown): value is AgentOutputPayloadOutputEntitiesItem {
  return !!n24(value);
}

/** Everything that keeps a value from being a valid `AgentOutputPayloadOutputEntitiesItem`. */
export function validateAgentOutputPayloadOutputEntitiesItem(value: unknown): Violation[] {
  return collect((r) => n24(value, r, ""));
}

/** Whether a value is a valid `AgentError`. */
export function isAgentError(value: unknown): value is AgentError {
  return !!n31(value);
}

/** Everything that keeps a value from being a valid `AgentError`. */
export function validateAgentError(value: unknown): Violation[] {
  return collect((r) => n31(value, r, ""));
}

/** Whether a value is a valid `AgentErrorPayload`. */
export function isAgentErrorPayload(value: unknown): value is AgentErrorPayload {
  return !!n33(value);
}

/** Everything that keeps a value from being a valid `AgentErrorPayload`. */
export function validateAgentErrorPayload(value: unknown): Violation[] {
  return collect((r) => n33(value, r, ""));
}

/** Whether a value is a valid `AgentErrorPayloadError`. */
export function isAgentErrorPayloadError(value: unknown): value is AgentErrorPayloadError {
  return !!n34(value);
}

/** Everything that keeps a value from being a valid `AgentErrorPayloadError`. */
export function validateAgentErrorPayloadError(value: unknown): Violation[] {
  return collect((r) => n34(value, r, ""));
}

/** Whether a value is a valid `BuildStarted`. */
export function isBuildStarted(value: unknown): value is BuildStarted {
  return !!n39(value);
}

/** Everything that keeps a value from being a valid `BuildStarted`. */
export function validateBuildStarted(value: unknown): Violation[] {
  return collect((r) => n39(value, r, ""));
}

/** Whether a value is a valid `BuildStartedPayload`. */
export function isBuildStartedPayload(value: unknown): value is BuildStartedPayload {
  return !!n41(value);
}

/** Everything that keeps a value from being a valid `BuildStartedPayload`. */
export function validateBuildStartedPayload(value: unknown): Violation[] {
  return collect((r) => n41(value, r, ""));
}

/** Whether a value is a valid `BuildProgress`. */
export function isBuildProgress(value: unknown): value is BuildProgress {
  return !!n45(value);
}

/** Everything that keeps a value from being a valid `BuildProgress`. */
export function validateBuildProgress(value: unknown): Violation[] {
  return collect((r) => n45(value, r, ""));
}

/** Whether a value is a valid `BuildProgressPayload`. */
export function isBuildProgressPayload(value: unknown): value is BuildProgressPayload {
  return !!n47(value);
}

/** Everything that keeps a value from being a valid `BuildProgressPayload`. */
export function validateBuildProgressPayload(value: unknown): Violation[] {
  return collect((r) => n47(value, r, ""));
}

/** Whether a value is a valid `BuildCompleted`. */
export function isBuildCompleted(value: unknown): value is BuildCompleted {
  return !!n50(value);
}

/** Everything that keeps a value from being a valid `BuildCompleted`. */
export function validateBuildCompleted(value: unknown): Violation[] {
  return collect((r) => n50(value, r, ""));
}

/** Whether a value is a valid `BuildCompletedPayload`. */
export function isBuildCompletedPayload(value: unknown): value is BuildCompletedPayload {
  return !!n52(value);
}

/** Everything that keeps a value from being a valid `BuildCompletedPayload`. */
export function validateBuildCompletedPayload(value: unknown): Violation[] {
  return collect((r) => n52(value, r, ""));
}

/** Whether a value is a valid `BuildCompletedPayloadStats`. */
export function isBuildCompletedPayloadStats(value: unknown): value is BuildCompletedPayloadStats {
  return !!n54(value);
}

/** Everything that keeps a value from being a valid `BuildCompletedPayloadStats`. */
export function validateBuildCompletedPayloadStats(value: unknown): Violation[] {
  return collect((r) => n54(value, r, ""));
}

/** Whether a value is a valid `BuildFailed`. */
export function isBuildFailed(value: unknown): value is BuildFailed {
  return !!n55(value);
}

/** Everything that keeps a value from being a valid `BuildFailed`. */
export function validateBuildFailed(value: unknown): Violation[] {
  return collect((r) => n55(value, r, ""));
}

/** Whether a value is a valid `BuildFailedPayload`. */
export function isBuildFailedPayload(value: unknown): value is BuildFailedPayload {
  return !!n57(value);
}

/** Everything that keeps a value from being a valid `BuildFailedPayload`. */
export function validateBuildFailedPayload(value: unknown): Violation[] {
  return collect((r) => n57(value, r, ""));
}

/** Whether a value is a valid `BuildFailedPayloadError`. */
export function isBuildFailedPayloadError(value: unknown): value is BuildFailedPayloadError {
  return !!n58(value);
}

/** Everything that keeps a value from being a valid `BuildFailedPayloadError`. */
export function validateBuildFailedPayloadError(value: unknown): Violation[] {
  return collect((r) => n58(value, r, ""));
}

/** Whether a value is a valid `UserDecisionRequired`. */
export function isUserDecisionRequired(value: unknown): value is UserDecisionRequired {
  return !!n63(value);
}

/** Everything that keeps a value from being a valid `UserDecisionRequired`. */
export function validateUserDecisionRequired(value: unknown): Violation[] {
  return collect((r) => n63(value, r, ""));
}

/** Whether a value is a valid `UserDecisionRequiredPayload`. */
export function isUserDecisionRequiredPayload(value: unknown): value is UserDecisionRequiredPayload {
  return !!n65(value);
}

/** Everything that keeps a value from being a valid `UserDecisionRequiredPayload`. */
export function validateUserDecisionRequiredPayload(value: unknown): Violation[] {
  return collect((r) => n65(value, r, ""));
}

/** Whether a value is a valid `UserDecisionRequiredPayloadOptionsItem`. */
export function isUserDecisionRequiredPayloadOptionsItem(value: unknown): value is UserDecisionRequiredPayloadOptionsItem {
  return !!n68(value);
}

/** Everything that keeps a value from being a valid `UserDecisionRequiredPayloadOptionsItem`. */
export function validateUserDecisionRequiredPayloadOptionsItem(value: unknown): Violation[] {
  return collect((r) => n68(value, r, ""));
}

/** Whether a value is a valid `UserDecisionResponse`. */
export function isUserDecisionResponse(value: unknown): value is UserDecisionResponse {
  return !!n72(value);
}

/** Everything that keeps a value from being a valid `UserDecisionResponse`. */
export function validateUserDecisionResponse(value: unknown): Violation[] {
  return collect((r) => n72(value, r, ""));
}

/** Whether a value is a valid `DeploymentProgress`. */
export function isDeploymentProgress(value: unknown): value is DeploymentProgress {
  return !!n74(value);
}

/** Everything that keeps a value from being a valid `DeploymentProgress`. */
export function validateDeploymentProgress(value: unknown): Violation[] {
  return collect((r) => n74(value, r, ""));
}

/** Whether a value is a valid `DeploymentProgressPayload`. */
export function isDeploymentProgressPayload(value: unknown): value is DeploymentProgressPayload {
  return !!n76(value);
}

/** Everything that keeps a value from being a valid `DeploymentProgressPayload`. */
export function validateDeploymentProgressPayload(value: unknown): Violation[] {
  return collect((r) => n76(value, r, ""));
}

/** Whether a value is a valid `DeploymentProgressPayloadStage`. */
export function isDeploymentProgressPayloadStage(value: unknown): value is DeploymentProgressPayloadStage {
  return !!n78(value);
}

/** Everything that keeps a value from being a valid `DeploymentProgressPayloadStage`. */
export function validateDeploymentProgressPayloadStage(value: unknown): Violation[] {
  return collect((r) => n78(value, r, ""));
}

/** Whether a value is a valid `DeploymentSuccess`. */
export function isDeploymentSuccess(value: unknown): value is DeploymentSuccess {
  return !!n80(value);
}

/** Everything that keeps a value from being a valid `DeploymentSuccess`. */
export function validateDeploymentSuccess(value: unknown): Violation[] {
  return collect((r) => n80(value, r, ""));
}

/** Whether a value is a valid `DeploymentSuccessPayload`. */
export function isDeploymentSuccessPayload(value: unknown): value is DeploymentSuccessPayload {
  return !!n82(value);
}

/** Everything that keeps a value from being a valid `DeploymentSuccessPayload`. */
export function validateDeploymentSuccessPayload(value: unknown): Violation[] {
  return collect((r) => n82(value, r, ""));
}

/** Whether a value is a valid `ServerError`. */
export function isServerError(value: unknown): value is ServerError {
  return !!n86(value);
}

/** Everything that keeps a value from being a valid `ServerError`. */
export function validateServerError(value: unknown): Violation[] {
  return collect((r) => n86(value, r, ""));
}

/** Whether a value is a valid `ServerErrorPayload`. */
export function isServerErrorPayload(value: unknown): value is ServerErrorPayload {
  return !!n88(value);
}

/** Everything that keeps a value from being a valid `ServerErrorPayload`. */
export function validateServerErrorPayload(value: unknown): Violation[] {
  return collect((r) => n88(value, r, ""));
}

/** Whether a value is a valid `ServerErrorPayloadActionsItem`. */
export function isServerErrorPayloadActionsItem(value: unknown): value is ServerErrorPayloadActionsItem {
  return !!n93(value);
}

/** Everything that keeps a value from being a valid `ServerErrorPayloadActionsItem`. */
export function validateServerErrorPayloadActionsItem(value: unknown): Violation[] {
  return collect((r) => n93(value, r, ""));
}

/** Whether a value is a valid `Ping`. */
export function isPing(value: unknown): value is Ping {
  return !!n96(value);
}

/** Everything that keeps a value from being a valid `Ping`. */
export function validatePing(value: unknown): Violation[] {
  return collect((r) => n96(value, r, ""));
}

/** Whether a value is a valid `Pong`. */
export function isPong(value: unknown): value is Pong {
  return !!n97(value);
}

/** Everything that keeps a value from being a valid `Pong`. */
export function validatePong(value: unknown): Violation[] {
  return collect((r) => n97(value, r, ""));
}

/** Whether a value is a valid `Id`. */
export function isId(value: unknown): value is Id {
  return !!n6(value);
}

/** Everything that keeps a value from being a valid `Id`. */
export function validateId(value: unknown): Violation[] {
  return collect((r) => n6(value, r, ""));
}

/** Whether a value is a valid `Timestamp`. */
export function isTimestamp(value: unknown): value is Timestamp {
  return !!n12(value);
}

/** Everything that keeps a value from being a valid `Timestamp`. */
export function validateTimestamp(value: unknown): Violation[] {
  return collect((r) => n12(value, r, ""));
}

/** Whether a value is a valid `AgentType`. */
export function isAgentType(value: unknown): value is AgentType {
  return !!n14(value);
}

/** Everything that keeps a value from being a valid `AgentType`. */
export function validateAgentType(value: unknown): Violation[] {
  return collect((r) => n14(value, r, ""));
}

/** Whether a value is a valid `Percent`. */
export function isPercent(value: unknown): value is Percent {
  return !!n17(value);
}

/** Everything that keeps a value from being a valid `Percent`. */
export function validatePercent(value: unknown): Violation[] {
  return collect((r) => n17(value, r, ""));
}

/** Whether a value is a valid `Details`. */
export function isDetails(value: unknown): value is Details {
  return !!n37(value);
}

/** Everything that keeps a value from being a valid `Details`. */
export function validateDetails(value: unknown): Violation[] {
  return collect((r) => n37(value, r, ""));
}

/** Whether a value is a valid `Count`. */
export function isCount(value: unknown): value is Count {
  return !!n9(value);
}

/** Everything that keeps a value from being a valid `Count`. */
export function validateCount(value: unknown): Violation[] {
  return collect((r) => n9(value, r, ""));
}

/** Whether a value is a valid `Seconds`. */
export function isSeconds(value: unknown): value is Seconds {
  return !!n42(value);
}

/** Everything that keeps a value from being a valid `Seconds`. */
export function validateSeconds(value: unknown): Violation[] {
  return collect((r) => n42(value, r, ""));
}

const s0 = "events/authenticate.schema.json#";
const s1 = "events/authenticated.schema.json#";
const s2 = "events/join-project.schema.json#";
const s3 = "definitions.schema.json#";
const s4 = "events/project-joined.schema.json#";
const s5 = "events/agent.status.update.schema.json#";
const s6 = "events/agent.output.schema.json#";
const s7 = "events/agent.error.schema.json#";
const s8 = "events/build.started.schema.json#";
const s9 = "events/build.progress.schema.json#";
const s10 = "events/build.completed.schema.json#";
const s11 = "events/build.failed.schema.json#";
const s12 = "events/user.decision.required.schema.json#";
const s13 = "events/user.decision.response.schema.json#";
const s14 = "events/deployment.progress.schema.json#";
const s15 = "events/deployment.success.schema.json#";
const s16 = "events/error.schema.json#";
const s17 = "events/ping.schema.json#";
const s18 = "events/pong.schema.json#";

// events/authenticate.schema.json#
function n0(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.token) === undefined
      ? r && required(r, a, s0, v, ["token"])
      : typeof x === "string"
        ? x !== "" || r && beyond(r, a + "/token", s0 + "/properties/token", "minLength", 1, length(x))
        : r && wrongType(r, a + "/token", s0 + "/properties/token", ["string"], x)
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// events/authenticated.schema.json#
function n2(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.userId) === undefined
        ? r && required(r, a, s1, v, ["userId"])
        : typeof x === "string"
          ? uuid(x) || r && malformed(r, a + "/userId", s1 + "/properties/userId", "uuid", x)
          : r && wrongType(r, a + "/userId", s1 + "/properties/userId", ["string"], x)
      ) &&
      (
        (x = v.username) === undefined
        ? r && required(r, a, s1, v, ["username"])
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/username", s1 + "/properties/username", "minLength", 1, length(x))
          : r && wrongType(r, a + "/username", s1 + "/properties/username", ["string"], x)
      )
    : r && wrongType(r, a, s1, ["object"], v)
  );
}

// events/join-project.schema.json#
function n5(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.projectId) === undefined
      ? r && required(r, a, s2, v, ["projectId"])
      : typeof x === "string"
        ? x !== "" || r && beyond(r, a + "/projectId", s3 + "/$defs/Id", "minLength", 1, length(x))
        : r && wrongType(r, a + "/projectId", s3 + "/$defs/Id", ["string"], x)
    : r && wrongType(r, a, s2, ["object"], v)
  );
}

// definitions.schema.json#/$defs/Id
function n6(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "string"
    ? v !== "" || r && beyond(r, a, s3 + "/$defs/Id", "minLength", 1, length(v))
    : r && wrongType(r, a, s3 + "/$defs/Id", ["string"], v)
  );
}

// events/project-joined.schema.json#
function n7(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.projectId) === undefined
        ? r && required(r, a, s4, v, ["projectId"])
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/projectId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/projectId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      ((x = v.members) === undefined ? r && required(r, a, s4, v, ["members"]) : n8(x, r, r && a + "/members"))
    : r && wrongType(r, a, s4, ["object"], v)
  );
}

// events/project-joined.schema.json#/properties/members
function n8(v: any, r?: Violation[], a?: string): unknown {
  return (
    (typeof v === "number" ? v >= 1 || r && beyond(r, a, s4 + "/properties/members", "minimum", 1, v) : true) &&
    (
      Number.isInteger(v)
      ? (v >= 0 || r && beyond(r, a, s3 + "/$defs/Count", "minimum", 0, v)) &&
        (v <= 4294967295 || r && beyond(r, a, s3 + "/$defs/Count", "maximum", 4294967295, v))
      : r && wrongType(r, a, s3 + "/$defs/Count", ["integer"], v)
    )
  );
}

// definitions.schema.json#/$defs/Count
function n9(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isInteger(v)
    ? (v >= 0 || r && beyond(r, a, s3 + "/$defs/Count", "minimum", 0, v)) &&
      (v <= 4294967295 || r && beyond(r, a, s3 + "/$defs/Count", "maximum", 4294967295, v))
    : r && wrongType(r, a, s3 + "/$defs/Count", ["integer"], v)
  );
}

// events/agent.status.update.schema.json#
function n10(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n13(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "agent:status:update" ||
          r && unlike(r, a + "/type", s5 + "/properties/type", "const", "agent:status:update", x)
      ) &&
      (!r || required(r, a, s5, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s5, ["object"], v)
  );
}

// definitions.schema.json#/$defs/Timestamp
function n12(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isInteger(v)
    ? (v >= 0 || r && beyond(r, a, s3 + "/$defs/Timestamp", "minimum", 0, v)) &&
      (v <= 8640000000000000 || r && beyond(r, a, s3 + "/$defs/Timestamp", "maximum", 8640000000000000, v))
    : r && wrongType(r, a, s3 + "/$defs/Timestamp", ["integer"], v)
  );
}

// events/agent.status.update.schema.json#/properties/payload
function n13(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.agentId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/agentId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/agentId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.agentType) === undefined
        ? r
        : x === "ui" ||
          x === "backend" ||
          x === "database" ||
          x === "integration" ||
          x === "deployment" ||
          r &&
            unlike(r, a + "/agentType", s3 + "/$defs/AgentType", "enum", ["ui", "backend", "database", "integration", "deployment"], x)
      ) &&
      (
        (x = v.currentTask) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/currentTask", s5 + "/properties/payload/properties/currentTask", ["string"], x)
      ) &&
      (
        (x = v.message) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/message", s5 + "/properties/payload/properties/message", ["string"], x)
      ) &&
      (
        (x = v.progress) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/progress", s3 + "/$defs/Percent", "minimum", 0, x)) &&
            (x <= 100 || r && beyond(r, a + "/progress", s3 + "/$defs/Percent", "maximum", 100, x))
          : r && wrongType(r, a + "/progress", s3 + "/$defs/Percent", ["integer"], x)
      ) &&
      (
        (x = v.status) === undefined
        ? r
        : x === "idle" ||
          x === "working" ||
          x === "waiting" ||
          x === "completed" ||
          x === "failed" ||
          r &&
            unlike(r, a + "/status", s5 + "/properties/payload/properties/status", "enum", ["idle", "working", "waiting", "completed", "failed"], x)
      ) &&
      (
        !r ||
        required(r, a, s5 + "/properties/payload", v, ["agentId", "agentType", "status", "currentTask", "progress", "message"])
      )
    : r && wrongType(r, a, s5 + "/properties/payload", ["object"], v)
  );
}

// definitions.schema.json#/$defs/AgentType
function n14(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "ui" ||
    v === "backend" ||
    v === "database" ||
    v === "integration" ||
    v === "deployment" ||
    r && unlike(r, a, s3 + "/$defs/AgentType", "enum", ["ui", "backend", "database", "integration", "deployment"], v)
  );
}

// events/agent.status.update.schema.json#/properties/payload/properties/status
function n15(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "idle" ||
    v === "working" ||
    v === "waiting" ||
    v === "completed" ||
    v === "failed" ||
    r &&
      unlike(r, a, s5 + "/properties/payload/properties/status", "enum", ["idle", "working", "waiting", "completed", "failed"], v)
  );
}

// definitions.schema.json#/$defs/Percent
function n17(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isInteger(v)
    ? (v >= 0 || r && beyond(r, a, s3 + "/$defs/Percent", "minimum", 0, v)) &&
      (v <= 100 || r && beyond(r, a, s3 + "/$defs/Percent", "maximum", 100, v))
    : r && wrongType(r, a, s3 + "/$defs/Percent", ["integer"], v)
  );
}

// events/agent.output.schema.json#
function n19(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n21(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "agent:output" || r && unlike(r, a + "/type", s6 + "/properties/type", "const", "agent:output", x)
      ) &&
      (!r || required(r, a, s6, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s6, ["object"], v)
  );
}

// events/agent.output.schema.json#/properties/payload
function n21(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.agentId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/agentId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/agentId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.agentType) === undefined
        ? r
        : x === "ui" ||
          x === "backend" ||
          x === "database" ||
          x === "integration" ||
          x === "deployment" ||
          r &&
            unlike(r, a + "/agentType", s3 + "/$defs/AgentType", "enum", ["ui", "backend", "database", "integration", "deployment"], x)
      ) &&
      ((x = v.output) === undefined ? r : n22(x, r, r && a + "/output")) &&
      (
        (x = v.summary) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/summary", s6 + "/properties/payload/properties/summary", ["string"], x)
      ) &&
      (!r || required(r, a, s6 + "/properties/payload", v, ["agentId", "agentType", "output", "summary"]))
    : r && wrongType(r, a, s6 + "/properties/payload", ["object"], v)
  );
}

// events/agent.output.schema.json#/properties/payload/properties/output
function n22(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.entities) === undefined || n23(x, r, r && a + "/entities")) &&
      ((x = v.migrations) === undefined || n28(x, r, r && a + "/migrations"))
    : r && wrongType(r, a, s6 + "/properties/payload/properties/output", ["object"], v)
  );
}

// events/agent.output.schema.json#/properties/payload/properties/output/properties/entities
function n23(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n24(x, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s6 + "/properties/payload/properties/output/properties/entities", ["array"], v))) {
    return false;
  }
  return true;
}

// events/agent.output.schema.json#/properties/payload/properties/output/properties/entities/items
function n24(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.fields) === undefined
        ? r
        : Array.isArray(x) ||
          r &&
            wrongType(r, a + "/fields", s6 + "/properties/payload/properties/output/properties/entities/items/properties/fields", ["array"], x)
      ) &&
      (
        (x = v.name) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/name", s6 + "/properties/payload/properties/output/properties/entities/items/properties/name", "minLength", 1, length(x))
          : r &&
            wrongType(r, a + "/name", s6 + "/properties/payload/properties/output/properties/entities/items/properties/name", ["string"], x)
      ) &&
      (
        (x = v.relationships) === undefined
        ? r
        : Array.isArray(x) ||
          r &&
            wrongType(r, a + "/relationships", s6 + "/properties/payload/properties/output/properties/entities/items/properties/relationships", ["array"], x)
      ) &&
      (
        !r ||
        required(r, a, s6 + "/properties/payload/properties/output/properties/entities/items", v, ["name", "fields", "relationships"])
      )
    : r && wrongType(r, a, s6 + "/properties/payload/properties/output/properties/entities/items", ["object"], v)
  );
}

// events/agent.output.schema.json#/properties/payload/properties/output/properties/migrations
function n28(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!(typeof x === "string" ||
          r &&
            wrongType(r, a + "/" + i, s6 + "/properties/payload/properties/output/properties/migrations/items", ["string"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s6 + "/properties/payload/properties/output/properties/migrations", ["array"], v))) {
    return false;
  }
  return true;
}

// events/agent.error.schema.json#
function n31(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n33(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "agent:error" || r && unlike(r, a + "/type", s7 + "/properties/type", "const", "agent:error", x)
      ) &&
      (!r || required(r, a, s7, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s7, ["object"], v)
  );
}

// events/agent.error.schema.json#/properties/payload
function n33(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.agentId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/agentId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/agentId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.agentType) === undefined
        ? r
        : x === "ui" ||
          x === "backend" ||
          x === "database" ||
          x === "integration" ||
          x === "deployment" ||
          r &&
            unlike(r, a + "/agentType", s3 + "/$defs/AgentType", "enum", ["ui", "backend", "database", "integration", "deployment"], x)
      ) &&
      ((x = v.error) === undefined ? r : n34(x, r, r && a + "/error")) &&
      (!r || required(r, a, s7 + "/properties/payload", v, ["agentId", "agentType", "error"]))
    : r && wrongType(r, a, s7 + "/properties/payload", ["object"], v)
  );
}

// events/agent.error.schema.json#/properties/payload/properties/error
function n34(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.code) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/code", s7 + "/properties/payload/properties/error/properties/code", "minLength", 1, length(x))
          : r && wrongType(r, a + "/code", s7 + "/properties/payload/properties/error/properties/code", ["string"], x)
      ) &&
      (
        (x = v.details) === undefined
        ? r
        : typeof x === "object" && x !== null && !Array.isArray(x) ||
          r && wrongType(r, a + "/details", s3 + "/$defs/Details", ["object"], x)
      ) &&
      (
        (x = v.message) === undefined
        ? r
        : typeof x === "string" ||
          r &&
            wrongType(r, a + "/message", s7 + "/properties/payload/properties/error/properties/message", ["string"], x)
      ) &&
      (
        (x = v.retryCount) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/retryCount", s3 + "/$defs/Count", "minimum", 0, x)) &&
            (x <= 4294967295 || r && beyond(r, a + "/retryCount", s3 + "/$defs/Count", "maximum", 4294967295, x))
          : r && wrongType(r, a + "/retryCount", s3 + "/$defs/Count", ["integer"], x)
      ) &&
      (
        (x = v.retryable) === undefined
        ? r
        : typeof x === "boolean" ||
          r &&
            wrongType(r, a + "/retryable", s7 + "/properties/payload/properties/error/properties/retryable", ["boolean"], x)
      ) &&
      (
        !r ||
        required(r, a, s7 + "/properties/payload/properties/error", v, ["code", "message", "details", "retryable", "retryCount"])
      )
    : r && wrongType(r, a, s7 + "/properties/payload/properties/error", ["object"], v)
  );
}

// definitions.schema.json#/$defs/Details
function n37(v: any, r?: Violation[], a?: string): unknown {
  return typeof v === "object" && v !== null && !Array.isArray(v) || r && wrongType(r, a, s3 + "/$defs/Details", ["object"], v);
}

// events/build.started.schema.json#
function n39(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n41(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "build:started" || r && unlike(r, a + "/type", s8 + "/properties/type", "const", "build:started", x)
      ) &&
      (!r || required(r, a, s8, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s8, ["object"], v)
  );
}

// events/build.started.schema.json#/properties/payload
function n41(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.estimatedDuration) === undefined
        ? r
        : Number.isFinite(x)
          ? x >= 0 || r && beyond(r, a + "/estimatedDuration", s3 + "/$defs/Seconds", "minimum", 0, x)
          : r && wrongType(r, a + "/estimatedDuration", s3 + "/$defs/Seconds", ["number"], x)
      ) &&
      ((x = v.phases) === undefined ? r : n43(x, r, r && a + "/phases")) &&
      (
        (x = v.projectId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/projectId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/projectId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (!r || required(r, a, s8 + "/properties/payload", v, ["projectId", "estimatedDuration", "phases"]))
    : r && wrongType(r, a, s8 + "/properties/payload", ["object"], v)
  );
}

// definitions.schema.json#/$defs/Seconds
function n42(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isFinite(v)
    ? v >= 0 || r && beyond(r, a, s3 + "/$defs/Seconds", "minimum", 0, v)
    : r && wrongType(r, a, s3 + "/$defs/Seconds", ["number"], v)
  );
}

// events/build.started.schema.json#/properties/payload/properties/phases
function n43(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!(v.length >= 1 || r && beyond(r, a, s8 + "/properties/payload/properties/phases", "minItems", 1, v.length))) {
      return false;
    }
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!(typeof x === "string"
          ? x !== "" ||
            r && beyond(r, a + "/" + i, s8 + "/properties/payload/properties/phases/items", "minLength", 1, length(x))
          : r && wrongType(r, a + "/" + i, s8 + "/properties/payload/properties/phases/items", ["string"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s8 + "/properties/payload/properties/phases", ["array"], v))) {
    return false;
  }
  return true;
}

// events/build.progress.schema.json#
function n45(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n47(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "build:progress" || r && unlike(r, a + "/type", s9 + "/properties/type", "const", "build:progress", x)
      ) &&
      (!r || required(r, a, s9, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s9, ["object"], v)
  );
}

// events/build.progress.schema.json#/properties/payload
function n47(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.currentPhase) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/currentPhase", s9 + "/properties/payload/properties/currentPhase", "minLength", 1, length(x))
          : r && wrongType(r, a + "/currentPhase", s9 + "/properties/payload/properties/currentPhase", ["string"], x)
      ) &&
      (
        (x = v.estimatedTimeRemaining) === undefined
        ? r
        : Number.isFinite(x)
          ? x >= 0 || r && beyond(r, a + "/estimatedTimeRemaining", s3 + "/$defs/Seconds", "minimum", 0, x)
          : r && wrongType(r, a + "/estimatedTimeRemaining", s3 + "/$defs/Seconds", ["number"], x)
      ) &&
      (
        (x = v.message) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/message", s9 + "/properties/payload/properties/message", ["string"], x)
      ) &&
      (
        (x = v.overallProgress) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/overallProgress", s3 + "/$defs/Percent", "minimum", 0, x)) &&
            (x <= 100 || r && beyond(r, a + "/overallProgress", s3 + "/$defs/Percent", "maximum", 100, x))
          : r && wrongType(r, a + "/overallProgress", s3 + "/$defs/Percent", ["integer"], x)
      ) &&
      (
        (x = v.phaseProgress) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/phaseProgress", s3 + "/$defs/Percent", "minimum", 0, x)) &&
            (x <= 100 || r && beyond(r, a + "/phaseProgress", s3 + "/$defs/Percent", "maximum", 100, x))
          : r && wrongType(r, a + "/phaseProgress", s3 + "/$defs/Percent", ["integer"], x)
      ) &&
      (
        (x = v.projectId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/projectId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/projectId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        !r ||
        required(r, a, s9 + "/properties/payload", v, ["projectId", "currentPhase", "phaseProgress", "overallProgress", "message", "estimatedTimeRemaining"])
      )
    : r && wrongType(r, a, s9 + "/properties/payload", ["object"], v)
  );
}

// events/build.completed.schema.json#
function n50(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n52(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "build:completed" || r && unlike(r, a + "/type", s10 + "/properties/type", "const", "build:completed", x)
      ) &&
      (!r || required(r, a, s10, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s10, ["object"], v)
  );
}

// events/build.completed.schema.json#/properties/payload
function n52(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.duration) === undefined
        ? r
        : Number.isFinite(x)
          ? x >= 0 || r && beyond(r, a + "/duration", s3 + "/$defs/Seconds", "minimum", 0, x)
          : r && wrongType(r, a + "/duration", s3 + "/$defs/Seconds", ["number"], x)
      ) &&
      (
        (x = v.previewUrl) === undefined
        ? r
        : typeof x === "string"
          ? uri(x) || r && malformed(r, a + "/previewUrl", s10 + "/properties/payload/properties/previewUrl", "uri", x)
          : r && wrongType(r, a + "/previewUrl", s10 + "/properties/payload/properties/previewUrl", ["string"], x)
      ) &&
      (
        (x = v.projectId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/projectId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/projectId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      ((x = v.stats) === undefined ? r : n54(x, r, r && a + "/stats")) &&
      (!r || required(r, a, s10 + "/properties/payload", v, ["projectId", "duration", "previewUrl", "stats"]))
    : r && wrongType(r, a, s10 + "/properties/payload", ["object"], v)
  );
}

// events/build.completed.schema.json#/properties/payload/properties/stats
function n54(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.apiEndpointsCreated) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/apiEndpointsCreated", s3 + "/$defs/Count", "minimum", 0, x)) &&
            (
              x <= 4294967295 ||
              r && beyond(r, a + "/apiEndpointsCreated", s3 + "/$defs/Count", "maximum", 4294967295, x)
            )
          : r && wrongType(r, a + "/apiEndpointsCreated", s3 + "/$defs/Count", ["integer"], x)
      ) &&
      (
        (x = v.componentsGenerated) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/componentsGenerated", s3 + "/$defs/Count", "minimum", 0, x)) &&
            (
              x <= 4294967295 ||
              r && beyond(r, a + "/componentsGenerated", s3 + "/$defs/Count", "maximum", 4294967295, x)
            )
          : r && wrongType(r, a + "/componentsGenerated", s3 + "/$defs/Count", ["integer"], x)
      ) &&
      (
        (x = v.dataModelsCreated) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/dataModelsCreated", s3 + "/$defs/Count", "minimum", 0, x)) &&
            (x <= 4294967295 || r && beyond(r, a + "/dataModelsCreated", s3 + "/$defs/Count", "maximum", 4294967295, x))
          : r && wrongType(r, a + "/dataModelsCreated", s3 + "/$defs/Count", ["integer"], x)
      ) &&
      (
        !r ||
        required(r, a, s10 + "/properties/payload/properties/stats", v, ["componentsGenerated", "apiEndpointsCreated", "dataModelsCreated"])
      )
    : r && wrongType(r, a, s10 + "/properties/payload/properties/stats", ["object"], v)
  );
}

// events/build.failed.schema.json#
function n55(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n57(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "build:failed" || r && unlike(r, a + "/type", s11 + "/properties/type", "const", "build:failed", x)
      ) &&
      (!r || required(r, a, s11, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s11, ["object"], v)
  );
}

// events/build.failed.schema.json#/properties/payload
function n57(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.projectId) === undefined
        ? r && required(r, a, s11 + "/properties/payload", v, ["projectId"])
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/projectId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/projectId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.error) === undefined
        ? r && required(r, a, s11 + "/properties/payload", v, ["error"])
        : n58(x, r, r && a + "/error")
      )
    : r && wrongType(r, a, s11 + "/properties/payload", ["object"], v)
  );
}

// events/build.failed.schema.json#/properties/payload/properties/error
function n58(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.details) === undefined
        ? r
        : typeof x === "object" && x !== null && !Array.isArray(x) ||
          r && wrongType(r, a + "/details", s3 + "/$defs/Details", ["object"], x)
      ) &&
      (
        (x = v.message) === undefined
        ? r
        : typeof x === "string" ||
          r &&
            wrongType(r, a + "/message", s11 + "/properties/payload/properties/error/properties/message", ["string"], x)
      ) &&
      (
        (x = v.phase) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/phase", s11 + "/properties/payload/properties/error/properties/phase", "minLength", 1, length(x))
          : r && wrongType(r, a + "/phase", s11 + "/properties/payload/properties/error/properties/phase", ["string"], x)
      ) &&
      ((x = v.suggestions) === undefined ? r : n61(x, r, r && a + "/suggestions")) &&
      (
        !r ||
        required(r, a, s11 + "/properties/payload/properties/error", v, ["phase", "message", "details", "suggestions"])
      )
    : r && wrongType(r, a, s11 + "/properties/payload/properties/error", ["object"], v)
  );
}

// events/build.failed.schema.json#/properties/payload/properties/error/properties/suggestions
function n61(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!(typeof x === "string" ||
          r &&
            wrongType(r, a + "/" + i, s11 + "/properties/payload/properties/error/properties/suggestions/items", ["string"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s11 + "/properties/payload/properties/error/properties/suggestions", ["array"], v))) {
    return false;
  }
  return true;
}

// events/user.decision.required.schema.json#
function n63(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n65(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "user:decision:required" ||
          r && unlike(r, a + "/type", s12 + "/properties/type", "const", "user:decision:required", x)
      ) &&
      (!r || required(r, a, s12, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s12, ["object"], v)
  );
}

// events/user.decision.required.schema.json#/properties/payload
function n65(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.agentId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/agentId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/agentId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.decisionId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/decisionId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/decisionId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      ((x = v.options) === undefined ? r : n67(x, r, r && a + "/options")) &&
      (
        (x = v.projectId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/projectId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/projectId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.question) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r && beyond(r, a + "/question", s12 + "/properties/payload/properties/question", "minLength", 1, length(x))
          : r && wrongType(r, a + "/question", s12 + "/properties/payload/properties/question", ["string"], x)
      ) &&
      (
        (x = v.timeout) === undefined
        ? r
        : Number.isFinite(x)
          ? x >= 0 || r && beyond(r, a + "/timeout", s3 + "/$defs/Seconds", "minimum", 0, x)
          : r && wrongType(r, a + "/timeout", s3 + "/$defs/Seconds", ["number"], x)
      ) &&
      (
        !r ||
        required(r, a, s12 + "/properties/payload", v, ["projectId", "agentId", "decisionId", "question", "options", "timeout"])
      )
    : r && wrongType(r, a, s12 + "/properties/payload", ["object"], v)
  );
}

// events/user.decision.required.schema.json#/properties/payload/properties/options
function n67(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!(v.length >= 1 || r && beyond(r, a, s12 + "/properties/payload/properties/options", "minItems", 1, v.length))) {
      return false;
    }
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n68(x, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s12 + "/properties/payload/properties/options", ["array"], v))) {
    return false;
  }
  return true;
}

// events/user.decision.required.schema.json#/properties/payload/properties/options/items
function n68(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.description) === undefined
        ? r
        : typeof x === "string" ||
          r &&
            wrongType(r, a + "/description", s12 + "/properties/payload/properties/options/items/properties/description", ["string"], x)
      ) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/id", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/id", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.label) === undefined
        ? r
        : typeof x === "string" ||
          r &&
            wrongType(r, a + "/label", s12 + "/properties/payload/properties/options/items/properties/label", ["string"], x)
      ) &&
      (
        (x = v.preview) === undefined ||
        (
          typeof x === "string"
          ? uriReference(x) ||
            r &&
              malformed(r, a + "/preview", s12 + "/properties/payload/properties/options/items/properties/preview", "uri-reference", x)
          : r &&
            wrongType(r, a + "/preview", s12 + "/properties/payload/properties/options/items/properties/preview", ["string"], x)
        )
      ) &&
      (!r || required(r, a, s12 + "/properties/payload/properties/options/items", v, ["id", "label", "description"]))
    : r && wrongType(r, a, s12 + "/properties/payload/properties/options/items", ["object"], v)
  );
}

// events/user.decision.response.schema.json#
function n72(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.decisionId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/decisionId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/decisionId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.feedback) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/feedback", s13 + "/properties/feedback", ["string"], x)
      ) &&
      (
        (x = v.selectedOptionId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/selectedOptionId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/selectedOptionId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (!r || required(r, a, s13, v, ["decisionId", "selectedOptionId"]))
    : r && wrongType(r, a, s13, ["object"], v)
  );
}

// events/deployment.progress.schema.json#
function n74(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n76(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "deployment:progress" ||
          r && unlike(r, a + "/type", s14 + "/properties/type", "const", "deployment:progress", x)
      ) &&
      (!r || required(r, a, s14, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s14, ["object"], v)
  );
}

// events/deployment.progress.schema.json#/properties/payload
function n76(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.deploymentId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/deploymentId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/deploymentId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.environment) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/environment", s14 + "/properties/payload/properties/environment", "minLength", 1, length(x))
          : r && wrongType(r, a + "/environment", s14 + "/properties/payload/properties/environment", ["string"], x)
      ) &&
      (
        (x = v.message) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/message", s14 + "/properties/payload/properties/message", ["string"], x)
      ) &&
      (
        (x = v.progress) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/progress", s3 + "/$defs/Percent", "minimum", 0, x)) &&
            (x <= 100 || r && beyond(r, a + "/progress", s3 + "/$defs/Percent", "maximum", 100, x))
          : r && wrongType(r, a + "/progress", s3 + "/$defs/Percent", ["integer"], x)
      ) &&
      (
        (x = v.stage) === undefined
        ? r
        : x === "building" ||
          x === "deploying" ||
          x === "health-check" ||
          r &&
            unlike(r, a + "/stage", s14 + "/properties/payload/properties/stage", "enum", ["building", "deploying", "health-check"], x)
      ) &&
      (
        !r ||
        required(r, a, s14 + "/properties/payload", v, ["deploymentId", "environment", "stage", "progress", "message"])
      )
    : r && wrongType(r, a, s14 + "/properties/payload", ["object"], v)
  );
}

// events/deployment.progress.schema.json#/properties/payload/properties/stage
function n78(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "building" ||
    v === "deploying" ||
    v === "health-check" ||
    r &&
      unlike(r, a, s14 + "/properties/payload/properties/stage", "enum", ["building", "deploying", "health-check"], v)
  );
}

// events/deployment.success.schema.json#
function n80(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n82(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "deployment:success" ||
          r && unlike(r, a + "/type", s15 + "/properties/type", "const", "deployment:success", x)
      ) &&
      (!r || required(r, a, s15, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s15, ["object"], v)
  );
}

// events/deployment.success.schema.json#/properties/payload
function n82(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.deploymentId) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" || r && beyond(r, a + "/deploymentId", s3 + "/$defs/Id", "minLength", 1, length(x))
          : r && wrongType(r, a + "/deploymentId", s3 + "/$defs/Id", ["string"], x)
      ) &&
      (
        (x = v.duration) === undefined
        ? r
        : Number.isFinite(x)
          ? x >= 0 || r && beyond(r, a + "/duration", s3 + "/$defs/Seconds", "minimum", 0, x)
          : r && wrongType(r, a + "/duration", s3 + "/$defs/Seconds", ["number"], x)
      ) &&
      (
        (x = v.environment) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/environment", s15 + "/properties/payload/properties/environment", "minLength", 1, length(x))
          : r && wrongType(r, a + "/environment", s15 + "/properties/payload/properties/environment", ["string"], x)
      ) &&
      (
        (x = v.healthStatus) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/healthStatus", s15 + "/properties/payload/properties/healthStatus", "minLength", 1, length(x))
          : r && wrongType(r, a + "/healthStatus", s15 + "/properties/payload/properties/healthStatus", ["string"], x)
      ) &&
      (
        (x = v.url) === undefined
        ? r
        : typeof x === "string"
          ? uri(x) || r && malformed(r, a + "/url", s15 + "/properties/payload/properties/url", "uri", x)
          : r && wrongType(r, a + "/url", s15 + "/properties/payload/properties/url", ["string"], x)
      ) &&
      (
        !r ||
        required(r, a, s15 + "/properties/payload", v, ["deploymentId", "environment", "url", "healthStatus", "duration"])
      )
    : r && wrongType(r, a, s15 + "/properties/payload", ["object"], v)
  );
}

// events/error.schema.json#
function n86(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.payload) === undefined ? r : n88(x, r, r && a + "/payload")) &&
      (
        (x = v.timestamp) === undefined
        ? r
        : Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "minimum", 0, x)) &&
            (
              x <= 8640000000000000 ||
              r && beyond(r, a + "/timestamp", s3 + "/$defs/Timestamp", "maximum", 8640000000000000, x)
            )
          : r && wrongType(r, a + "/timestamp", s3 + "/$defs/Timestamp", ["integer"], x)
      ) &&
      (
        (x = v.type) === undefined
        ? r
        : x === "error" || r && unlike(r, a + "/type", s16 + "/properties/type", "const", "error", x)
      ) &&
      (!r || required(r, a, s16, v, ["type", "timestamp", "payload"]))
    : r && wrongType(r, a, s16, ["object"], v)
  );
}

// events/error.schema.json#/properties/payload
function n88(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.actions) === undefined ? r : n92(x, r, r && a + "/actions")) &&
      (
        (x = v.code) === undefined
        ? r
        : typeof x === "string"
          ? x !== "" ||
            r && beyond(r, a + "/code", s16 + "/properties/payload/properties/code", "minLength", 1, length(x))
          : r && wrongType(r, a + "/code", s16 + "/properties/payload/properties/code", ["string"], x)
      ) &&
      (
        (x = v.details) === undefined
        ? r
        : typeof x === "object" && x !== null && !Array.isArray(x) ||
          r && wrongType(r, a + "/details", s3 + "/$defs/Details", ["object"], x)
      ) &&
      (
        (x = v.message) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/message", s16 + "/properties/payload/properties/message", ["string"], x)
      ) &&
      (
        (x = v.recoverable) === undefined
        ? r
        : typeof x === "boolean" ||
          r && wrongType(r, a + "/recoverable", s16 + "/properties/payload/properties/recoverable", ["boolean"], x)
      ) &&
      (!r || required(r, a, s16 + "/properties/payload", v, ["code", "message", "details", "recoverable", "actions"]))
    : r && wrongType(r, a, s16 + "/properties/payload", ["object"], v)
  );
}

// events/error.schema.json#/properties/payload/properties/actions
function n92(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n93(x, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s16 + "/properties/payload/properties/actions", ["array"], v))) {
    return false;
  }
  return true;
}

// events/error.schema.json#/properties/payload/properties/actions/items
function n93(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.label) === undefined
        ? r && required(r, a, s16 + "/properties/payload/properties/actions/items", v, ["label"])
        : typeof x === "string" ||
          r &&
            wrongType(r, a + "/label", s16 + "/properties/payload/properties/actions/items/properties/label", ["string"], x)
      ) &&
      (
        (x = v.action) === undefined
        ? r && required(r, a, s16 + "/properties/payload/properties/actions/items", v, ["action"])
        : typeof x === "string"
          ? x !== "" ||
            r &&
              beyond(r, a + "/action", s16 + "/properties/payload/properties/actions/items/properties/action", "minLength", 1, length(x))
          : r &&
            wrongType(r, a + "/action", s16 + "/properties/payload/properties/actions/items/properties/action", ["string"], x)
      )
    : r && wrongType(r, a, s16 + "/properties/payload/properties/actions/items", ["object"], v)
  );
}

// events/ping.schema.json#
function n96(v: any, r?: Violation[], a?: string): unknown {
  return v === null || r && wrongType(r, a, s17, ["null"], v);
}

// events/pong.schema.json#
function n97(v: any, r?: Violation[], a?: string): unknown {
  return v === null || r && wrongType(r, a, s18, ["null"], v);
}

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
      authenticated: { validate: validateAuthenticated },
      "project-joined": { validate: validateProjectJoined },
      "agent:status:update": { validate: validateAgentStatusUpdate },
      "agent:output": { validate: validateAgentOutput },
      "agent:error": { validate: validateAgentError },
      "build:started": { validate: validateBuildStarted },
      "build:progress": { validate: validateBuildProgress },
      "build:completed": { validate: validateBuildCompleted },
      "build:failed": { validate: validateBuildFailed },
      "user:decision:required": { validate: validateUserDecisionRequired },
      "deployment:progress": { validate: validateDeploymentProgress },
      "deployment:success": { validate: validateDeploymentSuccess },
      error: { validate: validateServerError },
      ping: { validate: validatePing },
    },
    client: {
      authenticate: { validate: validateAuthenticate },
      "join-project": { validate: validateJoinProject },
      "user:decision:response": { validate: validateUserDecisionResponse },
      pong: { validate: validatePong },
    },
  },
} satisfies { readonly [key: string]: socketIo.NamespaceDescription };

const contract: socketIo.ContractDescription = {
  eventName: [],
  auth: [{ in: "socketio-auth", name: "token" }, { in: "event", event: "authenticate", pointer: ["token"] }],
  heartbeat: { from: "server", ping: "ping", pong: "pong", everyMs: 30000, deadAfterMs: 75000 },
  unique: [],
};
