/** What an instrument is, as far as calculations need it. The values are data (instruments.json), shown and editable. */
import { type Static, Type } from "@sinclair/typebox";

export const instrumentKinds = ["forex", "metal", "energy", "index", "crypto", "share", "future"] as const;
export type InstrumentKind = (typeof instrumentKinds)[number];

const decimal = Type.String({ pattern: "^(?=.*[1-9])\\d+(\\.\\d+)?$" });

export const instrumentSchema = Type.Object({
  /** EURUSD, XAUUSD, US30. */
  symbol: Type.String(),
  name: Type.String(),
  kind: Type.Union(instrumentKinds.map((kind) => Type.Literal(kind))),
  /** What is bought: EUR, XAU, BTC; the index or share itself: null. */
  base: Type.Union([Type.String(), Type.Null()]),
  /** The currency of its price (ISO 4217, or a coin). */
  quote: Type.String(),
  /** The price step that people call a pip: decimal text, "0.0001". */
  pip: decimal,
  /** The price step that people call a point; null: people mean different steps, so it must be asked. */
  point: Type.Union([decimal, Type.Null()]),
  /** Units of the base in one lot (or contract): "100000". */
  contractSize: decimal,
  /** The step and the smallest number of lots that can be traded. */
  lotStep: decimal,
  minLot: decimal,
  /** Other names, lower case: gold, cable, dax. */
  synonyms: Type.Array(Type.String()),
  /** Where the specification comes from; "yours" when the user changed it. */
  source: Type.String(),
  /** What brokers disagree on: each calculation that uses the specification shows it as an assumption. */
  note: Type.Optional(Type.String()),
});

export type Instrument = Readonly<Static<typeof instrumentSchema>>;

export interface Instruments {
  /**
   * By symbol or synonym, in any case, with the separators and suffixes of brokers: "EUR/USD", "eurusd.m", "#US30". Two
   * currencies of ISO 4217 that are joined make a pair. null: unknown.
   */
  find(name: string): Instrument | null;
  all(): readonly Instrument[];
}
