/**
 * Formulas in Markdown, as TeX writes them: `$…$` and `\(…\)` within a line, `$$…$$` and `\[…\]` also over several lines. They
 * become MathML on the server (KaTeX), so that a page needs no script and no font for them. A price is no formula: "$5 and
 * $10". What KaTeX cannot read stays as it was written.
 */
import katex from "katex";
import type { MarkdownIt, RendererRule, StateBlock, StateInline, Token } from "markdown-it";
import { escapeHtml } from "./escape-html.ts";
import { hasMark, marksIn, withoutMarks } from "./figure-marks.ts";

/** A longer formula stays text: KaTeX takes it in one step. In characters. */
const longestFormula = 1_000;
/** Of one paragraph, or piece of a long one: what comes after is shown as it was written. */
const mostFormulas = 50;
/** Those that were read last: the end of an answer is written again with every few tokens. */
const known = new Map<string, string | null>();
const mostKnown = 500;
/** TeX lets a few characters become very many. */
const mostExpansions = 200;

/** Adds formulas to a parser. */
export function addFormulas(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "formula", inlineFormula);
  markdown.block.ruler.after("fence", "formula", blockFormula, {
    alt: ["paragraph", "blockquote", "list"],
  });
  markdown.renderer.rules.formula = formula;
}

const closings: Readonly<Record<string, string>> = { "\\(": "\\)", "\\[": "\\]", $$: "$$", $: "$" };

function openingAt(text: string, at: number): string | undefined {
  const two = text.slice(at, at + 2);
  if (two in closings) return two;
  return text[at] === "$" ? "$" : undefined;
}

/** How many formulas were found in what is being read. */
const counts = new WeakMap<StateInline, number>();

function inlineFormula(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  const opening = openingAt(src, pos);
  if (opening === undefined) return false;
  const start = pos + opening.length;
  const end = closingFrom(src, start, posMax, opening);
  if (end === -1) return false;
  const content = src.slice(start, end);
  if (content.length > longestFormula || content.trim() === "") return false;
  if (opening === "$" && !isFormula(src, pos, end)) return false;
  const count = (counts.get(state) ?? 0) + 1;
  if (count > mostFormulas) return false;
  if (!silent) {
    counts.set(state, count);
    const token = state.push("formula", "math", 0);
    token.content = content;
    token.markup = opening;
  }
  state.pos = end + (closings[opening] ?? "").length;
  return true;
}

/** @returns where the formula's closing begins, which no backslash escapes; -1: it is not closed here */
function closingFrom(text: string, start: number, limit: number, opening: string): number {
  const closing = closings[opening] ?? "";
  const furthest = Math.min(limit, start + longestFormula + closing.length);
  for (let at = start; at + closing.length <= furthest; at++) {
    if (text.startsWith(closing, at)) return at;
    if (text[at] === "\\") at++;
    // A blank line ends a paragraph, and so a formula.
    else if (text[at] === "\n" && /^[^\S\n]*\n/.test(text.slice(at + 1, at + 80))) return -1;
  }
  return -1;
}

/** Whether what stands between two dollar signs is TeX, and not the words between two prices. */
function isFormula(text: string, opening: number, closing: number): boolean {
  const content = withoutMarks(text.slice(opening + 1, closing));
  const after = withoutMarks(text.slice(closing + 1, closing + 8));
  const before = withoutMarks(text.slice(Math.max(0, opening - 8), opening)).at(-1) ?? "";
  if (/^\s|\s$|\n/.test(content) || /^[\p{L}\p{N}]/u.test(after) || /[\p{L}\p{N}$\\]/u.test(before))
    return false;
  const isTex = /[\\^_{}=]/.test(content);
  return /^[-+]?[\d.,]/.test(content) ? isTex : isTex || /^[a-zA-Z](?:\s*[-+*/<>]\s*[\w.]+)*$/.test(content);
}

/**
 * `$$` or `\[` at the beginning of a line, closed at the end of the same or a later one, with nothing between that ends a
 * paragraph, or the table whose row it may be: until it is closed it is one, and what that has become must not be undone
 * by what comes later.
 */
function blockFormula(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const begin = lineOf(state, startLine);
  const opening = /^(?:\$\$|\\\[)/.exec(begin)?.[0];
  if (opening === undefined || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const closing = closings[opening] ?? "";
  const lines: string[] = [];
  for (let line = startLine, length = 0; line < endLine && length <= longestFormula; line++) {
    const text = line === startLine ? begin.slice(opening.length) : lineOf(state, line);
    const at = text.indexOf(closing);
    if (line > startLine && (text.trim() === "" || (state.sCount[line] ?? 0) < state.blkIndent)) return false;
    if (line > startLine && at !== 0 && endsParagraph(state, line, endLine)) return false;
    if (line > startLine && endsTable(state, line)) return false;
    length += text.length;
    lines.push(at === -1 ? text : text.slice(0, at));
    if (at === -1) continue;
    const content = lines.join("\n");
    if (
      text
        .slice(at + closing.length)
        .trim()
        .replace(/^[.,;]$/, "") !== ""
    )
      return false;
    if (content.length > longestFormula || content.trim() === "") return false;
    if (silent) return true;
    state.line = line + 1;
    const token = state.push("formula", "math", 0);
    Object.assign(token, { block: true, content, markup: opening, map: [startLine, state.line] });
    return true;
  }
  return false;
}

function endsParagraph(state: StateBlock, line: number, endLine: number): boolean {
  if (/^(?:\$\$|\\\[)/.test(lineOf(state, line))) return true;
  return state.md.block.ruler
    .getRules("paragraph")
    .some((rule) => rule !== blockFormula && rule(state, line, endLine, true));
}

/** Where the formula would end a table: a line that is indented as code would have ended it before. */
const endsTable = (state: StateBlock, line: number) =>
  String(state.parentType) === "table" && (state.sCount[line] ?? 0) - state.blkIndent >= 4;

const lineOf = (state: StateBlock, line: number) =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

const formula: RendererRule = (tokens, index) => {
  const token = tokens[index];
  if (token === undefined) return "";
  const html = mathMl(
    withoutMarks(token.content),
    token.block || token.markup === "$$" || token.markup === "\\[",
  );
  const written = html ?? `<code class="tex">${escapeHtml(source(token))}</code>`;
  // A mark cannot stand within MathML: the figures come behind it, each with its own.
  const figures = marksIn(token.content).map(escapeHtml).join(" ");
  const behind = figures === "" ? "" : `<small class="maths-figures">${figures}</small>`;
  return token.block
    ? `<div class="maths" dir="ltr" tabindex="0" role="group" aria-label="Formula">${written}${behind}</div>\n`
    : `<span class="maths" dir="ltr">${written}${behind}</span>`;
};

const source = ({ content, markup }: Token) => `${markup}${withoutMarks(content)}${closings[markup] ?? ""}`;

function mathMl(tex: string, isDisplayed: boolean): string | null {
  const key = `${isDisplayed}${tex}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const made = readTex(tex, isDisplayed);
  known.set(key, made);
  return made;
}

/** @returns null when KaTeX cannot read it, or makes of it what our content security policy refuses */
function readTex(tex: string, isDisplayed: boolean): string | null {
  try {
    const html = katex.renderToString(tex, {
      displayMode: isDisplayed,
      output: "mathml",
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxSize: 20,
      maxExpand: mostExpansions,
    });
    return / style=|<img|href=/i.test(html) || hasMark(html) ? null : html;
  } catch {
    // Not TeX, or of a package that KaTeX does not know: it is shown as it was written.
    return null;
  }
}

/** An opening that nothing has closed yet, at the end of a text that is being written. */
const openFormula =
  /(?:\\\(|\\\[|\$\$|(?<![\w$\\})\u00c0-\uffff])\$(?=[^$\n]*[\\^_{]|[a-zA-Z](?:\s*[-+*/<>]\s*[\w.]*)*\s*$))(?:(?!\\\)|\\\]|\$)[^\n]|\n(?!\s*\n))*\$?$/;

/** The text without a formula that is not closed yet: no TeX flashes up before it is one. */
export function withoutOpenFormula(text: string): string {
  const start = Math.max(0, text.length - longestFormula);
  const tail = text.slice(start);
  const found = openFormula.exec(tail);
  if (found === null) return text;
  // What opens it may be the closing of the one before.
  const before = tail.slice(0, found.index);
  const dollars = before.match(/\$\$/g)?.length ?? 0;
  if (found[0].startsWith("$$") && dollars % 2 === 1) return text;
  // A single dollar sign is the end of a formula that one begins, and half the end of one that two begin.
  if (/^\$[^$].*\$$/s.test(found[0])) return text;
  return `${text.slice(0, start + found.index)}…`;
}
