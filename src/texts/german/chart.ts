/** German: the chart of a price series. */
export const chart: Readonly<Record<string, string>> = {
  "A chart has {0} indicators at most. Remove one first.":
    "Ein Chart hat höchstens {0} Indikatoren. Entferne zuerst einen.",
  "A file has {0} rows at most. Choose a shorter range with from and to.":
    "Eine Datei hat höchstens {0} Zeilen. Wähle mit from und to einen kürzeren Zeitraum.",
  "Bars that change their timeframe too often have no indicators.":
    "Kerzen, die ihre Zeiteinheit zu oft wechseln, haben keine Indikatoren.",
};
