import type { AuthDescription, HeartbeatOptions, Token, Validate } from "../contract.js";
import type { Violation } from "../violation.js";

/** What a channel carries, as generated code says it. */
export interface ChannelTypes {
  /** What the server sends, by the event's name. */
  server: object;
  /** What the client sends, by the event's name. */
  client: object;
  /** An event of the server that the contract does not name. */
  unknown: unknown;
  /** The member of an event that holds its name; `never` where it stands deeper, or the transport carries it. */
  nameKey: string;
  /** What stands for any run of characters in a pattern of names. */
  wildcard: string;
  /** The address, with its parameters in braces. */
  address: string;
  /** The query that the server understands. */
  query: object;
  /** Whether the server filters by topics. */
  hasTopics: boolean;
}

/** The names of the events that the server sends on a channel. */
export type ServerName<C extends ChannelTypes> = keyof C["server"] & string;

/** The names of the events that the client sends on a channel. */
export type ClientName<C extends ChannelTypes> = keyof C["client"] & string;

/** A name of the server's events, or a pattern of names. */
export type NamePattern<C extends ChannelTypes> = ServerName<C> | `${string}${C["wildcard"]}${string}`;

type Template<Pattern extends string, Wildcard extends string> = Pattern extends `${infer Head}${Wildcard}${infer Tail}`
  ? `${Head}${string}${Template<Tail, Wildcard>}`
  : Pattern;

type Matching<Name extends string, Like> = Name extends Like ? Name : never;

/** The names that a pattern stands for. */
export type NamesLike<C extends ChannelTypes, Pattern extends string> = Matching<
  ServerName<C>,
  Template<Pattern, C["wildcard"]>
>;

/** The union of the events whose names a pattern stands for. */
export type EventsLike<C extends ChannelTypes, Pattern extends string> = C["server"][NamesLike<C, Pattern> &
  keyof C["server"]];

/** `never` for a pattern that no name of the contract matches, so that a misspelled one does not compile. */
export type Heard<C extends ChannelTypes, Pattern extends string> = [NamesLike<C, Pattern>] extends [never]
  ? never
  : unknown;

/** What is known of an event beside the event. */
export interface Meta<Name extends string = string> {
  /** Its name. */
  readonly name: Name;
  /** Its id: that of the SSE stream, or the one that the contract says where to find. */
  readonly id: string | undefined;
}

/** Hears events. What it throws, or rejects with, comes back as an error of the kind `handler`. */
export type Handler<Event, Name extends string = string> = (event: Event, meta: Meta<Name>) => unknown;

type Without<Event, Key extends string> = { [Member in keyof Event as Member extends Key ? never : Member]: Event[Member] };

/** An event to send: the member that holds its name may be left out. */
export type Outgoing<Event, NameKey extends string> = Event extends object ? Without<Event, NameKey> | Event : Event;

/** The arguments of `send` behind the name: none are needed where nothing is required. */
export type OutgoingArguments<Event, NameKey extends string> = unknown extends Event
  ? [event?: unknown]
  : {} extends Without<Event & object, NameKey>
    ? [event?: Outgoing<Event, NameKey>]
    : null extends Event
      ? [event?: Event]
      : [event: Outgoing<Event, NameKey>];

/** The parameters in an address. */
export type AddressParameter<Address extends string> = Address extends `${string}{${infer Name}}${infer Tail}`
  ? Name | AddressParameter<Tail>
  : never;

/**
 * `connecting`: an attempt is under way. `open`: events flow. `waiting`: the next attempt comes after the back-off.
 * `closed`: for good, by `close()`, by the `signal`, or because trying again is of no use.
 */
export type State = "connecting" | "open" | "waiting" | "closed";

/** What is known of a state beside the state. */
export interface StateDetail {
  /** How many attempts failed in a row before this one. */
  readonly attempt: number;
  /** Whether the client was open before: rooms are to be joined again, requests to be made again. */
  readonly isReconnect: boolean;
  /**
   * Whether the server was told the last event's id, so that it can send what was missed. Where this is `false` in a
   * reconnect, what the server sent in between is lost, and state is to be fetched anew.
   */
  readonly isResumed: boolean;
}

interface Problem<Kind extends string> extends Error {
  readonly kind: Kind;
}

/** A frame that is no JSON, no text, or too long. It is passed over. */
export interface ParseError extends Problem<"parse"> {
  /** The frame's beginning. */
  readonly data: string;
}

/** An event that is not what the contract says. */
export interface InvalidError extends Problem<"invalid"> {
  /** `in`: the server sent it. `out`: this client was asked to send it. */
  readonly direction: "in" | "out";
  readonly eventName: string;
  readonly event: unknown;
  readonly violations: readonly Violation[];
  /** Whether it went on all the same: with `validate: "report"` it does. */
  readonly isDelivered: boolean;
}

/** A connection that stood has ended. */
export interface ClosedError extends Problem<"closed"> {
  /** The WebSocket's close code (RFC 6455, section 7.4); nothing of an SSE stream. */
  readonly code: number | undefined;
  readonly reason: string;
  /** When the next attempt comes; nothing where none does. */
  readonly willRetryInMs: number | undefined;
}

/** A connection did not come about. */
export interface RefusedError extends Problem<"refused"> {
  /** The status of the HTTP response; nothing where there was none, or the environment does not tell. */
  readonly status: number | undefined;
  /** When the next attempt comes; nothing where none does. */
  readonly willRetryInMs: number | undefined;
}

/** The server did not give a sign of life in time. The connection is given up, and a `closed` follows. */
export interface HeartbeatError extends Problem<"heartbeat"> {
  readonly silentMs: number;
}

/** A buffer was full. */
export interface OverflowError extends Problem<"overflow"> {
  /** `send`: the event was not taken. `events`: a loop over `events()` is too slow; told once until it has caught up. */
  readonly buffer: "send" | "events";
  readonly limit: number;
}

/** An event could not be sent, because the client is closed or the transport did not take it. */
export interface NotSentError extends Problem<"not-sent"> {
  readonly eventName: string;
}

/** A handler threw, or rejected; `cause` says what. */
export interface HandlerError extends Problem<"handler"> {
  /** The name of the event that it heard; of `onState` that of the method. */
  readonly eventName: string;
}

/** `next` waited as long as it was told to. */
export interface TimeoutError extends Problem<"timeout"> {
  readonly timeoutMs: number;
}

/** What can go wrong, told apart by `kind`. */
export type ClientError =
  | ParseError
  | InvalidError
  | ClosedError
  | RefusedError
  | HeartbeatError
  | OverflowError
  | NotSentError
  | HandlerError
  | TimeoutError;

/**
 * `sent`: handed to the transport. `queued`: sent once the connection stands. `refused`: neither, and `onError` heard why.
 * An event that was sent when the connection broke may be lost; no transport acknowledges it.
 */
export type SendResult = "sent" | "queued" | "refused";

/** How the client comes back. Attempt `n` waits for `initialMs * factor ** n`, at most `maxMs`, less a random part. */
export interface ReconnectOptions {
  /** The first wait (500). A `retry` of an SSE stream takes its place, as far as `maxMs` allows. */
  initialMs?: number | undefined;
  /** The longest wait (30,000). */
  maxMs?: number | undefined;
  /** How much longer each wait is (2). */
  factor?: number | undefined;
  /** How much of the wait is random: 0 is none of it, 1 all of it (1). */
  jitter?: number | undefined;
  /** How many attempts may fail in a row (Infinity). */
  maxAttempts?: number | undefined;
  /** How long a connection stands before the waits begin anew (5,000). */
  stableMs?: number | undefined;
}

/** What `connect` takes. */
export interface ConnectOptions<C extends ChannelTypes, Key extends string = string> {
  /** The channel: the contract's first one over WebSocket, else its first. */
  channel?: Key | undefined;
  /** The token, or what gives it; asked at each attempt. It travels as the contract says. */
  token?: Token | undefined;
  /** Which events the server sends: names, or patterns of names. All when absent. */
  topics?: (C["hasTopics"] extends true ? readonly NamePattern<C>[] : never) | undefined;
  /** Further parameters of the query. */
  query?: C["query"] | undefined;
  /** The parameters of the channel's address. */
  parameters?: { readonly [Name in AddressParameter<C["address"]>]: string } | undefined;
  /** The last event that was seen, to go on from there. */
  lastEventId?: string | undefined;
  /** Closes the client. */
  signal?: AbortSignal | undefined;
  /**
   * `strict`: an event that is not what the contract says is reported and goes no further. `report`: it is reported, and
   * goes on. `off`: nothing is validated.
   */
  validate?: "strict" | "report" | "off" | undefined;
  /** How the client comes back; `false`: it does not. */
  reconnect?: ReconnectOptions | false | undefined;
  /** How many events may wait to be sent, and in each loop over `events()` (1,024). */
  buffer?: number | undefined;
  /** How the client finds out that the server is gone; `false`: it does not try to. */
  heartbeat?: HeartbeatOptions | false | undefined;
  /** How long the server may take to accept the connection (10,000). */
  connectTimeoutMs?: number | undefined;
  /** How many characters an event may have (1,048,576). A longer one is passed over. */
  maxEventLength?: number | undefined;
  /** The constructor of WebSockets, called with `(url, protocols, { headers })` as that of the npm package `ws` is. */
  WebSocket?: WebSocketConstructor | undefined;
  /** What SSE streams are requested with. */
  fetch?: Fetch | undefined;
}

/** What `events` takes. */
export interface EventsOptions {
  /** Ends the loop. */
  signal?: AbortSignal | undefined;
  /** How many events may wait (that of `connect`). */
  buffer?: number | undefined;
  /** `fail`: a loop that is too slow throws an `overflow`, after what it holds. `drop-oldest`: it goes on without the oldest. */
  overflow?: "fail" | "drop-oldest" | undefined;
}

/** What `next` takes. */
export interface NextOptions<Event> {
  /** Gives up: the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Gives up after that time: the promise is rejected with a `timeout`. */
  timeoutMs?: number | undefined;
  /** Passes over events for which this is `false`. */
  where?: ((event: Event) => boolean) | undefined;
}

/** Ends a subscription. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** A connection to a channel that comes back by itself. Its methods need no `this`, and do not throw. */
export interface Client<C extends ChannelTypes> {
  readonly state: State;
  /** Resolved when the client is open for the first time; rejected when it is closed before. */
  readonly opened: Promise<void>;
  /** The id of the last event, to go on from there in another client. */
  readonly lastEventId: string | undefined;
  /** Hears the events whose name matches; those the contract does not name are heard by `onUnknown` alone. */
  on<Pattern extends NamePattern<C>>(
    pattern: Pattern & Heard<C, Pattern>,
    handler: Handler<EventsLike<C, Pattern>, NamesLike<C, Pattern>>,
    options?: { signal?: AbortSignal | undefined },
  ): Unsubscribe;
  /** Hears the first of them. */
  once<Pattern extends NamePattern<C>>(
    pattern: Pattern & Heard<C, Pattern>,
    handler: Handler<EventsLike<C, Pattern>, NamesLike<C, Pattern>>,
    options?: { signal?: AbortSignal | undefined },
  ): Unsubscribe;
  /** Waits for one of them; rejected when the client is closed before. */
  next<Pattern extends NamePattern<C>>(
    pattern: Pattern & Heard<C, Pattern>,
    options?: NextOptions<EventsLike<C, Pattern>>,
  ): Promise<EventsLike<C, Pattern>>;
  /** Loops over them, from now on. The loop ends with the client; where that gave up, by throwing why. */
  events(): AsyncIterableIterator<C["server"][keyof C["server"]]>;
  events<Pattern extends NamePattern<C>>(
    pattern: Pattern & Heard<C, Pattern>,
    options?: EventsOptions,
  ): AsyncIterableIterator<EventsLike<C, Pattern>>;
  /** Sends an event. Its name is written into it where the contract says. */
  send<Name extends ClientName<C>>(
    name: Name,
    ...event: OutgoingArguments<C["client"][Name], C["nameKey"]>
  ): SendResult;
  /** Hears events that the contract does not name: of a later version, perhaps. */
  onUnknown(handler: Handler<C["unknown"]>): Unsubscribe;
  /** Hears what goes wrong. Without a handler it is written to the console. */
  onError(handler: (error: ClientError) => unknown): Unsubscribe;
  /** Hears each change of `state`. */
  onState(handler: (state: State, detail: StateDetail) => unknown): Unsubscribe;
  /** Closes the connection for good. Loops over `events()` end. */
  close(code?: number, reason?: string): void;
}

/** A channel over WebSocket or SSE, as far as a client needs it at run time. */
export interface ChannelDescription {
  readonly transport: Transport;
  readonly address: string;
  readonly server: { readonly [name: string]: Validate };
  readonly client: { readonly [name: string]: Validate };
}

/** What carries frames. */
export interface Transport {
  /** The schemes of its URLs. */
  readonly schemes: { readonly secure: string; readonly plain: string };
  /** Which of the ways this environment can go; nothing where none. Throws where it can't connect at all. */
  choose(auth: readonly AuthDescription[], options: EnvironmentOptions): AuthDescription | undefined;
  /** Begins to connect. What comes of it, the receiver hears, and never before this has returned. */
  open(attempt: Attempt, receiver: Receiver): Connection;
}

/** What the environment is asked for. */
export interface EnvironmentOptions {
  readonly WebSocket?: WebSocketConstructor | undefined;
  readonly fetch?: Fetch | undefined;
}

/** All that an attempt to connect needs. */
export interface Attempt extends EnvironmentOptions {
  readonly url: URL;
  readonly auth: AuthDescription | undefined;
  readonly token: string | undefined;
  readonly resume: { readonly header: string; readonly lastEventId: string } | undefined;
  readonly refusal: number | undefined;
  readonly maxEventLength: number;
}

/** What a transport received. */
export interface Frame {
  readonly data: string;
  /** The event's name, where the transport carries it. */
  readonly name?: string;
}

/** Hears what happens on a connection. */
export interface Receiver {
  opened(isResumed: boolean): void;
  /** Anything at all has come. */
  alive(): void;
  /** The id up to which everything has come. */
  position(id: string): void;
  frame(frame: Frame): void;
  unreadable(message: string, data: string): void;
  retry(delayMs: number): void;
  /** The last call. */
  ended(ending: Ending): void;
}

/** How a connection ended. */
export type Ending =
  | { readonly kind: "closed"; readonly code: number | undefined; readonly reason: string; readonly isFinal?: boolean }
  | {
      readonly kind: "refused";
      readonly status: number | undefined;
      readonly message: string;
      readonly cause?: unknown;
      readonly isFinal: boolean;
    };

/** A connection that an attempt has begun. */
export interface Connection {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** As much of a WebSocket as the client needs. */
export interface WebSocketLike {
  binaryType: string;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: any) => void): void;
}

/** A constructor of WebSockets. */
export type WebSocketConstructor = new (
  url: string,
  protocols?: string[],
  options?: any,
) => WebSocketLike;

/** As much of `fetch` as the client needs. */
export type Fetch = (
  url: string,
  init: { headers: Record<string, string>; cache: "no-store"; signal: AbortSignal },
) => Promise<Response>;
