// @generated from bindings/typescript/tests/constructs/draft-2019-09.schema.json by handfast; edit that, not this.

import { collect, names, never, place, report, required, tooDeep, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/**
 * `a` only with `b`, no other members.
 *
 * @see `draft-2019-09.schema.json`
 * @example
 * ```json
 * {
 *   "a": "a",
 *   "b": "b",
 *   "beside": { "age": 1, "name": "n" },
 *   "children": [{ "children": [] }]
 * }
 * ```
 */
export interface Draft201909 {
  children?: Draft201909[];
  a?: string;
  b?: string;
  /** Both count. */
  beside?: Draft201909Beside;
}

/**
 * Both count.
 *
 * @see `draft-2019-09.schema.json#/properties/beside`
 */
export interface Draft201909Beside {
  /** Integer. */
  age?: number;
  name: string;
}

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Draft201909`. */
export function isDraft201909(value: unknown): value is Draft201909 {
  return !!n0(value, 0);
}

/** Everything that keeps a value from being a valid `Draft201909`. */
export function validateDraft201909(value: unknown): Violation[] {
  return collect((r) => n0(value, 0, r, ""));
}

/** Whether a value is a valid `Draft201909Beside`. */
export function isDraft201909Beside(value: unknown): value is Draft201909Beside {
  return !!n4(value);
}

/** Everything that keeps a value from being a valid `Draft201909Beside`. */
export function validateDraft201909Beside(value: unknown): Violation[] {
  return collect((r) => n4(value, r, ""));
}

const s0 = "draft-2019-09.schema.json#";

// draft-2019-09.schema.json#
function n0(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0);
  }
  d++;
  if (!(typeof v === "object" && v !== null && !Array.isArray(v)
      ? (
          (x = v.a) === undefined ||
          typeof x === "string" ||
          r && wrongType(r, a + "/a", s0 + "/properties/a", ["string"], x)
        ) &&
        (
          (x = v.b) === undefined ||
          typeof x === "string" ||
          r && wrongType(r, a + "/b", s0 + "/properties/b", ["string"], x)
        ) &&
        ((x = v.beside) === undefined || n4(x, r, r && a + "/beside")) &&
        ((x = v.children) === undefined || n1(x, d, r, r && a + "/children")) &&
        (
          v.a === undefined ||
          v.b !== undefined ||
          r && report(r, a, s0, "dependentRequired", { property: "b", because: "a" })
        )
      : r && wrongType(r, a, s0, ["object"], v))) {
    return false;
  }
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(k === "children" ||
          k === "a" ||
          k === "b" ||
          k === "beside" ||
          r && never(r, place(a, k), s0 + "/unevaluatedProperties"))) {
        return false;
      }
    }
  }
  return true;
}

// draft-2019-09.schema.json#/properties/children
function n1(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n0(x, d, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/children", ["array"], v))) {
    return false;
  }
  return true;
}

// draft-2019-09.schema.json#/properties/beside
function n4(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    (
      typeof v === "object" && v !== null && !Array.isArray(v)
      ? (x = v.age) === undefined ||
        Number.isInteger(x) ||
        r && wrongType(r, a + "/age", s0 + "/properties/beside/properties/age", ["integer"], x)
      : true
    ) &&
    n5(v, r, a)
  );
}

// draft-2019-09.schema.json#/$defs/named
function n5(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.name) === undefined
      ? r && required(r, a, s0 + "/$defs/named", v, ["name"])
      : typeof x === "string" || r && wrongType(r, a + "/name", s0 + "/$defs/named/properties/name", ["string"], x)
    : r && wrongType(r, a, s0 + "/$defs/named", ["object"], v)
  );
}
