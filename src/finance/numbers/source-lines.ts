/** The lines of Markdown text: what each one is, and where a block begins. A line's beginning decides; no later line does. */

export interface Line {
  readonly start: number;
  /** Without its line feed. */
  readonly end: number;
  /** Where the words begin, after quote marks, list marks and heading marks. */
  readonly content: number;
  readonly kind: "text" | "row" | "code" | "rule";
  /** "2." of a list or a heading. */
  readonly mark: { readonly start: number; readonly end: number } | null;
  readonly startsBlock: boolean;
  /** The text ends in it. */
  readonly isLast: boolean;
}

const quoteMarks = /[ \t]{0,200}(?:>[ \t]{0,200}){0,20}/y;
const bullet = /[-*+][ \t]{1,200}(?=\S)/y;
const numbered = /(\d{1,2})[.)][ \t]{1,200}(?=\S)/y;
const heading = /#{1,6}[ \t]{1,200}/y;
const headingNumber = /(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?)[ \t]{1,9}(?=\p{Lu})/uy;
const fence = /(`{3,200}(?!.{0,400}`)|~{3,200})/y;
const tableRule = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$/;

const matchAt = (pattern: RegExp, text: string, at: number, end: number) => {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found !== null && at + found[0].length <= end ? found : null;
};

type Previous = "blank" | "text" | "row" | "heading" | "code";

/** Lines in order; the lines of a code block are one line. */
export function* linesOf(text: string): Generator<Line> {
  let at = 0;
  const state: { previous: Previous; isInList: boolean } = { previous: "blank", isInList: false };
  while (at <= text.length) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const begin = beginningOf(text, at, end, state.previous !== "text" || state.isInList);
    const opened =
      begin.indent < 4 || state.isInList || begin.isItem
        ? matchAt(fence, text, begin.content, end)?.[1]
        : undefined;
    if (opened !== undefined) {
      const close = closeOf(text, end, opened, begin);
      const isLast = close.end >= text.length;
      yield { start: at, end: close.end, content: at, kind: "code", mark: null, startsBlock: true, isLast };
      state.previous = "code";
      at = close.end + 1;
      continue;
    }
    const isBlank = end - at < 2000 && text.slice(begin.content, end).trim() === "" && !begin.isItem;
    const isRow = text.charAt(begin.content) === "|" && begin.content < end;
    const isRule =
      (isRow || state.previous === "row") &&
      found >= 0 &&
      end - at < 2000 &&
      tableRule.test(text.slice(begin.content, end));
    yield {
      start: at,
      end,
      content: begin.content,
      kind: isRule ? "rule" : isRow ? "row" : "text",
      mark: begin.mark,
      startsBlock: begin.isItem || begin.isHeading || isBlank || isRow || isRule || state.previous !== "text",
      isLast: end >= text.length,
    };
    state.isInList =
      begin.isItem || (state.isInList && (isBlank || state.previous !== "blank" || begin.indent > 1));
    state.previous = isBlank ? "blank" : isRow || isRule ? "row" : begin.isHeading ? "heading" : "text";
    at = end + 1;
  }
}

interface Beginning {
  readonly content: number;
  readonly indent: number;
  readonly mark: Line["mark"];
  readonly isItem: boolean;
  readonly isHeading: boolean;
  readonly isQuoted: boolean;
}

/** @param mayBeNumbered a number other than 1 begins no list in the middle of a paragraph (CommonMark) */
function beginningOf(text: string, start: number, end: number, mayBeNumbered: boolean): Beginning {
  const marks = matchAt(quoteMarks, text, start, text.length)?.[0] ?? "";
  let content = Math.min(end, start + marks.length);
  const indent = content - start - Math.max(0, marks.lastIndexOf(">") + 1);
  const common = { indent, isQuoted: marks.includes(">") };
  const numberEnd = (found: RegExpExecArray) => content + found[0].trimEnd().length;
  const hash = matchAt(heading, text, content, end);
  if (hash !== null) {
    content += hash[0].length;
    const number = matchAt(headingNumber, text, content, end);
    const mark = number === null ? null : { start: content, end: numberEnd(number) };
    return { ...common, content: content + (number?.[0].length ?? 0), mark, isItem: false, isHeading: true };
  }
  const point = matchAt(bullet, text, content, end);
  content += point?.[0].length ?? 0;
  const number = matchAt(numbered, text, content, end);
  const isMark = number !== null && (mayBeNumbered || number[1] === "1" || point !== null);
  const mark = isMark ? { start: content, end: numberEnd(number) } : null;
  if (isMark) content += number[0].length;
  return { ...common, content, mark, isItem: point !== null || isMark, isHeading: false };
}

/** A block ends with its fence, with the quote that it stands in, or with the point of the list. */
function closeOf(text: string, from: number, opened: string, { isQuoted, indent, isItem }: Beginning) {
  let at = from + 1;
  const least = isItem ? 1 : indent;
  while (at <= text.length) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, Math.min(end, at + 400));
    const isOutside = isQuoted ? !line.trimStart().startsWith(">") : least > 0 && /^\S/.test(line);
    const words = (isQuoted ? line.replace(/^[ \t>]+/, "") : line).trim();
    const isFence = words.startsWith(opened) && /^(?:`+|~+)$/.test(words);
    if (isFence) return { end, isClosed: true };
    if (isOutside && found >= 0) return { end: at - 1, isClosed: true };
    at = end + 1;
  }
  return { end: text.length, isClosed: false };
}
