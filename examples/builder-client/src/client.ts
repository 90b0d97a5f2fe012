/**
 * Watches the builds of a project: joins it, shows what agents and builds do, and answers decisions.
 * Ends with 0 when a build is completed, with 1 when it fails or the server refuses the client.
 */
import { io, type Socket } from "socket.io-client";

import type {
  ClientToServerEvents,
  ServerToClientEvents,
  UserDecisionRequired,
} from "../../../bindings/typescript/builder.js";

const { BUILDER_URL: url = "http://localhost:3001", BUILDER_TOKEN: token, PROJECT: projectId } = process.env;
if (!token || !projectId) {
  console.error("set BUILDER_TOKEN and PROJECT, and BUILDER_URL unless it is http://localhost:3001");
  process.exit(2);
}

const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(`${url}/builder`, { auth: { token } });

socket.on("authenticated", ({ username }) => console.log(`authenticated as ${username}`));

// What is emitted before the connection stands is sent as soon as it does.
join();

// Rooms are left with the connection. `reconnect` is an event of the manager, `socket.io`, since socket.io-client 3; on
// the socket itself it is never heard.
socket.io.on("reconnect", () => {
  console.log("reconnected, joining again");
  join();
});

socket.on("project-joined", (event) => console.log(`joined ${event.projectId}, ${event.members} in the room`));

socket.on("agent:status:update", ({ payload }) => {
  console.log(`${payload.agentType} agent is ${payload.status}: ${payload.message} (${payload.progress} %)`);
});
socket.on("agent:output", ({ payload }) => console.log(`${payload.agentType} agent: ${payload.summary}`));
socket.on("agent:error", ({ payload }) => console.log(`${payload.agentType} agent failed: ${payload.error.message}`));

socket.on("build:started", ({ payload }) => console.log(`build started: ${payload.phases.join(", ")}`));
socket.on("build:progress", ({ payload }) => {
  console.log(`build ${payload.overallProgress} %: ${payload.message}, ${payload.estimatedTimeRemaining} s left`);
});
socket.on("build:completed", ({ payload }) => {
  console.log(`build completed in ${payload.duration} s: ${payload.previewUrl}`);
  end(0);
});
socket.on("build:failed", ({ payload }) => {
  console.log(`build failed in ${payload.error.phase}: ${payload.error.message}`);
  for (const suggestion of payload.error.suggestions) console.log(`- ${suggestion}`);
  end(1);
});

socket.on("user:decision:required", ({ payload }) => {
  const option = choose(payload);
  console.log(`${payload.question} ${option.label}`);
  socket.emit("user:decision:response", { decisionId: payload.decisionId, selectedOptionId: option.id });
});

socket.on("error", ({ payload }) => console.log(`error ${payload.code}: ${payload.message}`));

// A client that does not answer is dropped.
socket.on("ping", () => socket.emit("pong", null));

socket.on("connect_error", (error) => {
  // A server that can't be reached is tried again; one that refuses the token is not.
  console.error(`${url}: ${error.message}`);
  if (!socket.active) end(1);
});
socket.on("disconnect", (reason) => {
  console.log(`disconnected: ${reason}`);
  // Whom the server has sent away does not come back by itself.
  if (!socket.active) end(1);
});

function join(): void {
  if (projectId) socket.emit("join-project", { projectId });
}

/** Where a front end would ask its user, this takes the last option. */
function choose({ options }: UserDecisionRequired["payload"]): UserDecisionRequired["payload"]["options"][number] {
  const option = options.at(-1);
  if (!option) throw new Error("a decision without options");
  return option;
}

function end(code: number): void {
  process.exitCode = code;
  socket.off("disconnect");
  socket.close();
}
