import type { HeartbeatOptions } from "./contract.js";

/** What a heartbeat does. */
interface Pulse {
  /** Asks the server; nothing where the client may not. */
  ping: (() => void) | undefined;
  /** The server was silent for too long. */
  dead: (silentMs: number) => void;
}

/**
 * Watches a connection for signs of life, of which anything that comes is one: an answer may stand behind much else. Where
 * the client may ping it does so at its own pace, since the server may watch for that.
 */
export class Heartbeat {
  readonly #pulse: Pulse;
  readonly #times: { everyMs: number; withinMs: number; silenceMs: number };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heardAt = 0;

  constructor({ everyMs = 30_000, withinMs = 10_000, silenceMs = Infinity }: HeartbeatOptions, pulse: Pulse) {
    this.#pulse = pulse;
    this.#times = { everyMs, withinMs, silenceMs };
  }

  start(): void {
    this.alive();
    const { everyMs, silenceMs } = this.#times;
    const { ping } = this.#pulse;
    if (ping) this.#after(everyMs, () => this.#ask(ping));
    else this.#after(silenceMs, () => this.#listen());
  }

  alive(): void {
    this.#heardAt = Date.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #ask(ping: () => void): void {
    const askedAt = Date.now();
    const { everyMs, withinMs } = this.#times;
    this.#after(withinMs, () => {
      if (this.#heardAt < askedAt) this.#pulse.dead(Date.now() - this.#heardAt);
      else this.#after(Math.max(0, everyMs - withinMs), () => this.#ask(ping));
    });
    ping();
  }

  #listen(): void {
    const silentMs = Date.now() - this.#heardAt;
    const leftMs = this.#times.silenceMs - silentMs;
    if (leftMs > 0) this.#after(leftMs, () => this.#listen());
    else this.#pulse.dead(silentMs);
  }

  #after(delayMs: number, then: () => void): void {
    // A longer timer would fire at once.
    if (delayMs < 2 ** 31) this.#timer = setTimeout(then, delayMs);
  }
}
