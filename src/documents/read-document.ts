/**
 * Reads a document and cuts it into passages. It takes as long as it takes: whoever calls it bounds its time and its memory
 * (document-reader.ts).
 */
import { decodeText } from "../files/decode-text.ts";
import { say } from "../texts/say.ts";
import { type CutPassage, PassageCutter } from "./cut-passages.ts";
import { linesOf, name, type Page, UnreadableDocument, unreadable } from "./pages.ts";
import { pageOfHtml } from "./read-html.ts";
import { pagesOfPdf } from "./read-pdf.ts";
import { tableOfCsv, tablesOfWorkbook } from "./read-tables.ts";

export type DocumentKind = "text" | "html" | "csv" | "xlsx" | "pdf";

/** How reading ended: what there is of it, or why it cannot be read. */
export type ReadingEnd =
  | { readonly title: string; readonly pages: number; readonly isCut: boolean }
  | { readonly problem: { readonly template: string; readonly values: readonly string[] } };

/** In UTF-16 units: a book of a thousand pages. */
const mostCharacters = 4_000_000;
const mostPassages = 20_000;

/** @returns how it ended; its passages are worth nothing when it could not be read */
export async function* readDocument(
  kind: DocumentKind,
  bytes: Uint8Array,
): AsyncGenerator<CutPassage, ReadingEnd, undefined> {
  try {
    return yield* passagesOf(kind, bytes);
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    const { template, values } = error;
    return { problem: { template, values } };
  }
}

async function* passagesOf(
  kind: DocumentKind,
  bytes: Uint8Array,
): AsyncGenerator<CutPassage, ReadingEnd, undefined> {
  const cutter = new PassageCutter();
  const reading = pagesOf(kind, bytes);
  let characters = 0;
  let passages = 0;
  let pages = 0;
  for (;;) {
    const { done, value } = await reading.next();
    if (done) {
      if (passages === 0) throw unreadable(say`${name} has no text.`);
      return { title: value.title, pages, isCut: value.isCut };
    }
    const isTable = "rows" in value;
    if (isTable || value.page !== null) pages += 1;
    for (const passage of isTable ? cutter.ofTable(value) : cutter.ofText(value)) {
      characters += passage.text.length;
      passages += 1;
      if (characters > mostCharacters || passages > mostPassages) return { title: "", pages, isCut: true };
      yield passage;
    }
  }
}

interface PagesEnd {
  readonly title: string;
  readonly isCut: boolean;
}

async function* pagesOf(kind: DocumentKind, bytes: Uint8Array): AsyncGenerator<Page, PagesEnd, undefined> {
  const whole = { title: "", isCut: false };
  switch (kind) {
    case "pdf":
      return { title: "", isCut: yield* pagesOfPdf(bytes) };
    case "xlsx":
      yield* await tablesOfWorkbook(bytes);
      return whole;
    case "csv":
      yield tableOfCsv(textOf(bytes));
      return { ...whole };
    case "html": {
      const { title, page } = pageOfHtml(textOf(bytes));
      yield page;
      return { ...whole, title };
    }
    case "text": {
      const text = textOf(bytes);
      const isHeading = (line: string) => /^#{1,6}\s+\S/.test(line);
      yield { page: null, lines: linesOf(text, isHeading) };
      return { ...whole, title: /^#\s+(.{1,200})$/m.exec(text)?.[1]?.trim() ?? "" };
    }
    default:
      return kind satisfies never;
  }
}

function textOf(bytes: Uint8Array): string {
  const text = decodeText(bytes);
  if (text === null) throw unreadable(say`${name} is no text, and no file that can be read here.`);
  return text;
}
