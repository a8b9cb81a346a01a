/** Spanish: the chart of a price series. */
export const chart: Readonly<Record<string, string>> = {
  "A chart has {0} indicators at most. Remove one first.":
    "Un gráfico tiene como máximo {0} indicadores. Quita uno primero.",
  "A file has {0} rows at most. Choose a shorter range with from and to.":
    "Un archivo tiene como máximo {0} filas. Elige un periodo más corto con from y to.",
  "Bars that change their timeframe too often have no indicators.":
    "Las velas que cambian de marco temporal demasiadas veces no tienen indicadores.",
  "A chart has {0} levels at most. Remove one first.":
    "Un gráfico tiene como máximo {0} niveles. Quita uno primero.",
  "The level": "El nivel",
  "The last bar is not over yet.": "La última vela aún no ha cerrado.",
  "{0} (not over yet)": "{0} (aún no ha cerrado)",
  "There are no bars in this span.": "No hay velas en este periodo.",
  "Time span": "Periodo",
  "1Y": "1A",
  "Shown in the chart": "Se ve en el gráfico",
  "Times: {0}.": "Horas: {0}.",
  "Arrow keys go from bar to bar, + and − zoom, Home and End lead to the ends.":
    "Las flechas van de vela en vela, + y − acercan y alejan, Inicio y Fin llevan a los extremos.",
  "Chart by {0}": "Gráfico de {0}",
  "Bars in view as a table": "Velas visibles como tabla",
  "Bars in view as CSV": "Velas visibles como CSV",
  "Picture of the chart as PNG": "Imagen del gráfico en PNG",
  "Each candle is {0} bars.": "Cada vela reúne {0} barras.",
  "Indicators, levels and dates": "Indicadores, niveles y fechas",
  "Empty: the usual one. Several with commas: 12,26,9.": "Vacío: el habitual. Varios con comas: 12,26,9.",
  "A price, such as 2050.5.": "Un precio, como 2050.5.",
  "Draw it": "Dibujar",
  "Show this span": "Mostrar periodo",
  "Bars of this span": "Velas de este periodo",
  "Open the chart of {0}": "Abrir el gráfico de {0}",
  "Show it in the chart": "Mostrar en el gráfico",
  "price¦Open": "Apertura",
  "price¦High": "Máximo",
  "price¦Low": "Mínimo",
  "price¦Close": "Cierre",
};
