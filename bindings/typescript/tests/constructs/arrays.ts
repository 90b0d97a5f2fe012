// @generated from bindings/typescript/tests/constructs/arrays.schema.json by handfast; edit that, not this.

import { beyond, collect, never, tooDeep, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/**
 * Arrays and tuples
 *
 * @see `arrays.schema.json`
 * @example
 * ```json
 * {
 *   "anything": [1, "a"],
 *   "closed": ["a", 1],
 *   "list": ["a", null],
 *   "open": ["a", 1],
 *   "optional": ["a"],
 *   "rest": ["a", true, false]
 * }
 * ```
 * @example
 * ```json
 * {
 *   "nested": [[], [[]]],
 *   "none": [],
 *   "pair": [1, 2],
 *   "pairs": [[1, 2], [3, 4]],
 *   "tree": [null, [null]],
 *   "unevaluated": ["a"]
 * }
 * ```
 */
export interface Arrays {
  /** At least 1 item. */
  list?: (string | null)[];
  anything?: unknown[];
  /** At least 1 item. */
  open?: readonly [string, ...unknown[]];
  /** At least 2 items. */
  closed?: readonly [string, number];
  /** At least 1 item. */
  optional?: readonly [string, number?];
  /** At least 1 item. */
  rest?: readonly [string, ...boolean[]];
  /** Exactly 2 items. */
  pair?: readonly [number, number];
  pairs?: (readonly [number, number])[];
  /** At most 0 items. */
  none?: readonly [];
  nested?: Nested;
  tree?: Tree;
  unevaluated?: readonly [string?];
}

/** @see `arrays.schema.json#/$defs/Nested` */
export type Nested = Nested[];

/** @see `arrays.schema.json#/$defs/Tree` */
export type Tree = readonly [Tree?, Tree?] | null;

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Arrays`. */
export function isArrays(value: unknown): value is Arrays {
  return !!n0(value, 0);
}

/** Everything that keeps a value from being a valid `Arrays`. */
export function validateArrays(value: unknown): Violation[] {
  return collect((r) => n0(value, 0, r, ""));
}

/** Whether a value is a valid `Nested`. */
export function isNested(value: unknown): value is Nested {
  return !!n23(value, 0);
}

/** Everything that keeps a value from being a valid `Nested`. */
export function validateNested(value: unknown): Violation[] {
  return collect((r) => n23(value, 0, r, ""));
}

/** Whether a value is a valid `Tree`. */
export function isTree(value: unknown): value is Tree {
  return !!n24(value, 0);
}

/** Everything that keeps a value from being a valid `Tree`. */
export function validateTree(value: unknown): Violation[] {
  return collect((r) => n24(value, 0, r, ""));
}

const s0 = "arrays.schema.json#";

// arrays.schema.json#
function n0(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.anything) === undefined ||
        Array.isArray(x) ||
        r && wrongType(r, a + "/anything", s0 + "/properties/anything", ["array"], x)
      ) &&
      ((x = v.closed) === undefined || n6(x, r, r && a + "/closed")) &&
      ((x = v.list) === undefined || n1(x, r, r && a + "/list")) &&
      ((x = v.nested) === undefined || n23(x, d, r, r && a + "/nested")) &&
      ((x = v.none) === undefined || n22(x, r, r && a + "/none")) &&
      ((x = v.open) === undefined || n4(x, r, r && a + "/open")) &&
      ((x = v.optional) === undefined || n10(x, r, r && a + "/optional")) &&
      ((x = v.pair) === undefined || n17(x, r, r && a + "/pair")) &&
      ((x = v.pairs) === undefined || n19(x, r, r && a + "/pairs")) &&
      ((x = v.rest) === undefined || n14(x, r, r && a + "/rest")) &&
      ((x = v.tree) === undefined || n24(x, d, r, r && a + "/tree")) &&
      ((x = v.unevaluated) === undefined || n26(x, r, r && a + "/unevaluated"))
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// arrays.schema.json#/properties/list
function n1(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!(v.length >= 1 || r && beyond(r, a, s0 + "/properties/list", "minItems", 1, v.length))) {
      return false;
    }
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!(x === null ||
          typeof x === "string" ||
          r && wrongType(r, a + "/" + i, s0 + "/properties/list/items", ["null", "string"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/list", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/open
function n4(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    Array.isArray(v)
    ? (v.length >= 1 || r && beyond(r, a, s0 + "/properties/open", "minItems", 1, v.length)) &&
      (
        v.length <= 0 ||
        ((x = v[0]), true) &&
          (typeof x === "string" || r && wrongType(r, a + "/0", s0 + "/properties/open/prefixItems/0", ["string"], x))
      )
    : r && wrongType(r, a, s0 + "/properties/open", ["array"], v)
  );
}

// arrays.schema.json#/properties/closed
function n6(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 2 || r && beyond(r, a, s0 + "/properties/closed", "minItems", 2, v.length)) &&
        (
          v.length <= 0 ||
          ((x = v[0]), true) &&
            (typeof x === "string" || r && wrongType(r, a + "/0", s0 + "/properties/closed/prefixItems/0", ["string"], x))
        ) &&
        (
          v.length <= 1 ||
          ((x = v[1]), true) &&
            (Number.isInteger(x) || r && wrongType(r, a + "/1", s0 + "/properties/closed/prefixItems/1", ["integer"], x))
        ))) {
      return false;
    }
    for (let i = 2; i < v.length; i++) {
      if (!(r && never(r, a + "/" + i, s0 + "/properties/closed/items"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/closed", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/optional
function n10(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 1 || r && beyond(r, a, s0 + "/properties/optional", "minItems", 1, v.length)) &&
        (
          v.length <= 0 ||
          ((x = v[0]), true) &&
            (
              typeof x === "string" ||
              r && wrongType(r, a + "/0", s0 + "/properties/optional/prefixItems/0", ["string"], x)
            )
        ) &&
        (
          v.length <= 1 ||
          ((x = v[1]), true) &&
            (
              Number.isInteger(x) ||
              r && wrongType(r, a + "/1", s0 + "/properties/optional/prefixItems/1", ["integer"], x)
            )
        ))) {
      return false;
    }
    for (let i = 2; i < v.length; i++) {
      if (!(r && never(r, a + "/" + i, s0 + "/properties/optional/items"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/optional", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/rest
function n14(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 1 || r && beyond(r, a, s0 + "/properties/rest", "minItems", 1, v.length)) &&
        (
          v.length <= 0 ||
          ((x = v[0]), true) &&
            (typeof x === "string" || r && wrongType(r, a + "/0", s0 + "/properties/rest/prefixItems/0", ["string"], x))
        ))) {
      return false;
    }
    for (let i = 1; i < v.length; i++) {
      x = v[i];
      if (!(typeof x === "boolean" || r && wrongType(r, a + "/" + i, s0 + "/properties/rest/items", ["boolean"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/rest", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/pair
function n17(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 2 || r && beyond(r, a, s0 + "/properties/pair", "minItems", 2, v.length)) &&
        (v.length <= 2 || r && beyond(r, a, s0 + "/properties/pair", "maxItems", 2, v.length)))) {
      return false;
    }
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!(Number.isFinite(x) || r && wrongType(r, a + "/" + i, s0 + "/properties/pair/items", ["number"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/pair", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/pairs
function n19(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n20(x, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/pairs", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/pairs/items
function n20(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 2 || r && beyond(r, a, s0 + "/properties/pairs/items", "minItems", 2, v.length)) &&
        (v.length <= 2 || r && beyond(r, a, s0 + "/properties/pairs/items", "maxItems", 2, v.length)))) {
      return false;
    }
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!(Number.isFinite(x) || r && wrongType(r, a + "/" + i, s0 + "/properties/pairs/items/items", ["number"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/pairs/items", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/none
function n22(v: any, r?: Violation[], a?: string): unknown {
  return (
    Array.isArray(v)
    ? v.length <= 0 || r && beyond(r, a, s0 + "/properties/none", "maxItems", 0, v.length)
    : r && wrongType(r, a, s0 + "/properties/none", ["array"], v)
  );
}

// arrays.schema.json#/$defs/Nested
function n23(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0 + "/$defs/Nested");
  }
  d++;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n23(x, d, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/$defs/Nested", ["array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/$defs/Tree
function n24(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0 + "/$defs/Tree");
  }
  d++;
  if (Array.isArray(v)) {
    if (!((v.length <= 0 || ((x = v[0]), true) && n24(x, d, r, r && a + "/0")) &&
        (v.length <= 1 || ((x = v[1]), true) && n24(x, d, r, r && a + "/1")))) {
      return false;
    }
    for (let i = 2; i < v.length; i++) {
      if (!(r && never(r, a + "/" + i, s0 + "/$defs/Tree/items"))) {
        return false;
      }
    }
  } else if (!(v === null || r && wrongType(r, a, s0 + "/$defs/Tree", ["null", "array"], v))) {
    return false;
  }
  return true;
}

// arrays.schema.json#/properties/unevaluated
function n26(v: any, r?: Violation[], a?: string): unknown {
  if (!((Array.isArray(v) || r && wrongType(r, a, s0 + "/properties/unevaluated", ["array"], v)) && n27(v, r, a))) {
    return false;
  }
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      const y = v[i];
      if (!(i27(v, i, y) || r && never(r, a + "/" + i, s0 + "/properties/unevaluated/unevaluatedItems"))) {
        return false;
      }
    }
  }
  return true;
}

// arrays.schema.json#/properties/unevaluated/allOf/0
function n27(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    Array.isArray(v)
    ? v.length <= 0 ||
      ((x = v[0]), true) &&
        (
          typeof x === "string" ||
          r && wrongType(r, a + "/0", s0 + "/properties/unevaluated/allOf/0/prefixItems/0", ["string"], x)
        )
    : true
  );
}

// What arrays.schema.json#/properties/unevaluated/allOf/0 looks at.
function i27(v: any, i: number, y: any): unknown {
  return i < 1;
}
