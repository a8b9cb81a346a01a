/** Currencies as people call them, English, German and Spanish. */
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
  ...{ dólar: "USD", dólares: "USD", dolar: "USD", dolares: "USD", libra: "GBP", libras: "GBP" },
  ...{ franco: "CHF", francos: "CHF", yenes: "JPY" },
};

/** @param word lower case */
export const currencyNamed = (word: string): string | null =>
  Object.hasOwn(names, word) ? (names[word] ?? null) : null;
