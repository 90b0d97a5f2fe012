// @generated from bindings/typescript/tests/constructs/draft-04.schema.json by handfast; edit that, not this.

/** @see `draft-04.schema.json` */
export interface Draft04 {
  /** At least 2 items. */
  point: readonly [number, number];
  /** More than 0. */
  positive?: number;
  self?: Draft04;
  /** Beside a reference nothing counts. */
  named?: Named;
}

/** @see `draft-04.schema.json#/definitions/named` */
export interface Named {
  name: string;
}
