/**
 * Says of each figure of an answer how it is known. The mark is the default: a figure is `unsupported` unless a fact, the user's
 * own words, a convention or a calculation with such numbers proves it. The class is a function of the text so far and of the
 * facts before the figure; text that a model wrote proves nothing. It knows nothing of storage, of HTTP and of HTML.
 */
import { builtInInstruments } from "../instruments/catalog.ts";
import type { Figure } from "./classified-figure.ts";
import { classesOfScope, type FoundClass } from "./classify-scope.ts";
import { quotedTexts, type RepeatedText, repeatedTexts } from "./match-fact-texts.ts";
import { subjectsOf } from "./named-subjects.ts";
import { readText } from "./read-text.ts";
import { ScopeContext } from "./scope-context.ts";
import type { FigureSources, SubjectsIn } from "./sources.ts";

export type { Figure } from "./classified-figure.ts";

const builtIn = subjectsOf(builtInInstruments);

/**
 * @param text Markdown as it is written: an answer, or whole blocks of it
 * @param sources what may prove a figure
 * @param isWhole false while the text is still being written
 * @returns figures in order; structural ones and dates are among them, none lies within another but in `unchecked` ones
 */
export function classifyFigures(
  text: string,
  { facts, quotes, subjectsIn = builtIn }: FigureSources,
  { isWhole = true }: { readonly isWhole?: boolean } = {},
): readonly Figure[] {
  const read = readText(text, isWhole);
  const repeated = [...repeatedTexts(text, facts), ...quotedTexts(text, quotes)];
  const found: Figure[] = [];
  for (const [scope, figures] of Map.groupBy(read.figures, ({ scope }) => scope)) {
    const subjects: SubjectsIn = figures.some(({ role }) => role === "amount") ? subjectsIn : () => [];
    const context = new ScopeContext(read, scope, text, subjects, figures);
    const classes = classesOfScope(figures, { facts, quotes, subjectsIn, context, read, source: text });
    for (const figure of figures) {
      const { start, end, pending } = figure;
      const known = classes.get(figure) ?? unsupported;
      const place = known.class === "unsupported" ? placeIn(repeated, start, end) : undefined;
      found.push({
        start,
        end,
        text: figure.text,
        ...(place === undefined ? known : classOf(place)),
        pending,
      });
    }
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

const classOf = ({ proof }: RepeatedText): FoundClass =>
  "fact" in proof ? { class: "computed", ...proof } : { class: "quoted", ...proof };

const placeIn = (repeated: readonly RepeatedText[], start: number, end: number) =>
  repeated.find((each) => each.start <= start && end <= each.end);

const unsupported: FoundClass = { class: "unsupported" };
