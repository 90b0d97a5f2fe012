// Arrays and tuples: all of this compiles but for the lines behind `@ts-expect-error`.
import type { Arrays, Nested, Tree } from "./arrays.js";

type Of<Name extends keyof Arrays> = NonNullable<Arrays[Name]>;

export const list: Of<"list"> = ["a", null];
// @ts-expect-error not a string
export const numbers: Of<"list"> = [1];
export const first = (list: Of<"list">): string | null | undefined => list[0];

export const open: Of<"open"> = ["a", 1, {}];
// @ts-expect-error the first is required
export const empty: Of<"open"> = [];
export const closed: Of<"closed"> = ["a", 1];
// @ts-expect-error too short
export const short: Of<"closed"> = ["a"];
// @ts-expect-error too long
export const long: Of<"closed"> = ["a", 1, 2];
// @ts-expect-error the other way around
export const swapped: Of<"closed"> = [1, "a"];
export const optional: Of<"optional"> = ["a"];
export const rest: Of<"rest"> = ["a", true, false];
// @ts-expect-error what follows is boolean
export const texts: Of<"rest"> = ["a", "b"];

/** A length that is fixed is part of the type; tuples don't change their length. */
export const pair: Of<"pair"> = [1, 2];
export const [x, y]: readonly [number, number] = pair;
// @ts-expect-error three
export const triple: Of<"pair"> = [1, 2, 3];
// @ts-expect-error read only
export const pushed = (pair: Of<"pair">): number => pair.push(3);
export const constant: Of<"pairs"> = [[1, 2] as const];
// @ts-expect-error nothing is in it
export const some: Of<"none"> = [1];

export const nested: Nested = [[], [[]]];
export const tree: Tree = [null, [null, [null]]];
// @ts-expect-error not a tree
export const leaf: Tree = [1];
// @ts-expect-error nothing else
export const more: Of<"unevaluated"> = ["a", 1];
