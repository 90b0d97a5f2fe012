// @generated from bindings/typescript/tests/constructs/docs.schema.json by handfast; edit that, not this.

import { beyond, collect, length, pattern, report, unmatched, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/**
 * Ends *\/ here. \{\@link evil\} \<script\>alert(1)\</script\> a\@b.org `code {@x}` and \`open
 * \@deprecated is no tag
 * \@internal neither
 *
 * ```ts
 * const kept = "<as> {it} @is";
 * ```
 * ```
 * Back\slash \d, \*stars\*, 1 > 0, {{mustache}} ``two``
 * ```
 *
 * `short` only with `long` and `old`.
 *
 * @see `docs.schema.json`
 * @deprecated The schema says so.
 * @example
 * ```json
 * { "empty": null, "limited": "`a/", "unclosed": true }
 * ```
 */
export interface Docs {
  /**
   * One line *\/ \{
   *
   * @defaultValue
   * ```json
   * "`*\/`"
   * ```
   * @example `"*\/ @deprecated"`
   * @example `"{@link}"`
   */
  short?: string;
  /**
   * - a list
   *   - in a list
   *
   * ```
   *     code in it *\/
   * ```
   * \> quoted
   *
   * @example
   * ```json
   * {
   *   "a long example": "of more than eighty characters, which stands on lines of its own, *\/ or not",
   *   "b": []
   * }
   * ```
   */
  long?: { [key: string]: unknown };
  /** 1 to 20 characters. */
  limited?: string;
  /**
   * Integer, from 0 to 100.
   *
   * @deprecated The schema says so.
   * @defaultValue `5`
   */
  old?: number;
  /**
   * ```
   * let open = `
   * ```
   */
  unclosed?: boolean;
  empty?: null;
}

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Docs`. */
export function isDocs(value: unknown): value is Docs {
  return !!n0(value);
}

/** Everything that keeps a value from being a valid `Docs`. */
export function validateDocs(value: unknown): Violation[] {
  return collect((r) => n0(value, r, ""));
}

const s0 = "docs.schema.json#";
const e0 = "^`[a-z]*/$";
const p0 = /* @__PURE__ */ pattern(e0);

// docs.schema.json#
function n0(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.empty) === undefined ||
        x === null ||
        r && wrongType(r, a + "/empty", s0 + "/properties/empty", ["null"], x)
      ) &&
      ((x = v.limited) === undefined || n3(x, r, r && a + "/limited")) &&
      (
        (x = v.long) === undefined ||
        typeof x === "object" && x !== null && !Array.isArray(x) ||
        r && wrongType(r, a + "/long", s0 + "/properties/long", ["object"], x)
      ) &&
      (
        (x = v.old) === undefined ||
        (
          Number.isInteger(x)
          ? (x >= 0 || r && beyond(r, a + "/old", s0 + "/properties/old", "minimum", 0, x)) &&
            (x <= 100 || r && beyond(r, a + "/old", s0 + "/properties/old", "maximum", 100, x))
          : r && wrongType(r, a + "/old", s0 + "/properties/old", ["integer"], x)
        )
      ) &&
      (
        (x = v.short) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/short", s0 + "/properties/short", ["string"], x)
      ) &&
      (
        (x = v.unclosed) === undefined ||
        typeof x === "boolean" ||
        r && wrongType(r, a + "/unclosed", s0 + "/properties/unclosed", ["boolean"], x)
      ) &&
      (
        v.short === undefined ||
        (v.long !== undefined || r && report(r, a, s0, "dependentRequired", { property: "long", because: "short" })) &&
          (v.old !== undefined || r && report(r, a, s0, "dependentRequired", { property: "old", because: "short" }))
      )
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// docs.schema.json#/properties/limited
function n3(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "string"
    ? (v !== "" || r && beyond(r, a, s0 + "/properties/limited", "minLength", 1, length(v))) &&
      (v.length <= 20 || length(v) <= 20 || r && beyond(r, a, s0 + "/properties/limited", "maxLength", 20, length(v))) &&
      (p0.test(v) || r && unmatched(r, a, s0 + "/properties/limited", e0, v))
    : r && wrongType(r, a, s0 + "/properties/limited", ["string"], v)
  );
}
