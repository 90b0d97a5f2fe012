// Puts values that no JSON text stands for to compiled validators: `node check-values.mjs FOLDER`, where `everything.js` and
// `handfast.js` are. Run with `--disallow-code-generation-from-strings`, as a strict content security policy has it.
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(resolve(join(process.argv[2], name))));
const { isRoot, validateRoot } = await load("everything.js");
const { equal, length, multiple, unique } = await load("handfast.js");

const codes = (value) => validateRoot(value).map(({ code, at }) => `${code} ${at}`);

function refused(value, ...violations) {
  assert.equal(isRoot(value), false);
  assert.deepEqual(codes(value), violations);
}

function accepted(value) {
  assert.deepEqual(codes(value), []);
  assert.equal(isRoot(value), true);
}

// A member that is undefined is none; JSON has no other word for it.
refused({ always: undefined }, "required ");
accepted({ always: 1, nullable: undefined, closed: { a: 1, b: undefined }, "no such name": undefined });

// What is no JSON is of no type.
for (const value of [undefined, () => 0, Symbol("s"), 1n, Number.NaN]) {
  assert.equal(isRoot(value), false);
  assert.equal(isRoot({ always: 1, tree: value }), value === undefined);
  assert.equal(isRoot({ always: 1, exclusive: value }), value === undefined);
}

// However deep a value is, the stack has room.
const tree = (depth) => {
  let value = {};
  for (let level = 0; level < depth; level++) value = { left: value };
  return value;
};
accepted({ always: 1, tree: tree(127) });
const [violation, ...others] = validateRoot({ always: 1, tree: tree(200_000) });
assert.deepEqual([violation.code, violation.params, others], ["depth", { limit: 256 }, []]);
assert.equal(isRoot({ always: 1, tree: tree(200_000) }), false);
assert.equal(equal(tree(200_000), tree(200_000)), true);
assert.equal(unique(Array.from({ length: 20 }, (_, n) => tree(50_000 + n))), true);
assert.equal(unique([...Array.from({ length: 20 }, (_, n) => tree(n)), tree(7)]), false);

// Numbers are the decimals that they are written as.
for (const [number, divisor, verdict] of [
  [0.3, 0.1, true], [0.35, 0.1, false], [1e308, 0.1, true], [1e308, 5e-324, true], [5e-324, 0.1, false], [-4.5, 1.5, true],
  [1e300, 7, false], [4.02, 0.01, true], [0, 0.1, true], [-0, 3, true], [1.5, 2, false], [9007199254740991, 3, false],
]) {
  assert.equal(multiple(number, divisor), verdict, `${number} of ${divisor}`);
}

assert.equal(length("añ€😀\ud83d"), 5);
console.log("values that no JSON text stands for are judged");
