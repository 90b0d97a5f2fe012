import { problem } from "./errors.js";
import { matcher } from "./pattern.js";
import type { ClientError, Handler, State, StateDetail, Unsubscribe } from "./types.js";

interface Subscription {
  readonly matches: (name: string) => boolean;
  readonly handler: Handler<unknown>;
}

type ErrorHandler = (error: ClientError) => unknown;
type StateHandler = (state: State, detail: StateDetail) => unknown;

/** Who hears what. A handler that throws, or rejects, is heard as an error, and the others hear all the same. */
export class Subscriptions {
  readonly #wildcard: string;
  readonly #events = new Set<Subscription>();
  readonly #unknown = new Set<{ handler: Handler<unknown> }>();
  readonly #errors = new Set<{ handler: ErrorHandler }>();
  readonly #states = new Set<{ handler: StateHandler }>();

  constructor(wildcard: string) {
    this.#wildcard = wildcard;
  }

  addEvent(pattern: string, handler: Handler<unknown>, signal?: AbortSignal): Unsubscribe {
    return add(this.#events, { matches: matcher(pattern, this.#wildcard), handler }, signal);
  }

  addUnknown(handler: Handler<unknown>): Unsubscribe {
    return add(this.#unknown, { handler });
  }

  addError(handler: ErrorHandler): Unsubscribe {
    return add(this.#errors, { handler });
  }

  addState(handler: StateHandler): Unsubscribe {
    return add(this.#states, { handler });
  }

  event(event: unknown, meta: { name: string; id: string | undefined }): void {
    for (const { matches, handler } of [...this.#events]) {
      if (matches(meta.name)) this.#call(meta.name, () => handler(event, meta));
    }
  }

  unknown(event: unknown, meta: { name: string; id: string | undefined }): void {
    for (const { handler } of [...this.#unknown]) this.#call(meta.name, () => handler(event, meta));
  }

  state(state: State, detail: StateDetail): void {
    for (const { handler } of [...this.#states]) this.#call("onState", () => handler(state, detail));
  }

  /** What nobody hears is written to the console, and so is what a handler of errors throws. */
  error(error: ClientError): void {
    if (this.#errors.size === 0) console.warn(error);
    for (const { handler } of [...this.#errors]) guard(() => handler(error), (cause) => console.error(cause));
  }

  #call(eventName: string, run: () => unknown): void {
    const failed = (cause: unknown) =>
      this.error(problem("handler", `a handler of \`${eventName}\` failed`, { eventName }, cause));
    guard(run, failed);
  }
}

function add<Entry>(entries: Set<Entry>, entry: Entry, signal?: AbortSignal): Unsubscribe {
  const remove = () => {
    entries.delete(entry);
    signal?.removeEventListener("abort", remove);
  };
  if (!signal?.aborted) entries.add(entry);
  signal?.addEventListener("abort", remove);
  return remove;
}

/** Runs a handler, to its end if it has a later one. */
function guard(run: () => unknown, failed: (cause: unknown) => void): void {
  try {
    const result = run();
    if (result instanceof Promise) result.catch(failed);
  } catch (cause) {
    failed(cause);
  }
}
