/** Spanish: titles, labels, parameters and formulas of indicators and statistics. */
export const indicators: Readonly<Record<string, string>> = {
  "Simple moving average": "Media móvil simple",
  "The mean of the last prices, each with the same weight.":
    "La media de los últimos precios, todos con el mismo peso.",
  SMA: "SMA",
  "SMA = (sum of the last n prices) ÷ n; undefined before bar n":
    "SMA = (suma de los últimos n precios) ÷ n; no definida antes de la vela n",
  // Parameters.
  Period: "Periodo",
  Price: "Precio",
  close: "cierre",
  open: "apertura",
  high: "máximo",
  low: "mínimo",
};
