/** Events that wait for a loop. */
export class EventQueue<Event> implements AsyncIterableIterator<Event> {
  readonly #waiting: { resolve: (result: IteratorResult<Event>) => void; reject: (error: unknown) => void }[] = [];
  readonly #onEnd: () => void;
  #events: Event[] = [];
  #isEnded = false;
  #error: unknown;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  get length(): number {
    return this.#events.length;
  }

  push(event: Event): void {
    if (this.#isEnded) return;
    const next = this.#waiting.shift();
    if (next) next.resolve({ done: false, value: event });
    else this.#events.push(event);
  }

  dropOldest(): void {
    this.#events.shift();
  }

  /** Ends the loop once it has taken what waits, by throwing if there is an error. */
  end(error?: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#error = error;
    this.#onEnd();
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (this.#takeError() === undefined) resolve({ done: true, value: undefined });
      else reject(error);
    }
  }

  next(): Promise<IteratorResult<Event>> {
    if (this.#events.length > 0) return Promise.resolve({ done: false, value: this.#events.shift()! });
    if (!this.#isEnded) return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    const error = this.#takeError();
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  return(): Promise<IteratorResult<Event>> {
    this.#events = [];
    this.#error = undefined;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** An iterator throws once, and is done after. */
  #takeError(): unknown {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }
}
