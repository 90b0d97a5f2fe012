// @generated from bindings/typescript/tests/constructs/unions.schema.json by handfast; edit that, not this.

import { collect, equal, report, required, unlike, untagged, wrongType, type Violation } from "./handfast.js";

export type { Violation } from "./handfast.js";

/**
 * Unions, by what tells their branches apart
 *
 * @see `unions.schema.json`
 * @example
 * ```json
 * {
 *   "maybe": null,
 *   "packet": { "d": { "t": 1 }, "op": 0 },
 *   "shape": { "colour": "red", "r": 1, "type": "circle" }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "based": { "kind": "a", "x": 1 },
 *   "contact": { "mail": "a@b" },
 *   "level": "middle",
 *   "packet": { "d": null, "op": 1 }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "based": { "kind": "b", "y": "z" },
 *   "contact": { "fax": 2, "phone": "1" },
 *   "level": "low",
 *   "packet": { "op": 1 },
 *   "status": 3
 * }
 * ```
 * @example
 * ```json
 * {
 *   "byType": ["a"],
 *   "conditional": { "kind": "text", "text": "t" },
 *   "constant": { "a": [1, "b"], "c": {} },
 *   "untyped": { "a": "b" }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "byType": true,
 *   "conditional": { "kind": "blob", "size": 1.0 },
 *   "status": null,
 *   "untyped": 1
 * }
 * ```
 */
export interface Unions {
  packet?: UnionsPacket;
  shape?: UnionsShape;
  based?: UnionsBased;
  maybe?: UnionsMaybe | null;
  contact?: UnionsContact;
  level?: UnionsLevelKnown | (string & {});
  status?: "queued" | "running" | 3 | null;
  byType?: string[] | string | boolean;
  untyped?: UnionsUntypedObject | unknown[] | string | number | boolean | null;
  conditional?: UnionsConditional;
  never?: never;
  constant?: { a: readonly [1, "b"]; c: { [key: string]: never } };
}

/** @see `unions.schema.json#/properties/packet` */
export type UnionsPacket = UnionsPacketOp0 | UnionsPacketOp1;

/** @see `unions.schema.json#/properties/packet/oneOf/0` */
export interface UnionsPacketOp0 {
  op: 0;
  d: { [key: string]: unknown };
}

/** @see `unions.schema.json#/properties/packet/oneOf/1` */
export interface UnionsPacketOp1 {
  op: 1;
  /** Integer. */
  d?: number | null;
}

/** @see `unions.schema.json#/properties/shape` */
export type UnionsShape = Circle | Square;

/** @see `unions.schema.json#/properties/based` */
export type UnionsBased = UnionsBasedA | UnionsBasedB;

/** @see `unions.schema.json#/properties/based/oneOf/0` */
export interface UnionsBasedA {
  kind: "a";
  x: number;
}

/** @see `unions.schema.json#/properties/based/oneOf/1` */
export interface UnionsBasedB {
  kind: "b";
  y?: string;
}

/** @see `unions.schema.json#/properties/maybe` */
export type UnionsMaybe = Circle | Square;

/** @see `unions.schema.json#/properties/contact` */
export type UnionsContact = {
  mail?: string;
  phone?: string;
} & ({ mail: unknown } | { phone: unknown });

/** @see `unions.schema.json#/properties/level/anyOf/0` */
export type UnionsLevelKnown = "low" | "high";

/** @see `unions.schema.json#/properties/untyped` */
export interface UnionsUntypedObject {
  a: string;
}

/** @see `unions.schema.json#/properties/conditional` */
export type UnionsConditional = {
  kind: UnionsConditionalKind;
} & (UnionsConditionalVariant1 | UnionsConditionalVariant2);

/** @see `unions.schema.json#/properties/conditional/properties/kind` */
export type UnionsConditionalKind = "text" | "blob";

/** @see `unions.schema.json#/properties/conditional/if` */
export interface UnionsConditionalVariant1 {
  kind?: "text";
  text: string;
}

/** @see `unions.schema.json#/properties/conditional/else` */
export interface UnionsConditionalVariant2 {
  kind?: "blob";
  /** Integer. */
  size: number;
}

/** @see `unions.schema.json#/$defs/Circle` */
export interface Circle {
  type: Round;
  r: number;
}

/** @see `unions.schema.json#/$defs/Square` */
export interface Square {
  type: Angular;
  side: number;
}

/** @see `unions.schema.json#/$defs/Round` */
export type Round = "circle";

/** @see `unions.schema.json#/$defs/Angular` */
export type Angular = "square";

// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.

/** Whether a value is a valid `Unions`. */
export function isUnions(value: unknown): value is Unions {
  return !!n0(value);
}

/** Everything that keeps a value from being a valid `Unions`. */
export function validateUnions(value: unknown): Violation[] {
  return collect((r) => n0(value, r, ""));
}

/** Whether a value is a valid `UnionsPacket`. */
export function isUnionsPacket(value: unknown): value is UnionsPacket {
  return !!n1(value);
}

/** Everything that keeps a value from being a valid `UnionsPacket`. */
export function validateUnionsPacket(value: unknown): Violation[] {
  return collect((r) => n1(value, r, ""));
}

/** Whether a value is a valid `UnionsPacketOp0`. */
export function isUnionsPacketOp0(value: unknown): value is UnionsPacketOp0 {
  return !!n2(value);
}

/** Everything that keeps a value from being a valid `UnionsPacketOp0`. */
export function validateUnionsPacketOp0(value: unknown): Violation[] {
  return collect((r) => n2(value, r, ""));
}

/** Whether a value is a valid `UnionsPacketOp1`. */
export function isUnionsPacketOp1(value: unknown): value is UnionsPacketOp1 {
  return !!n5(value);
}

/** Everything that keeps a value from being a valid `UnionsPacketOp1`. */
export function validateUnionsPacketOp1(value: unknown): Violation[] {
  return collect((r) => n5(value, r, ""));
}

/** Whether a value is a valid `UnionsShape`. */
export function isUnionsShape(value: unknown): value is UnionsShape {
  return !!n8(value);
}

/** Everything that keeps a value from being a valid `UnionsShape`. */
export function validateUnionsShape(value: unknown): Violation[] {
  return collect((r) => n8(value, r, ""));
}

/** Whether a value is a valid `UnionsBased`. */
export function isUnionsBased(value: unknown): value is UnionsBased {
  return !!n15(value);
}

/** Everything that keeps a value from being a valid `UnionsBased`. */
export function validateUnionsBased(value: unknown): Violation[] {
  return collect((r) => n15(value, r, ""));
}

/** Whether a value is a valid `UnionsBasedA`. */
export function isUnionsBasedA(value: unknown): value is UnionsBasedA {
  return !!n16(value);
}

/** Everything that keeps a value from being a valid `UnionsBasedA`. */
export function validateUnionsBasedA(value: unknown): Violation[] {
  return collect((r) => n16(value, r, ""));
}

/** Whether a value is a valid `UnionsBasedB`. */
export function isUnionsBasedB(value: unknown): value is UnionsBasedB {
  return !!n22(value);
}

/** Everything that keeps a value from being a valid `UnionsBasedB`. */
export function validateUnionsBasedB(value: unknown): Violation[] {
  return collect((r) => n22(value, r, ""));
}

/** Whether a value is a valid `UnionsMaybe`. */
export function isUnionsMaybe(value: unknown): value is UnionsMaybe {
  return !(!((typeof value === "boolean" || Number.isFinite(value) || typeof value === "string" || Array.isArray(value) || typeof value === "object" && value !== null && !Array.isArray(value)) && n26(value)));
}

/** Everything that keeps a value from being a valid `UnionsMaybe`. */
export function validateUnionsMaybe(value: unknown): Violation[] {
  return collect((r) => (typeof value === "boolean" || Number.isFinite(value) || typeof value === "string" || Array.isArray(value) || typeof value === "object" && value !== null && !Array.isArray(value) || wrongType(r, "", s0 + "/properties/maybe", ["boolean", "number", "string", "array", "object"], value)) && n26(value, r, ""));
}

/** Whether a value is a valid `UnionsContact`. */
export function isUnionsContact(value: unknown): value is UnionsContact {
  return !!n28(value);
}

/** Everything that keeps a value from being a valid `UnionsContact`. */
export function validateUnionsContact(value: unknown): Violation[] {
  return collect((r) => n28(value, r, ""));
}

/** Whether a value is a valid `UnionsLevelKnown`. */
export function isUnionsLevelKnown(value: unknown): value is UnionsLevelKnown {
  return !!n34(value);
}

/** Everything that keeps a value from being a valid `UnionsLevelKnown`. */
export function validateUnionsLevelKnown(value: unknown): Violation[] {
  return collect((r) => n34(value, r, ""));
}

/** Whether a value is a valid `UnionsUntypedObject`. */
export function isUnionsUntypedObject(value: unknown): value is UnionsUntypedObject {
  return !(!(typeof value === "object" && value !== null && !Array.isArray(value) && n42(value)));
}

/** Everything that keeps a value from being a valid `UnionsUntypedObject`. */
export function validateUnionsUntypedObject(value: unknown): Violation[] {
  return collect((r) => (typeof value === "object" && value !== null && !Array.isArray(value) || wrongType(r, "", s0 + "/properties/untyped", ["object"], value)) && n42(value, r, ""));
}

/** Whether a value is a valid `UnionsConditional`. */
export function isUnionsConditional(value: unknown): value is UnionsConditional {
  return !!n44(value);
}

/** Everything that keeps a value from being a valid `UnionsConditional`. */
export function validateUnionsConditional(value: unknown): Violation[] {
  return collect((r) => n44(value, r, ""));
}

/** Whether a value is a valid `UnionsConditionalKind`. */
export function isUnionsConditionalKind(value: unknown): value is UnionsConditionalKind {
  return !!n45(value);
}

/** Everything that keeps a value from being a valid `UnionsConditionalKind`. */
export function validateUnionsConditionalKind(value: unknown): Violation[] {
  return collect((r) => n45(value, r, ""));
}

/** Whether a value is a valid `UnionsConditionalVariant1`. */
export function isUnionsConditionalVariant1(value: unknown): value is UnionsConditionalVariant1 {
  return !(!(typeof value === "object" && value !== null && !Array.isArray(value) && n46(value) && n48(value)));
}

/** Everything that keeps a value from being a valid `UnionsConditionalVariant1`. */
export function validateUnionsConditionalVariant1(value: unknown): Violation[] {
  return collect((r) => (typeof value === "object" && value !== null && !Array.isArray(value) || wrongType(r, "", s0 + "/properties/conditional/if", ["object"], value)) && n46(value, r, "") && n48(value, r, ""));
}

/** Whether a value is a valid `UnionsConditionalVariant2`. */
export function isUnionsConditionalVariant2(value: unknown): value is UnionsConditionalVariant2 {
  return !(!(typeof value === "object" && value !== null && !Array.isArray(value) && n50(value)));
}

/** Everything that keeps a value from being a valid `UnionsConditionalVariant2`. */
export function validateUnionsConditionalVariant2(value: unknown): Violation[] {
  return collect((r) => (typeof value === "object" && value !== null && !Array.isArray(value) || wrongType(r, "", s0 + "/properties/conditional/else", ["object"], value)) && n50(value, r, ""));
}

/** Whether a value is a valid `Circle`. */
export function isCircle(value: unknown): value is Circle {
  return !!n9(value);
}

/** Everything that keeps a value from being a valid `Circle`. */
export function validateCircle(value: unknown): Violation[] {
  return collect((r) => n9(value, r, ""));
}

/** Whether a value is a valid `Square`. */
export function isSquare(value: unknown): value is Square {
  return !!n12(value);
}

/** Everything that keeps a value from being a valid `Square`. */
export function validateSquare(value: unknown): Violation[] {
  return collect((r) => n12(value, r, ""));
}

/** Whether a value is a valid `Round`. */
export function isRound(value: unknown): value is Round {
  return !!n10(value);
}

/** Everything that keeps a value from being a valid `Round`. */
export function validateRound(value: unknown): Violation[] {
  return collect((r) => n10(value, r, ""));
}

/** Whether a value is a valid `Angular`. */
export function isAngular(value: unknown): value is Angular {
  return !!n13(value);
}

/** Everything that keeps a value from being a valid `Angular`. */
export function validateAngular(value: unknown): Violation[] {
  return collect((r) => n13(value, r, ""));
}

const s0 = "unions.schema.json#";
const c1: unknown = { a: [1, "b"], c: {  } };

// unions.schema.json#
function n0(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? ((x = v.based) === undefined || n15(x, r, r && a + "/based")) &&
      ((x = v.byType) === undefined || n37(x, r, r && a + "/byType")) &&
      ((x = v.conditional) === undefined || n44(x, r, r && a + "/conditional")) &&
      ((x = v.constant) === undefined || n56(x, r, r && a + "/constant")) &&
      ((x = v.contact) === undefined || n28(x, r, r && a + "/contact")) &&
      ((x = v.level) === undefined || n33(x, r, r && a + "/level")) &&
      ((x = v.maybe) === undefined || n26(x, r, r && a + "/maybe")) &&
      ((x = v.never) === undefined || n53(x, r, r && a + "/never")) &&
      ((x = v.packet) === undefined || n1(x, r, r && a + "/packet")) &&
      ((x = v.shape) === undefined || n8(x, r, r && a + "/shape")) &&
      ((x = v.status) === undefined || n36(x, r, r && a + "/status")) &&
      ((x = v.untyped) === undefined || n42(x, r, r && a + "/untyped"))
    : r && wrongType(r, a, s0, ["object"], v)
  );
}

// unions.schema.json#/properties/packet
function n1(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.op) === 0
      ? n2(v, r, a)
      : x === 1 ? n5(v, r, a) : r && untagged(r, a, s0 + "/properties/packet", "oneOf", "op", [0, 1], v)
    : r && report(r, a, s0 + "/properties/packet", "oneOf", { accepted: 0 })
  );
}

// unions.schema.json#/properties/packet/oneOf/0
function n2(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.op) === undefined
        ? r && required(r, a, s0 + "/properties/packet/oneOf/0", v, ["op"])
        : x === 0 || r && unlike(r, a + "/op", s0 + "/properties/packet/oneOf/0/properties/op", "const", 0, x)
      ) &&
      (
        (x = v.d) === undefined
        ? r && required(r, a, s0 + "/properties/packet/oneOf/0", v, ["d"])
        : typeof x === "object" && x !== null && !Array.isArray(x) ||
          r && wrongType(r, a + "/d", s0 + "/properties/packet/oneOf/0/properties/d", ["object"], x)
      )
    : r && wrongType(r, a, s0 + "/properties/packet/oneOf/0", ["object"], v)
  );
}

// unions.schema.json#/properties/packet/oneOf/1
function n5(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.op) === undefined
        ? r && required(r, a, s0 + "/properties/packet/oneOf/1", v, ["op"])
        : x === 1 || r && unlike(r, a + "/op", s0 + "/properties/packet/oneOf/1/properties/op", "const", 1, x)
      ) &&
      (
        (x = v.d) === undefined ||
        x === null ||
        Number.isInteger(x) ||
        r && wrongType(r, a + "/d", s0 + "/properties/packet/oneOf/1/properties/d", ["null", "integer"], x)
      )
    : r && wrongType(r, a, s0 + "/properties/packet/oneOf/1", ["object"], v)
  );
}

// unions.schema.json#/properties/shape
function n8(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.type) === "circle"
      ? n9(v, r, a)
      : x === "square"
        ? n12(v, r, a)
        : r && untagged(r, a, s0 + "/properties/shape", "oneOf", "type", ["circle", "square"], v)
    : r && report(r, a, s0 + "/properties/shape", "oneOf", { accepted: 0 })
  );
}

// unions.schema.json#/$defs/Circle
function n9(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.type) === undefined
        ? r && required(r, a, s0 + "/$defs/Circle", v, ["type"])
        : x === "circle" || r && unlike(r, a + "/type", s0 + "/$defs/Round", "const", "circle", x)
      ) &&
      (
        (x = v.r) === undefined
        ? r && required(r, a, s0 + "/$defs/Circle", v, ["r"])
        : Number.isFinite(x) || r && wrongType(r, a + "/r", s0 + "/$defs/Circle/properties/r", ["number"], x)
      )
    : r && wrongType(r, a, s0 + "/$defs/Circle", ["object"], v)
  );
}

// unions.schema.json#/$defs/Round
function n10(v: any, r?: Violation[], a?: string): unknown {
  return v === "circle" || r && unlike(r, a, s0 + "/$defs/Round", "const", "circle", v);
}

// unions.schema.json#/$defs/Square
function n12(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.type) === undefined
        ? r && required(r, a, s0 + "/$defs/Square", v, ["type"])
        : x === "square" || r && unlike(r, a + "/type", s0 + "/$defs/Angular", "const", "square", x)
      ) &&
      (
        (x = v.side) === undefined
        ? r && required(r, a, s0 + "/$defs/Square", v, ["side"])
        : Number.isFinite(x) || r && wrongType(r, a + "/side", s0 + "/$defs/Square/properties/side", ["number"], x)
      )
    : r && wrongType(r, a, s0 + "/$defs/Square", ["object"], v)
  );
}

// unions.schema.json#/$defs/Angular
function n13(v: any, r?: Violation[], a?: string): unknown {
  return v === "square" || r && unlike(r, a, s0 + "/$defs/Angular", "const", "square", v);
}

// unions.schema.json#/properties/based
function n15(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.kind) === "a"
      ? n16(v, r, a)
      : x === "b" ? n22(v, r, a) : r && untagged(r, a, s0 + "/properties/based", "oneOf", "kind", ["a", "b"], v)
    : r && report(r, a, s0 + "/properties/based", "oneOf", { accepted: 0 })
  );
}

// unions.schema.json#/properties/based/oneOf/0
function n16(v: any, r?: Violation[], a?: string): unknown {
  return n17(v, r, a) && n19(v, r, a);
}

// unions.schema.json#/$defs/Base
function n17(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.kind) === undefined
      ? r && required(r, a, s0 + "/$defs/Base", v, ["kind"])
      : typeof x === "string" || r && wrongType(r, a + "/kind", s0 + "/$defs/Base/properties/kind", ["string"], x)
    : r && wrongType(r, a, s0 + "/$defs/Base", ["object"], v)
  );
}

// unions.schema.json#/properties/based/oneOf/0/allOf/1
function n19(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.kind) === undefined ||
        x === "a" ||
        r && unlike(r, a + "/kind", s0 + "/properties/based/oneOf/0/allOf/1/properties/kind", "const", "a", x)
      ) &&
      (
        (x = v.x) === undefined
        ? r && required(r, a, s0 + "/properties/based/oneOf/0/allOf/1", v, ["x"])
        : Number.isFinite(x) ||
          r && wrongType(r, a + "/x", s0 + "/properties/based/oneOf/0/allOf/1/properties/x", ["number"], x)
      )
    : true
  );
}

// unions.schema.json#/properties/based/oneOf/1
function n22(v: any, r?: Violation[], a?: string): unknown {
  return n17(v, r, a) && n23(v, r, a);
}

// unions.schema.json#/properties/based/oneOf/1/allOf/1
function n23(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.kind) === undefined ||
        x === "b" ||
        r && unlike(r, a + "/kind", s0 + "/properties/based/oneOf/1/allOf/1/properties/kind", "const", "b", x)
      ) &&
      (
        (x = v.y) === undefined ||
        typeof x === "string" ||
        r && wrongType(r, a + "/y", s0 + "/properties/based/oneOf/1/allOf/1/properties/y", ["string"], x)
      )
    : true
  );
}

// unions.schema.json#/properties/maybe
function n26(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.type) === "circle"
      ? n9(v, r, a)
      : x === "square"
        ? n12(v, r, a)
        : r && untagged(r, a, s0 + "/properties/maybe", "oneOf", "type", ["circle", "square"], v)
    : v === null
      ? v === null || r && wrongType(r, a, s0 + "/properties/maybe/oneOf/0", ["null"], v)
      : r && report(r, a, s0 + "/properties/maybe", "oneOf", { accepted: 0 })
  );
}

// unions.schema.json#/properties/contact
function n28(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    (
      typeof v === "object" && v !== null && !Array.isArray(v)
      ? (
          (x = v.mail) === undefined ||
          typeof x === "string" ||
          r && wrongType(r, a + "/mail", s0 + "/properties/contact/properties/mail", ["string"], x)
        ) &&
        (
          (x = v.phone) === undefined ||
          typeof x === "string" ||
          r && wrongType(r, a + "/phone", s0 + "/properties/contact/properties/phone", ["string"], x)
        )
      : r && wrongType(r, a, s0 + "/properties/contact", ["object"], v)
    ) &&
    (
      v === null || typeof v === "boolean" || typeof v === "number" || typeof v === "string" || Array.isArray(v)
      ? n31(v) || n32(v) || r && report(r, a, s0 + "/properties/contact", "anyOf", {})
      : v.mail !== undefined && n31(v) ||
        v.phone !== undefined && n32(v) ||
        r && report(r, a, s0 + "/properties/contact", "anyOf", {})
    )
  );
}

// unions.schema.json#/properties/contact/anyOf/0
function n31(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? v.mail !== undefined || r && required(r, a, s0 + "/properties/contact/anyOf/0", v, ["mail"])
    : true
  );
}

// unions.schema.json#/properties/contact/anyOf/1
function n32(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? v.phone !== undefined || r && required(r, a, s0 + "/properties/contact/anyOf/1", v, ["phone"])
    : true
  );
}

// unions.schema.json#/properties/level
function n33(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "string"
    ? v === "low" || v === "high" || typeof v === "string" || r && report(r, a, s0 + "/properties/level", "anyOf", {})
    : r && report(r, a, s0 + "/properties/level", "anyOf", {})
  );
}

// unions.schema.json#/properties/level/anyOf/0
function n34(v: any, r?: Violation[], a?: string): unknown {
  return v === "low" || v === "high" || r && unlike(r, a, s0 + "/properties/level/anyOf/0", "enum", ["low", "high"], v);
}

// unions.schema.json#/properties/status
function n36(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "queued" ||
    v === "running" ||
    v === 3 ||
    v === null ||
    r && unlike(r, a, s0 + "/properties/status", "enum", ["queued", "running", 3, null], v)
  );
}

// unions.schema.json#/properties/byType
function n37(v: any, r?: Violation[], a?: string): unknown {
  return (
    typeof v === "boolean"
    ? typeof v === "boolean" || r && wrongType(r, a, s0 + "/properties/byType/anyOf/2", ["boolean"], v)
    : typeof v === "string"
      ? typeof v === "string" || r && wrongType(r, a, s0 + "/properties/byType/anyOf/1", ["string"], v)
      : Array.isArray(v) ? n38(v, r, a) : r && report(r, a, s0 + "/properties/byType", "anyOf", {})
  );
}

// unions.schema.json#/properties/byType/anyOf/0
function n38(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      x = v[i];
      if (!(typeof x === "string" || r && wrongType(r, a + "/" + i, s0 + "/properties/byType/anyOf/0/items", ["string"], x))) {
        return false;
      }
    }
  } else if (!(r && wrongType(r, a, s0 + "/properties/byType/anyOf/0", ["array"], v))) {
    return false;
  }
  return true;
}

// unions.schema.json#/properties/untyped
function n42(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.a) === undefined
      ? r && required(r, a, s0 + "/properties/untyped", v, ["a"])
      : typeof x === "string" || r && wrongType(r, a + "/a", s0 + "/properties/untyped/properties/a", ["string"], x)
    : true
  );
}

// unions.schema.json#/properties/conditional
function n44(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    (
      typeof v === "object" && v !== null && !Array.isArray(v)
      ? (x = v.kind) === undefined
        ? r && required(r, a, s0 + "/properties/conditional", v, ["kind"])
        : x === "text" ||
          x === "blob" ||
          r && unlike(r, a + "/kind", s0 + "/properties/conditional/properties/kind", "enum", ["text", "blob"], x)
      : r && wrongType(r, a, s0 + "/properties/conditional", ["object"], v)
    ) &&
    (n46(v) ? n48(v, r, a) : n50(v, r, a))
  );
}

// unions.schema.json#/properties/conditional/properties/kind
function n45(v: any, r?: Violation[], a?: string): unknown {
  return (
    v === "text" ||
    v === "blob" ||
    r && unlike(r, a, s0 + "/properties/conditional/properties/kind", "enum", ["text", "blob"], v)
  );
}

// unions.schema.json#/properties/conditional/if
function n46(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.kind) === undefined ||
      x === "text" ||
      r && unlike(r, a + "/kind", s0 + "/properties/conditional/if/properties/kind", "const", "text", x)
    : true
  );
}

// unions.schema.json#/properties/conditional/then
function n48(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (x = v.text) === undefined
      ? r && required(r, a, s0 + "/properties/conditional/then", v, ["text"])
      : typeof x === "string" ||
        r && wrongType(r, a + "/text", s0 + "/properties/conditional/then/properties/text", ["string"], x)
    : true
  );
}

// unions.schema.json#/properties/conditional/else
function n50(v: any, r?: Violation[], a?: string): unknown {
  let x: any;
  return (
    typeof v === "object" && v !== null && !Array.isArray(v)
    ? (
        (x = v.kind) === undefined ||
        x === "blob" ||
        r && unlike(r, a + "/kind", s0 + "/properties/conditional/else/properties/kind", "const", "blob", x)
      ) &&
      (
        (x = v.size) === undefined
        ? r && required(r, a, s0 + "/properties/conditional/else", v, ["size"])
        : Number.isInteger(x) ||
          r && wrongType(r, a + "/size", s0 + "/properties/conditional/else/properties/size", ["integer"], x)
      )
    : true
  );
}

// unions.schema.json#/properties/never
function n53(v: any, r?: Violation[], a?: string): unknown {
  return (
    (typeof v === "string" || r && wrongType(r, a, s0 + "/properties/never/allOf/0", ["string"], v)) &&
    (Number.isFinite(v) || r && wrongType(r, a, s0 + "/properties/never/allOf/1", ["number"], v))
  );
}

// unions.schema.json#/properties/constant
function n56(v: any, r?: Violation[], a?: string): unknown {
  return equal(v, c1) || r && unlike(r, a, s0 + "/properties/constant", "const", c1, v);
}
