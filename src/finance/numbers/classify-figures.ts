/**
 * Says of each figure of an answer how it is known. The mark is the default: a figure is `unsupported` unless a fact, the user's
 * own words, a convention or a calculation with such numbers proves it. The class is a function of the text so far and of the
 * facts before the figure; text that a model wrote proves nothing. It knows nothing of storage, of HTTP and of HTML.
 */
import { builtInInstruments } from "../instruments/catalog.ts";
import type { Figure } from "./classified-figure.ts";
import { classesOfScope, type FoundClass } from "./classify-scope.ts";
import type { ClosedSentences } from "./closed-sentences.ts";
import { type RepeatedText, Repetitions } from "./match-fact-texts.ts";
import { subjectsOf } from "./named-subjects.ts";
import { type PlacedFigure, type ReadText, readText } from "./read-text.ts";
import { ScopeContext } from "./scope-context.ts";
import type { FigureSources, SubjectsIn } from "./sources.ts";
import type { Scope } from "./text-scopes.ts";

export type { Figure } from "./classified-figure.ts";

const builtIn = subjectsOf(builtInInstruments);

interface ClassifyOptions {
  /** false while the text is still being written */
  readonly isWhole?: boolean;
  /** What is known of the text so far; the same for all of its beginnings. Needed for nothing but speed. */
  readonly closed?: ClosedSentences;
}

/**
 * @param text Markdown as it is written: an answer, or whole blocks of it
 * @param sources what may prove a figure
 * @returns figures in order; structural ones and dates are among them, none lies within another but in `unchecked` ones
 */
export function classifyFigures(
  text: string,
  { facts, quotes, subjectsIn = builtIn }: FigureSources,
  { isWhole = true, closed }: ClassifyOptions = {},
): readonly Figure[] {
  const read = readText(text, isWhole);
  const sources = { facts, quotes, subjectsIn };
  const repeated = new Repetitions(text, sources, isWhole);
  const growing = isWhole ? undefined : closed;
  growing?.continueWith(text);
  const found: Figure[] = [];
  for (const [scope, placed] of Map.groupBy(read.figures, ({ scope }) => scope)) {
    const figures =
      growing?.figuresFrom(placed[0]?.start ?? -1) ??
      classifiedScope(read, scope, placed, { text, sources, repeated });
    growing?.keep(figures);
    found.push(...figures);
  }
  for (const { kind, start, end, isOpen } of read.listings) {
    found.push({
      start,
      end,
      text: text.slice(start, end),
      class: "structural",
      unchecked: kind,
      pending: isOpen,
    });
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

interface Classified {
  readonly text: string;
  readonly sources: Required<FigureSources>;
  readonly repeated: Repetitions;
}

function classifiedScope(
  read: ReadText,
  scope: Scope,
  figures: readonly PlacedFigure[],
  { text, sources, repeated }: Classified,
): readonly Figure[] {
  const subjects: SubjectsIn = figures.some(({ role }) => role === "amount") ? sources.subjectsIn : () => [];
  const context = new ScopeContext(read, scope, text, subjects, figures);
  const classes = classesOfScope(figures, { ...sources, context, read, source: text });
  return figures.map((figure) => {
    const { start, end, pending } = figure;
    const known = classes.get(figure);
    if (known !== undefined) return { start, end, text: figure.text, ...known, pending };
    const place = repeated.around(start, end);
    const isOpen = pending || (place === undefined && repeated.mayCome(start));
    return {
      start,
      end,
      text: figure.text,
      ...(place === undefined ? unsupported : classOf(place)),
      pending: isOpen,
    };
  });
}

const classOf = ({ proof }: RepeatedText): FoundClass =>
  "fact" in proof ? { class: "computed", ...proof } : { class: "quoted", ...proof };

const unsupported: FoundClass = { class: "unsupported" };
