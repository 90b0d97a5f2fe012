/**
 * Series and figures.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { bytes, percent, series } from "../src/figures.js";

test("a series begins at the right edge and grows to the left", () => {
  assert.equal(series([], 4, 10), undefined);
  assert.equal(series([10], 4, 10)?.points, "300.0,0.0");
  assert.equal(series([0, 5, 10], 4, 10)?.points, "100.0,80.0 200.0,40.0 300.0,0.0");
  assert.equal(series([0, 5, 10, 5], 4, 10)?.points, "0.0,80.0 100.0,40.0 200.0,0.0 300.0,40.0");
});

test("the upper edge is a round figure, no less than the floor", () => {
  const top = (figure: number) => series([figure], 4, 10)?.top;
  assert.deepEqual([0, 9, 11, 21, 51, 100, 101].map(top), [10, 10, 20, 50, 100, 100, 200]);
});

test("a series tells its latest, least and most", () => {
  const { now, least, most } = series([3, 1, 9, 4], 60, 10) ?? {};
  assert.deepEqual([now, least, most], [4, 1, 9]);
});

test("figures are short", () => {
  assert.deepEqual([0, 999, 1000, 52_428_800, 999_400_000, 2e9].map(bytes), [
    "0 B",
    "999 B",
    "1.0 kB",
    "52.4 MB",
    "999 MB",
    "2.0 GB",
  ]);
  assert.equal(percent(12.54), "12.5 %");
});
