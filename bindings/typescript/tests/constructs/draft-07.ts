// @generated from bindings/typescript/tests/constructs/draft-07.schema.json by handfast; edit that, not this.

/**
 * @see `draft-07.schema.json`
 * @example
 * ```json
 * {
 *   "constant": "only",
 *   "either": "a",
 *   "open": ["a", 1],
 *   "property": "only",
 *   "rest": ["a", 1, 2]
 * }
 * ```
 * @example `{ "either": 1, "open": [], "rest": [] }`
 */
export interface Draft07 {
  open?: readonly [string?, ...unknown[]];
  rest?: readonly [string?, ...number[]];
  either?: string | number;
  constant?: "only";
  property?: "only";
}
