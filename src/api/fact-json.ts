/** A fact as programs get it. */
import { Type as t } from "@sinclair/typebox";
import type { Fact } from "../finance/facts/fact.ts";
import { nullable, type StaticReply, time } from "../http/openapi/openapi-detail.ts";

const parameters = { start: 10_000, end: 16_000, years: 5 };
const inputsHash = "0f9d2f0e0b7e7d3f5b8ad1a1d6b9b6a4e5d0a8f6b3f1a7c2d4e6f80912345678";
export const exampleFact = {
  id: "f0123456789abcdef01234567",
  name: "cagr",
  label: "Growth a year",
  value: "9.86",
  unit: "%",
  subject: null,
  as_of: null,
  kind: "computed",
  formula: {
    id: "cagr",
    version: 1,
    words: "CAGR = (end ÷ start)^(1 ÷ years) − 1",
    steps: "(16000 ÷ 10000)^(1 ÷ 5) − 1",
    source: "CFA Institute, Quantitative Methods",
    parameters,
  },
  inputs: [{ name: "years", title: "Years", value: "5", unit: "years", from: "user" }],
  inputs_hash: inputsHash,
  warnings: [],
};

export const FactReply = t.Object(
  {
    id: t.String({ description: "The same formula with the same inputs gives the same id." }),
    name: t.String({ description: "The result's name, such as lots." }),
    label: t.String({ description: "The name for people." }),
    value: nullable(
      t.String({
        description: "A decimal, rounded as it is shown. null: undefined; the first warning says why.",
      }),
    ),
    unit: nullable(
      t.String({ description: "A currency, % or pips, or a rate: USD per EUR. null: a plain number." }),
    ),
    subject: nullable(t.String({ description: "An instrument, or a pair of currencies." })),
    as_of: nullable(
      t.Object(
        { instant: time(), zone: t.String() },
        { description: "The time of the data. null: it depends on its inputs alone." },
      ),
    ),
    kind: t.Literal("computed"),
    formula: t.Object({
      id: t.String({ description: "The calculator's name." }),
      version: t.Integer({ minimum: 1 }),
      words: t.String(),
      steps: t.String({ description: "The formula with the numbers in it." }),
      source: t.String(),
      parameters: t.Record(t.String(), t.Union([t.String(), t.Number(), t.Boolean()]), {
        description: "The calculator's inputs, with its defaults.",
      }),
    }),
    inputs: t.Array(
      t.Object({
        name: t.String(),
        title: t.String(),
        value: t.String(),
        unit: nullable(t.String()),
        from: t.Union([t.Literal("user"), t.Literal("default"), t.Literal("data")], {
          description: "user: stated; default: of the calculator; data: a stored specification.",
        }),
      }),
    ),
    inputs_hash: t.String({ description: "sha256 of the inputs." }),
    warnings: t.Array(t.String()),
  },
  { title: "Fact", examples: [exampleFact] },
);

export const factJson = ({ asOf, inputsHash, ...fact }: Fact): StaticReply<typeof FactReply> => ({
  id: fact.id,
  name: fact.name,
  label: fact.label,
  value: fact.value,
  unit: fact.unit,
  subject: fact.subject,
  as_of: asOf,
  kind: fact.kind,
  formula: fact.formula,
  inputs: fact.inputs,
  inputs_hash: inputsHash,
  warnings: fact.warnings,
});
