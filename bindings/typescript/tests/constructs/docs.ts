// @generated from bindings/typescript/tests/constructs/docs.schema.json by handfast; edit that, not this.

/**
 * Ends *\/ here. \{\@link evil\} \<script\>alert(1)\</script\> a\@b.org `code {@x}` and \`open
 * \@deprecated is no tag
 * \@internal neither
 *
 * ```ts
 * const kept = "<as> {it} @is";
 * ```
 * ```
 * Back\slash \d, \*stars\*, 1 > 0, {{mustache}} ``two``
 * ```
 *
 * `short` only with `long` and `old`.
 *
 * @see `docs.schema.json`
 * @deprecated The schema says so.
 * @example
 * ```json
 * { "empty": null, "limited": "`a/", "unclosed": true }
 * ```
 */
export interface Docs {
  /**
   * One line *\/ \{
   *
   * @defaultValue
   * ```json
   * "`*\/`"
   * ```
   * @example `"*\/ @deprecated"`
   * @example `"{@link}"`
   */
  short?: string;
  /**
   * - a list
   *   - in a list
   *
   * ```
   *     code in it *\/
   * ```
   * \> quoted
   *
   * @example
   * ```json
   * {
   *   "a long example": "of more than eighty characters, which stands on lines of its own, *\/ or not",
   *   "b": []
   * }
   * ```
   */
  long?: { [key: string]: unknown };
  /** 1 to 20 characters. */
  limited?: string;
  /**
   * Integer, from 0 to 100.
   *
   * @deprecated The schema says so.
   * @defaultValue `5`
   */
  old?: number;
  /**
   * ```
   * let open = `
   * ```
   */
  unclosed?: boolean;
  empty?: null;
}
