/** Calculators and the facts that they give, for programs. */

import { Type } from "@sinclair/typebox";
import { Elysia, t } from "elysia";
import type { Calculator } from "../finance/calculators/calculator.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { plain } from "../http/openapi/schemas-by-name.ts";
import { countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { exampleFact, FactReply, factJson } from "./fact-json.ts";
import { createInstrumentRoutes } from "./instruments.ts";

const listed = { name: "n", minimum: 1, maximum: 1000, otherwise: 10 };

const CalculatorReply = t.Object(
  {
    name: t.String(),
    version: Type.Integer({ minimum: 1 }),
    title: t.String(),
    summary: t.String(),
    topic: t.String(),
    formula: t.String(),
    source: t.String({ description: "Where the formula stands." }),
    inputs: t.Record(t.String(), t.Unknown(), {
      description:
        "A JSON schema of the inputs. `x-unit` is the unit of a number; currency: the money of the calculation; price: the instrument's.",
    }),
    needs: t.Array(t.Array(t.String()), { description: "At least one input of each group is needed." }),
    examples: t.Array(t.Object({ question: t.String(), inputs: t.Record(t.String(), t.Unknown()) })),
  },
  { title: "Calculator" },
);
const exampleInputs = { start: 10_000, end: 16_000, years: 5 };
const CalculatorList = t.Object(
  { calculators: t.Array(CalculatorReply) },
  {
    title: "CalculatorList",
    examples: [
      {
        calculators: [
          {
            name: "cagr",
            version: 1,
            title: "Compound annual growth rate",
            summary: "The yearly growth that turns one value into another.",
            topic: "investing",
            formula: "CAGR = (end ÷ start)^(1 ÷ years) − 1",
            source: "CFA Institute, Quantitative Methods",
            inputs: { type: "object", properties: { years: { type: "number", "x-unit": "years" } } },
            needs: [],
            examples: [
              { question: "What is the CAGR from 10,000 to 16,000 in 5 years?", inputs: exampleInputs },
            ],
          },
        ],
      },
    ],
  },
);

const Inputs = t.Record(t.String(), t.Unknown(), {
  title: "Inputs",
  description: 'By the calculator\'s schema. A number may also be a decimal text: "10000.50".',
  examples: [exampleInputs],
});
const CalculationReply = t.Object(
  {
    facts: t.Array(FactReply, { minItems: 1, description: "The first one is the answer." }),
    warnings: t.Array(t.String()),
    assumptions: t.Array(t.String(), { description: "Defaults that were used." }),
    table: t.Union([
      t.Object({
        caption: t.String(),
        columns: t.Array(t.String()),
        rows: t.Array(t.Array(t.String())),
      }),
      t.Null(),
    ]),
  },
  {
    title: "Calculation",
    examples: [{ facts: [exampleFact], warnings: [], assumptions: [], table: null }],
  },
);
const FactList = t.Object(
  { facts: t.Array(FactReply) },
  { title: "FactList", examples: [{ facts: [exampleFact] }] },
);
const VerificationReply = t.Object(
  {
    equal: t.Boolean({ description: "Formula, inputs and value are the same." }),
    value: t.Union([t.String(), t.Null()], {
      description: "The value now; null: it is undefined, or cannot be computed any more.",
    }),
    changed: t.Array(t.String(), { description: "Sentences that say what changed." }),
  },
  { title: "Verification", examples: [{ equal: true, value: "9.86", changed: [] }] },
);

const calculatorJson = (calculator: Calculator): StaticReply<typeof CalculatorReply> => ({
  name: calculator.name,
  version: calculator.version,
  title: calculator.title,
  summary: calculator.summary,
  topic: calculator.topic,
  formula: calculator.formula,
  source: calculator.source,
  inputs: schemaJson(calculator),
  needs: calculator.needs ?? [],
  examples: calculator.asked.examples,
});

/** Without what TypeBox notes for itself; no other inputs are taken. */
const schemaJson = ({ inputs }: Calculator) => ({
  ...(plain(inputs) as Record<string, unknown>),
  additionalProperties: false,
});

const nameParams = t.Object({ name: t.String({ minLength: 1, maxLength: 100, examples: ["cagr"] }) });
const idParams = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleFact.id] }) });
const noFact = { 404: "There is no such fact." };

export const createCalculatorRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "calculators", tags: ["finance"] })
    .use(createInstrumentRoutes(workspaceOf))
    .get(
      "/api/calculators",
      ({ request }): StaticReply<typeof CalculatorList> => ({
        calculators: workspaceOf(request).finance.calculators().map(calculatorJson),
      }),
      {
        detail: openApiDetail({
          summary: "The calculators with the JSON schemas of their inputs",
          replies: { 200: jsonReply("All of them.", CalculatorList) },
        }),
      },
    )
    .post(
      "/api/calculate/:name",
      async ({ params, body, request }): Promise<StaticReply<typeof CalculationReply>> => {
        const { finance, seriesFigures } = workspaceOf(request);
        const found = await seriesFigures.calculate(params.name, body);
        if (found !== null) {
          const { facts, warnings, assumptions } = found;
          return {
            facts: facts.map(factJson),
            warnings: [...warnings],
            assumptions: [...assumptions],
            table: null,
          };
        }
        const { calculation, facts } = finance.calculate(params.name, body);
        const { warnings, assumptions, table = null } = calculation;
        return { facts: facts.map(factJson), warnings, assumptions, table };
      },
      {
        params: nameParams,
        body: Inputs,
        detail: openApiDetail({
          summary: "Compute with a calculator, an indicator or a statistic, and keep the facts",
          description:
            "Of an indicator (adx, atr, bollinger, cci, donchian, ema, ichimoku, keltner, macd, obv, psar, rsi, sma, stochastic, supertrend, vwap, wma) the inputs are `dataset` (the id of a series, or its symbol), `at` (a time; left out: the last bar) and its parameters, such as `period`; a warning says of a value that it is still settling. Of a statistic (base-rate, correlation, drawdown, returns, sharpe, sortino, volatility) they are `dataset`, `other` for a correlation, `from` and `to` (times; left out: all bars) and its parameters. The body is the calculator's inputs. Input that is wrong, or that can be read in two ways, is refused; `param` names it.",
          replies: { 200: jsonReply("The results.", CalculationReply) },
          errors: { 404: "There is no calculator, indicator or statistic of this name, or no such dataset." },
        }),
      },
    )
    .get(
      "/api/facts",
      ({ query, request }): StaticReply<typeof FactList> => ({
        facts: workspaceOf(request).finance.recent(countIn(query.n, listed)).map(factJson),
      }),
      {
        query: t.Object({ n: countField(listed, "How many of them.") }),
        detail: openApiDetail({
          summary: "Computed facts, newest first",
          replies: { 200: jsonReply("The newest facts, each once.", FactList) },
        }),
      },
    )
    .get(
      "/api/facts/:id",
      ({ params, request }): StaticReply<typeof FactReply> =>
        factJson(workspaceOf(request).finance.fact(params.id)),
      {
        params: idParams,
        detail: openApiDetail({
          summary: "One fact: a figure with its formula and inputs",
          replies: { 200: jsonReply("The fact.", FactReply) },
          errors: noFact,
        }),
      },
    )
    .post(
      "/api/facts/:id/verify",
      async ({ params, request }): Promise<StaticReply<typeof VerificationReply>> => {
        const { finance, seriesFigures } = workspaceOf(request);
        const again = (await seriesFigures.verify(finance.fact(params.id))) ?? finance.verify(params.id);
        return { ...again, changed: [...again.changed] };
      },
      {
        params: idParams,
        detail: openApiDetail({
          summary: "Compute a fact again, and say what changed",
          replies: { 200: jsonReply("Whether it is the same.", VerificationReply) },
          errors: noFact,
        }),
      },
    );
