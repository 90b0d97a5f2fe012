/**
 * What the panel shows, as a value: events go in, the next state comes out. It knows neither the page nor the network.
 *
 * Everything is bounded, the newest is kept: a panel stays open for weeks.
 */
import type {
  ActiveTaskStatus,
  AppInstallLog,
  ContainerMetrics,
  FinalTaskStatus,
  ServerEvent,
  TaskCompleted,
  TaskCreated,
  TaskUpdated,
  UnknownServerEvent,
} from "../../../bindings/typescript/orbit.js";

/** A task, as far as its events have told. */
export interface Task {
  readonly id: string;
  /** What it does; unknown when the task began before the page listened. */
  readonly type: string | undefined;
  readonly status: ActiveTaskStatus | FinalTaskStatus;
  /** In whole percent. */
  readonly progress: number;
  readonly message: string;
}

/** A line of an installation's log. */
export interface LogLine {
  readonly eventId: string;
  readonly timestamp: string;
  readonly taskId: string;
  readonly level: string;
  readonly line: string;
}

/** What a container used at one time. */
export interface Sample {
  readonly eventId: string;
  readonly timestamp: string;
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** A container. */
export interface Container {
  readonly id: string;
  readonly status: string | undefined;
  /** The oldest first. */
  readonly samples: readonly Sample[];
}

/** One event, told in a line. */
export interface Activity {
  readonly eventId: string;
  readonly timestamp: string;
  readonly text: string;
}

/** All of it. */
export interface State {
  /** The newest first. */
  readonly tasks: readonly Task[];
  /** The oldest first. */
  readonly log: readonly LogLine[];
  /** The one heard of last comes first. */
  readonly containers: readonly Container[];
  /** The oldest first. */
  readonly activity: readonly Activity[];
}

/** How many of each are kept. */
export const LIMITS = { tasks: 50, log: 500, containers: 20, samples: 60, activity: 200 };

/** Before the first event. */
export const NOTHING: State = { tasks: [], log: [], containers: [], activity: [] };

/** The state after an event. */
export function after(state: State, event: ServerEvent | UnknownServerEvent): State {
  switch (event.type) {
    case "task.created":
      return told(withTask(state, created(event)), event, `Task ${short(event.payload.task.id)} was accepted: ${event.payload.task.type}`);
    case "task.updated":
      return told(withTask(state, updated(state, event)), event, update(event));
    case "task.completed":
      return told(withTask(state, completed(state, event)), event, `Task ${short(event.payload.task_id)} ${event.payload.status}`);
    case "app.install.log":
      return { ...state, log: latest([...state.log, logLine(event)], LIMITS.log) };
    case "container.metrics":
      return withContainer(state, event.payload.container_id, (container) => ({
        ...container,
        samples: latest([...container.samples, sample(event)], LIMITS.samples),
      }));
    case "container.status": {
      const { container_id: id, status } = event.payload;
      const next = withContainer(state, id, (container) => ({ ...container, status }));
      return told(next, event, `Container ${short(id)} is ${status}`);
    }
    case "snapshot.created":
      return told(state, event, `Snapshot “${event.payload.snapshot.label}” was taken`);
    case "export.ready":
      return told(state, event, `An export lies at ${event.payload.location}`);
    case "pong":
      return state;
    default:
      // An event of a later version of the protocol. This does not compile while a `case` is missing.
      return ignored(state, event);
  }
}

/** The first characters of an id, enough to tell things on a screen apart. */
export function short(id: string): string {
  return id.slice(0, 8);
}

function ignored(state: State, _event: UnknownServerEvent): State {
  return state;
}

function created({ payload: { task } }: TaskCreated): Task {
  return { id: task.id, type: task.type, status: task.status, progress: task.progress, message: "" };
}

/** The event carries what has changed; what is absent is as it was. */
function updated(state: State, { payload }: TaskUpdated): Task {
  const task = taskOf(state, payload.task_id);
  return {
    ...task,
    status: payload.status ?? task.status,
    progress: payload.progress ?? task.progress,
    message: payload.message ?? task.message,
  };
}

function completed(state: State, { payload: { task_id: id, status } }: TaskCompleted): Task {
  const task = taskOf(state, id);
  return { ...task, status, progress: status === "succeeded" ? 100 : task.progress };
}

function taskOf(state: State, id: string): Task {
  const known = state.tasks.find((task) => task.id === id);
  return known ?? { id, type: undefined, status: "running", progress: 0, message: "" };
}

function update({ payload: { task_id: id, status, progress, message } }: TaskUpdated): string {
  const parts = [progress === undefined ? status : `${progress} %`, message];
  return `Task ${short(id)}: ${parts.filter((part) => part !== undefined && part !== "").join(", ")}`;
}

function withTask(state: State, task: Task): State {
  const isKnown = state.tasks.some(({ id }) => id === task.id);
  const tasks = isKnown
    ? state.tasks.map((other) => (other.id === task.id ? task : other))
    : [task, ...state.tasks].slice(0, LIMITS.tasks);
  return { ...state, tasks };
}

function withContainer(state: State, id: string, change: (container: Container) => Container): State {
  const known = state.containers.find((container) => container.id === id);
  const others = state.containers.filter((container) => container !== known);
  const changed = change(known ?? { id, status: undefined, samples: [] });
  return { ...state, containers: [changed, ...others].slice(0, LIMITS.containers) };
}

function logLine({ id: eventId, timestamp, payload: { task_id: taskId, level, line } }: AppInstallLog): LogLine {
  return { eventId, timestamp, taskId, level, line };
}

function sample({ id: eventId, timestamp, payload }: ContainerMetrics): Sample {
  const { cpu_percent: cpuPercent, memory_bytes: memoryBytes, disk_bytes: diskBytes } = payload;
  return { eventId, timestamp, cpuPercent, memoryBytes, diskBytes };
}

function told(state: State, { id: eventId, timestamp }: ServerEvent, text: string): State {
  return { ...state, activity: latest([...state.activity, { eventId, timestamp, text }], LIMITS.activity) };
}

function latest<T>(items: T[], limit: number): T[] {
  return items.slice(-limit);
}
