/** Tells whether a name matches a pattern, in which the wildcard stands for any run of characters. */
export function matcher(pattern: string, wildcard: string): (name: string) => boolean {
  const [start = "", ...parts] = pattern.split(wildcard);
  const end = parts.pop();
  if (end === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(start)) return false;
    let from = start.length;
    // Each part at its first place, which leaves the most for the others.
    for (const part of parts) {
      const at = name.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return name.length - from >= end.length && name.endsWith(end);
  };
}
