/**
 * The only place that makes trusted HTML. Markdown in, HTML out: raw HTML in the text comes out as text, links
 * are http(s) only, and no figure in the text is changed on its way (no typographic replacements, list numbers
 * as written, `2*3*4` is no emphasis).
 *
 * It also tells which blocks of a growing text are finished, so that a stream can append each of them once and
 * swap only the open rest. Nothing that comes later can change a finished block: reference links, which could,
 * are off. Everything is done in small steps, whatever the text is: a generator yields after each of them, so that its
 * caller can let other work have its turn. It knows nothing of generations or of streams.
 */
import createMarkdownIt, { type Token } from "markdown-it";
import { markedFigures, markedText, withoutMarks } from "./figure-marks.ts";
import { withoutOpenFormula } from "./formulas.ts";
import { createMarkdown, cursor } from "./markdown-rules.ts";
import { closeOpenLine, withoutOpenFence } from "./open-line.ts";
import type { FigureMark } from "./props.ts";
import { type RenderEnv, tableText } from "./table-rules.ts";

/** So much is taken at once to find where a block ends, and more of it only while the block goes on. */
const firstWindow = 4 * 1024;
/** A block that is longer is cut in two, at a line's end; a listing is not, because it is only copied. */
const longestBlock = 32 * 1024;
/** Text within a block is read in pieces of so many characters: a step of the worst ones takes some milliseconds. */
const longestInline = 6 * 1024;

/** The parser fills every row of a table up to the width of its head: a table of very many columns stays text. */
const wideRow = /(?:\|[^|\n]*){300}/;

const markdown = createMarkdown();
const withoutTables = createMarkdown().disable("table");

/** Renders whole Markdown to HTML that may be put into a page as it is. */
export function renderMarkdown(text: string): string {
  return [...markdownPieces(text)].join("");
}

/** The HTML of whole Markdown in pieces, many of which are empty. @param figures to be marked */
export function* markdownPieces(
  text: string,
  figures: readonly FigureMark[] = [],
): Generator<string, void, undefined> {
  yield* piecesOf(markedText(text, figures), {});
}

/**
 * The same for a document that stands alone: nothing in it is pressed, and it leads to no page of ours.
 * @param factsAt what stands before a fact's id in its address
 */
export function* documentPieces(
  text: string,
  figures: readonly FigureMark[],
  factsAt: string,
): Generator<string, void, undefined> {
  yield* piecesOf(markedText(text, figures, factsAt), { isDocument: true });
}

function* piecesOf(
  marked: ReturnType<typeof markedText>,
  env: RenderEnv,
): Generator<string, void, undefined> {
  for (const { tokens } of blocksOf(marked.text)) {
    yield "";
    yield* readInlines(tokens);
    for (const html of written(tokens, env)) yield marked.elements(html);
  }
}

/** A table of a text, in the order and the parts in which it is shown. */
interface ShownTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly ShownCell[])[];
}

export interface ShownCell {
  readonly text: string;
  /** A figure in it is proven by nothing. */
  readonly isUnchecked: boolean;
}

/** The tables of whole Markdown. @param figures of the text, for what each cell says of its own */
export function* tablesIn(
  text: string,
  figures: readonly FigureMark[] = [],
): Generator<ShownTable, void, undefined> {
  const marked = markedText(text, figures).text;
  for (const { tokens } of blocksOf(marked)) {
    for (const _ of readInlines(tokens));
    for (const [index, { type }] of tokens.entries()) {
      if (type !== "table_open") continue;
      const { head, rows } = tableText(tokens, index);
      const cell = (of: string): ShownCell => ({
        text: withoutMarks(of).trim(),
        isUnchecked: markedFigures(of).some((at) => figures[at]?.kind === "unsupported"),
      });
      yield { head: head.map((of) => cell(of).text), rows: rows.map((row) => row.map(cell)) };
    }
  }
}

/** Renders the still open end of a growing text, with the streaming cursor behind its last character. */
export function renderOpenBlock(text: string): string {
  return [...openBlockPieces(text)].join("");
}

/** The HTML of the open end in pieces. @param figures to be marked */
export function* openBlockPieces(
  text: string,
  figures: readonly FigureMark[] = [],
): Generator<string, void, undefined> {
  const marked = markedText(text, figures);
  const tokens = openTokens(marked.text);
  yield* readInlines(tokens);
  placeCursor(tokens);
  for (const html of written(tokens, { isOpen: true })) yield marked.elements(html);
}

function openTokens(written: string): Token[] {
  // Markdown ends a line at each of them.
  const text = written.replace(/\r\n?/g, "\n");
  const tokens = blockTokens(text);
  const last = tokens.findLast((token) => token.nesting >= 0);
  if (last?.type === "fence") last.content = withoutOpenFence(last.content, last.markup);
  if (isListing(last) || last?.type === "formula") return tokens;
  const isInline = last?.type === "inline";
  return blockTokens(closeOpenLine(isInline ? withoutOpenFormula(text) : text, isInline));
}

/**
 * How many characters of `text` belong to finished blocks: those that no continuation of the text can change.
 * A pure function of the text. Only whole lines count, because the rest of a line can turn `***` from a rule
 * into bold type; and the last block is always open, because a next line may belong to it, unless it is as long as a
 * block may be.
 * @param from what this function returned for an earlier, shorter text: saves parsing those blocks again
 */
export function finishedLength(text: string, from = 0): number {
  return [...finishedLengths(text, from)].at(-1) ?? from;
}

/** The steps of `finishedLength`, whose result is the last one. */
export function* finishedLengths(text: string, from = 0): Generator<number, void, undefined> {
  const wholeLines = text.slice(from, text.lastIndexOf("\n") + 1);
  for (const { start, end, lastStart } of blocksOf(wholeLines))
    yield from + (end < wholeLines.length || end - start >= longestBlock ? end : lastStart);
}

interface Blocks {
  /** Where they begin and end in the text. */
  readonly start: number;
  readonly end: number;
  /** Where the last of them begins. */
  readonly lastStart: number;
  readonly tokens: Token[];
}

/** Takes a text apart into runs of whole blocks, each of them short unless it is a listing. */
function* blocksOf(text: string): Generator<Blocks, void, undefined> {
  let start = 0;
  /** The head of a table that had to be cut: its rows go on below it. */
  let head = "";
  for (let size = firstWindow; start < text.length; ) {
    const windowEnd = endOfWindow(text, start, size);
    const source = head + text.slice(start, windowEnd);
    const tokens = blockTokens(source);
    const last = tokens.findLastIndex((token) => token.level === 0 && token.nesting >= 0);
    const lastStart = start + Math.max(0, offsetOfLine(source, tokens[last]?.map?.[0] ?? 0) - head.length);
    const isAll = windowEnd === text.length;
    if (!isAll && lastStart === start && (size < longestBlock || isListing(tokens[last]))) {
      size *= 2;
      continue;
    }
    const isCut = !isAll && lastStart === start;
    const end = isAll || isCut ? windowEnd : lastStart;
    yield { start, end, lastStart, tokens: isAll || isCut ? tokens : tokens.slice(0, last) };
    head = isCut && tokens[0]?.type === "table_open" ? source.slice(0, offsetOfLine(source, 2)) : "";
    start = end;
    size = firstWindow;
  }
}

/** At a line's end; within a line only where that is longer than a block may be. */
function endOfWindow(text: string, start: number, size: number): number {
  if (start + size >= text.length) return text.length;
  const lineEnd = text.lastIndexOf("\n", start + size - 1) + 1;
  if (lineEnd > start) return lineEnd;
  const nextLine = text.indexOf("\n", start + size) + 1;
  const longest = Math.max(size, longestBlock);
  if (nextLine > 0 && nextLine <= start + longest) return nextLine;
  return start + longest >= text.length ? text.length : betweenWords(text, start, start + longest);
}

/** @returns a place to cut at: behind the last blank before `end`, and never within a character */
function betweenWords(text: string, start: number, end: number): number {
  const blank = Math.max(text.lastIndexOf("\n", end - 1), text.lastIndexOf(" ", end - 1)) + 1;
  if (blank > start + (end - start) / 2) return blank;
  const isWithin = /[\ud800-\udbff]/.test(text[end - 1] ?? "");
  return isWithin ? end - 1 : end;
}

const isListing = (token: Token | undefined) => token?.type === "fence" || token?.type === "code_block";

/** The structure of blocks; what is said in them has not been read yet. */
function blockTokens(text: string): Token[] {
  const tokens: Token[] = [];
  const parser = wideRow.test(text) ? withoutTables : markdown;
  parser.block.parse(normalised(text), parser, {}, tokens);
  return tokens;
}

/** As the parser itself does it, with as many lines as before. */
const normalised = (text: string) => text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");

function* readInlines(tokens: readonly Token[]): Generator<string, void, undefined> {
  for (const token of tokens) {
    if (token.type !== "inline") continue;
    const children: Token[] = [];
    for (let start = 0; start < token.content.length; ) {
      const { length } = token.content;
      const end =
        length - start <= longestInline ? length : betweenWords(token.content, start, start + longestInline);
      for (const read of markdown.parseInline(token.content.slice(start, end), {}))
        for (const child of read.children ?? []) children.push(child);
      start = end;
      yield "";
    }
    token.children = children;
  }
}

function* written(tokens: Token[], env: RenderEnv): Generator<string, void, undefined> {
  const { renderer, options } = markdown;
  for (const [index, token] of tokens.entries()) {
    const rule = renderer.rules[token.type];
    if (token.type === "inline") yield renderer.renderInline(token.children ?? [], options, env);
    else if (rule) yield rule(tokens, index, options, env, renderer);
    else yield renderer.renderToken(tokens, index, options);
  }
}

function offsetOfLine(text: string, line: number): number {
  const newline = /\r\n?|\n/g;
  for (let passed = 0; passed < line; passed++) newline.exec(text);
  return newline.lastIndex;
}

/** Behind the last text, inside its block: at the end of a line, of a table cell or of a code listing. */
function placeCursor(tokens: Token[]): void {
  let at = tokens.findLastIndex((token) => token.nesting >= 0);
  // The parser fills a table's row up with cells that are still to come.
  while (
    tokens[at]?.content === "" &&
    tokens[at - 1]?.type === "td_open" &&
    tokens[at - 2]?.type === "td_close"
  )
    at -= 3;
  const last = tokens[at];
  if (last?.type === "fence" || last?.type === "code_block") last.meta = { cursor };
  else if (last?.type === "inline") last.children?.push(cursorToken());
  else tokens.splice(at + 1, 0, cursorToken());
}

function cursorToken(): Token {
  return new createMarkdownIt.Token("streaming_cursor", "", 0);
}
