// Runs a CloudFront Function: `node host.mjs FILE`. A line of JSON in is {id, event}; a line out {id, result} or {id, error}.
// The function sees fewer globals than in CloudFront: the console, no require and no Buffer; no fetch and no timers, as there.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import vm from "node:vm";

const [file] = process.argv.slice(2);
const log = (...said) => console.error(...said);
const context = vm.createContext({ console: { log, error: log } }, { codeGeneration: { strings: false } });
const handler = new vm.Script(`${readFileSync(file, "utf8")}\n;handler`, { filename: file }).runInContext(context);

async function answer(line) {
  const { id, event } = JSON.parse(line);
  try {
    return { id, result: (await handler(event)) ?? null };
  } catch (error) {
    return { id, error: String(error?.stack ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}
