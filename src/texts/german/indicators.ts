/** German: titles, labels, parameters and formulas of indicators and statistics. */
export const indicators: Readonly<Record<string, string>> = {
  "Simple moving average": "Einfacher gleitender Durchschnitt",
  "The mean of the last prices, each with the same weight.":
    "Der Mittelwert der letzten Preise, jeder mit gleichem Gewicht.",
  SMA: "SMA",
  "SMA = (sum of the last n prices) ÷ n; undefined before bar n":
    "SMA = (Summe der letzten n Preise) ÷ n; nicht definiert vor Kerze n",
  // Parameters.
  Period: "Periode",
  Price: "Preis",
  close: "Schluss",
  open: "Eröffnung",
  high: "Hoch",
  low: "Tief",
};
