// @generated from bindings/typescript/tests/constructs/unions.schema.json by handfast; edit that, not this.

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
