/**
 * What programs that speak the Model Context Protocol may ask of one owner's assistant: recall, search, compute and, where it is
 * granted, remember. Results are data, never instructions. It knows nothing of the protocol.
 */
import { type Static, type TObject, type TSchema, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { FoundPassage } from "../documents/documents.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { calculators } from "../finance/calculators/calculators.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** The part of a workspace that tools use. */
type ToolWorkspace = Pick<
  Workspace,
  "memory" | "library" | "documents" | "finance" | "datasets" | "seriesFigures"
>;

export interface McpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A JSON schema. */
  readonly inputs: TObject;
  /** It changes something. */
  readonly writes: boolean;
  /** @param inputs as they were sent @throws AppError */
  call(inputs: unknown, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

const taking = <Properties extends Record<string, TSchema>>(properties: Properties) =>
  t.Object(properties, { additionalProperties: false });
const most = t.Integer({ minimum: 1, maximum: 50, default: 5, description: "How many at most." });
const question = (description: string) => t.String({ minLength: 1, maxLength: 2_000, description });
const inputsOfFormula = t.Record(t.String(), t.Unknown(), {
  description: "By name. A number may also be a decimal text.",
});

/** @param mayWrite whether tools that change something are among them */
export function mcpTools(workspace: ToolWorkspace, mayWrite: boolean): readonly McpTool[] {
  const { memory, library, documents, finance, datasets, seriesFigures } = workspace;
  const tools = [
    tool({
      name: "recall",
      title: "Recall memories",
      description:
        "What the user has stated, or asked before, that bears on a question, best first; nothing when nothing bears on it. A fact was stated by the user; an exchange is what was answered then, and may have been wrong.",
      inputs: taking({
        question: question("A question, or words."),
        limit: most,
        as_of: t.Optional(t.String({ description: "Only what was known by this moment (ISO 8601)." })),
      }),
      async call({ question, limit, as_of }, signal) {
        const asOf = as_of === undefined ? undefined : momentOf(as_of);
        const found = await memory.search(question, limit, {
          signal,
          ...(asOf === undefined ? {} : { asOf }),
        });
        const memories = found.map(({ memory: { id, key, value, category, kind, createdAt }, score }) => ({
          ...{ id, key, value, category, kind, score },
          timestamp: new Date(createdAt).toISOString(),
        }));
        return { memories };
      },
    }),
    tool({
      name: "search_conversations",
      title: "Search conversations",
      description: "Where words occur in the user's conversations, best first.",
      inputs: taking({ words: question("Words; the last one may be a beginning."), limit: most }),
      call: async ({ words, limit }) => ({
        conversations: library.search(words, limit).map((hit) => ({
          conversation_id: hit.conversationId,
          message_id: hit.messageId,
          title: hit.title,
          // The marks of what was found are no text.
          excerpt: hit.excerpt.replaceAll(/[\uFDD0\uFDD1]/g, ""),
        })),
      }),
    }),
    tool({
      name: "search_documents",
      title: "Search documents",
      description: "Passages of the user's documents that bear on a question, best first, with their places.",
      inputs: taking({ question: question("A question, or words."), limit: most }),
      call: async ({ question, limit }, signal) => ({
        passages: (await documents.search(question, limit, signal)).map(passageOf),
      }),
    }),
    tool({
      name: "list_calculators",
      title: "List calculators",
      description:
        "The calculators, each with what it is for, its inputs as a JSON schema, and an example. Call it before compute.",
      inputs: taking({}),
      call: async () => ({
        calculators: calculators.map(({ name, summary, topic, inputs, asked }) => ({
          ...{ name, summary, topic, inputs },
          example: asked.examples[0]?.inputs ?? {},
        })),
      }),
    }),
    tool({
      name: "compute",
      title: "Compute",
      description:
        "Computes by a formula with a source: position sizes, pips, margin, loans, growth, bonds and more. Figures come with the formula and its steps; none is guessed.",
      inputs: taking({
        calculator: t.String({ description: "A name of list_calculators." }),
        inputs: inputsOfFormula,
      }),
      async call({ calculator, inputs }) {
        const { facts, calculation } = finance.calculate(calculator, inputs, false);
        const { warnings, assumptions } = calculation;
        return { results: facts.map(resultOf), warnings, assumptions };
      },
    }),
    tool({
      name: "list_price_series",
      title: "List price series",
      description:
        "The price series that the user has imported, and the measures that can be computed over them.",
      inputs: taking({}),
      call: async () => ({
        series: datasets.list().map(({ symbol, timeframe, passport }) => ({
          name: `${symbol} ${timeframe}`.trim(),
          ...(passport === null ? {} : { bars: passport.rows }),
        })),
        measures: [...seriesFigures.indicators(), ...seriesFigures.statistics()].map(
          ({ name, summary, parameters }) => ({ name, summary, inputs: parameters }),
        ),
      }),
    }),
    tool({
      name: "compute_on_series",
      title: "Compute on a price series",
      description: "An indicator at the last bar, or a statistic, over one of the user's price series.",
      inputs: taking({
        measure: t.String({ description: "A name of list_price_series." }),
        series: t.String({ description: 'As list_price_series names it: "XAUUSD D1".' }),
        inputs: t.Optional(inputsOfFormula),
      }),
      async call({ measure, series, inputs = {} }) {
        const computed = await seriesFigures.compute(measure, { ...inputs, dataset: series }, "en");
        if (computed === null)
          throw new NotFoundError("There is no measure of this name.", { param: "measure" });
        return { results: computed.facts.map(resultOf), warnings: computed.warnings };
      },
    }),
    tool({
      name: "memorize",
      title: "Remember a fact",
      description: "Keeps a fact that the user has stated. Only on the user's word.",
      writes: true,
      inputs: taking({
        key: t.String({ minLength: 1, maxLength: 500, description: "What it is about." }),
        value: t.String({ minLength: 1, maxLength: 20_000 }),
        category: t.Optional(t.String({ minLength: 1, maxLength: 100 })),
      }),
      async call({ key, value, category = "general" }) {
        if (key.trim() === "" || value.trim() === "")
          throw new InvalidRequestError("A memory needs a key and a value.", { param: "key" });
        const { id } = await memory.memorize({ key, value, category, kind: "fact", source: "entered" });
        return { id, remembered: true };
      },
    }),
  ];
  return tools.filter(({ writes }) => mayWrite || !writes);
}

interface ToolSpec<Inputs extends TObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly writes?: true;
  readonly inputs: Inputs;
  call(inputs: Static<Inputs>, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

function tool<Inputs extends TObject>({ writes, inputs, call, ...said }: ToolSpec<Inputs>): McpTool {
  return {
    ...said,
    inputs,
    writes: writes ?? false,
    async call(sent, signal) {
      const whole = Value.Default(inputs, sent ?? {});
      if (Value.Check(inputs, whole)) return await call(whole, signal);
      const problem = Value.Errors(inputs, whole).First();
      const param = problem?.path.split("/")[1] ?? "arguments";
      throw new InvalidRequestError(`${param} is not as the tool takes it: ${problem?.message ?? ""}.`, {
        param,
      });
    },
  };
}

function momentOf(text: string): number {
  const moment = Date.parse(text);
  if (Number.isNaN(moment))
    throw new InvalidRequestError("as_of must be a moment, as 2026-03-01T09:30:00Z.", { param: "as_of" });
  return moment;
}

const resultOf = ({ id, label, value, unit, subject, asOf, formula, warnings }: Fact) => ({
  ...{
    fact_id: id,
    label,
    value,
    unit,
    subject,
    formula: formula.words,
    steps: formula.steps,
    source: formula.source,
  },
  ...(asOf === null ? {} : { as_of: asOf.instant }),
  ...(warnings.length === 0 ? {} : { warnings }),
});

const passageOf = ({ document, passage, score }: FoundPassage) => ({
  ...{ document_id: document.id, document: document.name, score },
  ...{ passage: passage.number, page: passage.page, sheet: passage.sheet, cells: passage.cells },
  ...{ heading: passage.heading, text: passage.text },
});
