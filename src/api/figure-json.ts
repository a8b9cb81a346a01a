/** The figures of an answer as programs get them. */
import { Type as t } from "@sinclair/typebox";
import type { Figure } from "../finance/numbers/classify-figures.ts";
import type { AnswerFigures } from "../generations/answer-figures.ts";
import type { StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** All of them: the compiler compares the list with the classifier's. */
const classes = [
  "computed",
  "quoted",
  "derived",
  "convention",
  "structural",
  "calendar",
  "unsupported",
] as const satisfies readonly Figure["class"][];

export const FigureReply = t.Object(
  {
    start: t.Integer({ description: "Where it begins in the answer, in UTF-16 units." }),
    end: t.Integer(),
    text: t.String(),
    class: t.Union(
      classes.map((name) => t.Literal(name)),
      { description: "How it is known. unsupported: nothing proves it." },
    ),
    fact: t.Optional(t.String({ description: "The id of the fact that it shows, or follows from." })),
    words: t.Optional(
      t.String({ description: "Why it has its class: the formula, the convention's source." }),
    ),
  },
  {
    title: "Figure",
    examples: [{ start: 2, end: 8, text: "9.86 %", class: "computed", fact: "f0123456789abcdef01234567" }],
  },
);

const figureJson = ({
  start,
  end,
  text,
  class: kind,
  fact,
  words,
}: Figure): StaticReply<typeof FigureReply> => ({
  start,
  end,
  text,
  class: kind,
  ...(fact === undefined ? {} : { fact }),
  ...(words === undefined ? {} : { words }),
});

/** The whole text of an answer, and what its figures are known by. */
export interface FiguresAtEnd {
  readonly text: string;
  readonly of: AnswerFigures;
}

/**
 * As the answer is stored now, with what was recalled for it; null for one that a client of /v1 asked for.
 * @param text all of it; null: it is read
 */
export function figuresAtEnd(
  { generations, figuresOf }: Workspace,
  { id }: Generation,
  text: string | null,
): FiguresAtEnd | null {
  const generation = generations.get(id);
  const of = generation === undefined ? null : figuresOf(generation);
  return of === null ? null : { text: text ?? generations.textSoFar(id).text, of };
}

export const figuresJson = ({ text, of }: FiguresAtEnd) =>
  of.figuresIn(text, { from: 0, isWhole: true }).map(figureJson);
