// Every construct of constructs.asyncapi.yaml: all of this compiles but for the lines behind `@ts-expect-error`.
import type { Server } from "socket.io";
import type { Socket } from "socket.io-client";
import type {
  Body, Changed, ClientToServerEvents, Cursor, Lists, Said, ServerError, ServerToClientEvents, Tree,
} from "./constructs.js";

export async function acknowledgements(socket: Socket<ServerToClientEvents, ClientToServerEvents>): Promise<void> {
  socket.emit("say", { text: "hi" }, (response) => void (response satisfies { id: string }));
  socket.emit("where", 1, 2, "arrow", (x, y) => void [x.toFixed(), y.toUpperCase()]);
  socket.emit("leave", () => {});
  const { id } = await socket.emitWithAck("say", { text: "hi" });
  id satisfies string;
  socket.timeout(1000).emit("say", { text: "hi" }, (error, response) => void [error satisfies Error, response.id]);
  (await socket.timeout(1000).emitWithAck("say", { text: "hi" })).id satisfies string;
  // @ts-expect-error the acknowledgement is missing
  socket.emit("say", { text: "hi" });
  // @ts-expect-error closed objects have no other members
  socket.emit("say", { text: "hi", loud: true }, () => {});
}

export function severalArguments(
  client: Socket<ServerToClientEvents, ClientToServerEvents>,
  server: Server<ClientToServerEvents, ServerToClientEvents>,
): void {
  client.on("cursor:move", (x, y, shape) => void [x + y, shape satisfies "arrow" | "hand" | undefined]);
  server.emit("cursor:move", 1, 2);
  server.emit("cursor:move", 1, 2, "hand");
  server.on("connection", (socket) => {
    socket.on("say", ({ text }, acknowledge) => acknowledge({ id: text }));
    socket.on("where", (x, y, _shape, acknowledge) => acknowledge(x + y, "here"));
    socket.on("leave", (acknowledge) => acknowledge());
    socket.on("custom", (...args) => void (args satisfies unknown[]));
    // @ts-expect-error the acknowledgement needs an id
    socket.on("say", (_event, acknowledge) => acknowledge({}));
  });
  // @ts-expect-error the second argument is missing
  server.emit("cursor:move", 1);
  // @ts-expect-error no such shape
  server.emit("cursor:move", 1, 2, "foot");
}

export function size(body: Body): number | undefined {
  if (body.kind === "text") return body.text.length;
  return body.size?.width;
}

export const said: Said = { id: "1", body: { kind: "text", text: "hi" }, quote: null, mood: 1, weight: "heavy", seen: null };
export const quoted: Said = { ...said, quote: said, mood: "good", weight: 1, new: "", "a b\u2028\"": "" };
export const sized: Body = { kind: "image", url: "https://example.com", size: null };
// @ts-expect-error the members of another branch
export const mixed: Body = { kind: "text", url: "https://example.com" };
// @ts-expect-error not one of the values
export const mood: Said["mood"] = 2;
// @ts-expect-error must not be there
export const gone: Said = { ...said, gone: 1 };

export const closed: Cursor = [1, 2];
// @ts-expect-error too many
export const long: Cursor = [1, 2, "hand", 4];

export const tree: Tree = { a: { b: {} } };
export const lists: Lists = [[], [[]]];
export const prices: NonNullable<Changed["prices"]> = { currency: "EUR", bread: 2.5 };
// @ts-expect-error a price is a number
export const barter: NonNullable<Changed["prices"]> = { bread: true };
export const both: NonNullable<Changed["either"]> = { a: "a", c: "c" };
// @ts-expect-error `a` is required of either
export const half: NonNullable<Changed["either"]> = { c: "c" };

/** A name that the language has taken goes to the side that sends it. */
export const error: ServerError = { header: { type: "error" }, tree: {} };
