// Checks AsyncAPI documents with AsyncAPI's own parser: `node check-asyncapi.mjs FILE…`
//
// References to local files are resolved. The parser does not look into payloads in JSON Schema 2020-12, so that one rule
// is added that checks them against their metaschema. Prints every diagnostic, then `ok FILE` for a document without an error.
// Exit codes: 0 all documents are valid, 1 one is not, 2 usage or a file that can't be read.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { Parser } from "@asyncapi/parser";
import { Ajv2020 } from "ajv/dist/2020.js";

const SEVERITIES = ["error", "warning", "info", "hint"];
const ERROR = SEVERITIES.indexOf("error");

const ajv = new Ajv2020({ strict: false });

/** A Spectral function: what is wrong with a `{ schemaFormat, schema }` whose format is JSON Schema 2020-12. */
function checkSchema(multiFormat, _options, { path }) {
  if (!/^application\/schema(\+\w+)?;\s*version=(draft-)?2020-12$/.test(multiFormat?.schemaFormat)) return [];
  if (ajv.validateSchema(multiFormat.schema)) return [];
  return ajv.errors.map(({ instancePath, message }) => ({
    message: `${instancePath || "the schema"} ${message}, says JSON Schema 2020-12`,
    path: [...path, "schema"],
  }));
}

const ruleset = {
  rules: {
    "payload-2020-12": {
      description: "A payload in JSON Schema 2020-12 is a valid schema.",
      message: "{{error}}",
      severity: "error",
      given: "$.components.messages[*].payload",
      then: { function: checkSchema },
    },
  },
};

/** `FILE:LINE:COLUMN: SEVERITY[CODE] at PATH: MESSAGE` */
function describe(diagnostic, file) {
  const { source, range, severity, code, path, message } = diagnostic;
  const { line, character } = range.start;
  const place = `${source ? relative("", source) : file}:${line + 1}:${character + 1}`;
  return `${place}: ${SEVERITIES[severity]}[${code}] at ${path.join(".") || "the root"}: ${message}`;
}

/** Prints what the parser says of a document; says whether it is valid. */
async function check(file, text) {
  const parser = new Parser({ ruleset });
  const { document, diagnostics } = await parser.parse(text, { source: file });
  for (const diagnostic of diagnostics) console.error(describe(diagnostic, file));
  const valid = document !== undefined && diagnostics.every(({ severity }) => severity !== ERROR);
  if (valid) console.log(`ok ${file}`);
  return valid;
}

async function main(files) {
  if (files.length === 0) {
    console.error("usage: node check-asyncapi.mjs FILE…");
    return 2;
  }
  let valid = true;
  for (const file of files) {
    let text;
    try {
      text = await readFile(file, "utf8");
    } catch (error) {
      console.error(`${file}: ${error.message}`);
      return 2;
    }
    valid = (await check(file, text)) && valid;
  }
  return valid ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
