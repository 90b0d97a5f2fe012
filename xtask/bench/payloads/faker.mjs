// Payloads by json-schema-faker: `node faker.mjs JOB.json`, run where `node_modules` is. The job is that of `engine.py`; the file is what
// `faker` names.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const entry = join(process.cwd(), "node_modules/json-schema-faker/dist/index.js");
const { createGeneratorSync } = await import(pathToFileURL(entry));

/** Payloads, and how many seconds they took once one was made. */
function payloads(schema, n, seconds) {
  const generator = createGeneratorSync({ seed: 0 });
  // What it gives up is no payload.
  const make = () => {
    try {
      return generator.generate(schema);
    } catch {
      return undefined;
    }
  };
  make();
  const made = [];
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  while (made.length < n && elapsed() < seconds) {
    made.push(make());
  }
  return { made, seconds: elapsed() };
}

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
job.schemas.forEach((one, index) => {
  const schema = JSON.parse(readFileSync(one.schema, "utf8"));
  const { made, seconds } = payloads(schema, job.n, job.seconds);
  const lines = made.filter((payload) => payload !== undefined).map((payload) => `${JSON.stringify(payload)}\n`);
  writeFileSync(one.faker, lines.join(""));
  console.log(index, seconds);
});
