// Every comment of the generated files is TSDoc without errors.
import { readFileSync, readdirSync } from "node:fs";
import { TSDocParser } from "@microsoft/tsdoc";

const here = new URL(".", import.meta.url);
const files = ["../", "./", "constructs/"].flatMap((folder) => {
  const names = readdirSync(new URL(folder, here)).filter((name) => name.endsWith(".ts") && !name.endsWith(".types.ts"));
  return names.map((name) => folder + name);
});
const parser = new TSDocParser();
const problems = [];
let comments = 0;
for (const file of files) {
  const text = readFileSync(new URL(file, here), "utf8");
  for (const [comment] of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    comments += 1;
    problems.push(...parser.parseString(comment).log.messages.map((message) => `${file}: ${message}\n${comment}`));
  }
}
problems.forEach((problem) => console.error(problem));
if (comments === 0 || problems.length > 0) {
  console.error(`${problems.length} problems in ${comments} comments`);
  process.exit(1);
}
