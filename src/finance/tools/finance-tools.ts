/**
 * Calculators, indicators and statistics as tools for a model: their forms follow from the schemas that pages and API have, and
 * which of them a question may need from the words that the desk knows. It knows nothing of storage, of engines or of owners.
 */
import type { TObject, TSchema } from "@sinclair/typebox";
import { calculators } from "../calculators/calculators.ts";
import { Lexicon, longestOf } from "../desk/lexicon.ts";
import { wordsOf } from "../desk/question-words.ts";
import { measureWords } from "../desk/series-words.ts";
import { indicators } from "../indicators/indicators.ts";
import { statistics } from "../statistics/statistics.ts";

/** A function as a model is offered it. */
interface FinanceTool {
  readonly name: string;
  readonly description: string;
  /** A JSON schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A price series that tools may be asked about. */
interface OwnSeries {
  /** "XAUUSD D1", as a call names it. */
  readonly name: string;
  /** The question names its instrument. */
  readonly isNamed: boolean;
}

/** A phrase names a calculation; a cue alone ("risk", "stop") only hints at it, and two are needed. */
const weights = { phrase: 4, cue: 1, named: 2 } as const;
const leastWeight = 2;
/** Of the likeliest one's weight: what is far behind it only takes room. */
const leastShare = 1 / 4;

interface Hint {
  readonly tool: string;
  readonly weight: number;
}

const hints = new Lexicon<Hint>(
  [
    ...calculators.flatMap(({ name, title, asked: { phrases, slots } }) => [
      ...[title.toLowerCase(), ...phrases].map(
        (phrase) => [phrase, { tool: name, weight: weights.phrase }] as const,
      ),
      ...Object.values(slots).flatMap(({ cues }) =>
        cues.map((cue) => [cue, { tool: name, weight: weights.cue }] as const),
      ),
    ]),
    ...Object.entries(measureWords).flatMap(([name, phrases]) =>
      phrases.map((phrase) => [phrase, { tool: name, weight: weights.phrase }] as const),
    ),
  ].filter(([phrase]) => phrase !== ""),
);

/**
 * What a model may be offered for a question, the likeliest first; what has no bearing on it is not there.
 * @param series those of its owner: without any there is nothing to ask an indicator of
 */
export function toolsFor(question: string, series: readonly OwnSeries[]): readonly FinanceTool[] {
  const scores = new Map<string, number>();
  const add = (tool: string, weight: number) => scores.set(tool, (scores.get(tool) ?? 0) + weight);
  for (const { value } of longestOf(hints.find(wordsOf(question, [])))) add(value.tool, value.weight);
  if (series.some(({ isNamed }) => isNamed))
    for (const { name } of [...indicators, ...statistics]) add(name, weights.named);
  const least = Math.max(leastWeight, leastShare * Math.max(0, ...scores.values()));
  const isOffered = (name: string) => (scores.get(name) ?? 0) >= least;
  const names = series.map(({ name }) => name);
  return [
    ...ofCalculators.filter(({ name }) => isOffered(name)),
    ...toolsOfSeries(names, isOffered),
  ].toSorted((a, b) => (scores.get(b.name) ?? 0) - (scores.get(a.name) ?? 0));
}

function toolOfCalculator({ name, summary, inputs }: (typeof calculators)[number]): FinanceTool {
  return { name, description: summary, parameters: formOf(inputs) };
}

const ofCalculators = calculators.map(toolOfCalculator);

function toolsOfSeries(
  names: readonly string[],
  isOffered: (name: string) => boolean,
): readonly FinanceTool[] {
  if (names.length === 0) return [];
  const dataset = { type: "string", enum: names, description: "The user's price series" };
  const span = {
    from: { type: "string", description: "First day, YYYY-MM-DD; left out: the first there is" },
    to: { type: "string", description: "Last day, YYYY-MM-DD, included; left out: the last there is" },
  };
  return [
    ...indicators
      .filter(({ name }) => isOffered(name))
      .map(({ name, summary, parameters }) => ({
        name,
        description: `${summary} At the last bar.`,
        parameters: formOf(parameters, { dataset }, ["dataset"]),
      })),
    ...statistics
      .filter(({ name, series }) => isOffered(name) && (series === 1 || names.length > 1))
      .map(({ name, summary, parameters, series }) => {
        const other = series === 2 ? { other: dataset } : {};
        const needed = series === 2 ? ["dataset", "other"] : ["dataset"];
        return {
          name,
          description: summary,
          parameters: formOf(parameters, { dataset, ...other, ...span }, needed),
        };
      }),
  ];
}

/** Short, because the prompt has it: limits are checked when the tool is called. */
function formOf(
  schema: TObject,
  first: Readonly<Record<string, object>> = {},
  firstNeeded: readonly string[] = [],
): FinanceTool["parameters"] {
  const { properties, required = [] } = schema;
  const needed = required.filter((name) => properties[name]?.default === undefined);
  return {
    type: "object",
    properties: {
      ...first,
      // Which sessions are over the clock says, and no model.
      ...Object.fromEntries(
        Object.entries(properties)
          .filter(([name]) => name !== "unfinished")
          .map(([name, field]) => [name, fieldOf(field)]),
      ),
    },
    required: [...firstNeeded, ...needed],
    additionalProperties: false,
  };
}

function fieldOf(field: TSchema): object {
  const { title = "", type, anyOf, default: usual } = field;
  const unit = field["x-unit"];
  const usually = usual === undefined ? "" : `; usually ${usual}`;
  const description = `${title}${unit === undefined ? "" : ` (${unit})`}${usually}`;
  const choices = Array.isArray(anyOf)
    ? anyOf.flatMap((each: { readonly const?: unknown }) => (each.const === undefined ? [] : [each.const]))
    : [];
  return choices.length > 0 ? { type: "string", enum: choices, description } : { type, description };
}
