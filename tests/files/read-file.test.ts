import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { formOf, plainName, textFormOf } from "../../src/files/file-kind.ts";
import { readApart } from "../../src/files/read-apart.ts";

const fixture = (name: string) => Bun.file(join(import.meta.dir, "fixtures", name)).bytes();
const never = new AbortController().signal;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

describe("what a file is", () => {
  test.each([
    ["chart.png", "\x89PNG\r\n\x1a\n…", "image/png"],
    ["chart.JPG", "\xff\xd8\xff\xe0", "image/jpeg"],
    ["chart.webp", "RIFF\0\0\0\0WEBP", "image/webp"],
    ["chart.gif", "GIF89a", "image/gif"],
    ["report.pdf", "\n%PDF-1.7", "application/pdf"],
  ])("%s is known by its first bytes", (name, begin, mediaType) => {
    expect(formOf(name, bytes(begin))?.mediaType).toBe(mediaType);
  });

  test.each([
    ["chart.png", "\xff\xd8\xff\xe0", "chart.png is a JPEG picture. Rename it so that it ends in .jpg"],
    ["notes.txt", "%PDF-1.7", "notes.txt is a PDF. Rename it"],
    ["report.pdf", "Dear Sir", "report.pdf is not a PDF, as its name says"],
    ["book.xlsx", "PK\x03\x04 word/document.xml", "book.xlsx is not an Excel workbook"],
  ])("%s is refused when its name says something else", (name, begin, reason) => {
    expect(() => formOf(name, bytes(begin))).toThrow(reason);
  });

  test("a name has no folder and no characters that are not seen", () => {
    expect(plainName("C:\\Users\\me\\tra\u202edes\n.csv")).toBe("trades.csv");
    expect(plainName("../../etc/passwd")).toBe("passwd");
    expect(plainName("/")).toBe("file");
    expect(plainName(`${"a".repeat(500)}.csv`)).toHaveLength(150);
    expect(plainName(`${"a".repeat(500)}.csv`)).toEndWith(".csv");
  });

  test("text is CSV or Markdown by its name", () => {
    expect(textFormOf("a.csv").kind).toBe("csv");
    expect(textFormOf("a.md")).toEqual({ kind: "text", mediaType: "text/markdown" });
    expect(textFormOf("strategy.mq5").mediaType).toBe("text/plain");
  });
});

describe("the text of a file", () => {
  test("of a workbook is its sheets as CSV, with days as days", async () => {
    expect(await readApart("xlsx", await fixture("book.xlsx"), never)).toEqual({
      text: 'Sheet: Trades\nDay,"Pair, side",Profit\n2025-12-01,EURUSD,1234.5\n,,-7\n',
      isCut: false,
    });
  });

  test("of a PDF is its pages", async () => {
    expect(await readApart("pdf", await fixture("report.pdf"), never)).toEqual({
      text: "Revenue 2025\nIt rose by 12.5 percent.\n\nSecond page.",
      isCut: false,
    });
  });

  test.each([
    ["UTF-16", Buffer.from("\ufeffPreis;5 €", "utf16le"), "Preis;5 €"],
    ["UTF-8 with its mark", Buffer.from("\ufeffPreis;5 €"), "Preis;5 €"],
    ["Windows' own", bytes("Preis;5 \x80"), "Preis;5 €"],
  ])("is read from %s", async (_what, sent, text) => {
    expect(await readApart(null, new Uint8Array(sent), never)).toEqual({ text, isCut: false });
  });

  test("a large one is read in a process of its own, and cut", async () => {
    const read = await readApart(null, bytes("word ".repeat(500_000)), never);
    expect(read).toEqual({ text: "word ".repeat(400_000), isCut: true });
  });

  test.each([
    ["a scan", "pdf", async () => fixture("scan.pdf"), "has no text: it may be a scan"],
    ["a damaged PDF", "pdf", async () => bytes("%PDF-1.7 nothing"), "damaged"],
    ["a damaged workbook", "xlsx", async () => (await fixture("book.xlsx")).slice(0, 900), "damaged"],
    ["a binary", null, async () => bytes("MZ\0\x01\x02"), "is no text"],
    ["blanks", null, async () => bytes(" \n"), "has no text"],
  ] as const)("%s has none, and the reason is told", async (_what, kind, sent, reason) => {
    expect(await readApart(kind, await sent(), never)).toEqual({ problem: expect.stringContaining(reason) });
  });

  test("a workbook that unpacks to far more than it is, is not unpacked", async () => {
    const bomb = zipOf("xl/workbook.xml", new Uint8Array(210_000_000));
    expect(bomb.length).toBeLessThan(300_000);
    expect(await readApart("xlsx", bomb, never)).toEqual({
      problem: "{0} cannot be unpacked: it is damaged, or far larger than it looks.",
    });
  });

  test("a process that takes too long or too much memory is ended", async () => {
    const report = await fixture("report.pdf");
    const bounds = { deadlineMs: 30_000, mostMemory: 1_500_000_000 };
    expect(await readApart("pdf", report, never, { ...bounds, deadlineMs: 1 })).toEqual({
      problem: expect.stringContaining("takes too long"),
    });
    expect(await readApart("pdf", report, never, { ...bounds, mostMemory: 1 })).toEqual({
      problem: expect.stringContaining("too much memory"),
    });
    expect(readApart("pdf", report, AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
  });
});

/** A ZIP file with one entry, whose directory says nothing of its size. */
function zipOf(name: string, data: Uint8Array): Uint8Array {
  const packed = deflateRawSync(data);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(100, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]));
}
