/** Random figures, written as people write them, in English, German and Spanish. */

export const languages = ["en", "de", "es"] as const;
export type Language = (typeof languages)[number];
export type Random = () => number;

interface Drawn {
  readonly value: number | string;
  readonly text: string;
}
/** @param currency of the whole question, ISO 4217 */
export type Draw = (random: Random, language: Language, currency: string) => Drawn;

export const oneOf = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("There is nothing to choose from.");
  return value;
};

const stepped = (random: Random, least: number, most: number, step: number): number =>
  Number((least + Math.floor(random() * (Math.floor((most - least) / step) + 1)) * step).toFixed(6));

/** 12500.5 as 12,500.5 or 12.500,5. */
function separated(value: number, language: Language, decimals?: number): string {
  const [whole = "", part = ""] = (decimals === undefined ? String(value) : value.toFixed(decimals)).split(
    ".",
  );
  const [group, mark] = language === "en" ? [",", "."] : [".", ","];
  return whole.replaceAll(/\B(?=(?:\d{3})+$)/g, group) + (part === "" ? "" : mark + part);
}

const symbols: Readonly<Record<string, string>> = { USD: "$", EUR: "€", GBP: "£" };
const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  USD: { en: "dollars", de: "Dollar", es: "dólares" },
  EUR: { en: "euros", de: "Euro", es: "euros" },
  CHF: { en: "francs", de: "Franken", es: "francos" },
  GBP: { en: "pounds", de: "Pfund", es: "libras" },
};

export const money =
  (least: number, most: number, step: number): Draw =>
  (random, language, currency) => {
    const value = stepped(random, least, most, step);
    const symbol = symbols[currency];
    const word = words[currency]?.[language] ?? currency;
    const number = separated(value, language);
    const forms =
      language === "en"
        ? [
            ...(symbol === undefined
              ? []
              : [`${symbol}${number}`, `${symbol}${value}`, `${symbol}${separated(value, language, 2)}`]),
            ...[
              `${number} ${currency}`,
              `${currency} ${number}`,
              `${number} ${word}`,
              `${value} ${currency}`,
            ],
            ...(value % 1000 === 0 && symbol !== undefined ? [`${symbol}${value / 1000}k`] : []),
          ]
        : [
            ...(symbol === undefined
              ? []
              : [`${number} ${symbol}`, `${number}${symbol}`, `${separated(value, language, 2)} ${symbol}`]),
            ...[`${number} ${currency}`, `${number} ${word}`, `${value} ${word}`],
          ];
    return { value, text: oneOf(random, forms) };
  };

export const percent =
  (least: number, most: number, step: number): Draw =>
  (random, language) => {
    const value = stepped(random, least, most, step);
    const number = separated(value, language);
    const forms =
      language === "en"
        ? [`${number}%`, `${number} %`, `${number} percent`, `${number} per cent`]
        : [`${number} %`, `${number}%`, `${number} ${language === "de" ? "Prozent" : "por ciento"}`];
    return { value, text: oneOf(random, forms) };
  };

const counted =
  (one: readonly string[], many: readonly string[]) =>
  (least: number, most: number, step = 1): Draw =>
  (random, language) => {
    const value = stepped(random, least, most, step);
    const at = languages.indexOf(language);
    return { value, text: `${separated(value, language)} ${value === 1 ? one[at] : many[at]}` };
  };

export const years = counted(["year", "Jahr", "año"], ["years", "Jahre", "años"]);
/** After "in" and "nach". */
export const yearsDative = counted(["year", "Jahr", "año"], ["years", "Jahren", "años"]);
export const months = counted(["month", "Monat", "mes"], ["months", "Monate", "meses"]);
export const monthsDative = counted(["month", "Monat", "mes"], ["months", "Monaten", "meses"]);
export const days = counted(["day", "Tag", "día"], ["days", "Tage", "días"]);
export const pips = counted(["pip", "Pip", "pip"], ["pips", "Pips", "pips"]);
export const points = counted(["point", "Punkt", "punto"], ["points", "Punkte", "puntos"]);
export const lots = counted(["lot", "Lot", "lote"], ["lots", "Lots", "lotes"]);
export const trades = counted(["trade", "Trade", "operación"], ["trades", "Trades", "operaciones"]);
export const nights = counted(["night", "Nacht", "noche"], ["nights", "Nächte", "noches"]);

/** A bare number with exactly so many decimals. */
export const price =
  (least: number, most: number, decimals: number): Draw =>
  (random, language) => {
    const value = stepped(random, least, most, 10 ** -decimals);
    const fixed = value.toFixed(decimals);
    return { value: Number(fixed), text: language === "en" ? fixed : fixed.replace(".", ",") };
  };

/** A whole number without separators. */
export const whole =
  (least: number, most: number): Draw =>
  (random) => {
    const value = stepped(random, least, most, 1);
    return { value, text: String(value) };
  };

export const leverage: Draw = (random) => {
  const value = oneOf(random, [10, 20, 30, 50, 100, 200]);
  return { value, text: oneOf(random, [`1:${value}`, `${value}:1`, `${value}x`]) };
};

/** Any of the names of one instrument; the value is its symbol. */
export const instrument =
  (...named: readonly (readonly [symbol: string, ...names: string[]])[]): Draw =>
  (random) => {
    const [symbol, ...names] = oneOf(random, named);
    return { value: symbol, text: oneOf(random, [symbol, ...names]) };
  };

export const day: Draw = (random) => {
  const value = `20${stepped(random, 20, 25, 1)}-0${stepped(random, 1, 9, 1)}-${stepped(random, 10, 28, 1)}`;
  return { value, text: value };
};
