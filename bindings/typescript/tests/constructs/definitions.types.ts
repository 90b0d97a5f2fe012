// Definitions alone: all of this compiles but for the lines behind `@ts-expect-error`.
import type { Alias, Anything, Call, Data, DefinitionsRequest, List, Nothing, Odd, Params, Ping } from "./definitions.js";

export const ping: Ping = { method: "ping", id: 1, params: { a: null } };
export const request: DefinitionsRequest = ping;
// @ts-expect-error narrowed by the other part
export const pong: Ping = { method: "pong" };
export function limit(call: Call): number | undefined {
  return call.method === "list" ? (call satisfies List).limit : undefined;
}
/** A reference alone is another name. */
export const alias: Alias = ping;
// @ts-expect-error neither of them
export const neither: Call = { method: "other" };
export const params: Params = { a: 1, b: null };
// @ts-expect-error a number or null
export const texts: Params = { a: "b" };
/** What looks like a reference in data is data. */
export const data: Data = { $ref: "#/nowhere" };
export const odd: Odd = 3;
export const anything: Anything = ["at", { all: 1 }];
// @ts-expect-error nothing is
export const nothing: Nothing = null;
