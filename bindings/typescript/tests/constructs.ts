// @generated from bindings/typescript/tests/constructs.asyncapi.yaml by handfast; edit that, not this.

/**
 * Constructs 1.0.0
 *
 * One of everything that a schema can say and the bundled contracts do not.
 *
 * @packageDocumentation
 */

import * as client from "./handfast-client.js";

import * as socketIo from "./handfast-socketio.js";

/** What the server sends, by the event's name. */
export interface ServerEvents {
  "said": Said;
  "cursor:move": CursorMove;
  "error": ServerError;
  "grown.v2": GrownV2;
}

/** An event of the server, told apart by `header.type`. */
export type ServerEvent = Said | CursorMove | ServerError | GrownV2;

/**
 * An event of the server that the contract does not name: of a later version, perhaps.
 *
 * What arrives is a `ServerEvent | UnknownServerEvent`. A `switch` over the names narrows it to each known event, and leaves
 * this one to `default` once every name has a `case`: assigned to `UnknownServerEvent` there, it does not
 * compile while one is forgotten.
 */
export interface UnknownServerEvent {
  header: {
    type: UnknownEventName;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** What the client sends, by the event's name. */
export interface ClientEvents {
  "say": Say;
  "where": Where;
  "leave": Leave;
  "hush": Hush;
  "custom": Custom;
}

/** An event of the client, told apart by `header.type`. */
export type ClientEvent = Say | Where | Leave | Hush | Custom;

/**
 * An event of the client that the contract does not name: of a later version, perhaps.
 *
 * What arrives is a `ClientEvent | UnknownClientEvent`. A `switch` over the names narrows it to each known event, and leaves
 * this one to `default` once every name has a `case`: assigned to `UnknownClientEvent` there, it does not
 * compile while one is forgotten.
 */
export interface UnknownClientEvent {
  header: {
    type: UnknownEventName;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** A name that is none of the contract's: at run time any other string. */
declare enum UnknownEventName {
  Unknown = "",
}

/**
 * What the server emits in the namespace `/chat`. For `Socket<ServerToClientEvents, ClientToServerEvents>` of socket.io-client
 * and `Server<ClientToServerEvents, ServerToClientEvents>` of socket.io. Events that are not here are heard by `onAny`.
 */
export interface ServerToClientEvents {
  "said": (event: Said) => void;
  "cursor:move": (...args: CursorMove) => void;
}

/** What the client emits in the namespace `/chat`. */
export interface ClientToServerEvents {
  "say": (event: Say, acknowledge: (response: SayAcknowledgement) => void) => void;
  "where": (...args: [...args: Where, acknowledge: (...response: readonly [number, string]) => void]) => void;
  "leave": (acknowledge: () => void) => void;
  "hush": (event?: Hush) => void;
  "custom": (...args: unknown[]) => void;
}

/**
 * Event `said`, sent by the server.
 *
 * @see `constructs.asyncapi.yaml#/components/schemas/Said`
 */
export interface Said {
  id: string;
  body: Body;
  quote?: Said | null;
  mood?: 1 | "good" | true | null;
  weight?: string | number;
  /** Format `date-time`. */
  seen?: string | null;
  gone?: never;
  anything?: unknown;
  new?: string;
  __proto__?: string;
  "a b\u2028\""?: string;
}

/** Event `cursor:move`, sent by the server. */
export type CursorMove = Cursor;

/**
 * No other members.
 *
 * Event `say`, sent by the client.
 *
 * @see `constructs.asyncapi.yaml#/channels/chat/messages/say/payload`
 */
export interface Say {
  text: string;
}

/** @see `constructs.asyncapi.yaml#/operations/say/x-ack` */
export interface SayAcknowledgement {
  id: string;
}

/** Event `where`, sent by the client. */
export type Where = Cursor;

/**
 * Event `leave`, sent by the client.
 *
 * @see `constructs.asyncapi.yaml#/channels/chat/messages/leave/payload`
 */
export type Leave = null;

/**
 * Event `hush`, sent by the client.
 *
 * @see `constructs.asyncapi.yaml#/channels/chat/messages/hush/payload`
 */
export type Hush = null;

/**
 * Nothing is said of it.
 *
 * Event `custom`, sent by the client.
 */
export type Custom = unknown;

/**
 * Hostile: *\/ alert(1) /*
 * \@deprecated is no tag here
 * ```
 * unclosed
 * ```
 *
 * Event `error`, sent by the server.
 */
export type ServerError = Changed;

/** Event `grown.v2`, sent by the server. */
export type GrownV2 = Grown;

/**
 * At least 2 items.
 *
 * @see `constructs.asyncapi.yaml#/components/schemas/Cursor`
 */
export type Cursor = readonly [number, number, CursorItem3?];

/** @see `constructs.asyncapi.yaml#/components/schemas/Cursor/prefixItems/2` */
export type CursorItem3 = "arrow" | "hand";

/**
 * Hostile: *\/ alert(1) /*
 * \@deprecated is no tag here
 * ```
 * unclosed
 * ```
 *
 * @see `constructs.asyncapi.yaml#/components/schemas/Changed`
 */
export interface Changed {
  header: ChangedHeader;
  tree: Tree;
  lists?: Lists;
  prices?: ChangedPrices;
  either?: ChangedEither;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Changed/properties/header` */
export interface ChangedHeader {
  type: "error";
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Changed/properties/prices` */
export interface ChangedPrices {
  currency?: string;
  [key: string]: number | string | undefined;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Changed/properties/either` */
export type ChangedEither = {
  a: string;
} & (ChangedEitherVariant1 | ChangedEitherVariant2);

/** @see `constructs.asyncapi.yaml#/components/schemas/Changed/properties/either/oneOf/0` */
export interface ChangedEitherVariant1 {
  b?: string;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Changed/properties/either/oneOf/1` */
export interface ChangedEitherVariant2 {
  c?: string;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Grown` */
export interface Grown {
  header: GrownHeader;
  node?: ConstructsNode;
  array?: ConstructsArray;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Grown/properties/header` */
export interface GrownHeader {
  type: "grown.v2";
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Body` */
export type Body = BodyText | BodyImage;

/** @see `constructs.asyncapi.yaml#/components/schemas/Body/oneOf/0` */
export interface BodyText {
  kind: "text";
  text: string;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Body/oneOf/1` */
export interface BodyImage {
  kind: BodyImageKind;
  /** Format `uri`. */
  url: string;
  size?: BodyImageSize | null;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Body/oneOf/1/properties/kind` */
export type BodyImageKind = "image" | "video";

/** @see `constructs.asyncapi.yaml#/components/schemas/Body/oneOf/1/properties/size` */
export interface BodyImageSize {
  /** Integer. */
  width: number;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Tree` */
export type Tree = { [key: string]: Tree };

/** @see `constructs.asyncapi.yaml#/components/schemas/Lists` */
export type Lists = Lists[];

/**
 * @see `constructs.asyncapi.yaml#/components/schemas/Node`
 * @deprecated The schema says so.
 */
export interface ConstructsNode {
  next: ConstructsNode | null;
}

/** @see `constructs.asyncapi.yaml#/components/schemas/Array` */
export type ConstructsArray = ConstructsArrayItem[];

/** @see `constructs.asyncapi.yaml#/components/schemas/Array/items` */
export interface ConstructsArrayItem {
  /**
   * Integer.
   *
   * @defaultValue `0`
   * @example `1`
   * @example `2`
   */
  x: number;
}

/** The channels that `connect` opens, by their key. */
export interface Channels {
  stream: {
    server: Pick<ServerEvents, "error" | "grown.v2">;
    client: {};
    unknown: UnknownServerEvent;
    nameKey: never;
    wildcard: "*";
    address: "/stream";
    query: Record<string, string | number | boolean>;
    hasTopics: false;
  };
}

/** A connection to a channel, as `connect` gives it. */
export type Client<Channel extends keyof Channels = "stream"> = client.Client<Channels[Channel]>;

/**
 * Connects to a channel, `stream` unless `channel` names another, and comes back by itself when the connection is lost.
 *
 * `url` is that of the server: the channel's address is added to its path, and the scheme is made to fit.
 *
 * @throws `TypeError` for options that make no sense; whatever goes wrong later, `onError` hears.
 */
export function connect<Channel extends keyof Channels = "stream">(
  url: string | URL,
  options: client.ConnectOptions<Channels[Channel], Channel> = {},
): Client<Channel> {
  return client.open(contract, channels, options.channel ?? "stream", url, options);
}

const channels: { readonly [key: string]: client.ChannelDescription } = {
  stream: {
    transport: client.webSocket,
    address: "/stream",
    server: {
      error: () => [],
      "grown.v2": () => [],
    },
    client: {},
  },
};

/**
 * Connects to a namespace, that of `chat` unless `channel` names another, by the `io` of `socket.io-client`. What crosses the wire is validated.
 *
 * The variable it is assigned to says the socket's type: `const socket: Socket<ServerToClientEvents, ClientToServerEvents> = …`.
 *
 * @throws `TypeError` for options that make no sense.
 */
export function connectSocketIo<Socket extends object>(
  io: socketIo.Io,
  url: string | URL,
  options: socketIo.SocketIoOptions<Socket, keyof typeof namespaces> = {},
): Socket {
  return socketIo.openNamespace(io, contract, namespaces, options.channel ?? "chat", url, options);
}

/** The namespaces, for `validated` of `./handfast-socketio.js`, by their channel's key. */
export const namespaces = {
  chat: {
    address: "/chat",
    server: {
      said: { validate: () => [] },
      "cursor:move": { validate: () => [], isSpread: true },
    },
    client: {
      say: { validate: () => [], acknowledgement: { validate: () => [] } },
      where: { validate: () => [], isSpread: true, acknowledgement: { validate: () => [], isSpread: true } },
      leave: { validate: () => [], acknowledgement: { validate: () => [] } },
      hush: { validate: () => [] },
      custom: { validate: () => [], isSpread: true },
    },
  },
} satisfies { readonly [key: string]: socketIo.NamespaceDescription };

const contract: client.ContractDescription = {
  eventName: ["header", "type"],
  auth: [],
  unique: [],
};
