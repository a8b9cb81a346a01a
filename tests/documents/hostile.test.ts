/**
 * Broken and hostile documents, made by seed: each ends, in passages or in a sentence, and the next one is read as if it had not
 * been there. One reading process serves them; what breaks it costs that process alone.
 */
import { expect, test } from "bun:test";
import { deflateSync } from "node:zlib";
import { DocumentReader } from "../../src/documents/document-reader.ts";
import type { DocumentKind, ReadingEnd } from "../../src/documents/read-document.ts";
import { seededRandom } from "../exam/seeded-random.ts";
import { linesAt, pdfOf, wrapped } from "./pdf-writer.ts";

const eachKind = 45;
const bounds = { deadlineMs: 3_000, mostMemory: 700_000_000 };
const never = new AbortController().signal;

const prose = "The premium of the policy is 240 euros a year, and the excess is 500 euros for each claim. ";
const pdf = pdfOf([1, 2, 3].map((page) => linesAt(wrapped(`Page ${page}. ${prose.repeat(6)}`, 80), 60, 80)));
const bases: Readonly<Record<DocumentKind, Uint8Array>> = {
  pdf,
  xlsx: await Bun.file(`${import.meta.dir}/../files/fixtures/book.xlsx`).bytes(),
  csv: Buffer.from(`Date,Pair,Profit\n${'2026-01-05,"EURUSD, spot",120.50\n'.repeat(60)}`),
  html: Buffer.from(
    `<!doctype html><title>Policy</title><h1>Premium</h1>${`<p>${prose}</p><table><tr><td>a<td>b</table>`.repeat(20)}`,
  ),
  text: Buffer.from(`# Policy\n\n${`${prose}\n\n`.repeat(20)}`),
};

/** One of the ways in which files are broken, or made to break. */
function broken(base: Uint8Array, random: () => number): Uint8Array {
  const at = () => Math.floor(random() * base.length);
  const copy = Buffer.from(base);
  switch (Math.floor(random() * 7)) {
    case 0:
      return copy.subarray(0, at());
    case 1:
      for (let count = 0; count < 40; count++) copy[at()] = Math.floor(random() * 256);
      return copy;
    case 2: {
      const [from, to] = [at(), at()].toSorted((a, b) => a - b) as [number, number];
      return Buffer.concat([copy.subarray(0, from), copy.subarray(to), copy.subarray(from, to)]);
    }
    case 3:
      return Buffer.concat([
        copy,
        Buffer.from(Array.from({ length: 5_000 }, () => Math.floor(random() * 256))),
      ]);
    case 4:
      // Numbers that promise more than there is.
      return Buffer.from(
        copy.toString("latin1").replaceAll(/\d{2,}/g, () => String(Math.floor(random() * 1e12))),
        "latin1",
      );
    case 5: {
      const place = at();
      return Buffer.concat([
        copy.subarray(0, place),
        Buffer.from('"<([{'.repeat(20_000)),
        copy.subarray(place),
      ]);
    }
    default:
      return Buffer.from(Array.from({ length: 3_000 }, () => Math.floor(random() * 256)));
  }
}

/** Three megabytes in the file, three hundred when it is read. */
function pdfBomb(): Uint8Array {
  const content = deflateSync(Buffer.alloc(300_000_000, "BT (a) Tj ET "));
  const head =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n";
  return Buffer.concat([
    Buffer.from(`${head}4 0 obj<</Length ${content.length}/Filter/FlateDecode>>stream\n`),
    content,
    Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>"),
  ]);
}

const special: readonly (readonly [name: string, kind: DocumentKind, bytes: Uint8Array])[] = [
  ["a PDF bomb", "pdf", pdfBomb()],
  [
    "a PDF whose pages are their own parents",
    "pdf",
    Buffer.from(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9999999/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    ),
  ],
  [
    "an encrypted PDF",
    "pdf",
    Buffer.from(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n3 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -44/O(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)/U(bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)>>endobj\ntrailer<</Root 1 0 R/Encrypt 3 0 R/ID[(x)(x)]>>",
    ),
  ],
  ["a workbook that is a PDF", "xlsx", pdf],
  ["a PDF that is a workbook", "pdf", bases.xlsx],
  ["a table of one row that never ends", "csv", Buffer.from("a,".repeat(400_000))],
  [
    "a table of columns without end",
    "csv",
    Buffer.from(`${"x;".repeat(100_000)}\n${"1;".repeat(100_000)}\n`),
  ],
  ["a page of elements within elements", "html", Buffer.from("<div>".repeat(100_000))],
  ["a page of one long attribute", "html", Buffer.from(`<p title="${"x".repeat(2_000_000)}">text</p>`)],
  ["a text without an end of a line", "text", Buffer.from("x".repeat(3_000_000))],
  ["a text of ends of lines", "text", Buffer.from("\n".repeat(2_000_000))],
  ["nothing", "pdf", Buffer.alloc(0)],
];

const sentences = (end: ReadingEnd) => ("problem" in end ? end.problem.template : null);

test(`${5 * eachKind + special.length} broken and hostile documents end in passages or in a sentence`, async () => {
  await using reader = new DocumentReader(bounds);
  const random = seededRandom(16);
  const ends = new Map<string, number>();
  const read = async (kind: DocumentKind, bytes: Uint8Array) => {
    let passages = 0;
    const end = await reader.read(
      { ownerId: null, kind, bytes },
      async (cut) => {
        passages += cut.length;
      },
      never,
    );
    const sentence = sentences(end);
    ends.set(sentence ?? "read", (ends.get(sentence ?? "read") ?? 0) + 1);
    if (sentence === null) expect(passages).toBeGreaterThan(0);
    // It names the document and says why.
    else
      expect(sentence).toMatch(
        /\{0\} .*(?:damaged|protected|no text|no cells|not closed|too long|too much|is no text)/,
      );
    return sentence;
  };
  for (const [kind, base] of Object.entries(bases) as [DocumentKind, Uint8Array][])
    for (let count = 0; count < eachKind; count++) await read(kind, broken(base, random));
  const said = new Map<string, string | null>();
  for (const [name, kind, bytes] of special) said.set(name, await read(kind, bytes));
  expect(said.get("an encrypted PDF")).toContain("protected by a password");
  expect(said.get("a PDF bomb")).toMatch(/takes too (?:long|much memory)|damaged|no text/);
  expect(said.get("a workbook that is a PDF")).toContain("cannot be unpacked");
  // After all of them a sound one is read.
  for (const [kind, base] of Object.entries(bases) as [DocumentKind, Uint8Array][])
    expect(await read(kind, base)).toBeNull();
  // Of each: some are read all the same, and some are not.
  expect(ends.get("read")).toBeGreaterThan(20);
  expect(ends.size).toBeGreaterThan(4);
}, 60_000);
