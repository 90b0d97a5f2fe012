import { problem } from "./errors.js";
import { EventQueue } from "./queue.js";
import type { ClientError, EventsOptions, Handler, NextOptions, Unsubscribe } from "./types.js";

/** Begins to listen. */
type Listen = (hear: Handler<unknown>) => Unsubscribe;

type End = (error: ClientError | undefined) => void;

/** Who waits for events, and has to hear that none will come any more. */
export class Waiters {
  readonly #report: (error: ClientError) => void;
  readonly #ends = new Set<End>();
  #isEnded = false;

  constructor(report: (error: ClientError) => void) {
    this.#report = report;
  }

  add(end: End): void {
    this.#ends.add(end);
  }

  delete(end: End): void {
    this.#ends.delete(end);
  }

  /** Tells everyone. Without an error the user has closed the client. */
  end(error: ClientError | undefined): void {
    this.#isEnded = true;
    for (const end of [...this.#ends]) end(error);
    this.#ends.clear();
  }

  /** A promise of the first value that comes; rejected at the end. */
  first<Value>(listen: (resolve: (value: Value) => void, reject: (cause: unknown) => void) => Unsubscribe): Promise<Value> {
    return new Promise((resolve, reject) => {
      const end = (error: ClientError | undefined) => leaving(reject)(error ?? closedByClient());
      const leaving = <Settled>(settle: (settled: Settled) => void) => (settled: Settled) => {
        this.#ends.delete(end);
        remove();
        settle(settled);
      };
      const remove = listen(leaving(resolve), leaving(reject));
      this.#ends.add(end);
      if (this.#isEnded) end(undefined);
    });
  }

  next(listen: Listen, pattern: string, { signal, timeoutMs, where = () => true }: NextOptions<unknown>): Promise<unknown> {
    return this.first((resolve, reject) => {
      const abort = () => reject(signal?.reason);
      const late = () => reject(problem("timeout", `no \`${pattern}\` within ${timeoutMs} ms`, { timeoutMs: timeoutMs ?? 0 }));
      const remove = listen((event) => {
        try {
          if (where(event)) resolve(event);
        } catch (cause) {
          reject(cause);
        }
      });
      const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
      signal?.addEventListener("abort", abort);
      // Not before there is something to leave.
      if (signal?.aborted) queueMicrotask(abort);
      return () => {
        remove();
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
    });
  }

  events(
    listen: Listen,
    { signal, buffer: limit = 0, overflow = "fail" }: EventsOptions,
  ): AsyncIterableIterator<unknown> {
    const queue = new EventQueue<unknown>(() => {
      remove();
      this.#ends.delete(end);
      signal?.removeEventListener("abort", stop);
    });
    const end = (error: ClientError | undefined) => queue.end(error);
    const stop = () => queue.end();
    let isTold = false;
    const overflowed = () => {
      if (overflow === "drop-oldest") queue.dropOldest();
      if (isTold) return;
      isTold = true;
      const error = problem("overflow", `${limit} events wait for a loop`, { buffer: "events", limit });
      this.#report(error);
      if (overflow === "fail") queue.end(error);
    };
    const remove = listen((event) => {
      if (queue.length >= limit) overflowed();
      else if (queue.length === 0) isTold = false;
      queue.push(event);
    });
    this.#ends.add(end);
    signal?.addEventListener("abort", stop);
    if (signal?.aborted || this.#isEnded) stop();
    return queue;
  }
}

function closedByClient(): ClientError {
  const message = "the client was closed";
  return problem("closed", message, { code: undefined, reason: message, willRetryInMs: undefined });
}
