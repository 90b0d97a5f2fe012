// Objects: all of this compiles but for the lines behind `@ts-expect-error`.
import type {
  Objects, ObjectsHeadersBesideNames, ObjectsMapBesideNames, ObjectsMerged, ObjectsNamed, ObjectsPresence,
} from "./objects.js";

type Of<Name extends keyof Objects> = NonNullable<Objects[Name]>;

/** Absent, `null` and a value are three things. */
export const least: ObjectsPresence = { always: "a", nullable: null };
export const most: ObjectsPresence = { always: "a", nullable: "b", sometimes: "c", either: null };
// @ts-expect-error what is required may be null, and not absent
export const missing: ObjectsPresence = { always: "a" };
// @ts-expect-error what may be absent is not null
export const nulled: ObjectsPresence = { ...least, sometimes: null };
// @ts-expect-error nor undefined
export const undefinedValue: ObjectsPresence = { ...least, either: undefined };
/** A default is no value that is there. */
export const length = (presence: ObjectsPresence): number => (presence.sometimes ?? "here").length;
// @ts-expect-error a default does not make it there
export const careless = (presence: ObjectsPresence): number => presence.sometimes.length;

/** Members of a later version arrive, and are read behind `in`. */
const later: ObjectsPresence & { later: number } = { ...least, later: 1 };
export const arrived: ObjectsPresence = later;
export const read = (presence: ObjectsPresence): unknown => ("later" in presence ? presence.later : undefined);
// @ts-expect-error misspelled
export const misspelled: ObjectsPresence = { ...least, somtimes: "a" };

export const closed: Of<"closed"> = { a: "b" };
// @ts-expect-error no other members
export const opened: Of<"closed"> = { a: "b", c: 1 };
// @ts-expect-error no members at all
export const filled: Of<"empty"> = { a: 1 };

export const map: Of<"map"> = { a: 1, b: 2 };
// @ts-expect-error not a number
export const words: Of<"map"> = { a: "b" };
export const beside: ObjectsMapBesideNames = { a: "b", c: 1 };
// @ts-expect-error what is declared keeps its type
export const replaced: ObjectsMapBesideNames = { a: 1 };

/** Names that a pattern leads to. */
export const headers: Of<"headers"> = { "x-a": "b" };
// @ts-expect-error not a string
export const counted: Of<"headers"> = { "x-a": 1 };
// @ts-expect-error no name of that kind
export const foreign: Of<"headers"> = { "y-a": "b" };
export const request: ObjectsHeadersBesideNames = { host: "h", "x-count": "22", "begun-at": 1 };
// @ts-expect-error begins with `x-`
export const wrong: ObjectsHeadersBesideNames = { host: "h", "x-other": true };
// @ts-expect-error ends with `-at`
export const late: ObjectsHeadersBesideNames = { host: "h", "ended-at": true };
export const several: Of<"mixed"> = { "x-a": "b", "12": 1 };
// @ts-expect-error of no pattern's type
export const none: Of<"mixed"> = { "12": true };
export const otherwise: Of<"otherwise"> = { "x-a": "b", c: true };
// @ts-expect-error others are boolean
export const others: Of<"otherwise"> = { c: [] };

export const named: ObjectsNamed = { en: "a" };
// @ts-expect-error only these names
export const unnamed: ObjectsNamed = { fr: "a" };

export const merged: ObjectsMerged = { a: "a", b: 1 };
// @ts-expect-error the other part requires it
export const half: ObjectsMerged = { a: "a" };
export const required: Of<"required"> = { undeclared: 0 };
// @ts-expect-error required, if not declared
export const without: Of<"required"> = {};
// @ts-expect-error must not be there
export const refused: Of<"refused"> = { gone: 1 };
