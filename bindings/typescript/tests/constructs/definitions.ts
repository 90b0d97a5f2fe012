// @generated from bindings/typescript/tests/constructs/definitions.schema.json by handfast; edit that, not this.

/** @see `definitions.schema.json#/$defs/Request` */
export interface DefinitionsRequest {
  method: string;
  id?: RequestId;
  params?: Params;
}

/** @see `definitions.schema.json#/$defs/RequestId` */
export type RequestId = string | number;

/** @see `definitions.schema.json#/$defs/Ping` */
export interface Ping {
  method: "ping";
  id?: RequestId;
  params?: Params;
}

/** @see `definitions.schema.json#/$defs/List` */
export interface List {
  method: "list";
  id?: RequestId;
  params?: Params;
  limit?: Limit;
}

/**
 * Integer, at least 1.
 *
 * @see `definitions.schema.json#/$defs/Limit`
 */
export type Limit = number;

/** @see `definitions.schema.json#/$defs/Call` */
export type Call = Ping | List;

export type Alias = Call;

/** @see `definitions.schema.json#/$defs/Embedded` */
export type Embedded = unknown;

/**
 * @see `definitions.schema.json#/$defs/Data`
 * @example `{ "$ref": "#/nowhere" }`
 */
export type Data = { $ref: "#/nowhere" };

/**
 * No type says what the schema says.
 *
 * @see `definitions.schema.json#/$defs/Odd`
 */
export type Odd = unknown;

/** @see `definitions.schema.json#/$defs/Anything` */
export type Anything = unknown;

/** @see `definitions.schema.json#/$defs/Nothing` */
export type Nothing = never;

/** @see `definitions.schema.json#/$defs/Embedded/$defs/Params` */
export type Params = { [key: string]: Value };

/** @see `definitions.schema.json#/$defs/Embedded/$defs/Value` */
export type Value = number | null;
