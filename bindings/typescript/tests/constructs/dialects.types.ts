// The same words of several dialects: all of this compiles but for the lines behind `@ts-expect-error`.
import type { Draft04 } from "./draft-04.js";
import type { Draft07 } from "./draft-07.js";
import type { Draft201909 } from "./draft-2019-09.js";

export const four: Draft04 = { point: [1, 2], self: { point: [3, 4] }, named: { name: "n" } };
// @ts-expect-error `additionalItems` closes it
export const long: Draft04 = { point: [1, 2, 3] };
// @ts-expect-error beside a reference nothing counts
export const beside: Draft04 = { point: [1, 2], named: "n" };

export const seven: Draft07 = { open: ["a", 1, null], rest: ["a", 1, 2], either: 1, constant: "only", property: "only" };
// @ts-expect-error what follows is a number
export const rest: Draft07 = { rest: ["a", "b"] };
// @ts-expect-error `else` wants a number
export const either: Draft07 = { either: true };
// @ts-expect-error the value of the property it refers to
export const property: Draft07 = { property: "other" };

export const nineteen: Draft201909 = { children: [{ children: [] }], beside: { name: "n", age: 1 } };
// @ts-expect-error beside a reference all counts
export const text: Draft201909 = { beside: { name: "n", age: "1" } };
// @ts-expect-error the children are of its own type
export const child: Draft201909 = { children: [1] };
