/** What is read of each kind of document, where its passages stand, and what is said of those that cannot be read. */
import { describe, expect, test } from "bun:test";
import { columnName } from "../../src/chat/column-name.ts";
import type { CutPassage } from "../../src/documents/cut-passages.ts";
import { type DocumentKind, type ReadingEnd, readDocument } from "../../src/documents/read-document.ts";
import { linesAt, pdfOf, wrapped } from "./pdf-writer.ts";

async function read(
  kind: DocumentKind,
  content: string | Uint8Array,
): Promise<{ readonly passages: readonly CutPassage[]; readonly end: ReadingEnd }> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const reading = readDocument(kind, bytes);
  const passages: CutPassage[] = [];
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return { passages, end: value };
    passages.push(value);
  }
}

const fixture = (name: string) => Bun.file(`${import.meta.dir}/../files/fixtures/${name}`).bytes();
const prose = (topic: string) =>
  `The ${topic} of the year was higher than that of the year before, because more customers paid for it, and fewer left. `;

describe("A PDF", () => {
  test("has passages with their pages and headings, and a heading holds on the next page", async () => {
    const pages = [1, 2].map((page) => [
      ...(page === 1 ? [{ text: "Costs of the fund", x: 60, y: 60, size: 18 }] : []),
      ...linesAt(wrapped(prose(`cost on page ${page}`).repeat(3), 80), 60, 100),
    ]);
    const { passages, end } = await read("pdf", pdfOf(pages));
    expect(end).toEqual({ title: "", pages: 2, isCut: false });
    expect(passages.map(({ page, heading }) => [page, heading])).toEqual([
      [1, "Costs of the fund"],
      [2, "Costs of the fund"],
    ]);
    expect(passages[0]?.text).toStartWith("Costs of the fund\n\nThe cost on page 1 of the year");
  });

  test("of two columns is read one column after the other, whatever order its text was written in", async () => {
    const left = wrapped(prose("income on the left").repeat(3), 42);
    const right = wrapped(prose("expense on the right").repeat(3), 42);
    // Row by row, as some programs write it.
    const rows = left.flatMap((text, at) => [
      { text, x: 50, y: 120 + at * 13 },
      { text: right[at] ?? "", x: 310, y: 120 + at * 13 },
    ]);
    const { passages } = await read(
      "pdf",
      pdfOf([[{ text: "Annual report", x: 50, y: 60, size: 20 }, ...rows]]),
    );
    const text = passages
      .map((passage) => passage.text)
      .join(" ")
      .replaceAll(/\s+/g, " ");
    expect(text).toContain(prose("income on the left").repeat(3).trim());
    expect(text).toContain(prose("expense on the right").repeat(3).trim());
    expect(text).toStartWith("Annual report");
  });

  test("keeps the rows of a table together", async () => {
    const rows = ["Year", "2023", "2024", "2025", "2026", "2027", "2028", "2029"].flatMap((year, at) => [
      { text: year, x: 60, y: 100 + at * 14 },
      { text: at === 0 ? "Premium" : `${200 + at} €`, x: 260, y: 100 + at * 14 },
      { text: at === 0 ? "Excess" : `${500 + at} €`, x: 420, y: 100 + at * 14 },
    ]);
    const { passages } = await read("pdf", pdfOf([rows]));
    expect(passages[0]?.text).toContain("Year  Premium  Excess\n2023  201 €  501 €\n2024");
  });

  test("joins words that are divided at the end of a line", async () => {
    const lines = ["The net asset value of the invest-", "ment fund is told every day."];
    const { passages } = await read("pdf", pdfOf([linesAt(lines, 60, 100)]));
    expect(passages[0]?.text).toBe("The net asset value of the investment\nfund is told every day.");
  });

  test("of pictures alone needs text recognition, and says so", async () => {
    const { end } = await read("pdf", await fixture("scan.pdf"));
    expect(end).toMatchObject({
      problem: { template: expect.stringContaining("needs text recognition (OCR)") },
    });
  });

  test("that is damaged says so", async () => {
    const { end } = await read("pdf", "%PDF-1.7 nothing");
    expect(end).toEqual({ problem: { template: "{0} cannot be read as a PDF: it is damaged.", values: [] } });
  });
});

describe("A text", () => {
  test("is cut at its headings and paragraphs, and all of it is there", async () => {
    const parts = ["Fees", "Risks", "Taxes"].map((name) => `## ${name}\n\n${prose(name).repeat(8).trim()}\n`);
    const text = `# Fund\n\n${parts.join("\n")}`;
    const { passages, end } = await read("text", text);
    expect(end).toEqual({ title: "Fund", pages: 0, isCut: false });
    expect(new Set(passages.map(({ heading }) => heading))).toEqual(
      new Set(["Fund", "Fees", "Risks", "Taxes"]),
    );
    for (const { text: passage, start, end } of passages) {
      expect(passage.length).toBeLessThanOrEqual(900);
      expect(text.slice(start, end).replaceAll(/\s+/g, " ")).toBe(passage.replaceAll(/\s+/g, " "));
    }
    const words = (of: string) => of.match(/[\p{L}\p{N}#]+/gu)?.join(" ");
    expect(words(passages.map((passage) => passage.text).join(" "))).toBe(words(text));
  });

  test("without a line end is cut between sentences, and never inside a character", async () => {
    const { passages } = await read(
      "text",
      `${"A sentence of some words. ".repeat(100)}${"😀".repeat(2_000)}`,
    );
    expect(passages.length).toBeGreaterThan(5);
    for (const { text } of passages) {
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBeLessThanOrEqual(900);
    }
  });

  test.each([
    ["binary", "a\0b", "{0} is no text, and no file that can be read here."],
    ["blank", " \n ", "{0} has no text."],
  ])("that is %s is refused", async (_, content, template) => {
    expect((await read("text", content)).end).toEqual({ problem: { template, values: [] } });
  });
});

describe("A saved page", () => {
  test("is its text without scripts, with its title, headings and tables", async () => {
    const { passages, end } = await read(
      "html",
      "<!doctype html><title>A &amp; B</title><style>p{}</style><script>alert('<p>x</p>')</script>" +
        "<h1>Costs &euro;</h1><p>First\n para <b>bold</b>.<br>line<hr><table><tr><th>A</th><th>B</th></tr>" +
        "<tr><td>1</td><td>2</td></tr></table><div hidden>no</div><ul><li>one<li>two</ul><script>evil",
    );
    expect(end).toMatchObject({ title: "A & B" });
    expect(passages).toMatchObject([
      { heading: "Costs €", text: "Costs €\n\nFirst para bold.\nline\n\nA | B\n1 | 2\n\none\ntwo" },
    ]);
  });
});

describe("A table", () => {
  test("has passages of whole rows, each with its cells and the names of the columns", async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `2026-01-${at},EURUSD,"1,${at}"`);
    const { passages } = await read("csv", `Date,Pair,Profit\n${rows.join("\n")}\n`);
    expect(passages.length).toBeGreaterThan(1);
    expect(passages[0]?.text).toStartWith("Date | Pair | Profit\n2026-01-0 | EURUSD | 1,0\n");
    const last = passages.at(-1);
    expect(last).toMatchObject({ heading: "Date | Pair | Profit", sheet: "", page: null });
    expect(last?.cells).toEndWith(":C61");
    const [first] = passages;
    expect(first?.cells).toBe(`A1:C${first?.text.split("\n").length}`);
  });

  test("of a workbook names its sheet", async () => {
    const { passages, end } = await read("xlsx", await fixture("book.xlsx"));
    expect(end).toMatchObject({ pages: 1 });
    expect(passages).toMatchObject([{ sheet: "Trades", cells: "A1:C3" }]);
  });

  test("with a quotation mark that is not closed says in which row", async () => {
    expect((await read("csv", 'a,b\n1,"2\n3,4\n')).end).toEqual({
      problem: { template: "{0} cannot be read: in row {1} a quotation mark is not closed.", values: ["2"] },
    });
  });

  test("names its columns as spreadsheets do", () => {
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(["A", "Z", "AA", "ZZ", "AAA"]);
  });
});
