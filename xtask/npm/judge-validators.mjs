// Puts instances to compiled validators: `node judge-validators.mjs JOB.json`
//
// The job is `{ modules: [{ file, root, ajv, questions: [{ instance, valid, violations }] }] }`: `file` exports `is{root}` and
// `validate{root}`, `instance` is a JSON text, `violations` what `validate{root}` should find, or null; `ajv` is null, or
// `{ dialect, schema, others, formats }` for Ajv, which is told the runtime's own formats, as those are tested elsewhere.
// Prints, for each module, what is wrong with the answer to each question, or null.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";

const { modules } = JSON.parse(await readFile(process.argv[2], "utf8"));

/** What JSON carries of a value: no -0, no `undefined`. */
const plain = (value) => JSON.parse(JSON.stringify(value));

async function oracle(ajv, file) {
  if (ajv === null) return undefined;
  const Class = ajv.dialect === "draft2020-12" ? Ajv2020 : Ajv;
  const judge = new Class({ strict: false, validateSchema: false, ownProperties: true, unicodeRegExp: true });
  const runtime = await import(pathToFileURL(join(dirname(file), "handfast.js")));
  for (const [format, name] of Object.entries(ajv.formats)) judge.addFormat(format, runtime[name]);
  for (const [id, schema] of Object.entries(ajv.others)) judge.addSchema(schema, id);
  return judge.compile(ajv.schema);
}

async function judged({ file, root, ajv, questions }) {
  const module = await import(pathToFileURL(file));
  const [is, validate] = [module[`is${root}`], module[`validate${root}`]];
  const judge = await oracle(ajv, file);
  return questions.map(({ instance, valid, violations }) => {
    const value = JSON.parse(instance);
    const problems = [];
    const says = (name, verdict) => {
      if (verdict !== valid) problems.push(`${name} says ${verdict}`);
    };
    try {
      says(`is${root}`, is(value));
      const found = validate(value);
      says(`validate${root}`, found.length === 0);
      if (violations !== null && !isDeepStrictEqual(plain(found), plain(violations))) {
        problems.push(`validate${root} finds ${JSON.stringify(found)}, not ${JSON.stringify(violations)}`);
      }
      if (judge !== undefined) says("Ajv", judge(value));
    } catch (error) {
      problems.push(String(error));
    }
    return problems.length === 0 ? null : problems.join("; ");
  });
}

const answers = [];
for (const module of modules) {
  answers.push(await judged(module).catch((error) => module.questions.map(() => String(error))));
}
process.stdout.write(JSON.stringify(answers));
