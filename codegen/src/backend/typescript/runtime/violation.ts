import { member, orderOfTexts } from "./value.js";

/** One keyword that a value breaks at one place. */
export interface Violation {
  /** The keyword: `minimum`. `false` for the schema that accepts nothing, `depth` for a value that is nested too deep. */
  readonly code: string;
  /** JSON Pointer to the value that breaks it (RFC 6901); empty for the whole. */
  readonly at: string;
  /** Location of the keyword: the schema's file with a JSON Pointer. */
  readonly schema: string;
  /** What the keyword wanted and what it found, by name. */
  readonly params: { readonly [name: string]: unknown };
}

// A validator takes a value, the list of violations, and the value's place. Without a list it only asks, and stops at the
// first violation; so each test is `valid || list && report(list, …)`, and what comes of it goes on while it is truthy.

/** Every violation that `test` tells of. */
export function collect(test: (found: Violation[]) => unknown): Violation[] {
  const found: Violation[] = [];
  test(found);
  return found;
}

/** Tells of a violation; always `true`, as validation goes on. */
export function report(
  found: Violation[],
  at: string | undefined,
  schema: string,
  code: string,
  params: Violation["params"],
): true {
  return tell(found, at, `${schema}/${code}`, code, params);
}

function tell(
  found: Violation[],
  at = "",
  schema: string,
  code: string,
  params: Violation["params"],
): true {
  found.push({ code, at, schema, params });
  return true;
}

/** A limit is broken. */
export function beyond(
  found: Violation[],
  at: string | undefined,
  schema: string,
  code: string,
  limit: number,
  actual: number,
): true {
  return report(found, at, schema, code, { limit, actual });
}

/** `type` */
export function wrongType(
  found: Violation[],
  at: string | undefined,
  schema: string,
  expected: readonly string[],
  value: unknown,
): true {
  return report(found, at, schema, "type", { expected, actual: typeName(value) });
}

/** JSON Schema's name of a value's type; JavaScript's where JSON has no such value. */
function typeName(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return String(value);
  }
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** `const` and `enum` */
export function unlike(
  found: Violation[],
  at: string | undefined,
  schema: string,
  code: string,
  expected: unknown,
  actual: unknown,
): true {
  return report(found, at, schema, code, { expected, actual });
}

/** `format` */
export function malformed(
  found: Violation[],
  at: string | undefined,
  schema: string,
  format: string,
  actual: string,
): true {
  return report(found, at, schema, "format", { format, actual });
}

/** `pattern` */
export function unmatched(
  found: Violation[],
  at: string | undefined,
  schema: string,
  pattern: string,
  actual: string,
): true {
  return report(found, at, schema, "pattern", { pattern, actual });
}

/** The names of `required` that `members` lacks. */
export function required(
  found: Violation[],
  at: string | undefined,
  schema: string,
  members: object,
  names: readonly string[],
): true {
  for (const property of names) {
    if (member(members, property) === undefined) {
      report(found, at, schema, "required", { property });
    }
  }
  return true;
}

/** The schema `false`. */
export function never(found: Violation[], at: string | undefined, schema: string): true {
  return tell(found, at, schema, "false", {});
}

/** A value that follows a schema which refers to itself too far. */
export function tooDeep(found: Violation[], at: string | undefined, schema: string): true {
  return tell(found, at, schema, "depth", { limit: 256 });
}

/** A union whose `property` has none of the `expected` values. */
export function untagged(
  found: Violation[],
  at: string | undefined,
  schema: string,
  code: string,
  property: string,
  expected: readonly unknown[],
  value: object,
): true {
  return report(found, at, schema, code, { property, expected, actual: member(value, property) ?? null });
}

/** The place of a member or item of what stands at `at`. */
export function place(at: string | undefined, name: string): string {
  return `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * Puts the violations from `start` on, which are of members of what stands at `at`, in the order of the members' names; those
 * of one member stay as they are.
 */
export function arrange(found: Violation[], start: number, at = ""): true {
  const name = (violation: Violation) =>
    (violation.at.slice(at.length + 1).split("/", 1)[0] ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
  for (const violation of found.splice(start).sort((a, b) => orderOfTexts(name(a), name(b)))) {
    found.push(violation);
  }
  return true;
}
