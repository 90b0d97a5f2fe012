// @generated from bindings/typescript/tests/constructs/draft-04.schema.json by handfast; edit that, not this.

import { beyond, collect, never, required, tooDeep, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/** @see `draft-04.schema.json` */
export interface Draft04 {
  /** At least 2 items. */
  point: readonly [number, number];
  /** More than 0. */
  positive?: number;
  self?: Draft04;
  /** Beside a reference nothing counts. */
  named?: Named;
}

/** @see `draft-04.schema.json#/definitions/named` */
export interface Named {
  name: string;
}

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Draft04`. */
export function isDraft04(value: unknown): value is Draft04 {
  return !!n0(value, 0);
}

/** Everything that keeps a value from being a valid `Draft04`. */
export function validateDraft04(value: unknown): Violation[] {
  return collect((r) => n0(value, 0, r, ""));
}

/** Whether a value is a valid `Named`. */
export function isNamed(value: unknown): value is Named {
  return !!n6(value);
}

/** Everything that keeps a value from being a valid `Named`. */
export function validateNamed(value: unknown): Violation[] {
  return collect((r) => n6(value, r, ""));
}

const s0 = "draft-04.schema.json#";

// draft-04.schema.json#
function n0(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0);
  }
  d++;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.named) === undefined || n6(x, r, r && a + "/named")) &&
      ((x = v.point) === undefined ? r : n1(x, r, r && a + "/point")) &&
      (
        (x = v.positive) === undefined ||
        (
          Number.isFinite(x)
          ? x > 0 || r && beyond(r, a + "/positive", s0 + "/properties/positive", "exclusiveMinimum", 0, x)
          : r && wrongType(r, a + "/positive", s0 + "/properties/positive", ["number"], x)
        )
      ) &&
      ((x = v.self) === undefined || n0(x, d, r, r && a + "/self")) &&
      (!r || required(r, a, s0, v, ["point"]))
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// draft-04.schema.json#/properties/point
function n1(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 2 || r && beyond(r, a, s0 + "/properties/point", "minItems", 2, v.length)) &&
        (
          v.length <= 0 ||
          ((x = v[0]), true) &&
            (Number.isFinite(x) || r && wrongType(r, a + "/0", s0 + "/properties/point/items/0", ["number"], x))
        ) &&
        (
          v.length <= 1 ||
          ((x = v[1]), true) &&
            (Number.isFinite(x) || r && wrongType(r, a + "/1", s0 + "/properties/point/items/1", ["number"], x))
        ))) {
      return false;
    }
    for (let i = 2; i < v.length; i++) {
      if (!(r && never(r, a + "/" + i, s0 + "/properties/point/additionalItems"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/point", ["array"], v))) {
    return false;
  }
  return true;
}

// draft-04.schema.json#/definitions/named
function n6(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.name) === undefined
      ? r && required(r, a, s0 + "/definitions/named", v, ["name"])
      : typeof x === "string" || r && wrongType(r, a + "/name", s0 + "/definitions/named/properties/name", ["string"], x)
    : r && wrongType(r, a, s0 + "/definitions/named", ["object"], v)
  );
}
