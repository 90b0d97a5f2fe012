/** The value at the end of a path of members; `undefined` where the path leads nowhere. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const member of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, member)) return undefined;
    found = (found as Record<string, unknown>)[member];
  }
  return found;
}

/** The value with another one at the end of a path of members; what is on the way is copied. */
export function withValueAt(value: unknown, path: readonly string[], inner: unknown): unknown {
  const [member, ...rest] = path;
  if (member === undefined) return inner;
  const around = typeof value === "object" && value !== null ? value : {};
  const replaced = withValueAt(valueAt(around, [member]), rest, inner);
  // The name first, as people write it. An own member of any name, `__proto__` too.
  return Object.fromEntries([[member, replaced], ...Object.entries(around).filter(([name]) => name !== member)]);
}

/** The own member of that name. */
export function own<Value>(object: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
