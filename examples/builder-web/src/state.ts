/**
 * What the page shows of a project, as a value: events go in, the next state comes out. It knows neither the page nor the
 * network.
 */
import type {
  AgentError,
  AgentOutput,
  AgentStatusUpdate,
  AgentStatusUpdatePayload,
  BuildCompleted,
  BuildCompletedPayload,
  BuildFailed,
  BuildFailedPayloadError,
  BuildProgress,
  BuildStarted,
  DeploymentProgress,
  DeploymentSuccess,
  ServerError,
  UserDecisionRequired,
  UserDecisionRequiredPayload,
} from "../../../bindings/typescript/builder.js";

/** An agent: what it said last, and what it made. */
export interface Agent {
  readonly id: string;
  readonly type: AgentStatusUpdatePayload["agentType"];
  readonly status: AgentStatusUpdatePayload["status"];
  readonly task: string;
  /** In whole percent. */
  readonly progress: number;
  readonly message: string;
  /** What it handed over last, in a line. */
  readonly output: string | undefined;
}

/** The latest build of the project. */
export interface Build {
  readonly phases: readonly string[];
  readonly phase: string | undefined;
  /** In whole percent. */
  readonly progress: number;
  readonly message: string;
  readonly secondsLeft: number | undefined;
  /** How it ended; nothing while it goes on. */
  readonly end: { readonly completed: BuildCompletedPayload } | { readonly failed: BuildFailedPayloadError } | undefined;
}

/** A deployment. */
export interface Deployment {
  readonly id: string;
  readonly environment: string;
  readonly stage: string;
  /** In whole percent. */
  readonly progress: number;
  readonly message: string;
  readonly url: string | undefined;
}

/** All of it. */
export interface State {
  /** In the order in which they were first heard of. */
  readonly agents: readonly Agent[];
  readonly build: Build | undefined;
  /** What the build waits for. */
  readonly decision: UserDecisionRequiredPayload | undefined;
  /** The newest first. */
  readonly deployments: readonly Deployment[];
  /** What the user should know, the newest first. */
  readonly notices: readonly string[];
}

/** The events that tell what happens in a project. */
export type ProjectEvent =
  | AgentStatusUpdate
  | AgentOutput
  | AgentError
  | BuildStarted
  | BuildProgress
  | BuildCompleted
  | BuildFailed
  | UserDecisionRequired
  | DeploymentProgress
  | DeploymentSuccess
  | ServerError;

/** How many of each are kept. */
export const LIMITS = { agents: 20, deployments: 10, notices: 5 };

/** Before the first event. */
export const NOTHING: State = { agents: [], build: undefined, decision: undefined, deployments: [], notices: [] };

/** The state after an event. */
export function after(state: State, event: ProjectEvent): State {
  switch (event.type) {
    case "agent:status:update":
      return changed(state, event.payload, status(event.payload));
    case "agent:output":
      return changed(state, event.payload, { output: event.payload.summary });
    case "agent:error":
      return changed(state, event.payload, { status: "failed", message: event.payload.error.message });
    case "build:started":
      return { ...state, decision: undefined, agents: [], build: begun(event.payload.phases) };
    case "build:progress":
      return { ...state, decision: undefined, build: progressed(state, event.payload) };
    case "build:completed":
      return ended(state, { completed: event.payload }, { progress: 100, message: "The build is completed" });
    case "build:failed":
      return ended(state, { failed: event.payload.error }, { message: event.payload.error.message });
    case "user:decision:required":
      return { ...state, decision: event.payload };
    case "deployment:progress":
      return withDeployment(state, underWay(event.payload));
    case "deployment:success":
      return withDeployment(state, finished(event.payload));
    case "error":
      return noticed(state, `${event.payload.message} (${event.payload.code})`);
  }
}

/** The state once the user has answered the decision. */
export function answered(state: State): State {
  return { ...state, decision: undefined };
}

/** The state with something the user should know. */
export function noticed(state: State, notice: string): State {
  return { ...state, notices: [notice, ...state.notices].slice(0, LIMITS.notices) };
}

/** Where a phase of a build stands. */
export function standing(build: Build, phase: string): "done" | "current" | "failed" | "to come" {
  if (build.end && "completed" in build.end) return "done";
  const current = build.phases.indexOf(build.phase ?? "");
  const index = build.phases.indexOf(phase);
  if (index === current) return build.end ? "failed" : "current";
  return index < current ? "done" : "to come";
}

function status({ status, currentTask: task, progress, message }: AgentStatusUpdatePayload): Partial<Agent> {
  return { status, task, progress, message };
}

function changed(
  state: State,
  { agentId: id, agentType: type }: Pick<AgentStatusUpdatePayload, "agentId" | "agentType">,
  change: Partial<Agent>,
): State {
  const known = state.agents.find((agent) => agent.id === id);
  const agent: Agent = known ?? { id, type, status: "working", task: "", progress: 0, message: "", output: undefined };
  return withAgent(state, { ...agent, ...change });
}

function withAgent(state: State, agent: Agent): State {
  const isKnown = state.agents.some(({ id }) => id === agent.id);
  const agents = isKnown
    ? state.agents.map((other) => (other.id === agent.id ? agent : other))
    : [...state.agents, agent].slice(-LIMITS.agents);
  return { ...state, agents };
}

function begun(phases: readonly string[]): Build {
  return { phases, phase: undefined, progress: 0, message: "The build has begun", secondsLeft: undefined, end: undefined };
}

/** The build goes on; it may have begun before the page listened. */
function progressed({ build }: State, payload: BuildProgress["payload"]): Build {
  const { currentPhase: phase, overallProgress: progress, message, estimatedTimeRemaining: secondsLeft } = payload;
  const phases = build?.phases.includes(phase) ? build.phases : [phase];
  return { phases, phase, progress, message, secondsLeft, end: undefined };
}

function ended(state: State, end: NonNullable<Build["end"]>, change: Partial<Build>): State {
  const build = { ...(state.build ?? begun([])), ...change, secondsLeft: undefined, end };
  return { ...state, decision: undefined, build };
}

function underWay({ deploymentId: id, environment, stage, progress, message }: DeploymentProgress["payload"]): Deployment {
  return { id, environment, stage, progress, message, url: undefined };
}

function finished({ deploymentId: id, environment, url, ...rest }: DeploymentSuccess["payload"]): Deployment {
  return { id, environment, stage: rest.healthStatus, progress: 100, message: `Deployed in ${rest.duration} s`, url };
}

function withDeployment(state: State, deployment: Deployment): State {
  const others = state.deployments.filter(({ id }) => id !== deployment.id);
  return { ...state, deployments: [deployment, ...others].slice(0, LIMITS.deployments) };
}
