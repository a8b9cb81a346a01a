/**
 * Runs as a process of its own: reads a file from its standard input and writes its text to its standard output. So a file that
 * takes all memory or never ends costs this process alone.
 */
import { readText } from "./read-text.ts";

const [kind] = process.argv.slice(2);
const bytes = await Bun.stdin.bytes();
const read = await readText(kind === "xlsx" || kind === "pdf" ? kind : null, bytes);
await Bun.write(Bun.stdout, JSON.stringify(read));
