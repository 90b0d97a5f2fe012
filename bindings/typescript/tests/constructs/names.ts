// @generated from bindings/typescript/tests/constructs/names.schema.json by handfast; edit that, not this.

import { collect, member, names, place, required, tooDeep, unlike, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

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

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Names`. */
export function isNames(value: unknown): value is Names {
  return !!n0(value, 0);
}

/** Everything that keeps a value from being a valid `Names`. */
export function validateNames(value: unknown): Violation[] {
  return collect((r) => n0(value, 0, r, ""));
}

/** Whether a value is a valid `NamesAB`. */
export function isNamesAB(value: unknown): value is NamesAB {
  return !!n3(value);
}

/** Everything that keeps a value from being a valid `NamesAB`. */
export function validateNamesAB(value: unknown): Violation[] {
  return collect((r) => n3(value, r, ""));
}

/** Whether a value is a valid `NamesAB2`. */
export function isNamesAB2(value: unknown): value is NamesAB2 {
  return !!n4(value);
}

/** Everything that keeps a value from being a valid `NamesAB2`. */
export function validateNamesAB2(value: unknown): Violation[] {
  return collect((r) => n4(value, r, ""));
}

/** Whether a value is a valid `NamesAB3`. */
export function isNamesAB3(value: unknown): value is NamesAB3 {
  return !!n5(value);
}

/** Everything that keeps a value from being a valid `NamesAB3`. */
export function validateNamesAB3(value: unknown): Violation[] {
  return collect((r) => n5(value, r, ""));
}

/** Whether a value is a valid `NamesAB4`. */
export function isNamesAB4(value: unknown): value is NamesAB4 {
  return !!n6(value);
}

/** Everything that keeps a value from being a valid `NamesAB4`. */
export function validateNamesAB4(value: unknown): Violation[] {
  return collect((r) => n6(value, r, ""));
}

/** Whether a value is a valid `NamesLess`. */
export function isNamesLess(value: unknown): value is NamesLess {
  return !!n7(value);
}

/** Everything that keeps a value from being a valid `NamesLess`. */
export function validateNamesLess(value: unknown): Violation[] {
  return collect((r) => n7(value, r, ""));
}

/** Whether a value is a valid `NamesLessEqual`. */
export function isNamesLessEqual(value: unknown): value is NamesLessEqual {
  return !!n8(value);
}

/** Everything that keeps a value from being a valid `NamesLessEqual`. */
export function validateNamesLessEqual(value: unknown): Violation[] {
  return collect((r) => n8(value, r, ""));
}

/** Whether a value is a valid `NamesN1`. */
export function isNamesN1(value: unknown): value is NamesN1 {
  return !!n9(value);
}

/** Everything that keeps a value from being a valid `NamesN1`. */
export function validateNamesN1(value: unknown): Violation[] {
  return collect((r) => n9(value, r, ""));
}

/** Whether a value is a valid `NamesN12`. */
export function isNamesN12(value: unknown): value is NamesN12 {
  return !!n10(value);
}

/** Everything that keeps a value from being a valid `NamesN12`. */
export function validateNamesN12(value: unknown): Violation[] {
  return collect((r) => n10(value, r, ""));
}

/** Whether a value is a valid `NamesКлюч`. */
export function isNamesКлюч(value: unknown): value is NamesКлюч {
  return !!n12(value);
}

/** Everything that keeps a value from being a valid `NamesКлюч`. */
export function validateNamesКлюч(value: unknown): Violation[] {
  return collect((r) => n12(value, r, ""));
}

/** Whether a value is a valid `NamesSymbol`. */
export function isNamesSymbol(value: unknown): value is NamesSymbol {
  return !!n13(value);
}

/** Everything that keeps a value from being a valid `NamesSymbol`. */
export function validateNamesSymbol(value: unknown): Violation[] {
  return collect((r) => n13(value, r, ""));
}

/** Whether a value is a valid `NamesError`. */
export function isNamesError(value: unknown): value is NamesError {
  return !!n17(value);
}

/** Everything that keeps a value from being a valid `NamesError`. */
export function validateNamesError(value: unknown): Violation[] {
  return collect((r) => n17(value, r, ""));
}

/** Whether a value is a valid `NamesRecord`. */
export function isNamesRecord(value: unknown): value is NamesRecord {
  return !!n19(value);
}

/** Everything that keeps a value from being a valid `NamesRecord`. */
export function validateNamesRecord(value: unknown): Violation[] {
  return collect((r) => n19(value, r, ""));
}

/** Whether a value is a valid `NamesArray`. */
export function isNamesArray(value: unknown): value is NamesArray {
  return !!n21(value, 0);
}

/** Everything that keeps a value from being a valid `NamesArray`. */
export function validateNamesArray(value: unknown): Violation[] {
  return collect((r) => n21(value, 0, r, ""));
}

/** Whether a value is a valid `NamesPromise`. */
export function isNamesPromise(value: unknown): value is NamesPromise {
  return !!n22(value);
}

/** Everything that keeps a value from being a valid `NamesPromise`. */
export function validateNamesPromise(value: unknown): Violation[] {
  return collect((r) => n22(value, r, ""));
}

/** Whether a value is a valid `NamesViolation`. */
export function isNamesViolation(value: unknown): value is NamesViolation {
  return !!n24(value);
}

/** Everything that keeps a value from being a valid `NamesViolation`. */
export function validateNamesViolation(value: unknown): Violation[] {
  return collect((r) => n24(value, r, ""));
}

/** Whether a value is a valid `NamesClient`. */
export function isNamesClient(value: unknown): value is NamesClient {
  return !!n25(value);
}

/** Everything that keeps a value from being a valid `NamesClient`. */
export function validateNamesClient(value: unknown): Violation[] {
  return collect((r) => n25(value, r, ""));
}

/** Whether a value is a valid `NamesServerEvent`. */
export function isNamesServerEvent(value: unknown): value is NamesServerEvent {
  return !!n26(value);
}

/** Everything that keeps a value from being a valid `NamesServerEvent`. */
export function validateNamesServerEvent(value: unknown): Violation[] {
  return collect((r) => n26(value, r, ""));
}

/** Whether a value is a valid `FooBar`. */
export function isFooBar(value: unknown): value is FooBar {
  return !!n27(value);
}

/** Everything that keeps a value from being a valid `FooBar`. */
export function validateFooBar(value: unknown): Violation[] {
  return collect((r) => n27(value, r, ""));
}

/** Whether a value is a valid `NamesFooBar`. */
export function isNamesFooBar(value: unknown): value is NamesFooBar {
  return !!n28(value);
}

/** Everything that keeps a value from being a valid `NamesFooBar`. */
export function validateNamesFooBar(value: unknown): Violation[] {
  return collect((r) => n28(value, r, ""));
}

/** Whether a value is a valid `NamesNames`. */
export function isNamesNames(value: unknown): value is NamesNames {
  return !!n29(value);
}

/** Everything that keeps a value from being a valid `NamesNames`. */
export function validateNamesNames(value: unknown): Violation[] {
  return collect((r) => n29(value, r, ""));
}

const s0 = "names.schema.json#";

// names.schema.json#
function n0(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v[""]) === undefined ? r : x === null || r && wrongType(r, a + "/", s0 + "/properties/", ["null"], x)) &&
      (
        (x = v["+1"]) === undefined ||
        x === "m" ||
        x === "n" ||
        r && unlike(r, a + "/+1", s0 + "/properties/+1", "enum", ["m", "n"], x)
      ) &&
      (
        (x = v["-1"]) === undefined ||
        x === "o" ||
        x === "p" ||
        r && unlike(r, a + "/-1", s0 + "/properties/-1", "enum", ["o", "p"], x)
      ) &&
      (
        (x = v["3d"]) === undefined ||
        typeof x === "boolean" ||
        r && wrongType(r, a + "/3d", s0 + "/properties/3d", ["boolean"], x)
      ) &&
      (
        (x = v["<"]) === undefined ||
        x === "i" ||
        x === "j" ||
        r && unlike(r, a + "/<", s0 + "/properties/<", "enum", ["i", "j"], x)
      ) &&
      (
        (x = v["<="]) === undefined ||
        x === "k" ||
        x === "l" ||
        r && unlike(r, a + "/<=", s0 + "/properties/<=", "enum", ["k", "l"], x)
      ) &&
      ((x = v.FooBar) === undefined || n28(x, r, r && a + "/FooBar")) &&
      (
        (x = member(v, "__proto__")) === undefined ||
        Number.isFinite(x) ||
        r && wrongType(r, a + "/__proto__", s0 + "/properties/__proto__", ["number"], x)
      ) &&
      (
        (x = v["a b"]) === undefined ||
        x === "a" ||
        x === "b" ||
        r && unlike(r, a + "/a b", s0 + "/properties/a b", "enum", ["a", "b"], x)
      ) &&
      (
        (x = v["a-b"]) === undefined ||
        x === "c" ||
        x === "d" ||
        r && unlike(r, a + "/a-b", s0 + "/properties/a-b", "enum", ["c", "d"], x)
      ) &&
      (
        (x = v.aB) === undefined ||
        x === "g" ||
        x === "h" ||
        r && unlike(r, a + "/aB", s0 + "/properties/aB", "enum", ["g", "h"], x)
      ) &&
      (
        (x = v.a_b) === undefined ||
        x === "e" ||
        x === "f" ||
        r && unlike(r, a + "/a_b", s0 + "/properties/a_b", "enum", ["e", "f"], x)
      ) &&
      ((x = v.array) === undefined || n21(x, d, r, r && a + "/array")) &&
      (
        (x = v.class) === undefined
        ? r
        : typeof x === "string" || r && wrongType(r, a + "/class", s0 + "/properties/class", ["string"], x)
      ) &&
      (
        (x = v.client) === undefined ||
        x === "x" ||
        x === "y" ||
        r && unlike(r, a + "/client", s0 + "/$defs/Client", "enum", ["x", "y"], x)
      ) &&
      (
        (x = member(v, "constructor")) === undefined ||
        Number.isFinite(x) ||
        r && wrongType(r, a + "/constructor", s0 + "/properties/constructor", ["number"], x)
      ) &&
      ((x = v.error) === undefined || n17(x, r, r && a + "/error")) &&
      (
        (x = v.event) === undefined ||
        x === "s" ||
        x === "t" ||
        r && unlike(r, a + "/event", s0 + "/$defs/ServerEvent", "enum", ["s", "t"], x)
      ) &&
      ((x = v.foo_bar) === undefined || n27(x, r, r && a + "/foo_bar")) &&
      ((x = v.promise) === undefined || n22(x, r, r && a + "/promise")) &&
      (
        (x = v["quote\"back\\slash`${x}*/\n\u2028"]) === undefined ||
        typeof x === "string" ||
        r &&
          wrongType(r, a + "/quote\"back\\slash`${x}*~1\n\u2028", s0 + "/properties/quote\"back\\slash`${x}*~1\n\u2028", ["string"], x)
      ) &&
      ((x = v.record) === undefined || n19(x, r, r && a + "/record")) &&
      (
        (x = v.self) === undefined ||
        x === "z" ||
        x === "zz" ||
        r && unlike(r, a + "/self", s0 + "/$defs/Names", "enum", ["z", "zz"], x)
      ) &&
      (
        (x = v.violation) === undefined ||
        x === "v" ||
        x === "w" ||
        r && unlike(r, a + "/violation", s0 + "/$defs/Violation", "enum", ["v", "w"], x)
      ) &&
      (
        (x = v["ключ"]) === undefined ||
        x === "да" ||
        x === "нет" ||
        r && unlike(r, a + "/ключ", s0 + "/properties/ключ", "enum", ["да", "нет"], x)
      ) &&
      (
        (x = v["😀"]) === undefined ||
        x === "q" ||
        x === "r" ||
        r && unlike(r, a + "/😀", s0 + "/properties/😀", "enum", ["q", "r"], x)
      ) &&
      (!r || required(r, a, s0, v, ["class", ""]))
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// names.schema.json#/properties/a b
function n3(v: any, r?: Violation[], a?: string): unknown {
  return v === "a" || v === "b" || r && unlike(r, a, s0 + "/properties/a b", "enum", ["a", "b"], v);
}

// names.schema.json#/properties/a-b
function n4(v: any, r?: Violation[], a?: string): unknown {
  return v === "c" || v === "d" || r && unlike(r, a, s0 + "/properties/a-b", "enum", ["c", "d"], v);
}

// names.schema.json#/properties/a_b
function n5(v: any, r?: Violation[], a?: string): unknown {
  return v === "e" || v === "f" || r && unlike(r, a, s0 + "/properties/a_b", "enum", ["e", "f"], v);
}

// names.schema.json#/properties/aB
function n6(v: any, r?: Violation[], a?: string): unknown {
  return v === "g" || v === "h" || r && unlike(r, a, s0 + "/properties/aB", "enum", ["g", "h"], v);
}

// names.schema.json#/properties/<
function n7(v: any, r?: Violation[], a?: string): unknown {
  return v === "i" || v === "j" || r && unlike(r, a, s0 + "/properties/<", "enum", ["i", "j"], v);
}

// names.schema.json#/properties/<=
function n8(v: any, r?: Violation[], a?: string): unknown {
  return v === "k" || v === "l" || r && unlike(r, a, s0 + "/properties/<=", "enum", ["k", "l"], v);
}

// names.schema.json#/properties/+1
function n9(v: any, r?: Violation[], a?: string): unknown {
  return v === "m" || v === "n" || r && unlike(r, a, s0 + "/properties/+1", "enum", ["m", "n"], v);
}

// names.schema.json#/properties/-1
function n10(v: any, r?: Violation[], a?: string): unknown {
  return v === "o" || v === "p" || r && unlike(r, a, s0 + "/properties/-1", "enum", ["o", "p"], v);
}

// names.schema.json#/properties/ключ
function n12(v: any, r?: Violation[], a?: string): unknown {
  return v === "да" || v === "нет" || r && unlike(r, a, s0 + "/properties/ключ", "enum", ["да", "нет"], v);
}

// names.schema.json#/properties/😀
function n13(v: any, r?: Violation[], a?: string): unknown {
  return v === "q" || v === "r" || r && unlike(r, a, s0 + "/properties/😀", "enum", ["q", "r"], v);
}

// names.schema.json#/$defs/Error
function n17(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.code) === undefined
      ? r && required(r, a, s0 + "/$defs/Error", v, ["code"])
      : Number.isInteger(x) || r && wrongType(r, a + "/code", s0 + "/$defs/Error/properties/code", ["integer"], x)
    : r && wrongType(r, a, s0 + "/$defs/Error", ["object"], v)
  );
}

// names.schema.json#/$defs/Record
function n19(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(typeof x === "string" || r && wrongType(r, place(a, k), s0 + "/$defs/Record/additionalProperties", ["string"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/$defs/Record", ["object"], v))) {
    return false;
  }
  return true;
}

// names.schema.json#/$defs/Array
function n21(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0 + "/$defs/Array");
  }
  d++;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n21(x, d, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/$defs/Array", ["array"], v))) {
    return false;
  }
  return true;
}

// names.schema.json#/$defs/promise
function n22(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.then) === undefined
      ? r && required(r, a, s0 + "/$defs/promise", v, ["then"])
      : typeof x === "string" || r && wrongType(r, a + "/then", s0 + "/$defs/promise/properties/then", ["string"], x)
    : r && wrongType(r, a, s0 + "/$defs/promise", ["object"], v)
  );
}

// names.schema.json#/$defs/Violation
function n24(v: any, r?: Violation[], a?: string): unknown {
  return v === "v" || v === "w" || r && unlike(r, a, s0 + "/$defs/Violation", "enum", ["v", "w"], v);
}

// names.schema.json#/$defs/Client
function n25(v: any, r?: Violation[], a?: string): unknown {
  return v === "x" || v === "y" || r && unlike(r, a, s0 + "/$defs/Client", "enum", ["x", "y"], v);
}

// names.schema.json#/$defs/ServerEvent
function n26(v: any, r?: Violation[], a?: string): unknown {
  return v === "s" || v === "t" || r && unlike(r, a, s0 + "/$defs/ServerEvent", "enum", ["s", "t"], v);
}

// names.schema.json#/$defs/foo_bar
function n27(v: any, r?: Violation[], a?: string): unknown {
  return v === 1 || v === 2 || r && unlike(r, a, s0 + "/$defs/foo_bar", "enum", [1, 2], v);
}

// names.schema.json#/$defs/FooBar
function n28(v: any, r?: Violation[], a?: string): unknown {
  return v === 3 || v === 4 || r && unlike(r, a, s0 + "/$defs/FooBar", "enum", [3, 4], v);
}

// names.schema.json#/$defs/Names
function n29(v: any, r?: Violation[], a?: string): unknown {
  return v === "z" || v === "zz" || r && unlike(r, a, s0 + "/$defs/Names", "enum", ["z", "zz"], v);
}
