/** Spanish: results, warnings, assumptions and refusals of calculators about trading. */
export const trading: Readonly<Record<string, string>> = {
  // Results.
  "Really risked": "Riesgo efectivo",
  "Really risked, of the balance": "Riesgo efectivo, del saldo",
  "Risk allowed": "Riesgo permitido",
  "Risk of {0}": "Riesgo de {0}",
  "Stop distance": "Distancia del stop",
  "Position value": "Valor de la posición",
  Margin: "Margen",
  "Margin level": "Nivel de margen",
  "Free margin": "Margen libre",
  "Equity at the stop-out": "Patrimonio en el stop-out",
  "Pips until the stop-out": "Pips hasta el stop-out",
  "Loss until the stop-out": "Pérdida hasta el stop-out",
  "Net loss": "Pérdida neta",
  "Net profit": "Ganancia neta",
  "Before costs": "Antes de costes",
  "Move of the price, in the trade's favour": "Movimiento del precio a favor de la operación",
  "Worth of {0} pips": "Valor de {0} pips",
  "Pip value in {0}": "Valor del pip en {0}",
  "Swap charged": "Swap cobrado",
  "Swap credited": "Swap abonado",
  "A night": "Por noche",
  "Pivot (P)": "Pivote (P)",
  "Retracement {0}": "Retroceso {0}",
  "Extension {0}": "Extensión {0}",
  "Reward to risk": "Beneficio frente a riesgo",
  "Reward, in price": "Beneficio, en precio",
  "Risk, in price": "Riesgo, en precio",
  "Expectancy a trade": "Esperanza por operación",
  "In average losses": "En pérdidas medias",
  "Profit factor": "Factor de beneficio",
  "Win rate, lower end (95 %)": "Tasa de acierto, extremo inferior (95 %)",
  "Win rate, upper end (95 %)": "Tasa de acierto, extremo superior (95 %)",
  "Kelly, in full": "Kelly, completo",
  "Half of it": "La mitad",
  "Half of it, at most {0} %": "La mitad, {0} % como máximo",
  "Risk of ruin, at most": "Riesgo de ruina, como máximo",
  "Losses in a row to ruin": "Pérdidas seguidas hasta la ruina",
  "Average win a trade, in risks": "Ganancia media por operación, en riesgos",
  // Steps.
  "{0} × {1} nights": "{0} × {1} noches",
  "{0} ÷ ({1}) = {2}, rounded down to steps of {3}":
    "{0} ÷ ({1}) = {2}, redondeado hacia abajo a pasos de {3}",
  "({0}) ÷ 2, at least 0": "({0}) ÷ 2, 0 como mínimo",
  "min(({0}) ÷ 2, {1}%), at least 0": "min(({0}) ÷ 2; {1}%), 0 como mínimo",
  "{0}% ÷ {1}%, rounded up": "{0}% ÷ {1}%, redondeado hacia arriba",
  "no edge: 1": "sin ventaja: 1",
  "Wilson's interval, p = {0}, n = {1}, z = {2}": "intervalo de Wilson, p = {0}, n = {1}, z = {2}",
  " × {0} {1} per {2}": " × {0} {1} por {2}",
  " ÷ {0} {1} per {2}": " ÷ {0} {1} por {2}",
  // Warnings and assumptions.
  "{0}: contract size {1} a lot, pip {2} {3}.": "{0}: tamaño del contrato {1} por lote, pip {2} {3}.",
  "{0} is not in the list of instruments. By rule a pip is {1} and a lot is {2} {3}: compare with your broker.":
    "{0} no está en la lista de instrumentos. Por regla, un pip es {1} y un lote son {2} {3}: compáralo con tu bróker.",
  "{0} is read as a share that is priced in {1}: whole shares, contract size 1.":
    "{0} se lee como una acción con precio en {1}: acciones enteras, tamaño del contrato 1.",
  "{0} is converted to {1} at the price of {2}: {3}.": "{0} se convierte en {1} al precio de {2}: {3}.",
  "The margin is not computed: state the entry price of {0}.":
    "El margen no se calcula: indica el precio de entrada de {0}.",
  "The margin of {0} {1} is above the balance: the broker will refuse the order.":
    "El margen de {0} {1} supera el saldo: el bróker rechazará la orden.",
  "The margin is above the equity: the broker refuses the order. Trade less, or use a higher leverage.":
    "El margen supera el patrimonio: el bróker rechaza la orden. Opera menos, o usa un apalancamiento mayor.",
  "The equity is at the stop-out already.": "El patrimonio ya está en el stop-out.",
  "Stop-out level: {0} % of the margin.": "Nivel de stop-out: {0} % del margen.",
  "Size: {0} lot.": "Tamaño: {0} lote.",
  "No commission and no swap.": "Sin comisión ni swap.",
  "No costs.": "Sin costes.",
  "No night counts three times. Brokers count one night of the week, mostly Wednesday's, three times.":
    "Ninguna noche cuenta triple. Los brókeres cuentan triple una noche de la semana, casi siempre la del miércoles.",
  "{0} of {1} nights count three times: {2} in all.": "{0} de {1} noches cuentan triple: {2} en total.",
  "One point is a tenth of a pip: {0}. That is MetaTrader's last digit.":
    "Un punto es una décima de pip: {0}. Es la última cifra de MetaTrader.",
  "One point is {0}. Where your broker's last digit is smaller, state the swap in pips.":
    "Un punto es {0}. Si la última cifra de tu bróker es menor, indica el swap en pips.",
  "Kind: {0}.": "Tipo: {0}.",
  "No open is stated: Woodie's pivot is computed with the close.":
    "No se indica apertura: el pivote de Woodie se calcula con el cierre.",
  "The move goes down: retracements are above its end.":
    "El movimiento baja: los retrocesos están por encima de su final.",
  "The move goes up: retracements are below its end.":
    "El movimiento sube: los retrocesos están por debajo de su final.",
  "The level is not above zero: no price is there.": "El nivel no es mayor que cero: ahí no hay precio.",
  "Long: the stop is below the entry.": "En largo: el stop está por debajo de la entrada.",
  "Short: the stop is above the entry.": "En corto: el stop está por encima de la entrada.",
  "The target is closer than the stop: most trades must win.":
    "El objetivo está más cerca que el stop: la mayoría de las operaciones debe ganar.",
  "The loss is above the initial risk: the stop was moved, or the price jumped over it.":
    "La pérdida supera el riesgo inicial: se movió el stop, o el precio lo saltó.",
  "{0} trades are a small sample.": "{0} operaciones son una muestra pequeña.",
  "The break-even win rate of {0} % lies within the interval: the sample does not show whether the trades win.":
    "La tasa de acierto de equilibrio de {0} % está dentro del intervalo: la muestra no indica si las operaciones ganan.",
  "Without the number of trades nobody can say how sure this is. State it.":
    "Sin el número de operaciones nadie puede decir lo seguro que es. Indícalo.",
  "There is no losing trade: the profit factor is not defined.":
    "No hay operaciones perdedoras: el factor de beneficio no está definido.",
  "{0} trades are too few: a win rate from fewer than {1} trades is chance. Come back with {2} or more.":
    "{0} operaciones son pocas: una tasa de acierto con menos de {1} operaciones es azar. Vuelve con {2} o más.",
  "Kelly is not above zero: these trades lose on average. Risk nothing on them.":
    "Kelly no es mayor que cero: estas operaciones pierden de media. No arriesgues nada en ellas.",
  "Kelly takes the win rate for certain. From fewer than {0} trades it is chance: state how many trades it is from.":
    "Kelly da por segura la tasa de acierto. Con menos de {0} operaciones es azar: indica de cuántas operaciones sale.",
  "Every loss is the whole amount at risk, and trades do not depend on each other.":
    "Cada pérdida es todo el importe arriesgado, y las operaciones no dependen unas de otras.",
  "These trades win nothing on average: with time the ruin is certain.":
    "Estas operaciones no ganan nada de media: con el tiempo la ruina es segura.",
  "The risk is below 0.00005 %. It is above zero.": "El riesgo es menor que 0,00005 %. Es mayor que cero.",
  "Each trade risks the same amount, {0} % of the first balance, for ever; wins and losses always have the same size, and no trade depends on another.":
    "Cada operación arriesga siempre el mismo importe, {0} % del saldo inicial; las ganancias y las pérdidas tienen siempre el mismo tamaño, y ninguna operación depende de otra.",
  "The payoff ratio is no whole number: the figure is an upper bound.":
    "El ratio de pago no es un número entero: la cifra es un límite superior.",
  "The costs are not below the win: no win rate is enough.":
    "Los costes no son menores que la ganancia: ninguna tasa de acierto basta.",
  // Refusals.
  "The smallest position, {0}, loses {1} {2} at the stop, more than the risk of {3} {4}. Move the stop closer, or risk more.":
    "La posición más pequeña, {0}, pierde {1} {2} en el stop, más que el riesgo de {3} {4}. Acerca el stop, o arriesga más.",
  "State the risk: in % of the balance, or as an amount.":
    "Indica el riesgo: en % del saldo, o como importe.",
  "The risk of {0} {1} is above the balance of {2} {3}. State a smaller one.":
    "El riesgo de {0} {1} supera el saldo de {2} {3}. Indica uno menor.",
  "State the account balance: {0}% of it is the risk.":
    "Indica el saldo de la cuenta: el {0}% de él es el riesgo.",
  "{0}% of {1} is {2} {3}, not {4}. State the risk once.":
    "El {0}% de {1} es {2} {3}, no {4}. Indica el riesgo una sola vez.",
  "A point of {0} is not the same size everywhere. State the stop in pips (1 pip = {1} {2}), or entry and stop price.":
    "Un punto de {0} no vale lo mismo en todas partes. Indica el stop en pips (1 pip = {1} {2}), o los precios de entrada y de stop.",
  "A point of {0} is not the same size everywhere. Use pips: one is {1}.":
    "Un punto de {0} no vale lo mismo en todas partes. Usa pips: uno es {1}.",
  "State the entry price, too: the stop price alone is no distance.":
    "Indica también el precio de entrada: el precio del stop por sí solo no es una distancia.",
  "State the entry price, too: the stop is {0}% of it.":
    "Indica también el precio de entrada: el stop es el {0}% de él.",
  "The stop price is the entry price. State a stop that is below or above the entry.":
    "El precio del stop es el de entrada. Indica un stop por debajo o por encima de la entrada.",
  "State the stop: in pips, in points, as a distance in price, or as entry and stop price. It is above zero.":
    "Indica el stop: en pips, en puntos, como distancia en precio, o con los precios de entrada y de stop. Es mayor que cero.",
  "The stop is stated twice: {0} is {1} {2}, {3} is {4}. State it once.":
    "El stop se indica dos veces: {0} son {1} {2}, {3} son {4}. Indícalo una vez.",
  "{0} is priced in {1}, not in {2}. Leave the currency of the price out.":
    "{0} tiene su precio en {1}, no en {2}. Deja fuera la divisa del precio.",
  "{0} is not an instrument. State its symbol, such as EURUSD, XAUUSD, US30 or BTCUSD.":
    "{0} no es un instrumento. Indica su símbolo, como EURUSD, XAUUSD, US30 o BTCUSD.",
  "The instrument {0} is unknown. State a listed one, such as EURUSD or XAUUSD; for a share, state the currency of its price, too.":
    "El instrumento {0} no se conoce. Indica uno de la lista, como EURUSD o XAUUSD; para una acción, también la divisa de su precio.",
  "{0} is not a currency's code. State the currency of the share's price, such as USD.":
    "{0} no es el código de una divisa. Indica la divisa del precio de la acción, como USD.",
  "{0} is not a currency's code. State the account currency, such as USD or EUR.":
    "{0} no es el código de una divisa. Indica la divisa de la cuenta, como USD o EUR.",
  "{0} is priced in {1} and the account is in {2}.": "{0} tiene su precio en {1} y la cuenta está en {2}.",
  "{0} State the price of {1}, or a conversion rate with its pair.":
    "{0} Indica el precio de {1}, o un tipo de conversión con su par.",
  "{0} State the price of {1}{2} or of {3}{4} as the conversion rate, and which of the two it is.":
    "{0} Indica el precio de {1}{2} o de {3}{4} como tipo de conversión, y cuál de los dos es.",
  "{0} does not convert {1} to {2}. {3}": "{0} no convierte {1} en {2}. {3}",
  "State which price {0} is: {1} ({2} for one {3}) or {4} ({5} for one {6}).":
    "Indica qué precio es {0}: {1} ({2} por un {3}) o {4} ({5} por un {6}).",
  "State the price of {0}: the margin is a part of the position's value.":
    "Indica el precio de {0}: el margen es una parte del valor de la posición.",
  "State the swap of a night: in points, or in pips.": "Indica el swap de una noche: en puntos, o en pips.",
  "State the swap once: in points, or in pips.": "Indica el swap una vez: en puntos, o en pips.",
  "{0} of {1} nights cannot count three times. State all nights, then those that count three times.":
    "{0} de {1} noches no pueden contar triple. Indica todas las noches, y luego las que cuentan triple.",
  "Only Woodie's pivot points use the open. Leave it out, or choose Woodie.":
    "Solo los puntos pivote de Woodie usan la apertura. Déjala fuera, o elige Woodie.",
  "The close of {0} is not between the low of {1} and the high of {2}. Check the three prices.":
    "El cierre de {0} no está entre el mínimo de {1} y el máximo de {2}. Comprueba los tres precios.",
  "The low of {0} is above the high of {1}. Swap them.":
    "El mínimo de {0} es mayor que el máximo de {1}. Intercámbialos.",
  "The move begins and ends at the same price. State two prices.":
    "El movimiento empieza y termina en el mismo precio. Indica dos precios.",
  "The target and the stop are on the same side of the entry. State one above it and one below.":
    "El objetivo y el stop están en el mismo lado de la entrada. Indica uno por encima y otro por debajo.",
  "The target is the entry price. State a target that is above or below the entry.":
    "El objetivo es el precio de entrada. Indica un objetivo por encima o por debajo de la entrada.",
  "State either profit and initial risk, or the three prices, not some of both.":
    "Indica la ganancia y el riesgo inicial, o los tres precios, sin mezclarlos.",
  "State profit and initial risk, or entry, stop and exit prices.":
    "Indica la ganancia y el riesgo inicial, o los precios de entrada, de stop y de salida.",
  "State the profit, too; a loss is below zero.":
    "Indica también la ganancia; una pérdida es menor que cero.",
  "State the initial risk, too: the profit is a multiple of it.":
    "Indica también el riesgo inicial: la ganancia es un múltiplo de él.",
  "State the stop price of the beginning, too.": "Indica también el precio del stop inicial.",
  "State the exit price, too.": "Indica también el precio de salida.",
  "State either the payoff ratio, or average win and average loss.":
    "Indica el ratio de pago o la ganancia y la pérdida medias, no ambos.",
  "State the payoff ratio, or average win and average loss.":
    "Indica el ratio de pago, o la ganancia y la pérdida medias.",
  "State the average loss, too; it is above zero.": "Indica también la pérdida media; es mayor que cero.",
  "Average win and average loss differ more than {0} times. Check both.":
    "La ganancia y la pérdida medias difieren en más de {0} veces. Comprueba ambas.",
  "State either the win rate, or winning trades and all trades.":
    "Indica la tasa de acierto o las operaciones ganadoras y el total, no ambos.",
  "State the win rate, or winning trades and all trades.":
    "Indica la tasa de acierto, o las operaciones ganadoras y el total.",
  "State the number of all trades, too: the win rate is a share of it.":
    "Indica también el total de operaciones: la tasa de acierto es una parte de él.",
  "{0} of {1} trades cannot win. State the winning trades, then all trades.":
    "{0} de {1} operaciones no pueden ganar. Indica las operaciones ganadoras, y luego el total.",
};
