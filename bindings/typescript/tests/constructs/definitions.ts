// @generated from bindings/typescript/tests/constructs/definitions.schema.json by handfast; edit that, not this.

import { beyond, collect, equal, multiple, names, never, place, report, required, unlike, untagged, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/** @see `definitions.schema.json#/$defs/Request` */
export interface DefinitionsRequest {
  method: string;
  id?: RequestId;
  params?: Params;
}

/** @see `definitions.schema.json#/$defs/RequestId` */
export type RequestId = string | number;

/** @see `definitions.schema.json#/$defs/Ping` */
export interface Ping {
  method: "ping";
  id?: RequestId;
  params?: Params;
}

/** @see `definitions.schema.json#/$defs/List` */
export interface List {
  method: "list";
  id?: RequestId;
  params?: Params;
  limit?: Limit;
}

/**
 * Integer, at least 1.
 *
 * @see `definitions.schema.json#/$defs/Limit`
 */
export type Limit = number;

/** @see `definitions.schema.json#/$defs/Call` */
export type Call = Ping | List;

export type Alias = Call;

/** @see `definitions.schema.json#/$defs/Embedded` */
export type Embedded = unknown;

/**
 * @see `definitions.schema.json#/$defs/Data`
 * @example `{ "$ref": "#/nowhere" }`
 */
export type Data = { $ref: "#/nowhere" };

/**
 * No type says what the schema says.
 *
 * @see `definitions.schema.json#/$defs/Odd`
 */
export type Odd = unknown;

/** @see `definitions.schema.json#/$defs/Anything` */
export type Anything = unknown;

/** @see `definitions.schema.json#/$defs/Nothing` */
export type Nothing = never;

/** @see `definitions.schema.json#/$defs/Embedded/$defs/Params` */
export type Params = { [key: string]: Value };

/** @see `definitions.schema.json#/$defs/Embedded/$defs/Value` */
export type Value = number | null;

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `DefinitionsRequest`. */
export function isDefinitionsRequest(value: unknown): value is DefinitionsRequest {
  return !!n1(value);
}

/** Everything that keeps a value from being a valid `DefinitionsRequest`. */
export function validateDefinitionsRequest(value: unknown): Violation[] {
  return collect((r) => n1(value, r, ""));
}

/** Whether a value is a valid `RequestId`. */
export function isRequestId(value: unknown): value is RequestId {
  return !!n3(value);
}

/** Everything that keeps a value from being a valid `RequestId`. */
export function validateRequestId(value: unknown): Violation[] {
  return collect((r) => n3(value, r, ""));
}

/** Whether a value is a valid `Ping`. */
export function isPing(value: unknown): value is Ping {
  return !!n6(value);
}

/** Everything that keeps a value from being a valid `Ping`. */
export function validatePing(value: unknown): Violation[] {
  return collect((r) => n6(value, r, ""));
}

/** Whether a value is a valid `List`. */
export function isList(value: unknown): value is List {
  return !!n9(value);
}

/** Everything that keeps a value from being a valid `List`. */
export function validateList(value: unknown): Violation[] {
  return collect((r) => n9(value, r, ""));
}

/** Whether a value is a valid `Limit`. */
export function isLimit(value: unknown): value is Limit {
  return !!n12(value);
}

/** Everything that keeps a value from being a valid `Limit`. */
export function validateLimit(value: unknown): Violation[] {
  return collect((r) => n12(value, r, ""));
}

/** Whether a value is a valid `Call`. */
export function isCall(value: unknown): value is Call {
  return !!n13(value);
}

/** Everything that keeps a value from being a valid `Call`. */
export function validateCall(value: unknown): Violation[] {
  return collect((r) => n13(value, r, ""));
}

/** Whether a value is a valid `Alias`. */
export function isAlias(value: unknown): value is Alias {
  return !!n13(value);
}

/** Everything that keeps a value from being a valid `Alias`. */
export function validateAlias(value: unknown): Violation[] {
  return collect((r) => n13(value, r, ""));
}

/** Whether a value is a valid `Embedded`. */
export function isEmbedded(_value: unknown): _value is Embedded {
  return true;
}

/** Everything that keeps a value from being a valid `Embedded`. */
export function validateEmbedded(_value: unknown): Violation[] {
  return [];
}

/** Whether a value is a valid `Data`. */
export function isData(value: unknown): value is Data {
  return !!n15(value);
}

/** Everything that keeps a value from being a valid `Data`. */
export function validateData(value: unknown): Violation[] {
  return collect((r) => n15(value, r, ""));
}

/** Whether a value is a valid `Odd`. */
export function isOdd(value: unknown): value is Odd {
  return !!n16(value);
}

/** Everything that keeps a value from being a valid `Odd`. */
export function validateOdd(value: unknown): Violation[] {
  return collect((r) => n16(value, r, ""));
}

/** Whether a value is a valid `Anything`. */
export function isAnything(_value: unknown): _value is Anything {
  return true;
}

/** Everything that keeps a value from being a valid `Anything`. */
export function validateAnything(_value: unknown): Violation[] {
  return [];
}

/** Whether a value is a valid `Nothing`. */
export function isNothing(value: unknown): value is Nothing {
  return !!n19(value);
}

/** Everything that keeps a value from being a valid `Nothing`. */
export function validateNothing(value: unknown): Violation[] {
  return collect((r) => n19(value, r, ""));
}

/** Whether a value is a valid `Params`. */
export function isParams(value: unknown): value is Params {
  return !!n4(value);
}

/** Everything that keeps a value from being a valid `Params`. */
export function validateParams(value: unknown): Violation[] {
  return collect((r) => n4(value, r, ""));
}

/** Whether a value is a valid `Value`. */
export function isValue(value: unknown): value is Value {
  return !!n5(value);
}

/** Everything that keeps a value from being a valid `Value`. */
export function validateValue(value: unknown): Violation[] {
  return collect((r) => n5(value, r, ""));
}

const s0 = "definitions.schema.json#";
const c0: unknown = { $ref: "#/nowhere" };
const c1: unknown = [{ $ref: "#/nowhere" }];

// definitions.schema.json#/$defs/Request
function n1(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.id) === undefined ||
        Number.isInteger(x) ||
        typeof x === "string" ||
        r && wrongType(r, a + "/id", s0 + "/$defs/RequestId", ["integer", "string"], x)
      ) &&
      (
        (x = v.method) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/method", s0 + "/$defs/Request/properties/method", ["string"], x)
      ) &&
      ((x = v.params) === undefined || n4(x, r, r && a + "/params")) &&
      (!r || required(r, a, s0 + "/$defs/Request", v, ["method"]))
    : r && wrongType(r, a, s0 + "/$defs/Request", ["object"], v)
  );
}

// definitions.schema.json#/$defs/RequestId
function n3(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isInteger(v) ||
    typeof v === "string" ||
    r && wrongType(r, a, s0 + "/$defs/RequestId", ["integer", "string"], v)
  );
}

// definitions.schema.json#/$defs/Embedded/$defs/Params
function n4(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(x === null ||
          Number.isFinite(x) ||
          r && wrongType(r, place(a, k), s0 + "/$defs/Embedded/$defs/Value", ["null", "number"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/$defs/Embedded/$defs/Params", ["object"], v))) {
    return false;
  }
  return true;
}

// definitions.schema.json#/$defs/Embedded/$defs/Value
function n5(v: any, r?: Violation[], a?: string): unknown {
  return v === null || Number.isFinite(v) || r && wrongType(r, a, s0 + "/$defs/Embedded/$defs/Value", ["null", "number"], v);
}

// definitions.schema.json#/$defs/Ping
function n6(v: any, r?: Violation[], a?: string): unknown {
  return n1(v, r, a) && n7(v, r, a);
}

// definitions.schema.json#/$defs/Ping/allOf/1
function n7(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.method) === undefined ||
      x === "ping" ||
      r && unlike(r, a + "/method", s0 + "/$defs/Ping/allOf/1/properties/method", "const", "ping", x)
    : true
  );
}

// definitions.schema.json#/$defs/List
function n9(v: any, r?: Violation[], a?: string): unknown {
  return n1(v, r, a) && n10(v, r, a);
}

// definitions.schema.json#/$defs/List/allOf/1
function n10(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.method) === undefined ||
        x === "list" ||
        r && unlike(r, a + "/method", s0 + "/$defs/List/allOf/1/properties/method", "const", "list", x)
      ) &&
      (
        (x = v.limit) === undefined ||
        (
          Number.isInteger(x)
          ? x >= 1 || r && beyond(r, a + "/limit", s0 + "/$defs/Limit", "minimum", 1, x)
          : r && wrongType(r, a + "/limit", s0 + "/$defs/Limit", ["integer"], x)
        )
      )
    : true
  );
}

// definitions.schema.json#/$defs/Limit
function n12(v: any, r?: Violation[], a?: string): unknown {
  return (
    Number.isInteger(v)
    ? v >= 1 || r && beyond(r, a, s0 + "/$defs/Limit", "minimum", 1, v)
    : r && wrongType(r, a, s0 + "/$defs/Limit", ["integer"], v)
  );
}

// definitions.schema.json#/$defs/Call
function n13(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.method) === "ping"
      ? n6(v, r, a)
      : x === "list" ? n9(v, r, a) : r && untagged(r, a, s0 + "/$defs/Call", "anyOf", "method", ["ping", "list"], v)
    : r && report(r, a, s0 + "/$defs/Call", "anyOf", {})
  );
}

// definitions.schema.json#/$defs/Data
function n15(v: any, r?: Violation[], a?: string): unknown {
  return equal(v, c0) || r && unlike(r, a, s0 + "/$defs/Data", "enum", c1, v);
}

// definitions.schema.json#/$defs/Odd
function n16(v: any, r?: Violation[], a?: string): unknown {
  return !(typeof v === "number" ? multiple(v, 2) : true) || r && report(r, a, s0 + "/$defs/Odd", "not", {});
}

// definitions.schema.json#/$defs/Nothing
function n19(v: any, r?: Violation[], a?: string): unknown {
  return r && never(r, a, s0 + "/$defs/Nothing");
}
