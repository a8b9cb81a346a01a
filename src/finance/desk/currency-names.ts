/** Currencies as people call them, English and German. */
const names: Readonly<Record<string, string>> = {
  ...{
    dollar: "USD",
    dollars: "USD",
    usd: "USD",
    euro: "EUR",
    euros: "EUR",
    eur: "EUR",
    gbp: "GBP",
    sterling: "GBP",
  },
  ...{
    pound: "GBP",
    pounds: "GBP",
    pfund: "GBP",
    yen: "JPY",
    jpy: "JPY",
    franken: "CHF",
    francs: "CHF",
    chf: "CHF",
  },
};

/** @param word lower case */
export const currencyNamed = (word: string): string | null =>
  Object.hasOwn(names, word) ? (names[word] ?? null) : null;
