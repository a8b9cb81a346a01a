/** Spanish: results, warnings, assumptions and refusals of calculators about saving, borrowing, investing and arithmetic. */
export const money: Readonly<Record<string, string>> = {
  // Saving.
  "Amount then": "Importe futuro",
  "Amount with interest": "Importe con intereses",
  "By the rule of 72": "Según la regla del 72",
  "Doubles in": "Se duplica en",
  "Change of purchasing power": "Variación del poder adquisitivo",
  "Worth in today's money": "Valor en dinero de hoy",
  "Price then of what costs the amount today": "Precio futuro de lo que hoy cuesta el importe",
  "Real rate a year": "Tipo real anual",
  "Effective rate a year": "Tipo efectivo anual",
  "Nominal rate a year": "Tipo nominal anual",
  "Deposit a {0}": "Aportación por {0}",
  "Paid in": "Aportado",
  "Value then": "Valor futuro",
  "Time to the goal": "Tiempo hasta el objetivo",
  "In years": "En años",
  "Withdrawal a {0}": "Retirada por {0}",
  "Withdrawal a {0} in the first year": "Retirada por {0} en el primer año",
  "The money lasts": "El dinero dura",
  Withdrawals: "Retiradas",
  "Withdrawn in all": "Retirado en total",
  "Rest after them": "Resto tras ellas",
  "{0} a {1} at {2}": "{0} por {1} al {2}",
  "periods until {0} are {1}": "periodos hasta que {0} llegan a {1}",
  "periods until {0} and {1} are {2}": "periodos hasta que {0} y {1} llegan a {2}",
  "whole withdrawals of {0} from {1} at {2} a {3}": "retiradas enteras de {0} de {1} al {2} por {3}",
  "all withdrawals and the rest": "todas las retiradas y el resto",
  "what is left after {0} withdrawals": "lo que queda tras {0} retiradas",
  "{0} ÷ the present value of {1} withdrawals of 1 at {2} a {3} ({4})":
    "{0} ÷ valor actual de {1} retiradas de 1 al {2} por {3} ({4})",
  "what the deposits to the cent become": "en lo que se convierten las aportaciones al céntimo",
  "{0} % a year is read as a nominal rate: {1} a {2}.": "{0} % al año se lee como tipo nominal: {1} por {2}.",
  "{0} % a year is read as an effective rate: {1} a {2}.":
    "{0} % al año se lee como tipo efectivo: {1} por {2}.",
  "Inflation is the same every year.": "La inflación es la misma cada año.",
  "Interest is added once a year and stays in.":
    "Los intereses se abonan una vez al año y se quedan en la cuenta.",
  "The rule of 72 is rough for rates above 20 %.": "La regla del 72 es tosca con tipos por encima del 20 %.",
  "More than a year: most accounts add interest once a year. Compound interest counts it.":
    "Más de un año: la mayoría de las cuentas abona intereses una vez al año. El interés compuesto los cuenta.",
  "The goal is not reached in {0} years.": "El objetivo no se alcanza en {0} años.",
  "The money lasts more than {0} years.": "El dinero dura más de {0} años.",
  "State how long: in years, in months, or both.": "Indica cuánto tiempo: en años, en meses, o ambos.",
  "State the time: in days, months or years.": "Indica el tiempo: en días, meses o años.",
  "The time is above {0} years. State a shorter one.": "El tiempo pasa de {0} años. Indica uno más corto.",
  "The time is not a whole number of months: {0} years. State it in months.":
    "El tiempo no es un número entero de meses: {0} años. Indícalo en meses.",
  "The time is not a whole number of {0}: {1} months. State a term that ends with a {2}, or pay every month.":
    "El plazo de {1} meses no termina con un {2}. Indica uno que sí, o paga cada mes.",
  "The amount at the beginning is the goal already. State a higher goal.":
    "El importe inicial ya es el objetivo. Indica un objetivo más alto.",
  "The amount at the beginning alone becomes {0}. State a goal above that, or a shorter time.":
    "El importe inicial por sí solo llega a {0}. Indica un objetivo más alto, o un tiempo más corto.",
  "The deposit would be less than a cent. State a higher goal.":
    "La aportación sería menor de un céntimo. Indica un objetivo más alto.",
  "State the withdrawal or the time, not both.": "Indica la retirada o el tiempo, no ambos.",
  "State the withdrawal, or how long the money is to last.":
    "Indica la retirada, o cuánto debe durar el dinero.",
  "The amount is above 10^18. Check the rate and the time.":
    "El importe es mayor que 10^18. Comprueba el tipo y el tiempo.",
  "{0} is finer than {1} is paid. State it with at most {2} decimals.":
    "{0} es más fino de lo que se paga en {1}. Indícalo con {2} decimales como máximo.",
  "{0} is finer than {1} is paid. State it without decimals.":
    "{0} es más fino de lo que se paga en {1}. Indícalo sin decimales.",
  // Borrowing.
  "Monthly payment": "Cuota mensual",
  Term: "Plazo",
  "Interest in all": "Intereses en total",
  "Paid in all": "Pagado en total",
  "Last payment": "Último pago",
  "Payments saved": "Pagos ahorrados",
  "Interest saved by the extra payments": "Intereses ahorrados con los pagos extra",
  "Balance after {0} years": "Deuda tras {0} años",
  "Interest in {0} years": "Intereses en {0} años",
  "Repaid in {0} years": "Amortizado en {0} años",
  "The loan": "El préstamo",
  "The payment": "La cuota",
  "The extra payment a month": "El pago extra al mes",
  "The extra payment a year": "El pago extra al año",
  "as stated": "como se indicó",
  "sum of {0} months' interest": "suma de los intereses de {0} meses",
  "what is left after {0} payments": "lo que queda tras {0} pagos",
  "months until {0} at {1} a month is repaid with {2} a month":
    "meses hasta amortizar {0} al {1} mensual con {2} al mes",
  "{0} − ({1} paid − {2} interest)": "{0} − ({1} pagado − {2} intereses)",
  "{0} % a year is read as a nominal rate: {1} a month. Payments are made at the end of each month.":
    "{0} % al año se lee como tipo nominal: {1} al mes. Se paga al final de cada mes.",
  "The rate stays the same until the loan is repaid.": "El tipo no cambia hasta amortizar el préstamo.",
  "The loan lasts more than {0} years.": "El préstamo dura más de {0} años.",
  "The loan would last more than {0} years. State a higher payment.":
    "El préstamo duraría más de {0} años. Indica una cuota más alta.",
  "State the term or the payment, not both. What you pay on top is an extra payment.":
    "Indica el plazo o la cuota, no ambos. Lo que pagas además es un pago extra.",
  "The payment is less than a cent a month. State a larger loan or a shorter term.":
    "La cuota es menor de un céntimo al mes. Indica un préstamo mayor o un plazo más corto.",
  "The payment is less than a cent a month. State a larger loan.":
    "La cuota es menor de un céntimo al mes. Indica un préstamo mayor.",
  "The payment must be above the first month's interest, which is {0}. State a higher payment.":
    "La cuota debe superar los intereses del primer mes, que son {0}. Indica una cuota más alta.",
  "State the repayment in per cent or the term, not both. A fixed rate's years have an input of their own.":
    "Indica la amortización en por ciento o el plazo, no ambos. Los años con tipo fijo tienen su propio campo.",
  "The fixed rate must last a whole number of months. State such years.":
    "El tipo fijo debe durar un número entero de meses. Indica años así.",
  "Paid out": "Desembolsado",
  "The fees": "Las comisiones",
  "The fees take all of the loan. State lower fees.":
    "Las comisiones se llevan todo el préstamo. Indica unas más bajas.",
  "The rate is too high to be shown. Check fees and term.":
    "El tipo es demasiado alto para mostrarlo. Comprueba las comisiones y el plazo.",
  "Fees are kept back at the beginning, and payments are made at the end of each month.":
    "Las comisiones se retienen al principio, y se paga al final de cada mes.",
  "State the loan, or the price of the house and the down payment.":
    "Indica el préstamo, o el precio de la vivienda y la entrada.",
  "State the loan, or price and down payment, not both.":
    "Indica el préstamo, o el precio y la entrada, no ambos.",
  "State the down payment once: as an amount, or in % of the price.":
    "Indica la entrada una vez: como importe, o en % del precio.",
  "The down payment is not below the price: no loan is needed. Check both.":
    "La entrada no es menor que el precio: no hace falta un préstamo. Comprueba ambos.",
  "Loan: price less the down payment, {0} − {1}.": "Préstamo: precio menos la entrada, {0} − {1}.",
  // Investing.
  "Taxed yield a year": "Rentabilidad anual antes de impuestos",
  "The tax is due each year on all of the taxed yield.":
    "El impuesto se paga cada año sobre toda la rentabilidad sujeta a impuestos.",
  "Growth a year": "Crecimiento anual",
  "Return a year": "Rentabilidad al año",
  "Dividends of a year": "Dividendos de un año",
  "A yield above 20 % is rare. Check the dividend and the price.":
    "Una rentabilidad superior al 20 % es rara. Comprueba el dividendo y el precio.",
  "Accrued interest": "Cupón corrido",
  "Price with accrued interest": "Precio con cupón corrido",
  "Macaulay duration": "Duración de Macaulay",
  "Modified duration": "Duración modificada",
  Convexity: "Convexidad",
  "clean price + accrued interest": "precio limpio + cupón corrido",
  "mean time to the payments, by their present values":
    "tiempo medio hasta los pagos, ponderado por sus valores actuales",
  "second derivative of the price by the yield ÷ the price":
    "segunda derivada del precio respecto a la rentabilidad ÷ precio",
  "the yield at which the bond costs {0} clean": "la rentabilidad a la que el bono cuesta {0} en limpio",
  "the yield that gives the price": "la rentabilidad que da el precio",
  "Σ ({0} ÷ {1}) ÷ (1 + {2}% ÷ {3})^(k − {4}), k = 1 … {5}, + 100 ÷ (1 + {6}% ÷ {7})^({8} − {9}) − accrued interest":
    "Σ ({0} ÷ {1}) ÷ (1 + {2}% ÷ {3})^(k − {4}), k = 1 … {5}, + 100 ÷ (1 + {6}% ÷ {7})^({8} − {9}) − cupón corrido",
  "Coupons on {0}, {1} and so on until {2}. Prices are for a face value of 100.":
    "Cupones el {0}, el {1} y así hasta el {2}. Los precios son para un valor nominal de 100.",
  "One coupon is left. Some tables use simple interest then; this is compounded.":
    "Queda un cupón. Algunas tablas usan entonces interés simple; aquí es compuesto.",
  "No yield fits this price. Check the price, which is for a face value of 100.":
    "Ninguna rentabilidad encaja con este precio. Comprueba el precio, que es para un valor nominal de 100.",
  "Settlement is no day of the calendar. State it as YYYY-MM-DD.":
    "La liquidación no es un día del calendario. Indícala como AAAA-MM-DD.",
  "Maturity is no day of the calendar. State it as YYYY-MM-DD.":
    "El vencimiento no es un día del calendario. Indícalo como AAAA-MM-DD.",
  "Settlement must be before maturity. State an earlier day.":
    "La liquidación debe ser anterior al vencimiento. Indica un día anterior.",
  "Maturity is more than {0} years away. State an earlier day.":
    "El vencimiento está a más de {0} años. Indica un día anterior.",
  "State the yield or the clean price.": "Indica la rentabilidad o el precio limpio.",
  "State the yield or the clean price, not both.": "Indica la rentabilidad o el precio limpio, no ambos.",
  "Implied volatility": "Volatilidad implícita",
  "European: it is exercised at expiry only.": "Europea: solo se ejerce al vencimiento.",
  "Interest and dividends are continuous.": "Los intereses y los dividendos son continuos.",
  "Vega for 1 %": "Vega por 1 %",
  "Rho for 1 %": "Rho por 1 %",
  "change of the price for 1 % more volatility": "cambio del precio por 1 % más de volatilidad",
  "change of the price for 1 % more interest": "cambio del precio por 1 % más de interés",
  "Theta a day": "Theta por día",
  "change of delta for 1 more of the underlying": "cambio de delta por 1 más del subyacente",
  "change of the price for 1 more of the underlying": "cambio del precio por 1 más del subyacente",
  "change of the price in 1 of 365 days": "cambio del precio en 1 de 365 días",
  "the volatility at which the {0} costs {1}": "la volatilidad a la que la {0} cuesta {1}",
  "No volatility between {0} % and {1} % gives this price.":
    "Ninguna volatilidad entre {0} % y {1} % da este precio.",
  "Without arbitrage the {0} costs more than {1} and less than {2}.":
    "Sin arbitraje, la {0} cuesta más de {1} y menos de {2}.",
  "State the time to expiry: in years, months or days.":
    "Indica el tiempo hasta el vencimiento: en años, meses o días.",
  "State the volatility or the price of the option, not both.":
    "Indica la volatilidad o el precio de la opción, no ambos.",
  "State the volatility, or the price of the option.": "Indica la volatilidad, o el precio de la opción.",
  "{0} = 0, from {1}": "{0} = 0, desde {1}",
  "All payments are on one day, so there is no time to bear interest.":
    "Todos los pagos son el mismo día: no hay tiempo para intereses.",
  "Several rates fit: {0}. The payments change their sign several times.":
    "Encajan varios tipos: {0}. Los pagos cambian de signo varias veces.",
  "No rate between {0} % and {1} % fits.": "Ningún tipo entre {0} % y {1} % encaja.",
  "The payments change their sign {0} times, and there may be several such rates. Only one was found.":
    "Los pagos cambian de signo {0} veces, y puede haber varios tipos así. Solo se encontró uno.",
  "Less than a year: the yearly rate is an extrapolation.":
    "Menos de un año: el tipo anual es una extrapolación.",
  "State at least one negative payment (paid in) and one positive (paid out, or the value at the end).":
    "Indica al menos un pago negativo (aportado) y uno positivo (cobrado, o el valor final).",
  "These are more than {0} payments. State fewer.": "Son más de {0} pagos. Indica menos.",
  "Payment {0}, {1}, begins with no day. Write it as 2024-01-31 -1000.":
    "El pago {0}, {1}, no empieza con un día. Escríbelo como 2024-01-31 -1000.",
  "Payment {0}, {1}, has no plain amount. Write it as 2024-01-31 -1000.50, and put ; between payments.":
    "El pago {0}, {1}, no tiene un importe sencillo. Escríbelo como 2024-01-31 -1000.50, con ; entre pagos.",
  "Payment {0}, {1}, is above {2}. State a smaller one.":
    "El pago {0}, {1}, es mayor que {2}. Indica uno menor.",
  // Arithmetic.
  "In {0}": "En {0}",
  "{0} for one {1}": "{0} por un {1}",
  "{0}% of {1}": "{0}% de {1}",
  "{0} of {1}": "{0} de {1}",
  "From {0} to {1}": "De {0} a {1}",
  "{0} {1} in {2}": "{0} {1} en {2}",
  Share: "Parte",
  Change: "Variación",
  "State the per cent.": "Indica el porcentaje.",
  "State the part as the second number, too.": "Indica también la parte como segundo número.",
  "State the last number as the second number, too.": "Indica también el último número como segundo número.",
  "The whole is 0: nothing is a share of it.": "El total es 0: nada es una parte de él.",
  "The first number is not above 0: a change of it in per cent is not defined.":
    "El primer número no es mayor que 0: su variación en por ciento no está definida.",
  "More than 100 % is taken away: the result is below zero.":
    "Se resta más del 100 %: el resultado es menor que cero.",
  "An ounce is a troy ounce: 31.1034768 g.": "Una onza es una onza troy: 31,1034768 g.",
  "Both units are {0}. State another one.": "Ambas unidades son {0}. Indica otra.",
  "State the instrument, such as EURUSD: the size of {0} depends on it.":
    "Indica el instrumento, como EURUSD: el tamaño de {0} depende de él.",
  "{0} cannot be turned into {1}. {2} can be turned into: {3}.":
    "No se puede convertir {0} en {1}. De {2} se puede pasar a: {3}.",
  "Both currencies are {0}. State the other one.": "Ambas divisas son {0}. Indica la otra.",
  "{0} is not a currency's code. State one, such as USD or EUR.":
    "{0} no es el código de una divisa. Indica uno, como USD o EUR.",
  "{0} does not convert {1} to {2}. State whether {3} is the price of {4}{5} or of {6}{7}.":
    "{0} no convierte {1} en {2}. Indica si {3} es el precio de {4}{5} o de {6}{7}.",
  "The rate is the one that you stated: {0} at {1}. No fee of a bank is in it.":
    "El tipo de cambio es el que indicaste: {0} a {1}. No incluye comisiones bancarias.",
};
