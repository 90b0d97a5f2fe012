/**
 * The page: joins a project, listens, and draws what it hears.
 */
import { io, type Socket } from "socket.io-client";

import {
  type ClientToServerEvents,
  connectSocketIo,
  type ServerToClientEvents,
  type UserDecisionResponse,
} from "../../../bindings/typescript/builder.js";
import { showAgents } from "./agents.js";
import { type Access, deploy, startBuild } from "./api.js";
import { showBuild } from "./build.js";
import { DecisionDialog } from "./decision.js";
import { showDeployments } from "./deployments.js";
import { byId, element, keyed, setText } from "./elements.js";
import { after, answered, noticed, NOTHING, type ProjectEvent, type State } from "./state.js";

type BuilderSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const page = {
  connection: byId("connection", HTMLElement),
  leave: byId("leave", HTMLButtonElement),
  join: byId("join", HTMLFormElement),
  project: byId("project", HTMLInputElement),
  token: byId("token", HTMLInputElement),
  joinProblem: byId("join-problem", HTMLElement),
  panel: byId("panel", HTMLElement),
  heading: byId("build-title", HTMLElement),
  notices: byId("notices", HTMLElement),
  start: byId("start", HTMLFormElement),
  ask: byId("ask", HTMLInputElement),
  fail: byId("fail", HTMLInputElement),
  build: byId("build", HTMLElement),
  agents: byId("agents", HTMLElement),
  deploy: byId("deploy", HTMLButtonElement),
  deployments: byId("deployments", HTMLElement),
};

let state: State = NOTHING;
/** Who has joined what. The token is kept here and nowhere else. */
let session: (Access & { readonly socket: BuilderSocket }) | undefined;

const dialog = new DecisionDialog((response: UserDecisionResponse) => {
  session?.socket.emit("user:decision:response", response);
  show(answered(state));
});

page.join.addEventListener("submit", (event) => {
  event.preventDefault();
  join({ token: page.token.value, projectId: page.project.value });
});
page.start.addEventListener("submit", (event) => {
  event.preventDefault();
  const outcome = page.fail.checked ? "failed" : "completed";
  void request((access) => startBuild(access, { decision: page.ask.checked, outcome }));
});
page.deploy.addEventListener("click", () => void request((access) => deploy(access, "test")));
page.leave.addEventListener("click", () => leave(""));

function join(access: Access): void {
  session?.socket.close();
  setText(page.joinProblem, "");
  const socket: BuilderSocket = connectSocketIo(io, location.origin, {
    token: access.token,
    // Rooms are left with the connection: each new one has to join again.
    onReady: (socket) => socket.emit("join-project", { projectId: access.projectId }),
    io: {
      // At once over a WebSocket, with long polling for networks that let none through.
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelayMax: 10_000,
    },
  });
  session = { ...access, socket };
  follow(socket);
  listen(socket);
}

/** Tells what becomes of the connection. */
function follow(socket: BuilderSocket): void {
  let lostAt: Date | undefined;
  tell("waiting", "Connecting");
  socket.on("project-joined", ({ members }) => {
    tell("open", `Connected, ${members} in the project`);
    if (lostAt) show(noticed(state, gap(lostAt)));
    else enter();
    lostAt = undefined;
  });
  socket.on("disconnect", (reason) => {
    lostAt ??= new Date();
    // Whom the server has sent away does not come back by itself.
    if (reason === "io server disconnect") leave("The server has ended the connection.");
    else tell("waiting", "Connection lost, trying again");
  });
  socket.on("connect_error", (error) => {
    // A server that can't be reached is tried again; one that refuses the token is not.
    if (!socket.active) leave(`The server refuses: ${error.message}.`);
    else if (page.panel.hidden) leave("The server cannot be reached.");
  });
}

function listen(socket: BuilderSocket): void {
  const hear = (event: ProjectEvent) => show(after(state, event));
  socket.on("agent:status:update", hear);
  socket.on("agent:output", hear);
  socket.on("agent:error", hear);
  socket.on("build:started", hear);
  socket.on("build:progress", hear);
  socket.on("build:completed", hear);
  socket.on("build:failed", hear);
  socket.on("user:decision:required", hear);
  socket.on("deployment:progress", hear);
  socket.on("deployment:success", hear);
  socket.on("error", hear);
}

function gap(since: Date): string {
  const [from, to] = [since, new Date()].map((time) => time.toLocaleTimeString(undefined, { hour12: false }));
  return `The connection was lost from ${from} to ${to}. What happened in between is not shown.`;
}

function enter(): void {
  page.join.hidden = true;
  page.token.value = "";
  page.panel.hidden = false;
  page.leave.hidden = false;
  page.heading.focus();
}

function leave(problem: string): void {
  session?.socket.close();
  session = undefined;
  tell("closed", "Not connected");
  show(NOTHING);
  page.panel.hidden = true;
  page.leave.hidden = true;
  page.join.hidden = false;
  setText(page.joinProblem, problem);
  page.token.focus();
}

function tell(connection: "waiting" | "open" | "closed", words: string): void {
  page.connection.dataset["state"] = connection;
  setText(page.connection, words);
}

/** Makes a request, and shows what is wrong with it. */
async function request(make: (access: Access) => Promise<void>): Promise<void> {
  if (session) await make(session).catch((error: Error) => show(noticed(state, error.message)));
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
  showBuild(page.build, state.build);
  showAgents(page.agents, state.agents);
  showDeployments(page.deployments, state.deployments);
  keyed(page.notices, state.notices, { key: (notice) => notice, create: (notice) => element("p", { class: "card" }, notice) });
  dialog.show(state.decision);
}
