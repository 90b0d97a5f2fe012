// @generated from bindings/typescript/tests/constructs/objects.schema.json by handfast; edit that, not this.

import { arrange, beyond, collect, length, names, never, pattern, place, required, unlike, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/**
 * Objects: what may be absent, null or unknown, and members by pattern
 *
 * @see `objects.schema.json`
 * @example
 * ```json
 * {
 *   "closed": {},
 *   "empty": {},
 *   "open": { "any": ["thing"] },
 *   "presence": { "always": "a", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "map": { "a": 1 },
 *   "presence": { "always": "a", "either": null, "later": 1, "nullable": "b", "sometimes": "c" }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "headers": { "x-a": "b" },
 *   "mapBesideNames": { "a": "b", "c": 1 },
 *   "presence": { "always": "", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "headersBesideNames": { "begun-at": 1, "free": [], "host": "h", "x-count": "22" },
 *   "presence": { "always": "", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "mixed": { "12": 1, "x-a": "b" },
 *   "otherwise": { "c": true, "x-a": "b" },
 *   "presence": { "always": "", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "merged": { "a": "a", "b": 1 },
 *   "named": { "en": "a" },
 *   "presence": { "always": "", "nullable": null },
 *   "refused": {},
 *   "required": { "undeclared": 0 }
 * }
 * ```
 */
export interface Objects {
  presence: ObjectsPresence;
  closed?: ObjectsClosed;
  /** No other members. */
  empty?: { [key: string]: never };
  open?: { [key: string]: unknown };
  map?: { [key: string]: number };
  mapBesideNames?: ObjectsMapBesideNames;
  headers?: { [key: `x-${string}`]: string };
  headersBesideNames?: ObjectsHeadersBesideNames;
  mixed?: { [key: `x-${string}`]: string | number; [key: string]: string | number };
  otherwise?: { [key: `x-${string}`]: string; [key: string]: boolean | string };
  named?: ObjectsNamed;
  merged?: ObjectsMerged;
  required?: { undeclared: unknown };
  refused?: ObjectsRefused;
}

/** @see `objects.schema.json#/properties/presence` */
export interface ObjectsPresence {
  always: string;
  nullable: string | null;
  /** @defaultValue `"here"` */
  sometimes?: string;
  either?: string | null;
}

/**
 * No other members.
 *
 * @see `objects.schema.json#/properties/closed`
 */
export interface ObjectsClosed {
  a?: string;
}

/** @see `objects.schema.json#/properties/mapBesideNames` */
export interface ObjectsMapBesideNames {
  a?: string;
  [key: string]: number | string | undefined;
}

/** @see `objects.schema.json#/properties/headersBesideNames` */
export interface ObjectsHeadersBesideNames {
  host: string;
  /** At least 2 characters. */
  "x-count"?: string;
  [key: `x-${string}`]: string | undefined;
  [key: `${string}-at`]: string | number;
}

/**
 * No other members.
 *
 * @see `objects.schema.json#/properties/named`
 */
export interface ObjectsNamed {
  en?: string;
  de?: string;
}

/** @see `objects.schema.json#/properties/merged` */
export interface ObjectsMerged {
  /** At least 1 character. */
  a: string;
  /** Integer. */
  b: number;
}

/** @see `objects.schema.json#/properties/refused` */
export interface ObjectsRefused {
  gone?: never;
}

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Objects`. */
export function isObjects(value: unknown): value is Objects {
  return !!n0(value);
}

/** Everything that keeps a value from being a valid `Objects`. */
export function validateObjects(value: unknown): Violation[] {
  return collect((r) => n0(value, r, ""));
}

/** Whether a value is a valid `ObjectsPresence`. */
export function isObjectsPresence(value: unknown): value is ObjectsPresence {
  return !!n1(value);
}

/** Everything that keeps a value from being a valid `ObjectsPresence`. */
export function validateObjectsPresence(value: unknown): Violation[] {
  return collect((r) => n1(value, r, ""));
}

/** Whether a value is a valid `ObjectsClosed`. */
export function isObjectsClosed(value: unknown): value is ObjectsClosed {
  return !!n6(value);
}

/** Everything that keeps a value from being a valid `ObjectsClosed`. */
export function validateObjectsClosed(value: unknown): Violation[] {
  return collect((r) => n6(value, r, ""));
}

/** Whether a value is a valid `ObjectsMapBesideNames`. */
export function isObjectsMapBesideNames(value: unknown): value is ObjectsMapBesideNames {
  return !!n14(value);
}

/** Everything that keeps a value from being a valid `ObjectsMapBesideNames`. */
export function validateObjectsMapBesideNames(value: unknown): Violation[] {
  return collect((r) => n14(value, r, ""));
}

/** Whether a value is a valid `ObjectsHeadersBesideNames`. */
export function isObjectsHeadersBesideNames(value: unknown): value is ObjectsHeadersBesideNames {
  return !!n20(value);
}

/** Everything that keeps a value from being a valid `ObjectsHeadersBesideNames`. */
export function validateObjectsHeadersBesideNames(value: unknown): Violation[] {
  return collect((r) => n20(value, r, ""));
}

/** Whether a value is a valid `ObjectsNamed`. */
export function isObjectsNamed(value: unknown): value is ObjectsNamed {
  return !!n32(value);
}

/** Everything that keeps a value from being a valid `ObjectsNamed`. */
export function validateObjectsNamed(value: unknown): Violation[] {
  return collect((r) => n32(value, r, ""));
}

/** Whether a value is a valid `ObjectsMerged`. */
export function isObjectsMerged(value: unknown): value is ObjectsMerged {
  return !!n35(value);
}

/** Everything that keeps a value from being a valid `ObjectsMerged`. */
export function validateObjectsMerged(value: unknown): Violation[] {
  return collect((r) => n35(value, r, ""));
}

/** Whether a value is a valid `ObjectsRefused`. */
export function isObjectsRefused(value: unknown): value is ObjectsRefused {
  return !!n42(value);
}

/** Everything that keeps a value from being a valid `ObjectsRefused`. */
export function validateObjectsRefused(value: unknown): Violation[] {
  return collect((r) => n42(value, r, ""));
}

const s0 = "objects.schema.json#";
const e0 = "^x-";
const e1 = "-at$";
const e2 = "^x-[a-z]+$";
const e3 = "^[0-9]+$";
const p0 = /* @__PURE__ */ pattern(e0);
const p1 = /* @__PURE__ */ pattern(e1);
const p2 = /* @__PURE__ */ pattern(e2);
const p3 = /* @__PURE__ */ pattern(e3);

// objects.schema.json#
function n0(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.closed) === undefined || n6(x, r, r && a + "/closed")) &&
      ((x = v.empty) === undefined || n9(x, r, r && a + "/empty")) &&
      ((x = v.headers) === undefined || n17(x, r, r && a + "/headers")) &&
      ((x = v.headersBesideNames) === undefined || n20(x, r, r && a + "/headersBesideNames")) &&
      ((x = v.map) === undefined || n12(x, r, r && a + "/map")) &&
      ((x = v.mapBesideNames) === undefined || n14(x, r, r && a + "/mapBesideNames")) &&
      ((x = v.merged) === undefined || n35(x, r, r && a + "/merged")) &&
      ((x = v.mixed) === undefined || n25(x, r, r && a + "/mixed")) &&
      ((x = v.named) === undefined || n32(x, r, r && a + "/named")) &&
      (
        (x = v.open) === undefined ||
        typeof x === "object" && x !== null && !Array.isArray(x) ||
        r && wrongType(r, a + "/open", s0 + "/properties/open", ["object"], x)
      ) &&
      ((x = v.otherwise) === undefined || n29(x, r, r && a + "/otherwise")) &&
      ((x = v.presence) === undefined ? r : n1(x, r, r && a + "/presence")) &&
      ((x = v.refused) === undefined || n42(x, r, r && a + "/refused")) &&
      ((x = v.required) === undefined || n41(x, r, r && a + "/required")) &&
      (!r || required(r, a, s0, v, ["presence"]))
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// objects.schema.json#/properties/presence
function n1(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.always) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/always", s0 + "/properties/presence/properties/always", ["string"], x)
      ) &&
      (
        (x = v.either) === undefined ||
        x === null ||
        typeof x === "string" ||
        r && wrongType(r, a + "/either", s0 + "/properties/presence/properties/either", ["null", "string"], x)
      ) &&
      (
        (x = v.nullable) === undefined
        ? r
        : x === null ||
          typeof x === "string" ||
          r && wrongType(r, a + "/nullable", s0 + "/properties/presence/properties/nullable", ["null", "string"], x)
      ) &&
      (
        (x = v.sometimes) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/sometimes", s0 + "/properties/presence/properties/sometimes", ["string"], x)
      ) &&
      (!r || required(r, a, s0 + "/properties/presence", v, ["always", "nullable"]))
    : r && wrongType(r, a, s0 + "/properties/presence", ["object"], v)
  );
}

// objects.schema.json#/properties/closed
function n6(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    const l = r ? r.length : 0;
    if (!((x = v.a) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/a", s0 + "/properties/closed/properties/a", ["string"], x))) {
      return false;
    }
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(k === "a" || r && never(r, place(a, k), s0 + "/properties/closed/additionalProperties"))) {
        return false;
      }
    }
    if (!(!r || arrange(r, l, a))) {
      return false;
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/closed", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/empty
function n9(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(r && never(r, place(a, k), s0 + "/properties/empty/additionalProperties"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/empty", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/map
function n12(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(Number.isInteger(x) || r && wrongType(r, place(a, k), s0 + "/properties/map/additionalProperties", ["integer"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/map", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/mapBesideNames
function n14(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    const l = r ? r.length : 0;
    if (!((x = v.a) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/a", s0 + "/properties/mapBesideNames/properties/a", ["string"], x))) {
      return false;
    }
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(k === "a" ||
          Number.isInteger(x) ||
          r && wrongType(r, place(a, k), s0 + "/properties/mapBesideNames/additionalProperties", ["integer"], x))) {
        return false;
      }
    }
    if (!(!r || arrange(r, l, a))) {
      return false;
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/mapBesideNames", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/headers
function n17(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      let known = false;
      if (p0.test(k)) {
        known = true;
        if (!(typeof x === "string" ||
            r && wrongType(r, place(a, k), s0 + "/properties/headers/patternProperties/^x-", ["string"], x))) {
          return false;
        }
      }
      if (!(known || r && never(r, place(a, k), s0 + "/properties/headers/additionalProperties"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/headers", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/headersBesideNames
function n20(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    const l = r ? r.length : 0;
    if (!((
          (x = v.host) === undefined
          ? r
          : typeof x === "string" ||
            r && wrongType(r, a + "/host", s0 + "/properties/headersBesideNames/properties/host", ["string"], x)
        ) &&
        (
          (x = v["x-count"]) === undefined ||
          (
            typeof x === "string"
            ? x.length >= 4 ||
              length(x) >= 2 ||
              r &&
                beyond(r, a + "/x-count", s0 + "/properties/headersBesideNames/properties/x-count", "minLength", 2, length(x))
            : true
          )
        ))) {
      return false;
    }
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(!p0.test(k) ||
          typeof x === "string" ||
          r && wrongType(r, place(a, k), s0 + "/properties/headersBesideNames/patternProperties/^x-", ["string"], x))) {
        return false;
      }
      if (!(!p1.test(k) ||
          Number.isFinite(x) ||
          typeof x === "string" ||
          r &&
            wrongType(r, place(a, k), s0 + "/properties/headersBesideNames/patternProperties/-at$", ["number", "string"], x))) {
        return false;
      }
    }
    if (!((!r || arrange(r, l, a)) && (!r || required(r, a, s0 + "/properties/headersBesideNames", v, ["host"])))) {
      return false;
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/headersBesideNames", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/mixed
function n25(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      let known = false;
      if (p2.test(k)) {
        known = true;
        if (!(typeof x === "string" ||
            r && wrongType(r, place(a, k), s0 + "/properties/mixed/patternProperties/^x-[a-z]+$", ["string"], x))) {
          return false;
        }
      }
      if (p3.test(k)) {
        known = true;
        if (!(Number.isFinite(x) ||
            r && wrongType(r, place(a, k), s0 + "/properties/mixed/patternProperties/^[0-9]+$", ["number"], x))) {
          return false;
        }
      }
      if (!(known || r && never(r, place(a, k), s0 + "/properties/mixed/additionalProperties"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/mixed", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/otherwise
function n29(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      let known = false;
      if (p0.test(k)) {
        known = true;
        if (!(typeof x === "string" ||
            r && wrongType(r, place(a, k), s0 + "/properties/otherwise/patternProperties/^x-", ["string"], x))) {
          return false;
        }
      }
      if (!(known ||
          typeof x === "boolean" ||
          r && wrongType(r, place(a, k), s0 + "/properties/otherwise/additionalProperties", ["boolean"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/otherwise", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/named
function n32(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    const l = r ? r.length : 0;
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(k === "en" ||
          k === "de" ||
          r && unlike(r, place(a, k), s0 + "/properties/named/propertyNames", "enum", ["en", "de"], k))) {
        return false;
      }
    }
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(typeof x === "string" || r && wrongType(r, place(a, k), s0 + "/properties/named/additionalProperties", ["string"], x))) {
        return false;
      }
    }
    if (!(!r || arrange(r, l, a))) {
      return false;
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/named", ["object"], v))) {
    return false;
  }
  return true;
}

// objects.schema.json#/properties/merged
function n35(v: any, r?: Violation[], a?: string): unknown {
  return n36(v, r, a) && n38(v, r, a);
}

// objects.schema.json#/properties/merged/allOf/0
function n36(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.a) === undefined
      ? r && required(r, a, s0 + "/properties/merged/allOf/0", v, ["a"])
      : typeof x === "string" ||
        r && wrongType(r, a + "/a", s0 + "/properties/merged/allOf/0/properties/a", ["string"], x)
    : r && wrongType(r, a, s0 + "/properties/merged/allOf/0", ["object"], v)
  );
}

// objects.schema.json#/properties/merged/allOf/1
function n38(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.a) === undefined ||
        (
          typeof x === "string"
          ? x !== "" ||
            r && beyond(r, a + "/a", s0 + "/properties/merged/allOf/1/properties/a", "minLength", 1, length(x))
          : true
        )
      ) &&
      (
        (x = v.b) === undefined
        ? r && required(r, a, s0 + "/properties/merged/allOf/1", v, ["b"])
        : Number.isInteger(x) ||
          r && wrongType(r, a + "/b", s0 + "/properties/merged/allOf/1/properties/b", ["integer"], x)
      )
    : true
  );
}

// objects.schema.json#/properties/required
function n41(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? v.undeclared !== undefined || r && required(r, a, s0 + "/properties/required", v, ["undeclared"])
    : r && wrongType(r, a, s0 + "/properties/required", ["object"], v)
  );
}

// objects.schema.json#/properties/refused
function n42(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? v.gone === undefined || r && never(r, a + "/gone", s0 + "/properties/refused/properties/gone")
    : r && wrongType(r, a, s0 + "/properties/refused", ["object"], v)
  );
}
