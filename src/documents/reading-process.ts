/**
 * Runs as a process of its own: reads documents from its standard input, one after another, and writes their passages to its
 * standard output. So one that takes all memory or never ends costs this process alone. Each comes as a line of JSON that says
 * its kind and size, then its bytes; what is read of it goes as lines of JSON, of which the last one has `end`.
 */
import type { CutPassage } from "./cut-passages.ts";
import { type DocumentKind, type ReadingEnd, readDocument } from "./read-document.ts";

/** Each line is stored in one transaction. */
const passagesOfLine = 40;

// A library's stray promise ends no reading: it is ended from outside when nothing comes.
process.on("unhandledRejection", () => {});

const input = Bun.stdin.stream().getReader();
let held: Buffer = Buffer.alloc(0);

/** @returns whether there is more */
async function readMore(parts: Uint8Array[]): Promise<boolean> {
  const { done, value } = await input.read();
  if (!done) parts.push(value);
  return !done;
}

/** @returns null at the end of the input */
async function line(): Promise<string | null> {
  for (;;) {
    const end = held.indexOf("\n");
    if (end >= 0) {
      const text = held.toString("utf8", 0, end);
      held = held.subarray(end + 1);
      return text;
    }
    const parts: Uint8Array[] = [held];
    if (!(await readMore(parts))) return null;
    held = Buffer.concat(parts);
  }
}

async function bytesOf(size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [held];
  for (let length = held.length; length < size; length += parts.at(-1)?.length ?? 0)
    if (!(await readMore(parts))) throw new Error("The input ends within a document.");
  const joined = Buffer.concat(parts);
  held = joined.subarray(size);
  return joined.subarray(0, size);
}

const output = Bun.stdout.writer();
async function write(said: object): Promise<void> {
  output.write(`${JSON.stringify(said)}\n`);
  await output.flush();
}

async function read(kind: DocumentKind, bytes: Uint8Array): Promise<ReadingEnd> {
  const reading = readDocument(kind, bytes);
  let passages: CutPassage[] = [];
  for (;;) {
    const { done, value } = await reading.next();
    if (!done) passages.push(value);
    if (passages.length > 0 && (done || passages.length >= passagesOfLine)) {
      await write({ passages });
      passages = [];
    }
    if (done) return value;
  }
}

for (let head = await line(); head !== null; head = await line()) {
  const { kind, size } = JSON.parse(head);
  const bytes = await bytesOf(size);
  try {
    await write({ end: await read(kind, bytes) });
  } catch {
    await write({ end: null });
  }
}
