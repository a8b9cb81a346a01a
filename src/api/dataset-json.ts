/** Price series in the API's JSON. */
import { Type as t } from "@sinclair/typebox";
import { timeframeNames } from "../finance/data/timeframe.ts";
import { nullable, time } from "../http/openapi/openapi-detail.ts";
import { inLanguage, type Words } from "../texts/say.ts";

export const timeframeField = t.Union(timeframeNames.map((name) => t.Literal(name)));

export const exampleDatasetId = "0c3b1a52-6a0e-4a53-8a53-6a7f8d0c9b11";

export const instantField = (what: string) =>
  t.Optional(
    t.String({
      maxLength: 40,
      description: `${what}, in ISO 8601; included.`,
      "x-takes": { type: "string", format: "date-time" },
    }),
  );

export const PassportReply = t.Object(
  {
    rows: t.Integer(),
    first: nullable(time()),
    last: nullable(time()),
    zone: nullable(
      t.String({ description: "As it was declared; null: nobody has, and the times are taken as UTC." }),
    ),
    timeframe: nullable(timeframeField),
    intervals: t.Array(t.Object({ seconds: t.Number(), count: t.Integer() })),
    interval_changes: t.Array(t.Object({ at: time(), from: timeframeField, to: timeframeField })),
    gaps: t.Object({ count: t.Integer(), share: t.Number() }),
    weekend_rows: t.Integer(),
    duplicate_times: t.Integer(),
    ohlc_violations: t.Integer(),
    zero_or_negative: t.Integer(),
    outliers: t.Integer(),
    scale_breaks: t.Array(t.Object({ at: time(), ratio: t.Number() })),
    volume: t.Union([t.Literal("tick"), t.Literal("real"), t.Literal("unknown"), t.Literal("none")]),
    adjustment: nullable(t.Union([t.Literal("raw"), t.Literal("split"), t.Literal("total")])),
    decimals: t.Integer(),
    has_range: t.Boolean({ description: "Whether open, high and low are there." }),
  },
  { title: "Passport" },
);

export const examplePassport = {
  rows: 2,
  first: "2024-01-02T00:00:00.000Z",
  last: "2024-01-03T00:00:00.000Z",
  zone: "EET",
  timeframe: "D1",
  intervals: [{ seconds: 86_400, count: 1 }],
  interval_changes: [],
  gaps: { count: 0, share: 0 },
  weekend_rows: 0,
  duplicate_times: 0,
  ohlc_violations: 0,
  zero_or_negative: 0,
  outliers: 0,
  scale_breaks: [],
  volume: "tick",
  adjustment: null,
  decimals: 2,
  has_range: true,
} as const;

/** Programs get the words in one language. */
export const inEnglish = (words: readonly Words[]): string[] => words.map((each) => inLanguage(each, "en"));
