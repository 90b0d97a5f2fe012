import { report, type Violation } from "./violation.js";

/** An own member, for names that every object inherits something under. One that is `undefined` is not there: JSON has none. */
export function member(members: object, name: string): unknown {
  return Object.hasOwn(members, name) ? (members as { readonly [name: string]: unknown })[name] : undefined;
}

/** The names of own members; where violations are collected, in the order that they are told in. */
export function names(members: object, found: Violation[] | undefined): string[] {
  const all = Object.keys(members);
  return found ? all.sort(orderOfTexts) : all;
}

/** How many own members there are. */
export function size(members: object): number {
  return Object.values(members).filter((value) => value !== undefined).length;
}

/** How many code points a text has. */
export function length(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index++) {
    // A low surrogate belongs to the high one before it.
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800) {
      count--;
    }
  }
  return count;
}

/** A regular expression as Unicode, or, where it is only valid without, as JavaScript takes it without the flag `u`. */
export function pattern(source: string): { test(text: string): boolean } {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(source, flags);
    } catch {
      // The next flags may do; what no engine takes is found nowhere.
    }
  }
  return { test: () => false };
}

/** Orders texts by their code points. */
export function orderOfTexts(a: string, b: string): number {
  const n_common = Math.min(a.length, b.length);
  for (let index = 0; index < n_common; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x !== y) {
      return rankOfUnit(x) - rankOfUnit(y);
    }
  }
  return a.length - b.length;
}

/** Surrogates stand for what comes behind all other code units. */
function rankOfUnit(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x2000 : unit;
}

/** Whether two values are the same instance: members have no order. However deep they are, the stack has room for it. */
export function equal(first: unknown, second: unknown): boolean {
  const open = [first, second];
  while (open.length > 0) {
    const [b, a] = [open.pop(), open.pop()];
    if (a === b) {
      continue;
    }
    if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b) || size(a) !== size(b)) {
      return false;
    }
    for (const [name, value] of Object.entries(a)) {
      if (value !== undefined) {
        open.push(value, member(b, name));
      }
    }
  }
  return true;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether no two items are equal. */
export function unique(items: readonly unknown[]): boolean {
  return firstDouble(items) === undefined;
}

/** `uniqueItems` */
export function doubled(
  found: Violation[],
  at: string | undefined,
  schema: string,
  items: readonly unknown[],
): true {
  const [first, second] = firstDouble(items) ?? [];
  return report(found, at, schema, "uniqueItems", { first, second });
}

/** The first pair of equal items: the numbers of the earlier and the later one. */
function firstDouble(items: readonly unknown[]): [number, number] | undefined {
  // Few items are compared with each other; many are looked up, or sorted, which does not take forever.
  if (items.length <= 16) {
    for (let later = 1; later < items.length; later++) {
      for (let earlier = 0; earlier < later; earlier++) {
        if (equal(items[earlier], items[later])) {
          return [earlier, later];
        }
      }
    }
    return undefined;
  }
  if (!items.some(isContainer) && new Set(items).size === items.length) {
    return undefined;
  }
  const sorted = [...items.keys()].sort((a, b) => order(items[a], items[b]) || a - b);
  let pair: [number, number] | undefined;
  for (let index = 1; index < sorted.length; index++) {
    const [earlier, later] = [sorted[index - 1] ?? 0, sorted[index] ?? 0];
    if ((pair === undefined || later < pair[1]) && order(items[earlier], items[later]) === 0) {
      pair = [earlier, later];
    }
  }
  return pair;
}

/** A total order in which two values are equal exactly when `equal` says so. */
function order(first: unknown, second: unknown): number {
  const open = [first, second];
  while (open.length > 0) {
    const [b, a] = [open.pop(), open.pop()];
    if (a === b) {
      continue;
    }
    const kinds = rank(a) - rank(b);
    if (kinds !== 0) {
      return kinds;
    }
    if (!isContainer(a) || !isContainer(b)) {
      return typeof a === "string" ? orderOfTexts(a, b as string) : Number(a) - Number(b);
    }
    const [x, y] = [entries(a), entries(b)];
    if (x.length !== y.length) {
      return x.length - y.length;
    }
    for (const [index, [name, value]] of x.entries()) {
      const [other, otherValue] = y[index] ?? ["", undefined];
      if (name !== other) {
        return orderOfTexts(name, other);
      }
      open.push(value, otherValue);
    }
  }
  return 0;
}

/** The members or items in an order of their own. */
function entries(value: object): [string, unknown][] {
  const all = Object.entries(value).filter(([, value]) => value !== undefined);
  return Array.isArray(value) ? all : all.sort(([a], [b]) => orderOfTexts(a, b));
}

function rank(value: unknown): number {
  const kinds = ["undefined", "boolean", "number", "string", "object"];
  return value === null ? -1 : Array.isArray(value) ? kinds.length : kinds.indexOf(typeof value);
}
