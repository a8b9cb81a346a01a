/** Spanish: what calculators and their inputs are for, and where specifications come from. */
export const calculators: Readonly<Record<string, string>> = {
  // What a calculator answers.
  "The loan that a monthly payment repays in a given time.":
    "El préstamo que una cuota mensual amortiza en un tiempo dado.",
  "What a loan really costs a year, with its fees.":
    "Lo que un préstamo cuesta de verdad al año, con sus comisiones.",
  "The price of a bond from its yield, or the yield from its price, with duration and convexity.":
    "El precio de un bono a partir de su rentabilidad, o al revés, con duración y convexidad.",
  "How often trades must win to lose nothing, costs included.":
    "Con qué frecuencia deben ganar las operaciones para no perder, con costes.",
  "The yearly growth that turns one value into another.":
    "El crecimiento anual que convierte un valor en otro.",
  "What one amount becomes with interest on interest.":
    "En qué se convierte un importe con interés sobre interés.",
  "An amount in another currency, at a rate that you state. The program knows no rates.":
    "Un importe en otra divisa, al tipo de cambio que indiques. El programa no conoce tipos de cambio.",
  "What a share's dividends yield at its price.": "Lo que rinden los dividendos de una acción a su precio.",
  "How long an amount takes to double, and what the rule of 72 says.":
    "Cuánto tarda un importe en duplicarse, y qué dice la regla del 72.",
  "What a nominal rate yields in a year, and the nominal rate behind an effective one.":
    "Lo que rinde un tipo nominal en un año, y el nominal que hay tras uno efectivo.",
  "What a trade wins on average, with the profit factor and the uncertainty of the win rate.":
    "Lo que gana una operación de media, con el factor de beneficio y la incertidumbre de la tasa de acierto.",
  "Retracements of a move, and extensions beyond its end.":
    "Retrocesos de un movimiento, y extensiones más allá de su final.",
  "How much must be saved regularly to have an amount at a time.":
    "Cuánto hay que ahorrar con regularidad para tener un importe en un plazo.",
  "What an amount buys after years of inflation, in today's money.":
    "Lo que compra un importe tras años de inflación, en dinero de hoy.",
  "The share of the balance to risk that lets it grow the fastest, its half, and a cap of 2 %.":
    "La parte del saldo que conviene arriesgar para que crezca más rápido, su mitad, y un tope del 2 %.",
  "The monthly payment of a loan, its interest and its schedule; or how long a payment takes.":
    "La cuota mensual de un préstamo, sus intereses y su calendario; o cuánto tarda una cuota.",
  "The margin that a position takes, and how far the price may move before the broker closes it.":
    "El margen que ocupa una posición, y cuánto puede moverse el precio antes de que el bróker la cierre.",
  "The monthly payment of a mortgage, and what is left when the fixed rate ends.":
    "La cuota mensual de una hipoteca, y lo que queda al terminar el tipo fijo.",
  "The price of a European option with its greeks, or the volatility that a price implies.":
    "El precio de una opción europea con sus griegas, o la volatilidad que implica un precio.",
  "x % of a number, the share of one number in another, a change in per cent, and a number with x % more or less.":
    "x % de un número, la parte de un número en otro, una variación en por ciento, y un número con x % más o menos.",
  "What one pip of a position is worth in the account's currency.":
    "Lo que vale un pip de una posición en la divisa de la cuenta.",
  "The pivot of the last session, with resistances and supports: classic, Fibonacci, Camarilla or Woodie.":
    "El pivote de la última sesión, con resistencias y soportes: clásico, Fibonacci, Camarilla o Woodie.",
  "How much to trade, so that the stop costs no more than the risk.":
    "Cuánto operar para que el stop no cueste más que el riesgo.",
  "What a trade has won or lost, before and after costs.":
    "Lo que una operación ha ganado o perdido, antes y después de costes.",
  "The yearly rate that remains after inflation.": "El tipo anual que queda tras la inflación.",
  "How likely an account that risks the same amount on each trade ever loses a stated part of its balance.":
    "La probabilidad de que una cuenta que arriesga lo mismo en cada operación pierda alguna vez la parte indicada de su saldo.",
  "How far the target is, in multiples of the stop, and how often the trade must win.":
    "A qué distancia está el objetivo, en múltiplos del stop, y con qué frecuencia debe ganar la operación.",
  "A trade's result in multiples of what it risked at the beginning.":
    "El resultado de una operación en múltiplos de lo que arriesgó al principio.",
  "What regular deposits become with interest.":
    "En qué se convierten las aportaciones regulares con intereses.",
  "What a position is charged or credited for the nights that it stays open.":
    "Lo que se cobra o abona a una posición por las noches que sigue abierta.",
  "The taxed yield that leaves as much as a tax-free one.":
    "La rentabilidad sujeta a impuestos que deja lo mismo que una libre de ellos.",
  "Pips and prices, lots and units, ounces and grams, basis points and per cent.":
    "Pips y precios, lotes y unidades, onzas y gramos, puntos básicos y por ciento.",
  "How long regular deposits take to become an amount.":
    "Cuánto tardan las aportaciones regulares en llegar a un importe.",
  "Interest for days, months or years, without interest on interest.":
    "Intereses por días, meses o años, sin interés sobre interés.",
  "How long money lasts with regular withdrawals, or what can be withdrawn for a given time.":
    "Cuánto dura el dinero con retiradas regulares, o cuánto se puede retirar durante un tiempo dado.",
  "The yearly return of payments on any days.": "La rentabilidad anual de pagos en días cualesquiera.",
  // What an input means.
  "Nominal.": "Nominal.",
  "Continuous.": "Continuo.",
  "Continuous, without risk.": "Continuo, sin riesgo.",
  "Instead of years, or on top of them.": "En lugar de años, o además de ellos.",
  "Instead of years and months, or on top of them. A year has 365.":
    "En lugar de años y meses, o además de ellos. Un año tiene 365.",
  "It decides the unit and the decimals of amounts. Without it amounts have two decimals.":
    "Decide la unidad y los decimales de los importes. Sin ella tienen dos decimales.",
  "They are kept back when the loan is paid out.": "Se retienen al desembolsar el préstamo.",
  "In per cent of the face value.": "En por ciento del valor nominal.",
  "For a face value of 100, without accrued interest. Instead of the yield.":
    "Para un valor nominal de 100, sin cupón corrido. En lugar de la rentabilidad.",
  "Average win ÷ average loss.": "Ganancia media ÷ pérdida media.",
  "An amount, or multiples of R.": "Un importe, o múltiplos de R.",
  "Above zero, in the unit of the win.": "Mayor que cero, en la unidad de la ganancia.",
  "In the unit of win and loss; with a payoff ratio: as a part of the loss (0.1 is a tenth).":
    "En la unidad de ganancia y pérdida; con un ratio de pago: como parte de la pérdida (0,1 es una décima).",
  "Daily: 365 times a year.": "Diario: 365 veces al año.",
  "The pair, such as EURUSD: how many USD one EUR costs.": "El par, como EURUSD: cuántos USD cuesta un EUR.",
  "The pair, such as GBPUSD: how many USD one GBP costs.": "El par, como GBPUSD: cuántos USD cuesta una GBP.",
  "Without it they have no unit.": "Sin ella no tienen unidad.",
  "It decides the unit of the levels.": "Decide la unidad de los niveles.",
  "Nominal: a year's rate, of which each period bears its share. Effective: what a year really yields.":
    "Nominal: el tipo de un año, del que cada periodo lleva su parte. Efectivo: lo que un año rinde de verdad.",
  "If the amount bears interest meanwhile.": "Si el importe da intereses mientras tanto.",
  "How many the win rate is from.": "De cuántas sale la tasa de acierto.",
  "Instead of the term: then the term is computed.": "En lugar del plazo: entonces se calcula el plazo.",
  "Only for a share, or another instrument that is not listed.":
    "Solo para una acción, u otro instrumento que no está en la lista.",
  "In lots; for a share, the number of shares.": "En lotes; para una acción, el número de acciones.",
  "30 stands for 1:30.": "30 significa 1:30.",
  "The broker closes positions where equity ÷ margin falls to it.":
    "El bróker cierra posiciones cuando patrimonio ÷ margen baja hasta él.",
  "Between the currency of the price and the account's, where they differ.":
    "Entre la divisa del precio y la de la cuenta, si difieren.",
  "With the down payment, instead of the loan.": "Con la entrada, en lugar del préstamo.",
  "In per cent of the loan, instead of the term (anfängliche Tilgung).":
    "En por ciento del préstamo, en lugar del plazo.",
  "The balance at their end is computed (Zinsbindung).": "Se calcula la deuda a su final.",
  "Instead of the volatility: then the implied volatility is computed.":
    "En lugar de la volatilidad: entonces se calcula la volatilidad implícita.",
  "of: x % of a number. share: what per cent one number is of another. change: from one number to another, in per cent. add, subtract: a number and x % of it.":
    "Porcentaje de: x % de un número. Parte: qué por ciento es un número de otro. Variación: de un número a otro, en por ciento. Más, menos: un número y x % de él.",
  "The whole; for a change: the first number.": "El total; para una variación: el primer número.",
  "For a share: the part. For a change: the last number.":
    "Para una parte: la parte. Para una variación: el último número.",
  "In the currency of the price: 10 for a stop that is $10 away.":
    "En la divisa del precio: 10 para un stop a 10 $ de distancia.",
  "Of the whole trade, in the account's currency.": "De toda la operación, en la divisa de la cuenta.",
  "Credited (above zero) or charged (below zero), in the account's currency.":
    "Abonado (mayor que cero) o cobrado (menor que cero), en la divisa de la cuenta.",
  "A loss is below zero.": "Una pérdida es menor que cero.",
  "Mostly the night from Wednesday to Thursday.": "Casi siempre la noche del miércoles al jueves.",
  "A night and lot: credited above zero, charged below zero.":
    "Por noche y lote: abonado si es mayor que cero, cobrado si es menor.",
  "On the interest that is taxed.": "Sobre los intereses sujetos a impuestos.",
  "For pips, points, prices, lots and units.": "Para pips, puntos, precios, lotes y unidades.",
  "360 on money markets.": "360 en los mercados monetarios.",
  "Instead of the time: then the time is computed.": "En lugar del tiempo: entonces se calcula el tiempo.",
  "After each year, such as for inflation.": "Tras cada año, por ejemplo por la inflación.",
  "A day and an amount each, with ; between them: 2024-01-01 -1000; 2024-12-31 1100. Negative: paid in. Positive: paid out, or the value at the end.":
    "Un día y un importe cada uno, con ; entre ellos: 2024-01-01 -1000; 2024-12-31 1100. Negativo: aportado. Positivo: cobrado, o el valor final.",
  // Where specifications come from.
  "By rule: any symbol with the currency of its price is a share.":
    "Por regla: cualquier símbolo con la divisa de su precio es una acción.",
  "By rule: both codes are currencies of ISO 4217.": "Por regla: ambos códigos son divisas de ISO 4217.",
  "Coin CFD as MetaTrader brokers list it: one coin a lot, a pip of one unit of the quote.":
    "CFD de cripto como lo ofrecen los brókeres de MetaTrader: una moneda por lote, un pip de una unidad de la divisa de cotización.",
  "Convention of spot foreign exchange at MetaTrader brokers: 100,000 units of the base a lot; a pip is the fourth decimal, the second where the quote is worth about a hundredth.":
    "Convención del mercado de divisas al contado en brókeres de MetaTrader: 100000 unidades de la base por lote; un pip es el cuarto decimal, o el segundo si la divisa de cotización vale cerca de una centésima.",
  "Crude oil CFD as MetaTrader brokers list it: a pip of 0.01.":
    "CFD de petróleo como lo ofrecen los brókeres de MetaTrader: un pip de 0,01.",
  "Index CFD as MetaTrader brokers list it: one unit of the quote currency a point and lot.":
    "CFD de índice como lo ofrecen los brókeres de MetaTrader: una unidad de la divisa de cotización por punto y lote.",
  "Loco London spot metal as MetaTrader brokers list it; the pip is the broker's choice.":
    "Metal al contado (Loco London) como lo ofrecen los brókeres de MetaTrader; el pip lo elige el bróker.",
  "Natural gas CFD as MetaTrader brokers list it: 10,000 MMBtu a lot.":
    "CFD de gas natural como lo ofrecen los brókeres de MetaTrader: 10000 MMBtu por lote.",
};
