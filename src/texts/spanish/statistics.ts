/** Spanish: what statistics say. */
export const statistics: Readonly<Record<string, string>> = {
  Returns: "Rentabilidades",
  "Realised volatility": "Volatilidad realizada",
  "Correlation and beta": "Correlación y beta",
  "Maximum drawdown": "Drawdown máximo",
  "Sharpe ratio": "Ratio de Sharpe",
  "Sortino ratio": "Ratio de Sortino",
  "Base rate": "Tasa base",
  "How much the price changed over a span, and in its best and worst bars.":
    "Cuánto cambió el precio en un periodo, y en su mejor y su peor vela.",
  "How much the price scattered, as a share a year.": "Cuánto se dispersó el precio, como proporción anual.",
  "How closely two prices move together, and how much the first moves with the second.":
    "Hasta qué punto dos precios se mueven juntos, y cuánto se mueve el primero con el segundo.",
  "The deepest fall from a high close, when it was, and whether it was made good.":
    "La mayor caída desde un cierre alto, cuándo fue y si se recuperó.",
  "The return above a safe rate, for each unit of its scatter, a year.":
    "La rentabilidad sobre un tipo seguro por cada unidad de su dispersión, al año.",
  "The return above a target, for each unit of its falls below it, a year.":
    "La rentabilidad sobre un objetivo por cada unidad de sus caídas por debajo de él, al año.",
  "How often the price rose or fell after a condition, and in how many cases.":
    "Con qué frecuencia subió o bajó el precio tras una condición, y en cuántos casos.",
  "Bars a year": "Velas al año",
  "Empty: as observed in the data.": "Vacío: como se observa en los datos.",
  "Safe rate a year": "Tipo seguro al año",
  "Target a year": "Objetivo al año",
  Condition: "Condición",
  "Bars of the condition": "Velas de la condición",
  Level: "Nivel",
  "Per cent of a change, or the value of the RSI.": "Porcentaje de un cambio, o el valor del RSI.",
  "Bars until the outcome": "Velas hasta el resultado",
  "Stop, in % of the entry": "Stop, en % de la entrada",
  "Target, in % of the entry": "Objetivo, en % de la entrada",
  "any bar": "cualquier vela",
  "falling closes": "cierres a la baja",
  "rising closes": "cierres al alza",
  "fall of at least": "caída de al menos",
  "rise of at least": "subida de al menos",
  "close above the high of": "cierre por encima del máximo de",
  "close below the low of": "cierre por debajo del mínimo de",
  "close above the SMA": "cierre por encima de la SMA",
  "close below the SMA": "cierre por debajo de la SMA",
  "RSI above": "RSI por encima de",
  "RSI below": "RSI por debajo de",
  Return: "Rentabilidad",
  "Mean return of a bar": "Rentabilidad media de una vela",
  "Best bar": "Mejor vela",
  "Worst bar": "Peor vela",
  "Rising bars": "Velas al alza",
  "Volatility of a bar": "Volatilidad de una vela",
  Correlation: "Correlación",
  Beta: "Beta",
  "Pairs of returns": "Pares de rentabilidades",
  Peak: "Pico",
  Trough: "Valle",
  Recovery: "Recuperación",
  "Drawdown at the last bar": "Drawdown en la última vela",
  Wins: "Aciertos",
  Cases: "Casos",
  "Number of wins": "Número de aciertos",
  "Number of losses": "Número de fallos",
  "Touched stop and target in one bar": "Tocó stop y objetivo en la misma vela",
  "Touched neither stop nor target": "No tocó ni stop ni objetivo",
  "Neither risen nor fallen": "Ni subió ni bajó",
  "Median return": "Rentabilidad mediana",
  "Wins in the first half of the span": "Aciertos en la primera mitad del periodo",
  "Wins in the second half of the span": "Aciertos en la segunda mitad del periodo",
  "Wins over all bars": "Aciertos en todas las velas",
  "({0} ÷ {1})^(1 ÷ {2} years) − 1": "({0} ÷ {1})^(1 ÷ {2} años) − 1",
  "a close of {0}": "un cierre de {0}",
  "counted in {0} cases": "contado en {0} casos",
  "covariance ÷ variance of the second, {0} pairs": "covarianza ÷ varianza del segundo, {0} pares",
  "standard deviation of {0} log returns": "desviación estándar de {0} rentabilidades logarítmicas",
  "sum of {0} returns ÷ {1}": "suma de {0} rentabilidades ÷ {1}",
  "the middle one of {0} returns": "la central de {0} rentabilidades",
  "{0} pairs of log returns": "{0} pares de rentabilidades logarítmicas",
  "{0} times that both have": "{0} instantes que ambas tienen",
  "{0} ÷ highest close − 1": "{0} ÷ cierre más alto − 1",
  "{0} ÷ years of the span": "{0} ÷ años del periodo",
  "Bars a year: {0}, as observed in {1} bars of this span":
    "Velas al año: {0}, según {1} velas de este periodo",
  "Bars without a partner at the same time were left out: {0} of the first, {1} of the second.":
    "Se omitieron las velas sin pareja en el mismo instante: {0} de la primera serie, {1} de la segunda.",
  "Name a second dataset to compare with.": "Indica un segundo conjunto de datos para comparar.",
  "No costs and no spread": "Sin costes ni spread",
  "No return is below the target.": "Ninguna rentabilidad está por debajo del objetivo.",
  "One of the prices does not move.": "Uno de los precios no se mueve.",
  "State stop and target, or neither of them.": "Indica stop y objetivo, o ninguno de los dos.",
  "State the level: per cent of a change, or the value of the RSI.":
    "Indica el nivel: porcentaje de un cambio, o el valor del RSI.",
  "The price has not come back to the peak by the last bar.":
    "El precio no ha vuelto al pico hasta la última vela.",
  "The price never closed below an earlier close.": "El precio nunca cerró por debajo de un cierre anterior.",
  "The returns do not scatter.": "Las rentabilidades no se dispersan.",
  "The span is shorter than 30 days: a figure for a year says little.":
    "El periodo dura menos de 30 días: una cifra anual dice poco.",
  "The span is shorter than a year.": "El periodo dura menos de un año.",
  "The two datasets share {0} times; at least {1} are needed.":
    "Los dos conjuntos de datos comparten {0} instantes; hacen falta al menos {1}.",
  "The days of this series begin at {0}:00 in {1}, and count as the weekday on which they begin. Choose the time zone in which they begin at midnight, such as EET.":
    "Los días de esta serie empiezan a las {0}:00 en {1} y cuentan como el día de la semana en que empiezan. Elige la zona horaria en la que empiezan a medianoche, como EET.",
  "There are only {0} cases: the share may be chance.":
    "Solo hay {0} casos: la proporción puede ser casualidad.",
  "There are prices at or below zero: they have no returns. Choose another span.":
    "Hay precios en cero o por debajo: no tienen rentabilidad. Elige otro periodo.",
  "There are too few bars.": "Hay muy pocas velas.",
  "There are {0} bars in this span; at least {1} are needed.":
    "Hay {0} velas en este periodo; hacen falta al menos {1}.",
  "There is no such case in this span.": "No hay ningún caso así en este periodo.",
  "{0} of {1} cases began before an earlier one had ended: they are not independent, and the interval is too narrow.":
    "{0} de {1} casos empezaron antes de que terminara uno anterior: no son independientes, y el intervalo es demasiado estrecho.",
  "Sharpe = mean ÷ standard deviation (n − 1) of (close ÷ close before − 1 − safe rate of a bar) × √(bars a year); safe rate of a bar = (1 + safe rate)^(1 ÷ bars a year) − 1":
    "Sharpe = media ÷ desviación estándar (n − 1) de (cierre ÷ cierre anterior − 1 − tipo seguro de una vela) × √(velas al año); tipo seguro de una vela = (1 + tipo seguro)^(1 ÷ velas al año) − 1",
  "Sortino = mean(r) ÷ √(sum of min(r, 0)² ÷ n) × √(bars a year), r = close ÷ close before − 1 − target of a bar, n = all returns; target of a bar = (1 + target)^(1 ÷ bars a year) − 1":
    "Sortino = media(r) ÷ √(suma de min(r, 0)² ÷ n) × √(velas al año), r = cierre ÷ cierre anterior − 1 − objetivo de una vela, n = todas las rentabilidades; objetivo de una vela = (1 + objetivo)^(1 ÷ velas al año) − 1",
  "a case begins at the close of each bar at which the condition holds; win: the close some bars later is better, or the target is touched before the stop; share = wins ÷ (wins + losses), interval by Wilson, 95 %; a bar that touches stop and target, and a case that touches neither, count apart":
    "un caso empieza en el cierre de cada vela en la que se cumple la condición; acierto: el cierre unas velas después es mejor, o se toca el objetivo antes que el stop; proporción = aciertos ÷ (aciertos + fallos), intervalo de Wilson, 95 %; una vela que toca stop y objetivo, y un caso que no toca ninguno, cuentan aparte",
  "correlation = covariance ÷ (deviation × deviation) of the log returns between bars that both series have at the same time; nothing is filled in; beta = covariance ÷ variance of the second; interval by Fisher: tanh(artanh(r) ± 1.96 ÷ √(n − 3))":
    "correlación = covarianza ÷ (desviación × desviación) de las rentabilidades logarítmicas entre velas que ambas series tienen en el mismo instante; no se rellena nada; beta = covarianza ÷ varianza de la segunda; intervalo de Fisher: tanh(artanh(r) ± 1,96 ÷ √(n − 3))",
  "drawdown = close ÷ highest close so far − 1; the maximum is the lowest of them; peak = the last highest close before it; recovery = the first close after it at or above the peak":
    "drawdown = cierre ÷ cierre más alto hasta entonces − 1; el máximo es el más bajo de ellos; pico = el último cierre más alto anterior; recuperación = el primer cierre posterior igual o superior al pico",
  "return = last close ÷ first close − 1; a year: (1 + return)^(365.25 ÷ days) − 1, from one year on; of a bar: close ÷ close before − 1":
    "rentabilidad = último cierre ÷ primer cierre − 1; al año: (1 + rentabilidad)^(365,25 ÷ días) − 1, a partir de un año; de una vela: cierre ÷ cierre anterior − 1",
  "volatility = standard deviation (n − 1) of ln(close ÷ close before) × √(bars a year); bars a year as observed: bars after the first ÷ years between the first and the last":
    "volatilidad = desviación estándar (n − 1) de ln(cierre ÷ cierre anterior) × √(velas al año); velas al año según lo observado: velas tras la primera ÷ años entre la primera y la última",
};
