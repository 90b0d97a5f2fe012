// Takes the examples out of the guide, so that they are compiled as their readers would.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const guide = readFileSync("../../../docs/typescript-client.md", "utf8");
const examples = [...guide.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, example]) => example);
if (examples.length === 0) throw new Error("the guide has no example");
rmSync("guide", { recursive: true, force: true });
mkdirSync("guide");
examples.forEach((example, index) => {
  writeFileSync(`guide/example-${index + 1}.ts`, example.replaceAll('from "./', 'from "../../'));
});
