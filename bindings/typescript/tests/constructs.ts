// @generated from bindings/typescript/tests/constructs.asyncapi.yaml by handfast; edit that, not this.

import * as client from "./handfast-client.js";
import * as socketIo from "./handfast-socketio.js";
import { arrange, beyond, collect, dateTime, malformed, member, names, never, place, report, required, tooDeep, unlike, untagged, uri, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/**
 * Constructs 1.0.0
 *
 * One of everything that a schema can say and the bundled contracts do not.
 *
 * @packageDocumentation
 */

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
  "where": (...args: [...args: Where, acknowledge: (...response: WhereAcknowledgement) => void]) => void;
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
 * At least 2 items.
 *
 * @see `constructs.asyncapi.yaml#/operations/where/x-ack`
 */
export type WhereAcknowledgement = readonly [number, string];

/**
 * Event `leave`, sent by the client.
 *
 * @see `constructs.asyncapi.yaml#/channels/chat/messages/leave/payload`
 */
export type Leave = null;

/** @see `constructs.asyncapi.yaml#/operations/leave/x-ack` */
export type LeaveAcknowledgement = null;

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

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Said`. */
export function isSaid(value: unknown): value is Said {
  return !!n0(value, 0);
}

/** Everything that keeps a value from being a valid `Said`. */
export function validateSaid(value: unknown): Violation[] {
  return collect((r) => n0(value, 0, r, ""));
}

/** Whether a value is a valid `CursorMove`. */
export function isCursorMove(value: unknown): value is CursorMove {
  return !!n21(value);
}

/** Everything that keeps a value from being a valid `CursorMove`. */
export function validateCursorMove(value: unknown): Violation[] {
  return collect((r) => n21(value, r, ""));
}

/** Whether a value is a valid `Say`. */
export function isSay(value: unknown): value is Say {
  return !!n26(value);
}

/** Everything that keeps a value from being a valid `Say`. */
export function validateSay(value: unknown): Violation[] {
  return collect((r) => n26(value, r, ""));
}

/** Whether a value is a valid `SayAcknowledgement`. */
export function isSayAcknowledgement(value: unknown): value is SayAcknowledgement {
  return !!n54(value);
}

/** Everything that keeps a value from being a valid `SayAcknowledgement`. */
export function validateSayAcknowledgement(value: unknown): Violation[] {
  return collect((r) => n54(value, r, ""));
}

/** Whether a value is a valid `Where`. */
export function isWhere(value: unknown): value is Where {
  return !!n21(value);
}

/** Everything that keeps a value from being a valid `Where`. */
export function validateWhere(value: unknown): Violation[] {
  return collect((r) => n21(value, r, ""));
}

/** Whether a value is a valid `WhereAcknowledgement`. */
export function isWhereAcknowledgement(value: unknown): value is WhereAcknowledgement {
  return !!n56(value);
}

/** Everything that keeps a value from being a valid `WhereAcknowledgement`. */
export function validateWhereAcknowledgement(value: unknown): Violation[] {
  return collect((r) => n56(value, r, ""));
}

/** Whether a value is a valid `Leave`. */
export function isLeave(value: unknown): value is Leave {
  return !!n29(value);
}

/** Everything that keeps a value from being a valid `Leave`. */
export function validateLeave(value: unknown): Violation[] {
  return collect((r) => n29(value, r, ""));
}

/** Whether a value is a valid `LeaveAcknowledgement`. */
export function isLeaveAcknowledgement(value: unknown): value is LeaveAcknowledgement {
  return !!n60(value);
}

/** Everything that keeps a value from being a valid `LeaveAcknowledgement`. */
export function validateLeaveAcknowledgement(value: unknown): Violation[] {
  return collect((r) => n60(value, r, ""));
}

/** Whether a value is a valid `Hush`. */
export function isHush(value: unknown): value is Hush {
  return !!n30(value);
}

/** Everything that keeps a value from being a valid `Hush`. */
export function validateHush(value: unknown): Violation[] {
  return collect((r) => n30(value, r, ""));
}

/** Whether a value is a valid `Custom`. */
export function isCustom(_value: unknown): _value is Custom {
  return true;
}

/** Everything that keeps a value from being a valid `Custom`. */
export function validateCustom(_value: unknown): Violation[] {
  return [];
}

/** Whether a value is a valid `ServerError`. */
export function isServerError(value: unknown): value is ServerError {
  return !!n31(value, 0);
}

/** Everything that keeps a value from being a valid `ServerError`. */
export function validateServerError(value: unknown): Violation[] {
  return collect((r) => n31(value, 0, r, ""));
}

/** Whether a value is a valid `GrownV2`. */
export function isGrownV2(value: unknown): value is GrownV2 {
  return !!n45(value, 0);
}

/** Everything that keeps a value from being a valid `GrownV2`. */
export function validateGrownV2(value: unknown): Violation[] {
  return collect((r) => n45(value, 0, r, ""));
}

/** Whether a value is a valid `Cursor`. */
export function isCursor(value: unknown): value is Cursor {
  return !!n21(value);
}

/** Everything that keeps a value from being a valid `Cursor`. */
export function validateCursor(value: unknown): Violation[] {
  return collect((r) => n21(value, r, ""));
}

/** Whether a value is a valid `CursorItem3`. */
export function isCursorItem3(value: unknown): value is CursorItem3 {
  return !!n24(value);
}

/** Everything that keeps a value from being a valid `CursorItem3`. */
export function validateCursorItem3(value: unknown): Violation[] {
  return collect((r) => n24(value, r, ""));
}

/** Whether a value is a valid `Changed`. */
export function isChanged(value: unknown): value is Changed {
  return !!n31(value, 0);
}

/** Everything that keeps a value from being a valid `Changed`. */
export function validateChanged(value: unknown): Violation[] {
  return collect((r) => n31(value, 0, r, ""));
}

/** Whether a value is a valid `ChangedHeader`. */
export function isChangedHeader(value: unknown): value is ChangedHeader {
  return !!n32(value);
}

/** Everything that keeps a value from being a valid `ChangedHeader`. */
export function validateChangedHeader(value: unknown): Violation[] {
  return collect((r) => n32(value, r, ""));
}

/** Whether a value is a valid `ChangedPrices`. */
export function isChangedPrices(value: unknown): value is ChangedPrices {
  return !!n36(value);
}

/** Everything that keeps a value from being a valid `ChangedPrices`. */
export function validateChangedPrices(value: unknown): Violation[] {
  return collect((r) => n36(value, r, ""));
}

/** Whether a value is a valid `ChangedEither`. */
export function isChangedEither(value: unknown): value is ChangedEither {
  return !!n39(value);
}

/** Everything that keeps a value from being a valid `ChangedEither`. */
export function validateChangedEither(value: unknown): Violation[] {
  return collect((r) => n39(value, r, ""));
}

/** Whether a value is a valid `ChangedEitherVariant1`. */
export function isChangedEitherVariant1(value: unknown): value is ChangedEitherVariant1 {
  return !!n41(value);
}

/** Everything that keeps a value from being a valid `ChangedEitherVariant1`. */
export function validateChangedEitherVariant1(value: unknown): Violation[] {
  return collect((r) => n41(value, r, ""));
}

/** Whether a value is a valid `ChangedEitherVariant2`. */
export function isChangedEitherVariant2(value: unknown): value is ChangedEitherVariant2 {
  return !!n43(value);
}

/** Everything that keeps a value from being a valid `ChangedEitherVariant2`. */
export function validateChangedEitherVariant2(value: unknown): Violation[] {
  return collect((r) => n43(value, r, ""));
}

/** Whether a value is a valid `Grown`. */
export function isGrown(value: unknown): value is Grown {
  return !!n45(value, 0);
}

/** Everything that keeps a value from being a valid `Grown`. */
export function validateGrown(value: unknown): Violation[] {
  return collect((r) => n45(value, 0, r, ""));
}

/** Whether a value is a valid `GrownHeader`. */
export function isGrownHeader(value: unknown): value is GrownHeader {
  return !!n46(value);
}

/** Everything that keeps a value from being a valid `GrownHeader`. */
export function validateGrownHeader(value: unknown): Violation[] {
  return collect((r) => n46(value, r, ""));
}

/** Whether a value is a valid `Body`. */
export function isBody(value: unknown): value is Body {
  return !!n2(value);
}

/** Everything that keeps a value from being a valid `Body`. */
export function validateBody(value: unknown): Violation[] {
  return collect((r) => n2(value, r, ""));
}

/** Whether a value is a valid `BodyText`. */
export function isBodyText(value: unknown): value is BodyText {
  return !!n3(value);
}

/** Everything that keeps a value from being a valid `BodyText`. */
export function validateBodyText(value: unknown): Violation[] {
  return collect((r) => n3(value, r, ""));
}

/** Whether a value is a valid `BodyImage`. */
export function isBodyImage(value: unknown): value is BodyImage {
  return !!n6(value);
}

/** Everything that keeps a value from being a valid `BodyImage`. */
export function validateBodyImage(value: unknown): Violation[] {
  return collect((r) => n6(value, r, ""));
}

/** Whether a value is a valid `BodyImageKind`. */
export function isBodyImageKind(value: unknown): value is BodyImageKind {
  return !!n7(value);
}

/** Everything that keeps a value from being a valid `BodyImageKind`. */
export function validateBodyImageKind(value: unknown): Violation[] {
  return collect((r) => n7(value, r, ""));
}

/** Whether a value is a valid `BodyImageSize`. */
export function isBodyImageSize(value: unknown): value is BodyImageSize {
  return !(!((typeof value === "boolean" || Number.isFinite(value) || typeof value === "string" || Array.isArray(value) || typeof value === "object" && value !== null && !Array.isArray(value)) && n9(value)));
}

/** Everything that keeps a value from being a valid `BodyImageSize`. */
export function validateBodyImageSize(value: unknown): Violation[] {
  return collect((r) => (typeof value === "boolean" || Number.isFinite(value) || typeof value === "string" || Array.isArray(value) || typeof value === "object" && value !== null && !Array.isArray(value) || wrongType(r, "", s0 + "/components/schemas/Body/oneOf/1/properties/size", ["boolean", "number", "string", "array", "object"], value)) && n9(value, r, ""));
}

/** Whether a value is a valid `Tree`. */
export function isTree(value: unknown): value is Tree {
  return !!n34(value, 0);
}

/** Everything that keeps a value from being a valid `Tree`. */
export function validateTree(value: unknown): Violation[] {
  return collect((r) => n34(value, 0, r, ""));
}

/** Whether a value is a valid `Lists`. */
export function isLists(value: unknown): value is Lists {
  return !!n35(value, 0);
}

/** Everything that keeps a value from being a valid `Lists`. */
export function validateLists(value: unknown): Violation[] {
  return collect((r) => n35(value, 0, r, ""));
}

/** Whether a value is a valid `ConstructsNode`. */
export function isConstructsNode(value: unknown): value is ConstructsNode {
  return !!n48(value, 0);
}

/** Everything that keeps a value from being a valid `ConstructsNode`. */
export function validateConstructsNode(value: unknown): Violation[] {
  return collect((r) => n48(value, 0, r, ""));
}

/** Whether a value is a valid `ConstructsArray`. */
export function isConstructsArray(value: unknown): value is ConstructsArray {
  return !!n51(value);
}

/** Everything that keeps a value from being a valid `ConstructsArray`. */
export function validateConstructsArray(value: unknown): Violation[] {
  return collect((r) => n51(value, r, ""));
}

/** Whether a value is a valid `ConstructsArrayItem`. */
export function isConstructsArrayItem(value: unknown): value is ConstructsArrayItem {
  return !!n52(value);
}

/** Everything that keeps a value from being a valid `ConstructsArrayItem`. */
export function validateConstructsArrayItem(value: unknown): Violation[] {
  return collect((r) => n52(value, r, ""));
}

const s0 = "constructs.asyncapi.yaml#";

// constructs.asyncapi.yaml#/components/schemas/Said
function n0(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0 + "/components/schemas/Said");
  }
  d++;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = member(v, "__proto__")) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/__proto__", s0 + "/components/schemas/Said/properties/__proto__", ["string"], x)
      ) &&
      (
        (x = v["a b\u2028\""]) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/a b\u2028\"", s0 + "/components/schemas/Said/properties/a b\u2028\"", ["string"], x)
      ) &&
      ((x = v.body) === undefined ? r : n2(x, r, r && a + "/body")) &&
      (v.gone === undefined || r && never(r, a + "/gone", s0 + "/components/schemas/Said/properties/gone")) &&
      (
        (x = v.id) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/id", s0 + "/components/schemas/Said/properties/id", ["string"], x)
      ) &&
      ((x = v.mood) === undefined || n13(x, r, r && a + "/mood")) &&
      (
        (x = v.new) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/new", s0 + "/components/schemas/Said/properties/new", ["string"], x)
      ) &&
      ((x = v.quote) === undefined || n11(x, d, r, r && a + "/quote")) &&
      (
        (x = v.seen) === undefined ||
        (
          typeof x === "string"
          ? dateTime(x) || r && malformed(r, a + "/seen", s0 + "/components/schemas/Said/properties/seen", "date-time", x)
          : x === null ||
            r && wrongType(r, a + "/seen", s0 + "/components/schemas/Said/properties/seen", ["null", "string"], x)
        )
      ) &&
      (
        (x = v.weight) === undefined ||
        Number.isFinite(x) ||
        typeof x === "string" ||
        r && wrongType(r, a + "/weight", s0 + "/components/schemas/Said/properties/weight", ["number", "string"], x)
      ) &&
      (!r || required(r, a, s0 + "/components/schemas/Said", v, ["id", "body"]))
    : r && wrongType(r, a, s0 + "/components/schemas/Said", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Body
function n2(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.kind) === "text"
      ? n3(v, r, a)
      : x === "image"
        ? n6(v, r, a)
        : x === "video"
          ? n6(v, r, a)
          : r && untagged(r, a, s0 + "/components/schemas/Body", "oneOf", "kind", ["text", "image", "video"], v)
    : r && report(r, a, s0 + "/components/schemas/Body", "oneOf", { accepted: 0 })
  );
}

// constructs.asyncapi.yaml#/components/schemas/Body/oneOf/0
function n3(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.kind) === undefined
        ? r && required(r, a, s0 + "/components/schemas/Body/oneOf/0", v, ["kind"])
        : x === "text" ||
          r && unlike(r, a + "/kind", s0 + "/components/schemas/Body/oneOf/0/properties/kind", "const", "text", x)
      ) &&
      (
        (x = v.text) === undefined
        ? r && required(r, a, s0 + "/components/schemas/Body/oneOf/0", v, ["text"])
        : typeof x === "string" ||
          r && wrongType(r, a + "/text", s0 + "/components/schemas/Body/oneOf/0/properties/text", ["string"], x)
      )
    : r && wrongType(r, a, s0 + "/components/schemas/Body/oneOf/0", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Body/oneOf/1
function n6(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.kind) === undefined
        ? r
        : x === "image" ||
          x === "video" ||
          r &&
            unlike(r, a + "/kind", s0 + "/components/schemas/Body/oneOf/1/properties/kind", "enum", ["image", "video"], x)
      ) &&
      ((x = v.size) === undefined || n9(x, r, r && a + "/size")) &&
      (
        (x = v.url) === undefined
        ? r
        : typeof x === "string"
          ? uri(x) || r && malformed(r, a + "/url", s0 + "/components/schemas/Body/oneOf/1/properties/url", "uri", x)
          : r && wrongType(r, a + "/url", s0 + "/components/schemas/Body/oneOf/1/properties/url", ["string"], x)
      ) &&
      (!r || required(r, a, s0 + "/components/schemas/Body/oneOf/1", v, ["kind", "url"]))
    : r && wrongType(r, a, s0 + "/components/schemas/Body/oneOf/1", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Body/oneOf/1/properties/kind
function n7(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "image" ||
    v === "video" ||
    r && unlike(r, a, s0 + "/components/schemas/Body/oneOf/1/properties/kind", "enum", ["image", "video"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Body/oneOf/1/properties/size
function n9(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.width) === undefined
      ? r && required(r, a, s0 + "/components/schemas/Body/oneOf/1/properties/size", v, ["width"])
      : Number.isInteger(x) ||
        r &&
          wrongType(r, a + "/width", s0 + "/components/schemas/Body/oneOf/1/properties/size/properties/width", ["integer"], x)
    : v === null || r && wrongType(r, a, s0 + "/components/schemas/Body/oneOf/1/properties/size", ["null", "object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Said/properties/quote
function n11(v: any, d: number, r?: Violation[], a?: string): unknown {
  return (
    v === null
    ? v === null || r && wrongType(r, a, s0 + "/components/schemas/Said/properties/quote/anyOf/1", ["null"], v)
    : typeof v === "object" && v !== null && !Array.isArray(v)
      ? n0(v, d, r, a)
      : r && report(r, a, s0 + "/components/schemas/Said/properties/quote", "anyOf", {})
  );
}

// constructs.asyncapi.yaml#/components/schemas/Said/properties/mood
function n13(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === 1 ||
    v === "good" ||
    v === true ||
    v === null ||
    r && unlike(r, a, s0 + "/components/schemas/Said/properties/mood", "enum", [1, "good", true, null], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Cursor
function n21(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 2 || r && beyond(r, a, s0 + "/components/schemas/Cursor", "minItems", 2, v.length)) &&
        (
          v.length <= 0 ||
          ((x = v[0]), true) &&
            (
              Number.isFinite(x) ||
              r && wrongType(r, a + "/0", s0 + "/components/schemas/Cursor/prefixItems/0", ["number"], x)
            )
        ) &&
        (
          v.length <= 1 ||
          ((x = v[1]), true) &&
            (
              Number.isFinite(x) ||
              r && wrongType(r, a + "/1", s0 + "/components/schemas/Cursor/prefixItems/1", ["number"], x)
            )
        ) &&
        (
          v.length <= 2 ||
          ((x = v[2]), true) &&
            (
              x === "arrow" ||
              x === "hand" ||
              r && unlike(r, a + "/2", s0 + "/components/schemas/Cursor/prefixItems/2", "enum", ["arrow", "hand"], x)
            )
        ))) {
      return false;
    }
    for (let i = 3; i < v.length; i++) {
      if (!(r && never(r, a + "/" + i, s0 + "/components/schemas/Cursor/items"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/components/schemas/Cursor", ["array"], v))) {
    return false;
  }
  return true;
}

// constructs.asyncapi.yaml#/components/schemas/Cursor/prefixItems/2
function n24(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "arrow" ||
    v === "hand" ||
    r && unlike(r, a, s0 + "/components/schemas/Cursor/prefixItems/2", "enum", ["arrow", "hand"], v)
  );
}

// constructs.asyncapi.yaml#/channels/chat/messages/say/payload
function n26(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    const l = r ? r.length : 0;
    if (!((x = v.text) === undefined
        ? r
        : typeof x === "string" ||
          r && wrongType(r, a + "/text", s0 + "/channels/chat/messages/say/payload/properties/text", ["string"], x))) {
      return false;
    }
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(k === "text" || r && never(r, place(a, k), s0 + "/channels/chat/messages/say/payload/additionalProperties"))) {
        return false;
      }
    }
    if (!((!r || arrange(r, l, a)) && (!r || required(r, a, s0 + "/channels/chat/messages/say/payload", v, ["text"])))) {
      return false;
    }
  } else if (!(r && wrongType(r, a, s0 + "/channels/chat/messages/say/payload", ["object"], v))) {
    return false;
  }
  return true;
}

// constructs.asyncapi.yaml#/channels/chat/messages/leave/payload
function n29(v: any, r?: Violation[], a?: string): unknown {
  return v === null || r && wrongType(r, a, s0 + "/channels/chat/messages/leave/payload", ["null"], v);
}

// constructs.asyncapi.yaml#/channels/chat/messages/hush/payload
function n30(v: any, r?: Violation[], a?: string): unknown {
  return v === null || r && wrongType(r, a, s0 + "/channels/chat/messages/hush/payload", ["null"], v);
}

// constructs.asyncapi.yaml#/components/schemas/Changed
function n31(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.either) === undefined || n39(x, r, r && a + "/either")) &&
      ((x = v.header) === undefined ? r : n32(x, r, r && a + "/header")) &&
      ((x = v.lists) === undefined || n35(x, d, r, r && a + "/lists")) &&
      ((x = v.prices) === undefined || n36(x, r, r && a + "/prices")) &&
      ((x = v.tree) === undefined ? r : n34(x, d, r, r && a + "/tree")) &&
      (!r || required(r, a, s0 + "/components/schemas/Changed", v, ["header", "tree"]))
    : r && wrongType(r, a, s0 + "/components/schemas/Changed", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Changed/properties/header
function n32(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.type) === undefined
      ? r && required(r, a, s0 + "/components/schemas/Changed/properties/header", v, ["type"])
      : x === "error" ||
        r &&
          unlike(r, a + "/type", s0 + "/components/schemas/Changed/properties/header/properties/type", "const", "error", x)
    : r && wrongType(r, a, s0 + "/components/schemas/Changed/properties/header", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Tree
function n34(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0 + "/components/schemas/Tree");
  }
  d++;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(n34(x, d, r, r && place(a, k)))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/components/schemas/Tree", ["object"], v))) {
    return false;
  }
  return true;
}

// constructs.asyncapi.yaml#/components/schemas/Lists
function n35(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0 + "/components/schemas/Lists");
  }
  d++;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n35(x, d, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/components/schemas/Lists", ["array"], v))) {
    return false;
  }
  return true;
}

// constructs.asyncapi.yaml#/components/schemas/Changed/properties/prices
function n36(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (typeof v === "object" && v !== null && !Array.isArray(v)) {
    const l = r ? r.length : 0;
    if (!((x = v.currency) === undefined ||
        typeof x === "string" ||
        r &&
          wrongType(r, a + "/currency", s0 + "/components/schemas/Changed/properties/prices/properties/currency", ["string"], x))) {
      return false;
    }
    for (const k of names(v, r)) {
      x = v[k];
      if (x === undefined) {
        continue;
      }
      if (!(k === "currency" ||
          Number.isFinite(x) ||
          r &&
            wrongType(r, place(a, k), s0 + "/components/schemas/Changed/properties/prices/additionalProperties", ["number"], x))) {
        return false;
      }
    }
    if (!(!r || arrange(r, l, a))) {
      return false;
    }
  } else if (!(r && wrongType(r, a, s0 + "/components/schemas/Changed/properties/prices", ["object"], v))) {
    return false;
  }
  return true;
}

// constructs.asyncapi.yaml#/components/schemas/Changed/properties/either
function n39(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  let n: number;
  return (
    (
      typeof v === "object" && v !== null && !Array.isArray(v)
      ? (x = v.a) === undefined
        ? r && required(r, a, s0 + "/components/schemas/Changed/properties/either", v, ["a"])
        : typeof x === "string" ||
          r && wrongType(r, a + "/a", s0 + "/components/schemas/Changed/properties/either/properties/a", ["string"], x)
      : r && wrongType(r, a, s0 + "/components/schemas/Changed/properties/either", ["object"], v)
    ) &&
    (
      typeof v === "object" && v !== null && !Array.isArray(v)
      ? (n = (n41(v) ? 1 : 0) + (n43(v) ? 1 : 0)) === 1 ||
        r && report(r, a, s0 + "/components/schemas/Changed/properties/either", "oneOf", { accepted: n })
      : r && report(r, a, s0 + "/components/schemas/Changed/properties/either", "oneOf", { accepted: 0 })
    )
  );
}

// constructs.asyncapi.yaml#/components/schemas/Changed/properties/either/oneOf/0
function n41(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.b) === undefined ||
      typeof x === "string" ||
      r &&
        wrongType(r, a + "/b", s0 + "/components/schemas/Changed/properties/either/oneOf/0/properties/b", ["string"], x)
    : r && wrongType(r, a, s0 + "/components/schemas/Changed/properties/either/oneOf/0", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Changed/properties/either/oneOf/1
function n43(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.c) === undefined ||
      typeof x === "string" ||
      r &&
        wrongType(r, a + "/c", s0 + "/components/schemas/Changed/properties/either/oneOf/1/properties/c", ["string"], x)
    : r && wrongType(r, a, s0 + "/components/schemas/Changed/properties/either/oneOf/1", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Grown
function n45(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.array) === undefined || n51(x, r, r && a + "/array")) &&
      ((x = v.header) === undefined ? r : n46(x, r, r && a + "/header")) &&
      ((x = v.node) === undefined || n48(x, d, r, r && a + "/node")) &&
      (!r || required(r, a, s0 + "/components/schemas/Grown", v, ["header"]))
    : r && wrongType(r, a, s0 + "/components/schemas/Grown", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Grown/properties/header
function n46(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.type) === undefined
      ? r && required(r, a, s0 + "/components/schemas/Grown/properties/header", v, ["type"])
      : x === "grown.v2" ||
        r &&
          unlike(r, a + "/type", s0 + "/components/schemas/Grown/properties/header/properties/type", "const", "grown.v2", x)
    : r && wrongType(r, a, s0 + "/components/schemas/Grown/properties/header", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Node
function n48(v: any, d: number, r?: Violation[], a?: string): unknown {
  let x: any;
  if (d >= 256) {
    return r && tooDeep(r, a, s0 + "/components/schemas/Node");
  }
  d++;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.next) === undefined
      ? r && required(r, a, s0 + "/components/schemas/Node", v, ["next"])
      : n49(x, d, r, r && a + "/next")
    : r && wrongType(r, a, s0 + "/components/schemas/Node", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/components/schemas/Node/properties/next
function n49(v: any, d: number, r?: Violation[], a?: string): unknown {
  return (
    v === null
    ? v === null || r && wrongType(r, a, s0 + "/components/schemas/Node/properties/next/anyOf/1", ["null"], v)
    : typeof v === "object" && v !== null && !Array.isArray(v)
      ? n48(v, d, r, a)
      : r && report(r, a, s0 + "/components/schemas/Node/properties/next", "anyOf", {})
  );
}

// constructs.asyncapi.yaml#/components/schemas/Array
function n51(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!n52(x, r, r && a + "/" + i)) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/components/schemas/Array", ["array"], v))) {
    return false;
  }
  return true;
}

// constructs.asyncapi.yaml#/components/schemas/Array/items
function n52(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.x) === undefined
      ? r && required(r, a, s0 + "/components/schemas/Array/items", v, ["x"])
      : Number.isInteger(x) ||
        r && wrongType(r, a + "/x", s0 + "/components/schemas/Array/items/properties/x", ["integer"], x)
    : r && wrongType(r, a, s0 + "/components/schemas/Array/items", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/operations/say/x-ack
function n54(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.id) === undefined
      ? r && required(r, a, s0 + "/operations/say/x-ack", v, ["id"])
      : typeof x === "string" || r && wrongType(r, a + "/id", s0 + "/operations/say/x-ack/properties/id", ["string"], x)
    : r && wrongType(r, a, s0 + "/operations/say/x-ack", ["object"], v)
  );
}

// constructs.asyncapi.yaml#/operations/where/x-ack
function n56(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    if (!((v.length >= 2 || r && beyond(r, a, s0 + "/operations/where/x-ack", "minItems", 2, v.length)) &&
        (
          v.length <= 0 ||
          ((x = v[0]), true) &&
            (
              Number.isFinite(x) ||
              r && wrongType(r, a + "/0", s0 + "/operations/where/x-ack/prefixItems/0", ["number"], x)
            )
        ) &&
        (
          v.length <= 1 ||
          ((x = v[1]), true) &&
            (
              typeof x === "string" ||
              r && wrongType(r, a + "/1", s0 + "/operations/where/x-ack/prefixItems/1", ["string"], x)
            )
        ))) {
      return false;
    }
    for (let i = 2; i < v.length; i++) {
      if (!(r && never(r, a + "/" + i, s0 + "/operations/where/x-ack/items"))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/operations/where/x-ack", ["array"], v))) {
    return false;
  }
  return true;
}

// constructs.asyncapi.yaml#/operations/leave/x-ack
function n60(v: any, r?: Violation[], a?: string): unknown {
  return v === null || r && wrongType(r, a, s0 + "/operations/leave/x-ack", ["null"], v);
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
      error: validateServerError,
      "grown.v2": validateGrownV2,
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
      said: { validate: validateSaid },
      "cursor:move": { validate: validateCursorMove, isSpread: true },
    },
    client: {
      say: { validate: validateSay, acknowledgement: { validate: validateSayAcknowledgement } },
      where: { validate: validateWhere, isSpread: true, acknowledgement: { validate: validateWhereAcknowledgement, isSpread: true } },
      leave: { validate: validateLeave, acknowledgement: { validate: validateLeaveAcknowledgement } },
      hush: { validate: validateHush },
      custom: { validate: validateCustom, isSpread: true },
    },
  },
} satisfies { readonly [key: string]: socketIo.NamespaceDescription };

const contract: client.ContractDescription = {
  eventName: ["header", "type"],
  auth: [],
  unique: [],
};
