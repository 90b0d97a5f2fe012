// @generated from bindings/typescript/tests/constructs/draft-2019-09.schema.json by handfast; edit that, not this.

/**
 * `a` only with `b`, no other members.
 *
 * @see `draft-2019-09.schema.json`
 * @example
 * ```json
 * {
 *   "a": "a",
 *   "b": "b",
 *   "beside": { "age": 1, "name": "n" },
 *   "children": [{ "children": [] }]
 * }
 * ```
 */
export interface Draft201909 {
  children?: Draft201909[];
  a?: string;
  b?: string;
  /** Both count. */
  beside?: Draft201909Beside;
}

/**
 * Both count.
 *
 * @see `draft-2019-09.schema.json#/properties/beside`
 */
export interface Draft201909Beside {
  /** Integer. */
  age?: number;
  name: string;
}
