/** The figures, citations and quotations of an answer as the marks of its page. */
import type { Figure } from "../src/finance/numbers/classify-figures.ts";
import type { AnswerFigures } from "../src/generations/answer-figures.ts";
import type { Citation } from "../src/generations/citations.ts";
import { tr, translated } from "../src/texts/reader-language.ts";
import { finishedLengths } from "./markdown.ts";
import { placeInWords } from "./passage-place.ts";
import type { FigureMark } from "./props.ts";

type Known = Pick<AnswerFigures, "figuresIn" | "citationsIn" | "placeOf" | "toolOf">;

/**
 * A mark for each figure that says how much, each citation and each quotation that stands nowhere; list numbers, names and dates
 * have none.
 * @param from where the text begins in the answer
 * @param at what is added to the offsets
 */
export function marksOf(
  known: Known,
  text: string,
  { from, isWhole, at = 0 }: { readonly from: number; readonly isWhole: boolean; readonly at?: number },
): FigureMark[] {
  const figures = known.figuresIn(text, { from, isWhole }).flatMap((figure) => markOf(known, figure));
  const citations = known.citationsIn(text);
  const marks = citations.length === 0 ? figures : besideEachOther(figures, citations.map(markOfCitation));
  return at === 0 ? marks : marks.map((mark) => ({ ...mark, start: mark.start + at, end: mark.end + at }));
}

function markOf(known: Known, figure: Figure): readonly FigureMark[] {
  const { start, end, pending, fact, source, words } = figure;
  if (figure.class === "structural" || figure.class === "calendar") return [];
  const place = figure.class === "quoted" ? known.placeOf(figure) : null;
  const tool = figure.class === "quoted" ? known.toolOf(figure) : null;
  return [
    {
      ...{ start, end },
      kind: pending ? "pending" : figure.class,
      ...(fact === undefined ? {} : { factId: fact }),
      ...(place !== null
        ? { passage: place, words: placeInWords(place) }
        : tool !== null
          ? { words: tr`From what ${tool} gave.` }
          : source === undefined || source.where === ""
            ? {}
            : { messageId: source.where }),
      // A calculation stands as it is; what a convention says is a text of the program.
      ...(words === undefined ? {} : { words: figure.class === "convention" ? translated(words) : words }),
    },
  ];
}

function markOfCitation({ start, end, kind, place }: Citation): FigureMark {
  if (place !== undefined) return { start, end, kind: "cited", passage: place, words: placeInWords(place) };
  const words =
    kind === "unknown" ? tr`No passage has this number.` : tr`These words do not stand so in the documents.`;
  return { start, end, kind: "misquoted", words };
}

/** No mark lies within another: a quotation is marked around the figures and citations in it. */
function besideEachOther(figures: readonly FigureMark[], citations: readonly FigureMark[]): FigureMark[] {
  const isAround = (mark: FigureMark) => mark.kind === "misquoted" && mark.end - mark.start > longestNumber;
  const inner = [...figures, ...citations.filter((mark) => !isAround(mark))];
  const around = citations.filter(isAround).flatMap((mark) => {
    const within = inner
      .filter(({ start, end }) => start < mark.end && mark.start < end)
      .sort((a, b) => a.start - b.start);
    const parts = [mark.start, ...within.flatMap(({ start, end }) => [start, end]), mark.end];
    return Array.from({ length: parts.length / 2 }, (_, at) => ({
      ...mark,
      start: parts[at * 2] ?? mark.start,
      end: parts[at * 2 + 1] ?? mark.end,
      ...(at * 2 + 2 < parts.length ? { isPart: true as const } : {}),
    })).filter(({ start, end }) => end > start);
  });
  return [...inner, ...around].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** "[123]" */
const longestNumber = 5;

/**
 * The marks of finished text, block by block: what a block says of a figure does not depend on the others.
 * @param from where the text begins in the answer
 */
export function* marksOfBlocks(
  text: string,
  from: number,
  known: Known,
): Generator<FigureMark[], void, undefined> {
  let taken = 0;
  const until = (end: number) => {
    const marks = marksOf(known, text.slice(taken, end), { from: from + taken, isWhole: true, at: taken });
    taken = end;
    return marks;
  };
  for (const end of finishedLengths(text)) if (end > taken) yield until(end);
  if (taken < text.length) yield until(text.length);
}
