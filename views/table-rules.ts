/**
 * The HTML of a table: a frame that scrolls by itself, and, when the table is whole, what public/js/tables.js does with it:
 * sort by a column, copy as CSV, chart. Each cell with a number says which. It knows nothing of figures' marks but that they
 * stand in the text.
 */

import type { RendererRule, Token } from "markdown-it";
import { tr } from "../src/texts/reader-language.ts";
import { escapeHtml } from "./escape-html.ts";
import { withoutMarks } from "./figure-marks.ts";
import { safeTr } from "./safe-tr.ts";
import { type Column, columnsOf } from "./table-values.ts";

/** Rows from which on there is something to sort. */
const leastToSort = 2;
/** Of the names of columns that stand in the table's own. */
const longestName = 80;

/** A table as its cells say it. */
interface TableText {
  readonly head: readonly string[];
  /** Below the head, each row from its first cell on; figures with their marks. */
  readonly rows: readonly (readonly string[])[];
}

/** @param opening where the table begins; its cells have been read @returns its texts with their marks */
export function tableText(tokens: readonly Token[], opening: number): TableText {
  const rows: string[][] = [];
  // By index: a copy of the rest for each of many tables would take time with the square of their number.
  for (let at = opening + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.type === "table_close") break;
    if (token.type === "tr_open") rows.push([]);
    else if (token.type === "inline") rows.at(-1)?.push(textOf(token));
  }
  const [head = [], ...body] = rows;
  return { head, rows: body };
}

/** What a cell shows, without the signs of its Markdown. */
const textOf = ({ children }: Token) =>
  (children ?? []).map(({ type, content }) => (type === "softbreak" ? " " : content)).join("");

/** The columns of a table, each with its numbers. */
const columnsIn = ({ head, rows }: TableText): readonly (Column | null)[] =>
  columnsOf(head.map((_, index) => rows.map((row) => withoutMarks(row[index] ?? ""))));

/** What a cell's token, or the table's last one, is told before it is written. */
interface Told {
  readonly value?: number | null;
  /** By what the table is sorted from here. */
  readonly sortBy?: string;
  readonly isDrawable?: boolean;
}

const metaOf = (token: Token | undefined): Told => token?.meta ?? {};

/** Where the HTML stands: markdown-it hands it to every rule. */
export type RenderEnv = {
  /** The end of a text that is being written: its table has no controls yet. */
  readonly isOpen?: true;
  /** A document that stands alone: nothing in it has controls, and no page of ours is near. */
  readonly isDocument?: true;
};

const isIn = (env: unknown, place: keyof RenderEnv) =>
  typeof env === "object" && env !== null && place in env;
export const isInDocument = (env: unknown) => isIn(env, "isDocument");
const isWithoutControls = (env: unknown) => isIn(env, "isOpen") || isInDocument(env);

const tableOpen: RendererRule = (tokens, index, _options, env) => {
  const text = tableText(tokens, index);
  if (!isWithoutControls(env)) tellCells(tokens, index, text);
  const direction = tokens[index]?.level === 0 ? ' dir="auto"' : "";
  // A group, because many regions of one name would be as many landmarks.
  const label = escapeHtml(nameOf(text.head));
  return `<div class="table-block"><div class="table" role="group" aria-label="${label}" tabindex="0"><table${direction}>\n`;
};

function tellCells(tokens: readonly Token[], opening: number, text: TableText): void {
  const columns = columnsIn(text);
  let [row, column] = [-2, -1];
  for (let at = opening + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.type === "tr_open") [row, column] = [row + 1, -1];
    else if (token?.type === "td_open") token.meta = { value: columns[++column]?.values[row] ?? null };
    else if (token?.type === "th_close" && text.rows.length >= leastToSort)
      token.meta = { sortBy: withoutMarks(text.head[++column] ?? "").trim() };
    else if (token?.type === "table_close") {
      token.meta = { isDrawable: columns.slice(1).some((column) => column !== null) };
      return;
    }
  }
}

function nameOf(head: readonly string[]): string {
  const names = head.map((text) => withoutMarks(text).trim()).filter((text) => text !== "");
  const name = names.join(", ");
  if (name === "") return tr`Table`;
  return tr`Table: ${name.length > longestName ? `${[...name].slice(0, longestName).join("")}…` : name}`;
}

const tableClose: RendererRule = (tokens, index, _options, env) => {
  if (isWithoutControls(env)) return "</table></div></div>\n";
  const chart = metaOf(tokens[index]).isDrawable
    ? `<button type="button" class="copy" data-table="chart" aria-pressed="false">${safeTr`Chart`}</button>`
    : "";
  return `</table></div><div class="table-tools">${chart}<button type="button" class="copy" data-table="csv" data-copy="csv">${safeTr`Copy as CSV`}</button></div><div class="chart-place" hx-morph-skip-children></div></div>\n`;
};

/** A cell of the head without text heads nothing. */
const cellTag = (tokens: readonly Token[], at: number) =>
  tokens[at]?.tag === "th" && tokens[at + 1]?.content.trim() === "" ? "td" : tokens[at]?.tag;

/** Alignment as a class: the content security policy refuses style attributes. */
const cellOpen: RendererRule = (tokens, index) => {
  const alignment = /text-align:(\w+)/.exec(String(tokens[index]?.attrGet("style") ?? ""))?.[1];
  const { value = null } = metaOf(tokens[index]);
  const data = value === null ? "" : ` data-value="${value}"`;
  return `<${cellTag(tokens, index)}${alignment === undefined ? "" : ` class="align-${alignment}"`}${data}>`;
};

const cellClose: RendererRule = (tokens, index) => {
  const tag = cellTag(tokens, index - 2);
  const { sortBy } = metaOf(tokens[index]);
  if (tag !== "th" || sortBy === undefined) return `</${tag}>\n`;
  return `<button type="button" class="sort" data-table="sort" aria-label="${escapeHtml(tr`Sort by ${sortBy}`)}"></button></th>\n`;
};

export const tableRules: Readonly<Record<string, RendererRule>> = {
  table_open: tableOpen,
  table_close: tableClose,
  th_open: cellOpen,
  th_close: cellClose,
  td_open: cellOpen,
  td_close: cellClose,
};
