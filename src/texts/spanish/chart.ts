/** Spanish: the chart of a price series. */
export const chart: Readonly<Record<string, string>> = {
  "A chart has {0} indicators at most. Remove one first.":
    "Un gráfico tiene como máximo {0} indicadores. Quita uno primero.",
  "A file has {0} rows at most. Choose a shorter range with from and to.":
    "Un archivo tiene como máximo {0} filas. Elige un periodo más corto con from y to.",
  "Bars that change their timeframe too often have no indicators.":
    "Las velas que cambian de marco temporal demasiadas veces no tienen indicadores.",
};
