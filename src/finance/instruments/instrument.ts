/** What an instrument is, as far as calculations need it. The values are data (instruments.json), shown and editable. */

export type InstrumentKind = "forex" | "metal" | "energy" | "index" | "crypto" | "share" | "future";

export interface Instrument {
  /** EURUSD, XAUUSD, US30. */
  readonly symbol: string;
  readonly name: string;
  readonly kind: InstrumentKind;
  /** What is bought: EUR, XAU, BTC; the index or share itself: null. */
  readonly base: string | null;
  /** The currency of its price (ISO 4217, or a coin). */
  readonly quote: string;
  /** The price step that people call a pip or a point: decimal text, "0.0001". */
  readonly pip: string;
  /** Units of the base in one lot (or contract): "100000". */
  readonly contractSize: string;
  /** The step and the smallest number of lots that can be traded. */
  readonly lotStep: string;
  readonly minLot: string;
  /** Other names, lower case: gold, cable, dax. */
  readonly synonyms: readonly string[];
  /** Where the specification comes from; "yours" when the user changed it. */
  readonly source: string;
}

export interface Instruments {
  /** By symbol or synonym, in any case, with the separators and suffixes of brokers: "EUR/USD", "eurusd.m". */
  find(name: string): Instrument | null;
  all(): readonly Instrument[];
}
