import type { ContractDescription } from "../contract.js";
import type { Violation } from "../violation.js";
import { problem } from "./errors.js";
import { Heartbeat } from "../heartbeat.js";
import { own, valueAt, withValueAt } from "../members.js";
import { Backoff } from "./reconnect.js";
import { Seen } from "./seen.js";
import { settings, type AnyOptions, type Settings } from "./settings.js";
import { Subscriptions } from "./subscriptions.js";
import { Waiters } from "./waiters.js";
import type {
  ChannelDescription, ChannelTypes, Client, ClientError, ConnectOptions, Connection, Ending, EventsOptions, Frame,
  Handler, Meta, NextOptions, Receiver, SendResult, State, StateDetail, Unsubscribe,
} from "./types.js";

/** Connects to a channel. Throws a `TypeError` for what makes no sense; everything later is heard by `onError`. */
export function open<C extends ChannelTypes>(
  contract: ContractDescription,
  channels: { readonly [key: string]: ChannelDescription },
  key: string,
  url: string | URL,
  options: ConnectOptions<C>,
): Client<C> {
  const channel = own(channels, key);
  if (!channel) throw new TypeError(`no channel \`${key}\`: the contract has ${Object.keys(channels).join(", ")}`);
  const client: unknown = new ReconnectingClient(settings(contract, channel, url, options as unknown as AnyOptions));
  return client as Client<C>;
}

/** An attempt to connect, from its begin to the end of the connection. */
interface Link {
  connection: Connection | undefined;
  /** Ends attempts that take too long, and then tells that the connection stood for long enough. */
  timer: ReturnType<typeof setTimeout> | undefined;
  isOpen: boolean;
  /** Whether the transport tells ids. */
  isPositioned: boolean;
}

class ReconnectingClient {
  state: State = "connecting";
  readonly opened: Promise<void>;
  lastEventId: string | undefined;
  readonly #settings: Settings;
  readonly #subscriptions: Subscriptions;
  readonly #seen: Seen;
  readonly #backoff: Backoff;
  readonly #heartbeat: Heartbeat;
  readonly #waiters = new Waiters((error) => this.#subscriptions.error(error));
  readonly #outbox: { name: string; text: string }[] = [];
  #link: Link | undefined;
  #isReconnect = false;
  #isResumed = false;

  constructor(settings: Settings) {
    const { contract, options, channel } = settings;
    this.#settings = settings;
    this.lastEventId = options.lastEventId;
    this.#subscriptions = new Subscriptions(contract.filter?.wildcard ?? "*");
    this.#seen = new Seen(contract);
    this.#backoff = new Backoff(options.reconnect === false ? { maxAttempts: 0 } : (options.reconnect ?? {}));
    const { heartbeat } = contract;
    const mayPing = heartbeat?.from === "client" && own(channel.client, heartbeat.ping) !== undefined;
    this.#heartbeat = new Heartbeat(settings.heartbeat, {
      ping: mayPing ? () => this.#sendNow(heartbeat.ping, undefined) : undefined,
      dead: (silentMs) => this.#dead(silentMs),
    });
    this.opened = this.#untilOpened();
    this.#begin(options.signal);
  }

  #untilOpened(): Promise<void> {
    const opened = this.#waiters.first<void>((resolve) =>
      this.#subscriptions.addState((state) => state === "open" && resolve()),
    );
    // Nobody has to wait for it.
    opened.catch(() => {});
    return opened;
  }

  #begin(signal: AbortSignal | undefined): void {
    if (signal?.aborted) {
      this.#finish(undefined);
      return;
    }
    const close = () => this.close();
    signal?.addEventListener("abort", close);
    this.#waiters.add(() => signal?.removeEventListener("abort", close));
    // Handlers that are added right after `connect` hear everything.
    queueMicrotask(() => this.#connect());
  }

  // Connections

  #connect(): void {
    if (this.state === "closed") return;
    const link: Link = { connection: undefined, timer: undefined, isOpen: false, isPositioned: false };
    this.#link = link;
    this.#enter("connecting");
    // A handler may have closed the client.
    if (this.#link !== link) return;
    const { connectTimeoutMs = 10_000 } = this.#settings.options;
    const message = `no connection within ${connectTimeoutMs} ms`;
    link.timer = setTimeout(() => this.#giveUp(link, { kind: "refused", status: undefined, message, isFinal: false }), connectTimeoutMs);
    this.#token().then(
      (token) => this.#open(link, token),
      (cause: unknown) =>
        this.#ended(link, { kind: "refused", status: undefined, message: "there is no token", cause, isFinal: false }),
    );
  }

  async #token(): Promise<string | undefined> {
    const { token } = this.#settings.options;
    return typeof token === "function" ? await token() : token;
  }

  #open(link: Link, token: string | undefined): void {
    if (this.#link !== link) return;
    const { contract, channel, options, url, auth } = this.#settings;
    const { WebSocket, fetch, maxEventLength = 1_048_576 } = options;
    const resume = contract.resume && this.lastEventId
      ? { header: contract.resume.header, lastEventId: this.lastEventId }
      : undefined;
    const attempt = { url, auth, token, resume, refusal: contract.refusal, maxEventLength, WebSocket, fetch };
    link.connection = channel.transport.open(attempt, this.#receiver(link, token));
  }

  /** What a transport says of a connection that was given up is not heard any more. */
  #receiver(link: Link, token: string | undefined): Receiver {
    const whileCurrent = <Arguments extends unknown[]>(hear: (...values: Arguments) => void) =>
      (...values: Arguments) => {
        if (this.#link === link) hear(...values);
      };
    return {
      opened: whileCurrent((isResumed) => this.#isOpen(link, isResumed, token)),
      alive: whileCurrent(() => this.#heartbeat.alive()),
      position: whileCurrent((id) => {
        this.lastEventId = id;
        link.isPositioned = true;
      }),
      frame: whileCurrent((frame) => this.#receive(link, frame)),
      unreadable: whileCurrent((message, data) => this.#unreadable(message, data)),
      retry: whileCurrent((delayMs) => this.#backoff.retry(delayMs)),
      ended: whileCurrent((ending) => this.#ended(link, ending)),
    };
  }

  #isOpen(link: Link, isResumed: boolean, token: string | undefined): void {
    clearTimeout(link.timer);
    link.timer = setTimeout(() => this.#backoff.reset(), this.#backoff.stableMs);
    link.isOpen = true;
    this.#isResumed = isResumed;
    this.#seen.connected();
    this.#heartbeat.start();
    const { auth } = this.#settings;
    if (auth?.in === "event" && token !== undefined) this.#sendNow(auth.event, withValueAt({}, auth.pointer, token));
    for (const { name, text } of this.#outbox.splice(0)) this.#transmit(link, name, text);
    this.#enter("open");
    this.#isReconnect = true;
  }

  #dead(silentMs: number): void {
    const link = this.#link;
    if (!link) return;
    this.#subscriptions.error(problem("heartbeat", `the server was silent for ${silentMs} ms`, { silentMs }));
    // A peer that is gone answers no close: nothing is waited for.
    this.#giveUp(link, { kind: "closed", code: undefined, reason: "the server is silent" });
  }

  #giveUp(link: Link, ending: Ending): void {
    if (this.#link !== link) return;
    this.#ended(link, ending);
    link.connection?.close(1000, "");
  }

  #ended(link: Link, ending: Ending): void {
    if (this.#link !== link) return;
    this.#release();
    const willRetryInMs = ending.isFinal ? undefined : this.#backoff.next();
    const error = describe(ending, willRetryInMs);
    this.#subscriptions.error(error);
    // A handler may have closed the client.
    if (this.state === "closed") return;
    if (willRetryInMs === undefined) this.#finish(error);
    else this.#wait(willRetryInMs);
  }

  #release(): void {
    clearTimeout(this.#link?.timer);
    this.#heartbeat.stop();
    this.#link = undefined;
  }

  #wait(delayMs: number): void {
    const browser = globalThis as Partial<EventTarget>;
    const stop = () => {
      clearTimeout(timer);
      browser.removeEventListener?.("online", next);
      this.#waiters.delete(stop);
    };
    const next = () => {
      stop();
      this.#connect();
    };
    const timer = setTimeout(next, delayMs);
    // Browsers tell when there is a network again.
    browser.addEventListener?.("online", next);
    this.#waiters.add(stop);
    this.#enter("waiting");
  }

  #finish(error: ClientError | undefined): void {
    this.#enter("closed");
    this.#waiters.end(error);
    this.#outbox.length = 0;
  }

  #enter(state: State): void {
    this.state = state;
    this.#subscriptions.state(state, this.#detail());
  }

  #detail(): StateDetail {
    const [isReconnect, isResumed] = [this.#isReconnect, this.#isResumed];
    return { attempt: this.#backoff.failures, isReconnect, isResumed: isResumed && this.state === "open" };
  }

  // Events that arrive

  #receive(link: Link, frame: Frame): void {
    const { channel, validate } = this.#settings;
    let event: unknown;
    try {
      event = JSON.parse(frame.data);
    } catch (cause) {
      this.#unreadable("a frame that is no JSON", frame.data, cause);
      return;
    }
    const name = this.#nameOf(event, frame);
    if (this.#seen.has(name, event)) return;
    const id = this.#idOf(link, event);
    this.#answer(name);
    const check = own(channel.server, name);
    if (!check) {
      this.#subscriptions.unknown(event, { name, id });
      return;
    }
    const violations = validate === "off" ? [] : check(event);
    if (violations.length > 0) this.#invalid("in", name, event, violations);
    if (violations.length === 0 || validate === "report") this.#subscriptions.event(event, { name, id });
  }

  #nameOf(event: unknown, { name }: Frame): string {
    const { contract, channel } = this.#settings;
    if (contract.eventName.length > 0) {
      const found = valueAt(event, contract.eventName);
      return typeof found === "string" ? found : "";
    }
    // Where nothing carries a name, the only event there is needs none.
    const [only, ...others] = Object.keys(channel.server);
    return name ?? (others.length === 0 ? (only ?? "") : "");
  }

  /** The id that the transport told, or else the one in the event. */
  #idOf(link: Link, event: unknown): string | undefined {
    if (link.isPositioned) return this.lastEventId;
    const { resume } = this.#settings.contract;
    const found = resume && valueAt(event, resume.id);
    if (typeof found !== "string" && typeof found !== "number") return undefined;
    return (this.lastEventId = String(found));
  }

  #answer(name: string): void {
    const { contract: { heartbeat }, channel } = this.#settings;
    if (heartbeat?.from !== "server" || heartbeat.ping !== name) return;
    if (own(channel.client, heartbeat.pong)) this.#sendNow(heartbeat.pong, undefined);
  }

  #unreadable(message: string, data: string, cause?: unknown): void {
    this.#subscriptions.error(problem("parse", message, { data: data.slice(0, 200) }, cause));
  }

  // Events that leave

  readonly send = (name: string, event?: unknown): SendResult => {
    const text = this.#checked(name, event);
    if (text === undefined) return "refused";
    const { buffer } = this.#settings;
    if (this.state === "closed") {
      this.#notSent(name, "the client is closed");
      return "refused";
    }
    if (this.#link?.isOpen) return this.#transmit(this.#link, name, text) ? "sent" : "refused";
    if (this.#outbox.length < buffer) {
      this.#outbox.push({ name, text });
      return "queued";
    }
    this.#subscriptions.error(problem("overflow", `${buffer} events wait to be sent`, { buffer: "send", limit: buffer }));
    return "refused";
  };

  #sendNow(name: string, event: unknown): void {
    const text = this.#checked(name, event);
    if (text !== undefined && this.#link) this.#transmit(this.#link, name, text);
  }

  /** The event with its name in it, as JSON; nothing if it may not leave. */
  #checked(name: string, fields: unknown): string | undefined {
    const { contract, channel, validate } = this.#settings;
    const { eventName } = contract;
    const event = eventName.length > 0 ? withValueAt(fields, eventName, name) : (fields ?? null);
    const check = own(channel.client, name);
    const violations = !check || validate === "off" ? [] : check(event);
    if (violations.length > 0) this.#invalid("out", name, event, violations);
    if (check) return violations.length === 0 || validate === "report" ? this.#written(name, event) : undefined;
    this.#notSent(name, "the contract knows no such event of the client");
    return undefined;
  }

  #written(name: string, event: unknown): string | undefined {
    try {
      return JSON.stringify(event);
    } catch (cause) {
      this.#notSent(name, "it is no JSON", cause);
      return undefined;
    }
  }

  #notSent(eventName: string, reason: string, cause?: unknown): void {
    this.#subscriptions.error(problem("not-sent", `\`${eventName}\` was not sent: ${reason}`, { eventName }, cause));
  }

  #transmit(link: Link, eventName: string, text: string): boolean {
    try {
      link.connection?.send(text);
      return link.connection !== undefined;
    } catch (cause) {
      this.#notSent(eventName, String(cause), cause);
      return false;
    }
  }

  #invalid(direction: "in" | "out", name: string, event: unknown, violations: readonly Violation[]): void {
    const isDelivered = this.#settings.validate === "report";
    const message = `\`${name}\` is not what the contract says`;
    this.#subscriptions.error(problem("invalid", message, { direction, eventName: name, event, violations, isDelivered }));
  }

  // Who hears

  readonly on = (pattern: string, handler: Handler<unknown>, options: { signal?: AbortSignal } = {}): Unsubscribe =>
    this.#subscriptions.addEvent(pattern, handler, options.signal);

  readonly once = (pattern: string, handler: Handler<unknown>, options: { signal?: AbortSignal } = {}): Unsubscribe => {
    const remove = this.on(pattern, hear, options);
    function hear(event: unknown, meta: Meta): unknown {
      remove();
      return handler(event, meta);
    }
    return remove;
  };

  readonly onUnknown = (handler: Handler<unknown>): Unsubscribe => this.#subscriptions.addUnknown(handler);

  readonly onError = (handler: (error: ClientError) => unknown): Unsubscribe => this.#subscriptions.addError(handler);

  readonly onState = (handler: (state: State, detail: StateDetail) => unknown): Unsubscribe =>
    this.#subscriptions.addState(handler);

  readonly next = (pattern: string, options: NextOptions<unknown> = {}): Promise<unknown> =>
    this.#waiters.next((hear) => this.on(pattern, hear), pattern, options);

  readonly events = (pattern?: string, options: EventsOptions = {}): AsyncIterableIterator<unknown> => {
    const { contract, buffer } = this.#settings;
    const all = contract.filter?.wildcard ?? "*";
    return this.#waiters.events((hear) => this.on(pattern ?? all, hear), { ...options, buffer: options.buffer ?? buffer });
  };

  readonly close = (code = 1000, reason = ""): void => {
    if (this.state === "closed") return;
    const link = this.#link;
    this.#release();
    this.#finish(undefined);
    link?.connection?.close(code, reason);
  };
}

function describe(ending: Ending, willRetryInMs: number | undefined): ClientError {
  if (ending.kind === "refused") {
    const { status, message, cause } = ending;
    return problem("refused", message, { status, willRetryInMs }, cause);
  }
  const { code, reason } = ending;
  const message = `the connection has ended${code === undefined ? "" : ` with ${code}`}${reason && `: ${reason}`}`;
  return problem("closed", message, { code, reason, willRetryInMs });
}
