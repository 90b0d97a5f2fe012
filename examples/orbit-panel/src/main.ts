/**
 * The panel: logs in, listens, and draws what it hears.
 */
import { type Channels, type Client, connect } from "../../../bindings/typescript/orbit.js";
import { startTask } from "./api.js";
import { byId, setText } from "./elements.js";
import { showActivity, showLog } from "./logs.js";
import { showMetrics } from "./metrics.js";
import { after, NOTHING, type State } from "./state.js";
import { nameOf, showTasks } from "./tasks.js";
import { toast } from "./toasts.js";

type Channel = keyof Channels;

const page = {
  connection: byId("connection", HTMLElement),
  leave: byId("leave", HTMLButtonElement),
  login: byId("login", HTMLFormElement),
  token: byId("token", HTMLInputElement),
  loginProblem: byId("login-problem", HTMLElement),
  panel: byId("panel", HTMLElement),
  heading: byId("tasks-title", HTMLElement),
  start: byId("start", HTMLFormElement),
  kind: byId("kind", HTMLSelectElement),
  outcome: byId("outcome", HTMLSelectElement),
  startProblem: byId("start-problem", HTMLElement),
  tasks: byId("tasks", HTMLElement),
  charts: byId("charts", HTMLElement),
  samples: byId("samples", HTMLElement),
  log: byId("log", HTMLElement),
  activity: byId("activity", HTMLElement),
  toasts: byId("toasts", HTMLElement),
};

const CONNECTION = {
  connecting: "Connecting",
  open: "Connected",
  waiting: "Connection lost, trying again soon",
  closed: "Not connected",
};

let state: State = NOTHING;
/** Who is logged in. The token is kept here and nowhere else. */
let session: { readonly token: string; readonly client: Client<Channel> } | undefined;

page.login.addEventListener("submit", (event) => {
  event.preventDefault();
  const channel = new FormData(page.login).get("channel") === "events" ? "events" : "stream";
  logIn(page.token.value, channel);
});
page.start.addEventListener("submit", (event) => {
  event.preventDefault();
  void start({ type: page.kind.value, outcome: page.outcome.value });
});
page.leave.addEventListener("click", () => logOut(""));

function logIn(token: string, channel: Channel): void {
  session?.client.close();
  setText(page.loginProblem, "");
  const client = connect(location.origin, {
    channel,
    token,
    topics: ["task.*", "container.*", "app.install.log", "snapshot.created", "export.ready"],
    reconnect: { maxMs: 10_000 },
    // The server breaks each silence after 15 s: who hears nothing for so long has lost it without being told.
    heartbeat: { silenceMs: 40_000 },
  });
  session = { token, client };
  listen(client);
  client.opened.then(enter, () => {});
}

function listen(client: Client<Channel>): void {
  client.on("*", (event) => show(after(state, event)));
  client.on("task.completed", ({ payload: { task_id: id, status } }) => {
    const task = state.tasks.find((task) => task.id === id);
    const tone = { succeeded: "good", failed: "bad", cancelled: "neutral" } as const;
    toast(page.toasts, tone[status], `${nameOf(task ?? { type: undefined })} ${status}`);
  });
  client.onState((now, { isReconnect, isResumed }) => {
    page.connection.dataset["state"] = now;
    setText(page.connection, CONNECTION[now]);
    if (now === "open" && isReconnect && !isResumed) {
      toast(page.toasts, "neutral", "Connected again. What happened in between is not shown.");
    }
  });
  client.onError((error) => {
    if (error.kind === "closed" || error.kind === "heartbeat") return;
    if (error.kind !== "refused") console.error(error);
    // Whom the server does not let in stays outside; who was inside stays there while there is hope.
    else if (page.panel.hidden || error.willRetryInMs === undefined) logOut(refusal(error.status));
  });
}

function refusal(status: number | undefined): string {
  if (status === 401) return "The server refuses this token.";
  // Of a WebSocket, browsers don't tell which.
  return "The server cannot be reached, or refuses this token.";
}

function enter(): void {
  page.login.hidden = true;
  page.token.value = "";
  page.panel.hidden = false;
  page.leave.hidden = false;
  page.heading.focus();
}

function logOut(problem: string): void {
  session?.client.close();
  session = undefined;
  show(NOTHING);
  page.toasts.replaceChildren();
  page.panel.hidden = true;
  page.leave.hidden = true;
  page.login.hidden = false;
  setText(page.loginProblem, problem);
  page.token.focus();
}

async function start(request: { type: string; outcome: string }): Promise<void> {
  if (!session) return;
  setText(page.startProblem, "");
  await startTask(session.token, request).catch((error: Error) => setText(page.startProblem, error.message));
}

/** Takes the next state, and draws it when the browser next draws: many events may come in between. */
function show(next: State): void {
  if (state === next) return;
  state = next;
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(draw);
}

let frame = 0;

function draw(): void {
  showTasks(page.tasks, state.tasks);
  showMetrics(page.charts, page.samples, state.containers);
  showLog(page.log, state.log);
  showActivity(page.activity, state.activity);
}
