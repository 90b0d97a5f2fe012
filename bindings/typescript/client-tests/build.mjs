// Compiles the tests, and with them the generated files and the modules these are printed from.
import { rmSync } from "node:fs";
import { readdir } from "node:fs/promises";

import { build } from "esbuild";

const tests = (await readdir("src")).filter((name) => name.endsWith(".test.ts")).map((name) => `src/${name}`);
rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: tests,
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "es2022",
  sourcemap: "inline",
});
