/**
 * Marks the figures of a Markdown text in its HTML. Each figure is enclosed in two characters before the text is parsed, and
 * these become elements afterwards: whatever the parser makes of the text around a figure, the mark stays with it. The
 * characters are noncharacters of Unicode, which no text has for its own use (https://www.unicode.org/faq/private_use.html#nonchar1).
 */

import { escapeHtml } from "./escape-html.ts";
import { passageAddress } from "./passage-place.ts";
import type { FigureMark } from "./props.ts";
import { safeTr } from "./safe-tr.ts";

const open = "\ufdd0";
const close = "\ufdd1";
/** Sixteen digits, for the number of the figure. */
const digitZero = 0xfdd2;
const reserved = /[\ufdd0-\ufdef]/g;
/** Whether a character of our marks stands in a text. */
export const hasMark = (text: string) => /[\ufdd0-\ufdef]/.test(text);

/** A text with marks, and the way back from its HTML. */
interface MarkedText {
  readonly text: string;
  /** Turns the marks in HTML into elements. @param html of the parser: every `<` of the text is escaped in it */
  elements(html: string): string;
}

const pageOfFacts = "/facts/";

/** Of a figure, the signs before its first and after its last letter or digit: "$", "%". */
interface Edges {
  readonly before: string;
  readonly after: string;
}

const plain: MarkedText = { text: "", elements: (html) => html };

/**
 * The marks stand beside letters and digits: between an asterisk and a sign they would change what the asterisk means.
 * @param figures in order, with offsets in `text`, none within another
 * @param factsAt what stands before a fact's id in its address
 */
export function markedText(text: string, figures: readonly FigureMark[], factsAt = pageOfFacts): MarkedText {
  if (figures.length === 0) return { ...plain, text: withoutReserved(text) };
  const edges: Edges[] = [];
  let marked = "";
  let taken = 0;
  for (const [index, { start, end }] of figures.entries()) {
    const figure = text.slice(start, end);
    const before = /^[^\p{L}\p{N}]*/u.exec(figure)?.[0] ?? "";
    const after = before.length === figure.length ? "" : (/[^\p{L}\p{N}]*$/u.exec(figure)?.[0] ?? "");
    edges.push({ before, after });
    const inner = text.slice(start + before.length, end - after.length);
    marked += withoutReserved(text.slice(taken, start + before.length));
    marked += `${open}${numberOf(index)}${withoutReserved(inner)}${close}`;
    taken = end - after.length;
  }
  marked += withoutReserved(text.slice(taken));
  return { text: marked, elements: (html) => elementsOf(html, figures, edges, factsAt) };
}

/** A marked text as it was before. */
export const withoutMarks = (text: string) => text.replace(reserved, "");

/** The marked figures of a text, each with its mark. */
export const marksIn = (text: string): readonly string[] =>
  text.match(/\ufdd0[\ufdd2-\ufde1]+[^\ufdd1]*\ufdd1/g) ?? [];

/** The numbers of the figures that are marked in a text. */
export const markedFigures = (text: string): readonly number[] =>
  [...text.matchAll(/\ufdd0([\ufdd2-\ufde1]+)/g)].map(([, number = ""]) => indexOf(number));

const withoutReserved = (text: string) => text.replace(reserved, "\ufffd");

const numberOf = (index: number) =>
  [...index.toString(16)]
    .map((digit) => String.fromCharCode(digitZero + Number.parseInt(digit, 16)))
    .join("");

/** A tag, or one of our marks. */
const tagOrMark = /<[^>]*>|\ufdd0([\ufdd2-\ufde1]+)|\ufdd1/g;

/** A figure that reaches over the end of another element is marked in several parts. */
function elementsOf(
  html: string,
  figures: readonly FigureMark[],
  edges: readonly Edges[],
  factsAt: string,
): string {
  let written = "";
  let taken = 0;
  let current = -1;
  /** Within a link of the text, no link may begin. */
  let isInLink = false;
  const figureAt = (index: number) => {
    const figure = figures[index];
    return figure !== undefined && isInLink ? withoutLink(figure) : figure;
  };
  for (const { 0: found, 1: number, index } of html.matchAll(tagOrMark)) {
    const mark = figureAt(current);
    written += html.slice(taken, index);
    taken = index + found.length;
    if (number !== undefined) {
      current = indexOf(number);
      const next = figureAt(current);
      const before = edges[current]?.before ?? "";
      if (next === undefined) continue;
      const isNear = before !== "" && written.endsWith(before);
      if (isNear) written = written.slice(0, -before.length);
      written += startOf(next, factsAt) + (isNear ? before : "");
    } else if (found === close) {
      const after = edges[current]?.after ?? "";
      const isNear = after !== "" && html.startsWith(after, taken);
      if (isNear) taken += after.length;
      if (mark !== undefined) written += (isNear ? after : "") + endOf(mark, { isPart: false });
      current = -1;
    } else {
      const tag = found.replace(reserved, "");
      isInLink = tag.startsWith("<a ") || (isInLink && tag !== "</a>");
      const rest = figureAt(current);
      if (mark !== undefined) written += endOf(mark, { isPart: true });
      written += tag + (rest === undefined ? "" : startOf(rest, factsAt));
    }
  }
  return written + html.slice(taken);
}

const withoutLink = ({ factId: _, messageId: __, passage: ___, ...mark }: FigureMark): FigureMark => mark;

const indexOf = (number: string) =>
  Number.parseInt([...number].map((digit) => (digit.charCodeAt(0) - digitZero).toString(16)).join(""), 16);

const titleOf = ({ words }: FigureMark) => (words === undefined ? "" : ` title="${escapeHtml(words)}"`);

/** Ids are checked by their form: they stand in addresses. */
const isPlainId = (id: string | undefined): id is string =>
  id !== undefined && /^[A-Za-z0-9_-]{1,100}$/.test(id);

function startOf(mark: FigureMark, factsAt: string): string {
  const { kind, factId, messageId, passage } = mark;
  if (kind === "misquoted") return `<span class="figure unsupported"${titleOf(mark)}>`;
  // In a file of its own there is no page to lead to.
  if (isLinked(passage))
    return factsAt === pageOfFacts
      ? `<a class="figure quoted" href="${escapeHtml(passageAddress(passage))}"${titleOf(mark)}>`
      : `<a class="figure quoted"${titleOf(mark)}>`;
  if (kind === "cited") return `<span class="figure quoted"${titleOf(mark)}>`;
  if ((kind === "computed" || kind === "derived") && isPlainId(factId))
    return `<a class="figure ${kind}" href="${factsAt}${factId}"${titleOf(mark)}${factsAt === pageOfFacts ? ` data-fact="${factId}"` : ""}>`;
  if (kind === "quoted" && isPlainId(messageId))
    return `<a class="figure quoted" href="#m-${messageId}"${titleOf(mark)}>`;
  return `<span class="figure ${kind}"${titleOf(mark)}>`;
}

/** @param isPart the figure goes on after another element's tag */
const isLinked = (passage: FigureMark["passage"]): passage is NonNullable<FigureMark["passage"]> =>
  passage !== undefined && isPlainId(passage.documentId);

function endOf(
  { kind, factId, messageId, passage, ...mark }: FigureMark,
  { isPart }: { readonly isPart: boolean },
): string {
  if ((kind === "computed" || kind === "derived") && isPlainId(factId)) return "</a>";
  if (kind === "quoted" && isPlainId(messageId)) return "</a>";
  if (isLinked(passage)) return "</a>";
  if (kind === "misquoted" && !isPart && !mark.isPart)
    return `<span class="visually-hidden"> ${safeTr`(not in the documents)`}</span></span>`;
  const spoken =
    kind === "unsupported" && !isPart ? `<span class="visually-hidden"> ${safeTr`(unchecked)`}</span>` : "";
  return `${spoken}</span>`;
}
