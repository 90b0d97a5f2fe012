import type { ReconnectOptions } from "./types.js";

/** Says how long to wait before the next attempt. */
export class Backoff {
  readonly #options: { [Name in keyof ReconnectOptions]-?: number };
  #retryMs = 0;
  /** How many attempts failed in a row. */
  failures = 0;

  constructor(options: ReconnectOptions) {
    const { initialMs = 500, maxMs = 30_000, factor = 2, jitter = 1, maxAttempts = Infinity, stableMs = 5_000 } = options;
    this.#options = { initialMs, maxMs, factor, jitter, maxAttempts, stableMs };
  }

  /** How long a connection stands before the waits begin anew. */
  get stableMs(): number {
    return this.#options.stableMs;
  }

  /** The server asked for at least that wait. A wait without an end is none it may ask for. */
  retry(delayMs: number): void {
    this.#retryMs = Math.min(delayMs, this.#options.maxMs);
  }

  /** Counts a failure, and gives the wait that follows it; nothing when these were enough. */
  next(): number | undefined {
    const { initialMs, maxMs, factor, jitter, maxAttempts } = this.#options;
    const longest = Math.min(maxMs, (this.#retryMs || initialMs) * factor ** this.failures);
    this.failures += 1;
    if (this.failures > maxAttempts) return undefined;
    return Math.max(this.#retryMs, Math.round(longest * (1 - jitter * Math.random())));
  }

  /** Begins anew, after a connection that stood. */
  reset(): void {
    this.failures = 0;
  }
}
