// @generated from bindings/typescript/tests/constructs/draft-07.schema.json by handfast; edit that, not this.

import { beyond, collect, length, unlike, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/**
 * @see `draft-07.schema.json`
 * @example
 * ```json
 * {
 *   "constant": "only",
 *   "either": "a",
 *   "open": ["a", 1],
 *   "property": "only",
 *   "rest": ["a", 1, 2]
 * }
 * ```
 * @example `{ "either": 1, "open": [], "rest": [] }`
 */
export interface Draft07 {
  open?: readonly [string?, ...unknown[]];
  rest?: readonly [string?, ...number[]];
  either?: string | number;
  constant?: "only";
  property?: "only";
}

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Draft07`. */
export function isDraft07(value: unknown): value is Draft07 {
  return !!n0(value);
}

/** Everything that keeps a value from being a valid `Draft07`. */
export function validateDraft07(value: unknown): Violation[] {
  return collect((r) => n0(value, r, ""));
}

const s0 = "draft-07.schema.json#";

// draft-07.schema.json#
function n0(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.constant) === undefined ||
        x === "only" ||
        r && unlike(r, a + "/constant", s0 + "/properties/constant", "const", "only", x)
      ) &&
      ((x = v.either) === undefined || n6(x, r, r && a + "/either")) &&
      ((x = v.open) === undefined || n1(x, r, r && a + "/open")) &&
      (
        (x = v.property) === undefined ||
        x === "only" ||
        r && unlike(r, a + "/property", s0 + "/properties/constant", "const", "only", x)
      ) &&
      ((x = v.rest) === undefined || n3(x, r, r && a + "/rest"))
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// draft-07.schema.json#/properties/open
function n1(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    Array.isArray(v)
    ? v.length <= 0 ||
      ((x = v[0]), true) &&
        (typeof x === "string" || r && wrongType(r, a + "/0", s0 + "/properties/open/items/0", ["string"], x))
    : r && wrongType(r, a, s0 + "/properties/open", ["array"], v)
  );
}

// draft-07.schema.json#/properties/rest
function n3(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!(v.length <= 0 ||
        ((x = v[0]), true) &&
          (typeof x === "string" || r && wrongType(r, a + "/0", s0 + "/properties/rest/items/0", ["string"], x)))) {
      return false;
    }
    for (let i = 1; i < v.length; i++) {
      x = v[i];
      if (!(Number.isFinite(x) || r && wrongType(r, a + "/" + i, s0 + "/properties/rest/additionalItems", ["number"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/rest", ["array"], v))) {
    return false;
  }
  return true;
}

// draft-07.schema.json#/properties/either
function n6(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "string"
    ? typeof v === "string"
      ? v !== "" || r && beyond(r, a, s0 + "/properties/either/then", "minLength", 1, length(v))
      : r && wrongType(r, a, s0 + "/properties/either/then", ["string"], v)
    : Number.isFinite(v) || r && wrongType(r, a, s0 + "/properties/either/else", ["number"], v)
  );
}
