/** Random figures, written as people write them, in English and German. */

export type Language = "en" | "de";
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
const words: Readonly<Record<string, readonly [en: string, de: string]>> = {
  USD: ["dollars", "Dollar"],
  EUR: ["euros", "Euro"],
  CHF: ["francs", "Franken"],
  GBP: ["pounds", "Pfund"],
};

export const money =
  (least: number, most: number, step: number): Draw =>
  (random, language, currency) => {
    const value = stepped(random, least, most, step);
    const symbol = symbols[currency];
    const [english = currency, german = currency] = words[currency] ?? [];
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
              `${number} ${english}`,
              `${value} ${currency}`,
            ],
            ...(value % 1000 === 0 && symbol !== undefined ? [`${symbol}${value / 1000}k`] : []),
          ]
        : [
            ...(symbol === undefined
              ? []
              : [`${number} ${symbol}`, `${number}${symbol}`, `${separated(value, language, 2)} ${symbol}`]),
            ...[`${number} ${currency}`, `${number} ${german}`, `${value} ${german}`],
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
        : [`${number} %`, `${number}%`, `${number} Prozent`];
    return { value, text: oneOf(random, forms) };
  };

const counted =
  (one: readonly [string, string], many: readonly [string, string]) =>
  (least: number, most: number, step = 1): Draw =>
  (random, language) => {
    const value = stepped(random, least, most, step);
    const at = language === "en" ? 0 : 1;
    return { value, text: `${separated(value, language)} ${value === 1 ? one[at] : many[at]}` };
  };

export const years = counted(["year", "Jahr"], ["years", "Jahre"]);
/** After "in" and "nach". */
export const yearsDative = counted(["year", "Jahr"], ["years", "Jahren"]);
export const months = counted(["month", "Monat"], ["months", "Monate"]);
export const monthsDative = counted(["month", "Monat"], ["months", "Monaten"]);
export const days = counted(["day", "Tag"], ["days", "Tage"]);
export const pips = counted(["pip", "Pip"], ["pips", "Pips"]);
export const points = counted(["point", "Punkt"], ["points", "Punkte"]);
export const lots = counted(["lot", "Lot"], ["lots", "Lots"]);
export const trades = counted(["trade", "Trade"], ["trades", "Trades"]);
export const nights = counted(["night", "Nacht"], ["nights", "Nächte"]);

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
