import type { ContractDescription } from "../contract.js";
import { valueAt } from "../members.js";
import { matcher } from "./pattern.js";

/** How many values are remembered. */
const MAX_SEEN = 4_096;

interface Rule {
  readonly value: readonly string[];
  readonly isFor: (name: string) => boolean;
  /** Whether what was seen on one connection may not come again on the next. */
  readonly isLasting: boolean;
  readonly seen: Set<string | number>;
}

/**
 * Finds events that came before. Ids with which a server resumes are remembered over reconnections; other values that the
 * contract calls unique begin anew with each connection.
 */
export class Seen {
  readonly #rules: readonly Rule[];

  constructor({ resume, unique }: ContractDescription) {
    const path = resume && JSON.stringify(resume.id);
    const others = unique.filter(({ value }) => JSON.stringify(value) !== path);
    this.#rules = [
      ...(resume ? [rule(resume.id, ["*"], true)] : []),
      ...others.map(({ value, events }) => rule(value, events, false)),
    ];
  }

  /** Forgets what held for the last connection alone. */
  connected(): void {
    for (const { isLasting, seen } of this.#rules) if (!isLasting) seen.clear();
  }

  /** Whether the event came before; it is remembered now. */
  has(name: string, event: unknown): boolean {
    let isSeen = false;
    for (const { value, isFor, seen } of this.#rules) {
      const found = isFor(name) ? valueAt(event, value) : undefined;
      if (typeof found === "string" || typeof found === "number") isSeen = remember(seen, found) || isSeen;
    }
    return isSeen;
  }
}

function rule(value: readonly string[], events: readonly string[], isLasting: boolean): Rule {
  const matchers = events.map((pattern) => matcher(pattern, "*"));
  return { value, isFor: (name) => matchers.some((matches) => matches(name)), isLasting, seen: new Set() };
}

/** Puts a value behind all others, and forgets the one that was not seen for longest. */
function remember(seen: Set<string | number>, value: string | number): boolean {
  const isSeen = seen.delete(value);
  seen.add(value);
  if (seen.size > MAX_SEEN) for (const oldest of seen) return seen.delete(oldest) && isSeen;
  return isSeen;
}
