/** How people ask for another unit. */
import type { Asked } from "./calculator.ts";
import { instrumentSlot } from "./traded-instrument.ts";

const into = {
  pips: ["in pips", "to pips", "into pips", "how many pips", "wie viele pips"],
  points: [
    "in points",
    "to points",
    "into points",
    "how many points",
    "in punkte",
    "in punkten",
    "wie viele punkte",
  ],
  price: ["in price", "to price", "as a price", "price difference", "als preis", "als kurs", "kursdifferenz"],
  lots: ["in lots", "to lots", "into lots", "how many lots are", "wie viele lots sind"],
  units: ["in units", "to units", "into units", "how many units are", "in einheiten", "wie viele einheiten"],
  oz: [
    "in oz",
    "in ounces",
    "to ounces",
    "to oz",
    "into ounces",
    "how many ounces",
    "in unzen",
    "wie viele unzen",
  ],
  grams: [
    "in grams",
    "to grams",
    "into grams",
    "how many grams",
    "in gramm",
    "wie viel gramm",
    "wie viele gramm",
  ],
  kg: [
    "in kg",
    "in kilograms",
    "to kg",
    "to kilograms",
    "how many kilograms",
    "how many kg",
    "in kilogramm",
    "wie viel kilogramm",
  ],
  bp: [
    "in basis points",
    "to basis points",
    "in bp",
    "to bp",
    "in bps",
    "how many basis points",
    "in basispunkte",
    "in basispunkten",
    "wie viele basispunkte",
  ],
  percent: ["in percent", "to percent", "as a percentage", "in prozent", "wie viel prozent sind"],
};

export const unitConversionAsked: Asked = {
  phrases: Object.values(into).flat(),
  examples: [
    {
      question: "How many units are 0.4 lots of EURUSD?",
      inputs: { value: 0.4, from: "lots", to: "units", symbol: "EURUSD" },
    },
    {
      question: "What is 25 pips of EURUSD as a price?",
      inputs: { value: 25, from: "pips", to: "price", symbol: "EURUSD" },
    },
    { question: "How many grams are 2 ounces?", inputs: { value: 2, from: "oz", to: "grams" } },
    { question: "How many basis points is 0.25%?", inputs: { value: 0.25, from: "percent", to: "bp" } },
    {
      question: "Wie viele Einheiten sind 2 Lots GBPUSD?",
      inputs: { value: 2, from: "lots", to: "units", symbol: "GBPUSD" },
    },
    { question: "Wie viel Gramm sind 5 Unzen?", inputs: { value: 5, from: "oz", to: "grams" } },
    { question: "Convert 75 bp to percent", inputs: { value: 75, from: "bp", to: "percent" } },
  ],
  slots: {
    value: {
      kinds: ["lots", "pips", "points", "units", "percent", "number", "count"],
      cues: [],
      alone: true,
    },
    from: {
      kinds: ["choice"],
      cues: [],
      choices: {
        pips: ["pips of", "pips"],
        points: ["points of", "points", "punkte"],
        lots: ["lots of", "lots"],
        units: ["units of", "units", "einheiten"],
        oz: ["ounces", "ounce", "oz", "unzen", "unze"],
        grams: ["grams", "gram", "gramm"],
        kg: ["kg", "kilograms", "kilogramm"],
        bp: ["bp", "bps", "basis points", "basispunkte"],
        percent: ["%", "percent", "prozent"],
      },
    },
    to: { kinds: ["choice"], cues: [], choices: into },
    symbol: instrumentSlot,
  },
};
