// Printed validators against Ajv's standalone code: `node typescript.mjs JOB.json [--quick]`, run where `node_modules` is.
//
// The job is `[{ figure, schemas: [{ file, schema, definitions, instances }] }]`: the TypeScript that exports `isRoot` and
// `validateRoot`, the schema for Ajv, another that it refers to, or null, and an array of instances. Prints `NAME OURS THEIRS`: the
// medians in nanoseconds per instance, and, behind `size`, the bytes of all validators of a figure, minified and compressed.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

// The packages stand beside the job's tools, not beside this file.
const require = createRequire(join(process.cwd(), "package.json"));
const { buildSync } = require("esbuild");
const { default: Ajv } = require("ajv");
const { default: Ajv2019 } = require("ajv/dist/2019.js");
const { default: Ajv2020 } = require("ajv/dist/2020.js");
const { default: standalone } = require("ajv/dist/standalone/index.js");
const { default: addFormats } = require("ajv-formats");

/** Instances about which Ajv is wrong: of OpenAPI documents it takes every schema for the document itself, as `$dynamicRef` leads. */
const BEYOND_AJV = { openapi: (document) => document.components?.schemas !== undefined };

const json = (path) => JSON.parse(readFileSync(path, "utf8"));

/** How long a turn of one side takes at least, and how long and how often turns are taken. */
const TURN_NS = 200_000;
const [MIN_TURNS, TOTAL_NS] = process.argv.includes("--quick") ? [15, 1e8] : [101, 1e9];

/** Both sides of a figure, as files that export `t0`, `t1`, …. */
function written({ figure, schemas }, folder) {
  const ours = join(folder, `${figure}.ours.js`);
  const ask = join(folder, `${figure}.ask.js`);
  const lines = (names) => schemas.map(({ file }, n) => `export { ${names(n)} } from ${JSON.stringify(file)};\n`).join("");
  writeFileSync(ours, lines((n) => `isRoot as t${n}, validateRoot as v${n}`));
  writeFileSync(ask, lines((n) => `isRoot as t${n}`));
  const theirs = schemas.map((one, n) => {
    const path = join(folder, `${figure}.ajv${n}.mjs`);
    writeFileSync(path, ajvCode(one));
    return `export { default as t${n} } from ${JSON.stringify(`./${basename(path)}`)};\n`;
  });
  const all = join(folder, `${figure}.theirs.js`);
  writeFileSync(all, theirs.join(""));
  return { ours, theirs: all };
}

function ajvCode({ schema, definitions }) {
  const document = json(schema);
  const dialect = String(document.$schema ?? "");
  const Class = dialect.includes("2020-12") ? Ajv2020 : dialect.includes("2019-09") ? Ajv2019 : Ajv;
  const ajv = new Class({ strict: false, validateSchema: false, logger: false, code: { source: true, esm: true } });
  addFormats(ajv);
  if (definitions !== null) {
    const id = new URL(basename(definitions), "https://bench.example/").href;
    ajv.addSchema({ ...json(definitions), $id: id });
    return standalone(ajv, ajv.compile({ ...document, $id: "https://bench.example/events/root.json" }));
  }
  return standalone(ajv, ajv.compile(document));
}

function bundled(entry, minify) {
  const { outputFiles } = buildSync({
    entryPoints: [entry], bundle: true, minify, format: "esm", target: "es2022", write: false, nodePaths: [join(process.cwd(), "node_modules")],
  });
  return outputFiles[0].contents;
}

async function loaded(entry) {
  const path = entry.replace(/\.js$/, ".bundle.mjs");
  writeFileSync(path, bundled(entry, false));
  return import(pathToFileURL(path));
}

/** For each instance one whose value at one place, chosen by its number, is another, and which both sides refuse. */
function broken(instances, ours, theirs) {
  return instances.flatMap((instance, number) => {
    const places = [];
    collect(instance, [], places);
    for (let step = 0; step < places.length; step++) {
      const place = places[(number * 7 + 3 + step) % places.length];
      for (const strange of [null, -1.5, "?", ["?"], { "?": 0 }]) {
        const copy = structuredClone(instance);
        const parent = place.slice(0, -1).reduce((value, token) => value[token], copy);
        parent[place.at(-1)] = strange;
        // Shapes are as JSON.parse makes them.
        const value = JSON.parse(JSON.stringify(copy));
        if (!ours(value) && !theirs(value)) return [value];
      }
    }
    return [];
  });
}

function collect(value, above, places) {
  if (typeof value !== "object" || value === null) return;
  for (const name of Object.keys(value)) {
    const place = [...above, Array.isArray(value) ? Number(name) : name];
    places.push(place);
    collect(value[name], place, places);
  }
}

let sink = 0;

function time(n, pass) {
  const began = process.hrtime.bigint();
  for (let turn = 0; turn < n; turn++) sink += pass();
  return Number(process.hrtime.bigint() - began) / n;
}

function passes(pass) {
  let n = 1;
  while (time(n, pass) * n < TURN_NS) n *= 2;
  return n;
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** Both sides in turns, so that whatever slows the machine down slows both. */
function compare(name, jobs) {
  const n_instances = jobs.reduce((sum, { instances }) => sum + instances.length, 0);
  const pass = (side) => () => {
    let n_valid = 0;
    for (const job of jobs) {
      const test = job[side];
      for (const instance of job.instances) n_valid += test(instance) ? 1 : 0;
    }
    return n_valid;
  };
  const [ours, theirs] = [pass("ours"), pass("theirs")];
  // Compiled code is what servers run, once they are warm.
  for (let turn = 0; turn < 20; turn++) time(passes(ours), ours) + time(passes(theirs), theirs);
  const [n_ours, n_theirs] = [passes(ours), passes(theirs)];
  const [a, b] = [[], []];
  const began = process.hrtime.bigint();
  while (a.length < MIN_TURNS || Number(process.hrtime.bigint() - began) < TOTAL_NS) {
    if (a.length % 2 === 0) {
      a.push(time(n_ours, ours));
      b.push(time(n_theirs, theirs));
    } else {
      b.push(time(n_theirs, theirs));
      a.push(time(n_ours, ours));
    }
  }
  console.log(`${name} ${median(a) / n_instances} ${median(b) / n_instances}`);
}

const job = process.argv[2];
for (const one of json(job)) {
  const { figure, schemas } = one;
  const files = written(one, dirname(job));
  const [ours, theirs] = [await loaded(files.ours), await loaded(files.theirs)];
  const valid = schemas.map(({ instances, file }, n) => {
    const sides = { ours: ours[`t${n}`], theirs: theirs[`t${n}`] };
    const known = BEYOND_AJV[figure] ?? (() => false);
    const all = json(instances).filter((instance) => !known(instance));
    for (const instance of all) {
      if (sides.ours(instance) !== sides.theirs(instance)) {
        throw new Error(`${file}: they disagree about ${JSON.stringify(instance).slice(0, 300)}`);
      }
    }
    const accepted = all.filter((instance) => sides.theirs(instance));
    if (accepted.length === 0) throw new Error(`${file}: no instance is valid`);
    return { ...sides, instances: accepted };
  });
  const refused = valid.map((sides) => ({ ...sides, instances: broken(sides.instances, sides.ours, sides.theirs) }));
  compare(figure, valid);
  compare(`${figure}/broken`, refused);
  const size = (entry) => gzipSync(bundled(entry, true), { level: 9 }).length;
  console.log(`size ${figure} ${size(files.ours)} ${size(files.theirs)}`);
}
if (Number.isNaN(sink)) console.log(sink);
