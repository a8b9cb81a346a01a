/** `bun run eval PART [--verbose]`: evaluations that print figures. */
import { reportDocuments } from "./documents/report.ts";
import { reportMemory } from "./memory/report.ts";

const parts: Readonly<Record<string, (options: { readonly verbose: boolean }) => Promise<void>>> = {
  memory: reportMemory,
  documents: reportDocuments,
};

const [name = "", ...flags] = process.argv.slice(2);
const part = parts[name];
if (part === undefined) {
  console.error(`Name what is to be evaluated: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
await part({ verbose: flags.includes("--verbose") });
