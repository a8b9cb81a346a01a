/** German: the chart of a price series. */
export const chart: Readonly<Record<string, string>> = {
  "A chart has {0} indicators at most. Remove one first.":
    "Ein Chart hat höchstens {0} Indikatoren. Entferne zuerst einen.",
  "A file has {0} rows at most. Choose a shorter range with from and to.":
    "Eine Datei hat höchstens {0} Zeilen. Wähle mit from und to einen kürzeren Zeitraum.",
  "Bars that change their timeframe too often have no indicators.":
    "Kerzen, die ihre Zeiteinheit zu oft wechseln, haben keine Indikatoren.",
  "A chart has {0} levels at most. Remove one first.":
    "Ein Chart hat höchstens {0} Marken. Entferne zuerst eine.",
  "The level": "Die Marke",
  "The last bar is not over yet.": "Die letzte Kerze ist noch nicht abgeschlossen.",
  "{0} (not over yet)": "{0} (noch nicht abgeschlossen)",
  "There are no bars in this span.": "In diesem Zeitraum gibt es keine Kerzen.",
  "Time span": "Zeitraum",
  "1Y": "1J",
  "Shown in the chart": "Im Chart zu sehen",
  "Times: {0}.": "Zeiten: {0}.",
  "Arrow keys go from bar to bar, + and − zoom, Home and End lead to the ends.":
    "Die Pfeiltasten gehen von Kerze zu Kerze, + und − zoomen, Pos1 und Ende führen an die Enden.",
  "Chart by {0}": "Chart von {0}",
  "Bars in view as a table": "Sichtbare Kerzen als Tabelle",
  "Bars in view as CSV": "Sichtbare Kerzen als CSV",
  "Picture of the chart as PNG": "Bild des Charts als PNG",
  "Each candle is {0} bars.": "Jede Kerze fasst {0} Balken zusammen.",
  "Indicators, levels and dates": "Indikatoren, Marken und Tage",
  "Empty: the usual one. Several with commas: 12,26,9.": "Leer: die übliche. Mehrere mit Kommas: 12,26,9.",
  "A price, such as 2050.5.": "Ein Kurs wie 2050.5.",
  "Draw it": "Einzeichnen",
  "Show this span": "Zeitraum zeigen",
  "Bars of this span": "Kerzen dieses Zeitraums",
  "Open the chart of {0}": "Chart von {0} öffnen",
  "Show it in the chart": "Im Chart zeigen",
  "price¦Open": "Eröffnung",
  "price¦High": "Hoch",
  "price¦Low": "Tief",
  "price¦Close": "Schluss",
};
