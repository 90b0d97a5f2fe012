import { own } from "../members.js";
import type { ArgumentsDescription, EventDescription, NamespaceDescription, SocketViolation, ValidationOptions } from "./types.js";

/** One direction of a namespace, seen from one side. */
export type Direction = "in" | "out";

/** What stands before the first check. */
const NOTHING: Checked = { description: undefined, args: [], isAdmitted: true };

interface Checked {
  readonly description: ArgumentsDescription | undefined;
  readonly args: readonly unknown[];
  readonly isAdmitted: boolean;
}

/** Decides which arguments go on, and reports the others. */
export class Guard {
  readonly #events: { readonly [Name in Direction]: { readonly [name: string]: EventDescription } };
  readonly #options: ValidationOptions;
  #last = NOTHING;

  constructor({ server, client }: NamespaceDescription, side: "server" | "client", options: ValidationOptions) {
    this.#events = side === "server" ? { in: client, out: server } : { in: server, out: client };
    this.#options = options;
  }

  /** What the contract says of an event; nothing of those of Socket.IO itself, and of unknown ones. */
  description(direction: Direction, name: unknown): EventDescription | undefined {
    return typeof name === "string" ? own(this.#events[direction], name) : undefined;
  }

  /** Whether the arguments go on. */
  admits(
    event: Pick<SocketViolation, "direction" | "eventName" | "isAcknowledgement">,
    description: ArgumentsDescription | undefined,
    args: readonly unknown[],
  ): boolean {
    const { validate = "strict" } = this.#options;
    if (!description || validate === "off") return true;
    if (event.direction === "in" && this.#isLast(description, args)) return this.#last.isAdmitted;
    const violations = description.validate(payload(description, args));
    const isAdmitted = violations.length === 0 || validate === "report";
    this.#last = { description, args, isAdmitted };
    if (violations.length > 0) this.#report({ ...event, args, violations, isDelivered: isAdmitted });
    return isAdmitted;
  }

  /** Every listener of an event that arrives gets the same objects; they are validated once. */
  #isLast(description: ArgumentsDescription, args: readonly unknown[]): boolean {
    const { description: last, args: lastArgs } = this.#last;
    const hasObject = args.some((arg) => typeof arg === "object" && arg !== null);
    return hasObject && last === description && args.length === lastArgs.length && args.every((arg, index) => arg === lastArgs[index]);
  }

  #report(violation: SocketViolation): void {
    const { onViolation = (violation) => console.warn(`\`${violation.eventName}\` is not what the contract says`, violation) } =
      this.#options;
    try {
      onViolation(violation);
    } catch (cause) {
      console.error(cause);
    }
  }
}

/** The value that arguments come to. */
function payload({ isSpread }: ArgumentsDescription, args: readonly unknown[]): unknown {
  if (isSpread || args.length > 1) return args;
  return args[0] ?? null;
}
