// Names: all of this compiles but for the lines behind `@ts-expect-error`.
import type { Names, NamesAB, NamesAB2, NamesAB3, NamesAB4, NamesArray, NamesError, NamesRecord } from "./names.js";

const least: Names = { class: "c", "": null };
export const each: Names = { ...least, "a b": "a", "a-b": "c", a_b: "e", aB: "g", "<": "i", "<=": "k", "+1": "m", "-1": "o" };
// @ts-expect-error the values of a name like it
export const mistaken: Names = { ...least, "a b": "c" };
export const four: [NamesAB, NamesAB2, NamesAB3, NamesAB4] = ["a", "c", "e", "g"];
export const hostile: Names = { ...least, "quote\"back\\slash`${x}*/\n\u2028": "" };
// @ts-expect-error a string
export const hostileNumber: Names = { ...least, "quote\"back\\slash`${x}*/\n\u2028": 1 };

/** What the language and the generated code call their own keeps its name. */
export const error: NamesError = { code: 1 };
export const thrown: Error = new Error("");
export const record: NamesRecord & Record<string, string> = { a: "b" };
export const array: NamesArray = [[], [[]]];
// @ts-expect-error one of two
export const violation: Names = { ...least, violation: "x" };

/** A member that every object inherits is there even where it is absent. */
export const inherited: Names = {  class: "c", "": null };
