/** Tables: the rows of a CSV text, and the sheets of a workbook. */
import readWorkbook from "read-excel-file/universal";
import { unpackedSize } from "../files/unpacked-size.ts";
import { say } from "../texts/say.ts";
import { name, type TablePage, unreadable } from "./pages.ts";

const mostUnpacked = 200_000_000;

type Row = { readonly row: number; readonly cells: readonly string[] };

/** RFC 4180, with comma, semicolon or tab, whichever its first line has. @throws UnreadableDocument that names the row */
export function tableOfCsv(text: string): TablePage {
  return { sheet: "", rows: rowsOfCsv(text.replace(/^\uFEFF/, "")) };
}

function* rowsOfCsv(text: string): Generator<Row, void, undefined> {
  const separator = separatorOf(text);
  let cells: string[] = [];
  let field = "";
  let isQuoted = false;
  let row = 1;
  let openedAt = 1;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') field += text.charAt(++at);
      else isQuoted = false;
    } else if (sign === '"' && field === "") {
      isQuoted = true;
      openedAt = row;
    } else if (sign === separator) {
      cells.push(field);
      field = "";
    } else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text.charAt(at + 1) === "\n") at++;
      yield { row, cells: [...cells, field] };
      [cells, field] = [[], ""];
      row += 1;
    } else field += sign;
  }
  if (isQuoted)
    throw unreadable(say`${name} cannot be read: in row ${openedAt} a quotation mark is not closed.`);
  if (field !== "" || cells.length > 0) yield { row, cells: [...cells, field] };
}

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const counted = [",", ";", "\t"].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

/** @throws UnreadableDocument */
export async function tablesOfWorkbook(bytes: Uint8Array): Promise<readonly TablePage[]> {
  if (unpackedSize(bytes, mostUnpacked) === null)
    throw unreadable(say`${name} cannot be unpacked: it is damaged, or far larger than it looks.`);
  let sheets: Awaited<ReturnType<typeof readWorkbook>>;
  try {
    sheets = await readWorkbook(new Blob([new Uint8Array(bytes)]));
  } catch {
    throw unreadable(say`${name} cannot be read as a workbook: it is damaged. Save it again as XLSX or CSV.`);
  }
  if (sheets.every(({ data }) => data.length === 0)) throw unreadable(say`${name} has no cells with values.`);
  return sheets.map(({ sheet, data }) => ({
    sheet,
    rows: data.map((cells, at) => ({ row: at + 1, cells: cells.map(cellText) })),
  }));
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? dateText(cell) : String(cell);
}

/** A day without a time is a day. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  const iso = date.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 19).replace("T", " ");
}
