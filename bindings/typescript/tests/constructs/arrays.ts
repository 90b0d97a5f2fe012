// @generated from bindings/typescript/tests/constructs/arrays.schema.json by handfast; edit that, not this.

/**
 * Arrays and tuples
 *
 * @see `arrays.schema.json`
 * @example
 * ```json
 * {
 *   "anything": [1, "a"],
 *   "closed": ["a", 1],
 *   "list": ["a", null],
 *   "open": ["a", 1],
 *   "optional": ["a"],
 *   "rest": ["a", true, false]
 * }
 * ```
 * @example
 * ```json
 * {
 *   "nested": [[], [[]]],
 *   "none": [],
 *   "pair": [1, 2],
 *   "pairs": [[1, 2], [3, 4]],
 *   "tree": [null, [null]],
 *   "unevaluated": ["a"]
 * }
 * ```
 */
export interface Arrays {
  /** At least 1 item. */
  list?: (string | null)[];
  anything?: unknown[];
  /** At least 1 item. */
  open?: readonly [string, ...unknown[]];
  /** At least 2 items. */
  closed?: readonly [string, number];
  /** At least 1 item. */
  optional?: readonly [string, number?];
  /** At least 1 item. */
  rest?: readonly [string, ...boolean[]];
  /** Exactly 2 items. */
  pair?: readonly [number, number];
  pairs?: (readonly [number, number])[];
  /** At most 0 items. */
  none?: readonly [];
  nested?: Nested;
  tree?: Tree;
  unevaluated?: readonly [string?];
}

/** @see `arrays.schema.json#/$defs/Nested` */
export type Nested = Nested[];

/** @see `arrays.schema.json#/$defs/Tree` */
export type Tree = readonly [Tree?, Tree?] | null;
