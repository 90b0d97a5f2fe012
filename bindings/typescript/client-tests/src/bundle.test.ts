// What a bundler keeps of the generated files, and that it needs no right to evaluate text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const FOLDER = fileURLToPath(new URL("../..", import.meta.url));

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: FOLDER, loader: "ts" },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.text;
}

test("who imports types and validators gets no client", async () => {
  for (const [contract, type] of [["orbit", "TaskCreated"], ["builder", "BuildStarted"]]) {
    const text = await bundle(`import { is${type}, type ${type} } from "./${contract}.js";\nexport const check = is${type};`);
    assert.match(text, new RegExp(`is${type}`));
    assert.doesNotMatch(text, /WebSocket|fetch|Proxy|class |heartbeat/i);
  }
  assert.equal((await bundle('import "./orbit.js";\nimport "./builder.js";')).replaceAll(/\/\/.*\n|\s|"use strict";/g, ""), "");
});

test("who connects gets the client and the validators, and nothing that evaluates text", async () => {
  const orbit = await bundle('export { connect } from "./orbit.js";');
  assert.match(orbit, /WebSocket/);
  assert.match(orbit, /text\/event-stream/);
  assert.doesNotMatch(orbit, /Proxy/);
  const builder = await bundle('export { connectSocketIo } from "./builder.js";');
  assert.match(builder, /Proxy/);
  assert.doesNotMatch(builder, /WebSocket/);
  for (const text of [orbit, builder]) assert.doesNotMatch(text, /\beval\b|new Function|\bFunction\(|import\(/);
});
