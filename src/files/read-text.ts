/**
 * Reads the text of a file: of a workbook its sheets as CSV, of a PDF its pages. It takes as long as it takes: whoever calls it
 * bounds its time and its memory (reading-process.ts).
 */
import readWorkbook from "read-excel-file/universal";
import { getDocumentProxy } from "unpdf";
import { say } from "../texts/say.ts";
import { decodeText } from "./decode-text.ts";
import type { FileKind } from "./file-kind.ts";
import { unpackedSize } from "./unpacked-size.ts";

/** What of a file can be read. A problem is a text with one gap, the file's name: it comes out of another process. */
export type ReadText = { readonly text: string; readonly isCut: boolean } | { readonly problem: string };

/** The gap that its name fills later. */
export const file = { verbatim: "{0}" } as const;
export const told = ({ template }: { readonly template: string }) => ({ problem: template });

/** In UTF-16 units: more than any context holds. */
const mostCharacters = 2_000_000;
const mostUnpacked = 200_000_000;
const mostPages = 2_000;

export async function readText(
  kind: Exclude<FileKind, "image"> | null,
  bytes: Uint8Array,
): Promise<ReadText> {
  switch (kind) {
    case "xlsx":
      return readSheets(bytes);
    case "pdf":
      return readPages(bytes);
    default: {
      const text = decodeText(bytes);
      return text === null ? told(say`${file} is no text, and no file that can be read here.`) : cut(text);
    }
  }
}

const cut = (text: string): ReadText =>
  text.trim() === ""
    ? told(say`${file} has no text.`)
    : { text: text.slice(0, mostCharacters), isCut: text.length > mostCharacters };

async function readSheets(bytes: Uint8Array): Promise<ReadText> {
  if (unpackedSize(bytes, mostUnpacked) === null)
    return told(say`${file} cannot be unpacked: it is damaged, or far larger than it looks.`);
  let sheets: Awaited<ReturnType<typeof readWorkbook>>;
  try {
    sheets = await readWorkbook(new Blob([new Uint8Array(bytes)]));
  } catch {
    return told(say`${file} cannot be read as a workbook: it is damaged. Save it again as XLSX or CSV.`);
  }
  let text = "";
  for (const { sheet, data } of sheets) {
    text += `${text === "" ? "" : "\n"}Sheet: ${sheet}\n`;
    for (const row of data) {
      text += `${row.map(cellText).join(",")}\n`;
      if (text.length > mostCharacters) return cut(text);
    }
  }
  return sheets.every(({ data }) => data.length === 0)
    ? told(say`${file} has no cells with values.`)
    : cut(text);
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  const text = cell instanceof Date ? dateText(cell) : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A day without a time is a day. */
function dateText(date: Date): string {
  const iso = date.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 19).replace("T", " ");
}

async function readPages(bytes: Uint8Array): Promise<ReadText> {
  let pages: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // pdf.js takes the bytes for itself.
    pages = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    return error instanceof Error && error.name === "PasswordException"
      ? told(say`${file} is protected by a password. Save it without one.`)
      : told(say`${file} cannot be read as a PDF: it is damaged.`);
  }
  let text = "";
  for (let number = 1; number <= Math.min(pages.numPages, mostPages); number++) {
    const { items } = await (await pages.getPage(number)).getTextContent();
    const page = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    if (page.trim() !== "") text += `${text === "" ? "" : "\n\n"}${page.trim()}`;
    if (text.length > mostCharacters) return cut(text);
  }
  if (text === "")
    return told(say`${file} has no text: it may be a scan. Attach its pages as pictures, or copy the text.`);
  return pages.numPages > mostPages ? { ...cut(text), isCut: true } : cut(text);
}
