// @generated from bindings/typescript/tests/constructs/objects.schema.json by handfast; edit that, not this.

/**
 * Objects: what may be absent, null or unknown, and members by pattern
 *
 * @see `objects.schema.json`
 * @example
 * ```json
 * {
 *   "closed": {},
 *   "empty": {},
 *   "open": { "any": ["thing"] },
 *   "presence": { "always": "a", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "map": { "a": 1 },
 *   "presence": { "always": "a", "either": null, "later": 1, "nullable": "b", "sometimes": "c" }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "headers": { "x-a": "b" },
 *   "mapBesideNames": { "a": "b", "c": 1 },
 *   "presence": { "always": "", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "headersBesideNames": { "begun-at": 1, "free": [], "host": "h", "x-count": "22" },
 *   "presence": { "always": "", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "mixed": { "12": 1, "x-a": "b" },
 *   "otherwise": { "c": true, "x-a": "b" },
 *   "presence": { "always": "", "nullable": null }
 * }
 * ```
 * @example
 * ```json
 * {
 *   "merged": { "a": "a", "b": 1 },
 *   "named": { "en": "a" },
 *   "presence": { "always": "", "nullable": null },
 *   "refused": {},
 *   "required": { "undeclared": 0 }
 * }
 * ```
 */
export interface Objects {
  presence: ObjectsPresence;
  closed?: ObjectsClosed;
  /** No other members. */
  empty?: { [key: string]: never };
  open?: { [key: string]: unknown };
  map?: { [key: string]: number };
  mapBesideNames?: ObjectsMapBesideNames;
  headers?: { [key: `x-${string}`]: string };
  headersBesideNames?: ObjectsHeadersBesideNames;
  mixed?: { [key: `x-${string}`]: string | number; [key: string]: string | number };
  otherwise?: { [key: `x-${string}`]: string; [key: string]: boolean | string };
  named?: ObjectsNamed;
  merged?: ObjectsMerged;
  required?: { undeclared: unknown };
  refused?: ObjectsRefused;
}

/** @see `objects.schema.json#/properties/presence` */
export interface ObjectsPresence {
  always: string;
  nullable: string | null;
  /** @defaultValue `"here"` */
  sometimes?: string;
  either?: string | null;
}

/**
 * No other members.
 *
 * @see `objects.schema.json#/properties/closed`
 */
export interface ObjectsClosed {
  a?: string;
}

/** @see `objects.schema.json#/properties/mapBesideNames` */
export interface ObjectsMapBesideNames {
  a?: string;
  [key: string]: number | string | undefined;
}

/** @see `objects.schema.json#/properties/headersBesideNames` */
export interface ObjectsHeadersBesideNames {
  host: string;
  /** At least 2 characters. */
  "x-count"?: string;
  [key: `x-${string}`]: string | undefined;
  [key: `${string}-at`]: string | number;
}

/**
 * No other members.
 *
 * @see `objects.schema.json#/properties/named`
 */
export interface ObjectsNamed {
  en?: string;
  de?: string;
}

/** @see `objects.schema.json#/properties/merged` */
export interface ObjectsMerged {
  /** At least 1 character. */
  a: string;
  /** Integer. */
  b: number;
}

/** @see `objects.schema.json#/properties/refused` */
export interface ObjectsRefused {
  gone?: never;
}
