// @generated from bindings/typescript/tests/constructs/names.schema.json by handfast; edit that, not this.

/**
 * Names that are no identifiers, are taken, or differ in nothing that an identifier keeps
 *
 * @see `names.schema.json`
 * @example
 * ```json
 * {
 *   "": null,
 *   "+1": "m",
 *   "-1": "o",
 *   "3d": true,
 *   "<": "i",
 *   "<=": "k",
 *   "a b": "a",
 *   "a-b": "c",
 *   "aB": "g",
 *   "a_b": "e",
 *   "class": "c"
 * }
 * ```
 * @example
 * ```json
 * {
 *   "": null,
 *   "class": "c",
 *   "constructor": 1,
 *   "quote\"back\\slash`${x}*\/\n\u2028": "",
 *   "ключ": "да",
 *   "😀": "q"
 * }
 * ```
 * @example
 * ```json
 * {
 *   "": null,
 *   "array": [[]],
 *   "class": "c",
 *   "error": { "code": 1 },
 *   "promise": { "then": "t" },
 *   "record": { "a": "b" },
 *   "violation": "v"
 * }
 * ```
 * @example
 * ```json
 * {
 *   "": null,
 *   "FooBar": 4,
 *   "class": "c",
 *   "client": "x",
 *   "event": "s",
 *   "foo_bar": 1,
 *   "self": "zz"
 * }
 * ```
 */
export interface Names {
  class: string;
  "": null;
  "a b"?: NamesAB;
  "a-b"?: NamesAB2;
  a_b?: NamesAB3;
  aB?: NamesAB4;
  "<"?: NamesLess;
  "<="?: NamesLessEqual;
  "+1"?: NamesN1;
  "-1"?: NamesN12;
  "3d"?: boolean;
  "ключ"?: NamesКлюч;
  "😀"?: NamesSymbol;
  "quote\"back\\slash`${x}*/\n\u2028"?: string;
  __proto__?: number;
  constructor?: unknown;
  error?: NamesError;
  record?: NamesRecord;
  array?: NamesArray;
  promise?: NamesPromise;
  violation?: NamesViolation;
  client?: NamesClient;
  event?: NamesServerEvent;
  foo_bar?: FooBar;
  FooBar?: NamesFooBar;
  self?: NamesNames;
}

/** @see `names.schema.json#/properties/a b` */
export type NamesAB = "a" | "b";

/** @see `names.schema.json#/properties/a-b` */
export type NamesAB2 = "c" | "d";

/** @see `names.schema.json#/properties/a_b` */
export type NamesAB3 = "e" | "f";

/** @see `names.schema.json#/properties/aB` */
export type NamesAB4 = "g" | "h";

/** @see `names.schema.json#/properties/<` */
export type NamesLess = "i" | "j";

/** @see `names.schema.json#/properties/<=` */
export type NamesLessEqual = "k" | "l";

/** @see `names.schema.json#/properties/+1` */
export type NamesN1 = "m" | "n";

/** @see `names.schema.json#/properties/-1` */
export type NamesN12 = "o" | "p";

/** @see `names.schema.json#/properties/ключ` */
export type NamesКлюч = "да" | "нет";

/** @see `names.schema.json#/properties/😀` */
export type NamesSymbol = "q" | "r";

/** @see `names.schema.json#/$defs/Error` */
export interface NamesError {
  /** Integer. */
  code: number;
}

/** @see `names.schema.json#/$defs/Record` */
export type NamesRecord = { [key: string]: string };

/** @see `names.schema.json#/$defs/Array` */
export type NamesArray = NamesArray[];

/** @see `names.schema.json#/$defs/promise` */
export interface NamesPromise {
  then: string;
}

/** @see `names.schema.json#/$defs/Violation` */
export type NamesViolation = "v" | "w";

/** @see `names.schema.json#/$defs/Client` */
export type NamesClient = "x" | "y";

/** @see `names.schema.json#/$defs/ServerEvent` */
export type NamesServerEvent = "s" | "t";

/** @see `names.schema.json#/$defs/foo_bar` */
export type FooBar = 1 | 2;

/** @see `names.schema.json#/$defs/FooBar` */
export type NamesFooBar = 3 | 4;

/** @see `names.schema.json#/$defs/Names` */
export type NamesNames = "z" | "zz";
