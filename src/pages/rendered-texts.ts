/**
 * Answers as HTML, made before the page that shows them: in slices, so that nobody waits for somebody else's long answer;
 * each once, because most of a conversation is the same whenever it is opened; and only so much of each, because neither
 * the machine nor a browser is served by megabytes of Markdown. It knows nothing of threads.
 */
import { finishedLengths, markdownPieces, openBlockPieces } from "../../views/markdown.ts";
import type { RenderedText } from "../../views/props.ts";
import { inSlices, type WorkSlices } from "../loop/work-slices.ts";

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

interface CachedHtml {
  readonly html: Promise<string>;
  /** 0 until it has been made. */
  length: number;
}

/** The HTML of texts by what they say, the one used longest ago first. */
const cache = new Map<string, CachedHtml>();
let cachedLength = 0;

/** An answer that has ended. @param id whose text it is: nobody can make another's text look like theirs */
export async function renderedText(
  id: string,
  text: string,
  slices: WorkSlices,
  budget: PageBudget = pageBudget(),
): Promise<RenderedText> {
  const length = shownLength(text, budget);
  const safeBlocks = await cached(id, text.slice(0, length), slices);
  return { safeBlocks, safeTail: "", isCut: length < text.length };
}

/** An answer that is being written: the stream appends to its finished blocks and replaces the open one. */
export async function renderedSoFar(
  text: string,
  slices: WorkSlices,
  budget: PageBudget = pageBudget(),
): Promise<RenderedText> {
  const finished = (await inSlices(finishedLengths(text), slices)).at(-1) ?? 0;
  const blocks = text.slice(0, finished);
  const length = shownLength(blocks, budget);
  const safeBlocks = await htmlOf(markdownPieces(blocks.slice(0, length)), slices);
  const safeTail = text === "" ? "" : await htmlOf(openBlockPieces(text.slice(finished)), slices);
  return { safeBlocks, safeTail, isCut: length < blocks.length };
}

/** The HTML of a generator's pieces. */
export const htmlOf = async (pieces: Iterable<string>, slices?: WorkSlices): Promise<string> =>
  (await inSlices(pieces, slices)).join("");

function cached(id: string, text: string, slices: WorkSlices): Promise<string> {
  const key = `${id} ${text.length} ${Bun.hash(text)}`;
  const known = cache.get(key);
  const entry = known ?? { html: htmlOf(markdownPieces(text), slices), length: 0 };
  cache.delete(key);
  cache.set(key, entry);
  if (known === undefined)
    void entry.html.then(({ length }) => {
      entry.length = length;
      cachedLength += length;
      forgetOldest();
    });
  return entry.html;
}

function forgetOldest(): void {
  for (const [key, { length }] of cache) {
    if (cachedLength <= mostCached) return;
    cachedLength -= length;
    cache.delete(key);
  }
}
