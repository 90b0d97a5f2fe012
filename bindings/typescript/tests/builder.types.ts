// The builder's maps with the official Socket.IO packages: all of this compiles but for the lines behind `@ts-expect-error`.
import type { Server } from "socket.io";
import type { Socket } from "socket.io-client";
import type { BuildProgress, ClientToServerEvents, ServerEvents, ServerToClientEvents } from "../builder.js";

export function client(socket: Socket<ServerToClientEvents, ClientToServerEvents>): void {
  socket.on("build:progress", (event) => void (event satisfies BuildProgress).payload.overallProgress.toFixed());
  socket.on("authenticated", ({ userId, username }) => void `${userId} ${username}`);
  socket.on("error", (event) => void event.payload.actions.map(({ label }) => label));
  socket.onAny((name: string, ...args: unknown[]) => void [name, args]);
  socket.emit("join-project", { projectId: "p" });
  socket.emit("user:decision:response", { decisionId: "d", selectedOptionId: "o" });

  // A heartbeat has no argument, or `null`.
  socket.on("ping", () => socket.emit("pong"));
  socket.on("ping", (event) => void (event satisfies null | undefined));
  socket.emit("pong", null);

  // @ts-expect-error there is no such event
  socket.on("build:progres", () => {});
  // @ts-expect-error the client sends it
  socket.on("join-project", () => {});
  // @ts-expect-error the server sends it
  socket.emit("build:progress", {});
  // @ts-expect-error the project is missing
  socket.emit("join-project", {});
  // @ts-expect-error misspelled
  socket.emit("join-project", { projectID: "p" });
  // @ts-expect-error a heartbeat has no argument
  socket.emit("pong", { at: 1 });
  // @ts-expect-error nothing acknowledges it
  socket.emit("join-project", { projectId: "p" }, () => {});
}

export function server(io: Server<ClientToServerEvents, ServerToClientEvents>): void {
  io.of("/builder").on("connection", (socket) => {
    socket.emit("authenticated", { userId: "u", username: "john_doe" });
    socket.emit("ping", null);
    socket.on("join-project", ({ projectId }) => socket.emit("project-joined", { projectId, members: 1 }));
    socket.on("pong", () => {});
    // @ts-expect-error `members` is a number
    socket.emit("project-joined", { projectId: "p", members: "1" });
    // @ts-expect-error the server sends it
    socket.on("authenticated", () => {});
  });
  io.to("project:p").emit("agent:status:update", {
    type: "agent:status:update",
    timestamp: Date.now(),
    payload: { agentId: "a", agentType: "ui", status: "idle", currentTask: "", progress: 0, message: "" },
  });
  io.emit("agent:status:update", {
    type: "agent:status:update",
    timestamp: Date.now(),
    // @ts-expect-error no such status
    payload: { agentId: "a", agentType: "ui", status: "resting", currentTask: "", progress: 0, message: "" },
  });
}

/** A type by its name. */
export const joined: ServerEvents["project-joined"] = { projectId: "p", members: 1 };
