/**
 * The last line of a text that is being written, as it looks when what it begins is closed: no mark flashes up before it is
 * known what it means. What is undecided (a bracket that may become a link, a row that may head a table) is left out until the
 * next characters decide it. Whole lines are left as they are. It knows nothing of blocks but how a line begins.
 */
import { hasMark, withoutMarks } from "./figure-marks.ts";

/** Marks of a longer line are left as they are. */
const longestOpenLine = 4 * 1024;

/**
 * @param isInline the text ends within a paragraph, a heading or a cell, and not with an item or a quote that has no text yet
 * @returns the text with another last line, and without the lines of a table that is none yet
 */
export function closeOpenLine(text: string, isInline: boolean): string {
  const start = text.lastIndexOf("\n") + 1;
  if (text.length - start > longestOpenLine) return text;
  const line = text.slice(start);
  const before = text.slice(0, start);
  if (isUndecidedStart(line, isInline)) return before;
  const table = startOfTable(before, line);
  if (table !== null) return text.slice(0, table);
  return before + (isInline ? withClosedMarks(line) : line);
}

/** A listing without the beginning of the line that closes it. @param fence what opened it */
export function withoutOpenFence(content: string, fence: string): string {
  const start = content.lastIndexOf("\n") + 1;
  const line = content.slice(start).trim();
  const isBegun = line !== "" && line.length < fence.length && fence.startsWith(line);
  return isBegun ? content.slice(0, start) : content;
}

/** Whether a line's only characters may become a bullet, a number of a list, a rule, a heading or a fence. */
function isUndecidedStart(line: string, isInline: boolean): boolean {
  const own = withoutMarks(line).replace(/^[\s>]*/, "");
  const marks = /^(?:[-=*+_#`~]+|\d{1,9}[.)]?)(\s*)$/.exec(own);
  return marks !== null && (isInline || marks[1] === "");
}

/** @returns where a row begins that may become the head of a table; null: there is none */
function startOfTable(before: string, line: string): number | null {
  const isRow = (of: string) => /^\s*\|/.test(of);
  const previous = before.lastIndexOf("\n", before.length - 2) + 1;
  const head = before.slice(previous);
  const beforeHead = before.slice(before.lastIndexOf("\n", previous - 2) + 1, previous);
  // A row below another one belongs to a table already, or to none.
  if (isRow(line) && !isRow(head)) return before.length;
  if (isRow(head) && !isRow(beforeHead) && /^[\s|:-]*$/.test(line) && !isDelimiter(line, head))
    return previous;
  return null;
}

/** Whether the row below the head is written so far that the two are a table. */
const isDelimiter = (line: string, head: string) =>
  cellsIn(line) >= cellsIn(head.trimEnd()) && /-[\s:]*\|?\s*$/.test(line);

const cellsIn = (row: string) =>
  row
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|").length;

function withClosedMarks(line: string): string {
  const code = openCode(line);
  if (code !== null) {
    const content = line.slice(code.end).replace(/`+$/, "");
    return content === ""
      ? withClosedEmphasis(line.slice(0, code.start))
      : `${line.slice(0, code.end)}${content}${line.slice(code.start, code.end)}`;
  }
  return withClosedEmphasis(withoutOpenEnd(line));
}

/** Backticks that nothing closes. */
function openCode(line: string): { readonly start: number; readonly end: number } | null {
  const runs = [...line.matchAll(/\\.|`+/gs)].filter(({ 0: found }) => found.startsWith("`"));
  for (let at = 0; at < runs.length; at++) {
    const [run] = runs[at] ?? [""];
    const closing = runs.findIndex(([other], index) => index > at && other === run);
    const start = runs[at]?.index ?? 0;
    if (closing === -1) return { start, end: start + run.length };
    at = closing;
  }
  return null;
}

/** Without a link, an address or a sign at the end of which it is not known yet what it becomes. */
function withoutOpenEnd(line: string): string {
  return line
    .replace(/!?\[([^[\]]{1,300})\]\([^()]*(?:\([^()]*\)[^()]*)*(?:\([^()]*)?$/, "$1")
    .replace(/!?\[(?!\^[^[\]\s]+\]$)[^[\]]{0,300}\]?$/, "")
    .replace(/<(?:h|ht|htt|https?(?::[^\s<>]*)?)?$/, "")
    .replace(/(?:&#?[a-z0-9]{0,10}|\\|(?<![^\s(])\$|(?<!\S)!)$/i, "");
}

interface Run {
  readonly mark: string;
  count: number;
}

/** Marks after which nothing has come yet are left out, and those that something opens are closed. */
function withClosedEmphasis(text: string): string {
  const line = text.replace(/(?<!\\)[*_~]+$/, "");
  const open: Run[] = [];
  for (const { 0: found, index } of line.matchAll(/\\.|(`+)(?!`).*?(?<!`)\1(?!`)|\*+|_+|~~/gs)) {
    const mark = found[0] ?? "";
    if (!/[*_~]/.test(mark)) continue;
    const before = beside(line, index, -1);
    const after = beside(line, index + found.length - 1, 1);
    const { opens, closes } = flanks(mark, found.length, before, after);
    let left = found.length;
    while (closes && left > 0) {
      const at = open.findLastIndex((run) => run.mark === mark);
      const run = open[at];
      if (run === undefined) break;
      const taken = Math.min(left, run.count);
      left -= taken;
      run.count -= taken;
      open.length = run.count === 0 ? at : at + 1;
    }
    if (opens && left > 0) open.push({ mark, count: left });
  }
  if (open.length === 0) return line;
  return (
    line.trimEnd() +
    open
      .reverse()
      .map(({ mark, count }) => mark.repeat(count))
      .join("")
  );
}

/** The next character on one side, as if no figure were marked. */
function beside(text: string, from: number, step: 1 | -1): string {
  let at = from + step;
  while (hasMark(text[at] ?? "")) at += step;
  return text[at] ?? " ";
}

/** Whether marks open and close emphasis: https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run, and our arithmetic. */
function flanks(mark: string, count: number, before: string, after: string) {
  const isSpace = (of: string) => /\s/.test(of);
  const isSign = (of: string) => /[\p{P}\p{S}]/u.test(of);
  const left = !isSpace(after) && (!isSign(after) || isSpace(before) || isSign(before));
  const right = !isSpace(before) && (!isSign(before) || isSpace(after) || isSign(after));
  const isArithmetic =
    mark === "*" && /^[0-9a-z]{2}$/i.test(before + after) && (count === 1 || /\d/.test(before + after));
  if (isArithmetic) return { opens: false, closes: false };
  if (mark !== "_") return { opens: left, closes: right };
  return { opens: left && (!right || isSign(before)), closes: right && (!left || isSign(after)) };
}
