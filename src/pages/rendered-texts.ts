/**
 * Answers as HTML, made before the page that shows them: in slices, so that nobody waits for somebody else's long answer;
 * each once, because most of a conversation is the same whenever it is opened; and only so much of each, because neither
 * the machine nor a browser is served by megabytes of Markdown. It knows nothing of threads.
 */
import { finishedLengths, markdownPieces, openBlockPieces } from "../../views/markdown.ts";
import { marksOf } from "../../views/marks-of-figures.ts";
import type { FigureMark, RenderedText } from "../../views/props.ts";
import type { FigureCounts } from "../finance/numbers/figure-counts.ts";
import type { AnswerFigures } from "../generations/answer-figures.ts";
import { inSlices, type WorkSlices } from "../loop/work-slices.ts";
import { languageOfReader, tr } from "../texts/reader-language.ts";
import { countsOf, marksIn } from "./figure-marks.ts";
import { besideFigures } from "./unsure-words.ts";

/** Characters of one text that a page shows; the rest stands behind a link. A full context is less. */
export const mostShown = 200_000;
/** Characters of all cached HTML. */
const mostCached = 16_000_000;

/** What a page may still show of its texts, in characters. */
export interface PageBudget {
  left: number;
}

/** All texts of a page together; the newest come first. */
export const pageBudget = (): PageBudget => ({ left: 1_000_000 });

/** However little is left, each text shows its beginning. */
const leastShown = 2_000;

/** How much of a text a page shows. Takes it out of the budget. */
export function shownLength(text: string, budget: PageBudget): number {
  const most = Math.min(mostShown, Math.max(leastShown, budget.left));
  const length = text.length <= most ? text.length : beforeLine(text, most);
  budget.left -= length;
  return length;
}

/** At a line's end if one is near, and never within a character. */
function beforeLine(text: string, most: number): number {
  const lineEnd = text.lastIndexOf("\n", most - 1) + 1;
  if (lineEnd > most / 2) return lineEnd;
  return /[\ud800-\udbff]/.test(text[most - 1] ?? "") ? most - 1 : most;
}

interface Rendered {
  readonly html: string;
  readonly counts: FigureCounts | null;
}

interface CachedHtml {
  readonly rendered: Promise<Rendered>;
  /** 0 until it has been made. */
  length: number;
}

/** The HTML of texts by what they say, the one used longest ago first. */
const cache = new Map<string, CachedHtml>();
let cachedLength = 0;

/** How an answer's figures are known; null: they are not marked. */
export type Figures = AnswerFigures | null;

/** An answer that has ended. @param id whose text it is: nobody can make another's text look like theirs */
export async function renderedText(
  id: string,
  text: string,
  figures: Figures,
  { slices, budget }: { readonly slices: WorkSlices; readonly budget: PageBudget },
): Promise<RenderedText & { readonly counts: FigureCounts | null }> {
  const length = shownLength(text, budget);
  const { html, counts } = await cached(id, text.slice(0, length), figures, slices);
  return { safeBlocks: html, safeTail: "", isCut: length < text.length, counts };
}

/** An answer that is being written: the stream appends to its finished blocks and replaces the open one. */
export async function renderedSoFar(
  text: string,
  figures: Figures,
  { slices, budget }: { readonly slices: WorkSlices; readonly budget: PageBudget },
): Promise<RenderedText> {
  const finished = await lengthOfFinished(text, figures, slices);
  const length = shownLength(text.slice(0, finished), budget);
  const safeBlocks = (await rendered(text.slice(0, length), figures, slices)).html;
  const safeTail =
    finished === text.length ? "" : await openBlock(text.slice(finished), finished, figures, slices);
  return { safeBlocks, safeTail, isCut: length < finished };
}

/**
 * How much of a growing text no later text can change.
 * @param figures of a text from the answer's beginning on: its card is finished
 */
export async function lengthOfFinished(text: string, figures: Figures, slices?: WorkSlices): Promise<number> {
  const card = Math.min(figures?.cardLength ?? 0, text.length);
  return card + ((await inSlices(finishedLengths(text.slice(card)), slices)).at(-1) ?? 0);
}

/** Finished blocks, with their marks. @param from where they begin in the answer */
export async function finishedBlocks(
  text: string,
  from: number,
  figures: Figures,
  slices?: WorkSlices,
): Promise<string> {
  const marks = await marksIn(text, from, figures, slices);
  return htmlOf(markdownPieces(text, marks), slices);
}

/** The open end of an answer, with the marks of the figures that no further text can change. */
export function openBlock(
  text: string,
  from: number,
  figures: Figures,
  slices?: WorkSlices,
): Promise<string> {
  const marks: readonly FigureMark[] =
    figures === null ? [] : marksOf(figures, text, { from, isWhole: false });
  return htmlOf(openBlockPieces(text, marks), slices);
}

/** The card of the desk stands apart from the prose that may follow it. */
export const inCard = (html: string) =>
  `<section class="desk-card" aria-label="${tr`Computed by the program`}">${html}</section>`;

/** An answer with more marks than those of its figures. @param more in order, with offsets in the text */
export async function withMarks(
  text: string,
  figures: Figures,
  more: readonly FigureMark[],
): Promise<string> {
  const shown = text.slice(0, shownLength(text, pageBudget()));
  const length = Math.min(figures?.cardLength ?? 0, shown.length);
  const marks = besideFigures(
    await marksIn(shown.slice(length), length, figures),
    more
      .filter(({ start, end }) => start >= length && end <= shown.length)
      .map((mark) => moved(mark, -length)),
  );
  const card = length === 0 ? "" : inCard(await finishedBlocks(shown.slice(0, length), 0, figures));
  return card + (await htmlOf(markdownPieces(shown.slice(length), marks)));
}

async function rendered(text: string, figures: Figures, slices?: WorkSlices): Promise<Rendered> {
  const { card, prose } = await markedParts(text, figures, slices);
  const cardHtml =
    card.text === "" ? "" : inCard(await htmlOf(markdownPieces(card.text, card.marks), slices));
  const proseHtml = await htmlOf(markdownPieces(prose.text, prose.marks), slices);
  return { html: cardHtml + proseHtml, counts: countsOf([...card.marks, ...prose.marks]) };
}

interface MarkedPart {
  readonly text: string;
  /** With offsets in `text`. */
  readonly marks: readonly FigureMark[];
}

/** The card of the desk and the prose that follows it: each is a text of its own. */
export async function markedParts(
  text: string,
  figures: Figures,
  slices?: WorkSlices,
): Promise<{ readonly card: MarkedPart; readonly prose: MarkedPart }> {
  const length = Math.min(figures?.cardLength ?? 0, text.length);
  const marks = await marksIn(text, 0, figures, slices);
  const ofCard = marks.filter(({ start }) => start < length);
  const ofProse = marks.slice(ofCard.length).map((mark) => moved(mark, -length));
  return {
    card: { text: text.slice(0, length), marks: ofCard },
    prose: { text: text.slice(length), marks: ofProse },
  };
}

const moved = (mark: FigureMark, by: number): FigureMark => ({
  ...mark,
  start: mark.start + by,
  end: mark.end + by,
});

/** The HTML of a generator's pieces. */
const htmlOf = async (pieces: Iterable<string>, slices?: WorkSlices): Promise<string> =>
  (await inSlices(pieces, slices)).join("");

function cached(id: string, text: string, figures: Figures, slices: WorkSlices): Promise<Rendered> {
  const key = `${id} ${languageOfReader()} ${text.length} ${Bun.hash(text)}`;
  const known = cache.get(key);
  const entry = known ?? { rendered: rendered(text, figures, slices), length: 0 };
  cache.delete(key);
  cache.set(key, entry);
  if (known === undefined)
    void entry.rendered.then(({ html }) => {
      entry.length = html.length;
      cachedLength += html.length;
      forgetOldest();
    });
  return entry.rendered;
}

function forgetOldest(): void {
  for (const [key, { length }] of cache) {
    if (cachedLength <= mostCached) return;
    cachedLength -= length;
    cache.delete(key);
  }
}
