/** German: results, warnings, assumptions and refusals of calculators about saving, borrowing, investing and arithmetic. */
export const money: Readonly<Record<string, string>> = {
  // Saving.
  "Amount then": "Betrag dann",
  "Amount with interest": "Betrag mit Zinsen",
  "By the rule of 72": "Nach der 72er-Regel",
  "Doubles in": "Verdoppelt sich in",
  "Change of purchasing power": "Veränderung der Kaufkraft",
  "Worth in today's money": "Wert in heutigem Geld",
  "Price then of what costs the amount today": "Künftiger Preis dessen, was heute den Betrag kostet",
  "Real rate a year": "Realzins im Jahr",
  "Effective rate a year": "Effektiver Zins im Jahr",
  "Nominal rate a year": "Nominaler Zins im Jahr",
  "Deposit a {0}": "Einzahlung pro {0}",
  "Paid in": "Eingezahlt",
  "Value then": "Wert dann",
  "Time to the goal": "Zeit bis zum Ziel",
  "In years": "In Jahren",
  "Withdrawal a {0}": "Entnahme pro {0}",
  "Withdrawal a {0} in the first year": "Entnahme pro {0} im ersten Jahr",
  "The money lasts": "Das Geld reicht",
  Withdrawals: "Entnahmen",
  "Withdrawn in all": "Insgesamt entnommen",
  "Rest after them": "Rest danach",
  "{0} a {1} at {2}": "{0} pro {1} zu {2}",
  "periods until {0} are {1}": "Perioden, bis {0} {1} ergeben",
  "periods until {0} and {1} are {2}": "Perioden, bis {0} und {1} {2} ergeben",
  "whole withdrawals of {0} from {1} at {2} a {3}": "ganze Entnahmen von {0} aus {1} zu {2} pro {3}",
  "all withdrawals and the rest": "alle Entnahmen und der Rest",
  "what is left after {0} withdrawals": "was nach {0} Entnahmen übrig ist",
  "{0} ÷ the present value of {1} withdrawals of 1 at {2} a {3} ({4})":
    "{0} ÷ Barwert von {1} Entnahmen von 1 zu {2} pro {3} ({4})",
  "what the deposits to the cent become": "was aus den Einzahlungen auf den Cent wird",
  "{0} % a year is read as a nominal rate: {1} a {2}.":
    "{0} % im Jahr sind als nominaler Zins gelesen: {1} pro {2}.",
  "{0} % a year is read as an effective rate: {1} a {2}.":
    "{0} % im Jahr sind als effektiver Zins gelesen: {1} pro {2}.",
  "Inflation is the same every year.": "Die Inflation ist jedes Jahr gleich.",
  "Interest is added once a year and stays in.":
    "Zinsen werden einmal im Jahr gutgeschrieben und bleiben stehen.",
  "The rule of 72 is rough for rates above 20 %.": "Die 72er-Regel ist bei Zinsen über 20 % grob.",
  "More than a year: most accounts add interest once a year. Compound interest counts it.":
    "Mehr als ein Jahr: Die meisten Konten schreiben Zinsen einmal im Jahr gut. Der Zinseszins zählt sie mit.",
  "The goal is not reached in {0} years.": "Das Ziel wird in {0} Jahren nicht erreicht.",
  "The money lasts more than {0} years.": "Das Geld reicht länger als {0} Jahre.",
  "State how long: in years, in months, or both.": "Gib an, wie lange: in Jahren, in Monaten, oder beides.",
  "State the time: in days, months or years.": "Gib die Zeit an: in Tagen, Monaten oder Jahren.",
  "The time is above {0} years. State a shorter one.": "Die Zeit liegt über {0} Jahren. Gib eine kürzere an.",
  "The time is not a whole number of months: {0} years. State it in months.":
    "Die Zeit ist keine ganze Zahl von Monaten: {0} Jahre. Gib sie in Monaten an.",
  "The time is not a whole number of {0}: {1} months. State a term that ends with a {2}, or pay every month.":
    "Die Zeit von {1} Monaten endet nicht mit einem {2}. Gib eine solche an, oder zahle jeden Monat.",
  "The amount at the beginning is the goal already. State a higher goal.":
    "Der Betrag am Anfang ist schon das Ziel. Gib ein höheres an.",
  "The amount at the beginning alone becomes {0}. State a goal above that, or a shorter time.":
    "Der Betrag am Anfang allein wird zu {0}. Gib ein höheres Ziel an, oder eine kürzere Zeit.",
  "The deposit would be less than a cent. State a higher goal.":
    "Die Einzahlung wäre weniger als ein Cent. Gib ein höheres Ziel an.",
  "State the withdrawal or the time, not both.": "Gib die Entnahme oder die Zeit an, nicht beides.",
  "State the withdrawal, or how long the money is to last.":
    "Gib die Entnahme an, oder wie lange das Geld reichen soll.",
  "The amount is above 10^18. Check the rate and the time.":
    "Der Betrag liegt über 10^18. Prüfe Zins und Zeit.",
  "{0} is finer than {1} is paid. State it with at most {2} decimals.":
    "{0} ist feiner, als {1} gezahlt wird. Gib höchstens {2} Nachkommastellen an.",
  "{0} is finer than {1} is paid. State it without decimals.":
    "{0} ist feiner, als {1} gezahlt wird. Gib keine Nachkommastellen an.",
  // Borrowing.
  "Monthly payment": "Monatliche Rate",
  Term: "Laufzeit",
  "Interest in all": "Zinsen insgesamt",
  "Paid in all": "Gezahlt insgesamt",
  "Last payment": "Letzte Zahlung",
  "Payments saved": "Ersparte Zahlungen",
  "Interest saved by the extra payments": "Durch Sondertilgung ersparte Zinsen",
  "Balance after {0} years": "Restschuld nach {0} Jahren",
  "Interest in {0} years": "Zinsen in {0} Jahren",
  "Repaid in {0} years": "Getilgt in {0} Jahren",
  "The loan": "Der Kredit",
  "The payment": "Die Rate",
  "The extra payment a month": "Die Sondertilgung im Monat",
  "The extra payment a year": "Die Sondertilgung im Jahr",
  "as stated": "wie angegeben",
  "sum of {0} months' interest": "Summe der Zinsen von {0} Monaten",
  "what is left after {0} payments": "was nach {0} Zahlungen übrig ist",
  "months until {0} at {1} a month is repaid with {2} a month":
    "Monate, bis {0} zu {1} pro Monat mit {2} pro Monat getilgt sind",
  "{0} − ({1} paid − {2} interest)": "{0} − ({1} gezahlt − {2} Zinsen)",
  "{0} % a year is read as a nominal rate: {1} a month. Payments are made at the end of each month.":
    "{0} % im Jahr sind als nominaler Zins gelesen: {1} pro Monat. Gezahlt wird am Ende jedes Monats.",
  "The rate stays the same until the loan is repaid.":
    "Der Zins bleibt gleich, bis das Darlehen getilgt ist.",
  "The loan lasts more than {0} years.": "Der Kredit läuft länger als {0} Jahre.",
  "The loan would last more than {0} years. State a higher payment.":
    "Der Kredit liefe länger als {0} Jahre. Gib eine höhere Rate an.",
  "State the term or the payment, not both. What you pay on top is an extra payment.":
    "Gib die Laufzeit oder die Rate an, nicht beides. Was du zusätzlich zahlst, ist eine Sondertilgung.",
  "The payment is less than a cent a month. State a larger loan or a shorter term.":
    "Die Rate ist weniger als ein Cent im Monat. Gib einen größeren Kredit oder eine kürzere Laufzeit an.",
  "The payment is less than a cent a month. State a larger loan.":
    "Die Rate ist weniger als ein Cent im Monat. Gib ein größeres Darlehen an.",
  "The payment must be above the first month's interest, which is {0}. State a higher payment.":
    "Die Rate muss über den Zinsen des ersten Monats liegen, das sind {0}. Gib eine höhere an.",
  "State the repayment in per cent or the term, not both. A fixed rate's years have an input of their own.":
    "Gib die Tilgung in Prozent oder die Laufzeit an, nicht beides. Die Zinsbindung hat eine eigene Eingabe.",
  "The fixed rate must last a whole number of months. State such years.":
    "Die Zinsbindung muss eine ganze Zahl von Monaten dauern. Gib solche Jahre an.",
  "Paid out": "Ausgezahlt",
  "The fees": "Die Gebühren",
  "The fees take all of the loan. State lower fees.":
    "Die Gebühren nehmen den ganzen Kredit. Gib niedrigere an.",
  "The rate is too high to be shown. Check fees and term.":
    "Der Zins ist zu hoch, um ihn zu zeigen. Prüfe Gebühren und Laufzeit.",
  "Fees are kept back at the beginning, and payments are made at the end of each month.":
    "Gebühren werden am Anfang einbehalten, und gezahlt wird am Ende jedes Monats.",
  "State the loan, or the price of the house and the down payment.":
    "Gib das Darlehen an, oder den Kaufpreis und das Eigenkapital.",
  "State the loan, or price and down payment, not both.":
    "Gib das Darlehen an, oder Kaufpreis und Eigenkapital, nicht beides.",
  "State the down payment once: as an amount, or in % of the price.":
    "Gib das Eigenkapital einmal an: als Betrag, oder in % des Kaufpreises.",
  "The down payment is not below the price: no loan is needed. Check both.":
    "Das Eigenkapital liegt nicht unter dem Kaufpreis: Kein Darlehen ist nötig. Prüfe beide.",
  "Loan: price less the down payment, {0} − {1}.": "Darlehen: Kaufpreis ohne das Eigenkapital, {0} − {1}.",
  // Investing.
  "Taxed yield a year": "Versteuerte Rendite im Jahr",
  "The tax is due each year on all of the taxed yield.":
    "Die Steuer ist jedes Jahr auf die ganze versteuerte Rendite fällig.",
  "Growth a year": "Wachstum im Jahr",
  "Return a year": "Rendite im Jahr",
  "Dividends of a year": "Dividenden eines Jahres",
  "A yield above 20 % is rare. Check the dividend and the price.":
    "Eine Rendite über 20 % ist selten. Prüfe Dividende und Kurs.",
  "Accrued interest": "Stückzinsen",
  "Price with accrued interest": "Kurs mit Stückzinsen",
  "Macaulay duration": "Macaulay-Duration",
  "Modified duration": "Modifizierte Duration",
  Convexity: "Konvexität",
  "clean price + accrued interest": "Kurs ohne Stückzinsen + Stückzinsen",
  "mean time to the payments, by their present values":
    "mittlere Zeit bis zu den Zahlungen, gewichtet mit ihren Barwerten",
  "second derivative of the price by the yield ÷ the price":
    "zweite Ableitung des Kurses nach der Rendite ÷ Kurs",
  "the yield at which the bond costs {0} clean":
    "die Rendite, bei der die Anleihe ohne Stückzinsen {0} kostet",
  "the yield that gives the price": "die Rendite, die den Kurs ergibt",
  "Σ ({0} ÷ {1}) ÷ (1 + {2}% ÷ {3})^(k − {4}), k = 1 … {5}, + 100 ÷ (1 + {6}% ÷ {7})^({8} − {9}) − accrued interest":
    "Σ ({0} ÷ {1}) ÷ (1 + {2}% ÷ {3})^(k − {4}), k = 1 … {5}, + 100 ÷ (1 + {6}% ÷ {7})^({8} − {9}) − Stückzinsen",
  "Coupons on {0}, {1} and so on until {2}. Prices are for a face value of 100.":
    "Kupons am {0}, {1} und so weiter bis {2}. Kurse gelten für einen Nennwert von 100.",
  "One coupon is left. Some tables use simple interest then; this is compounded.":
    "Ein Kupon steht noch aus. Manche Tabellen rechnen dann einfach; hier ist es Zinseszins.",
  "No yield fits this price. Check the price, which is for a face value of 100.":
    "Keine Rendite passt zu diesem Kurs. Prüfe den Kurs, der für einen Nennwert von 100 gilt.",
  "Settlement is no day of the calendar. State it as YYYY-MM-DD.":
    "Die Valuta ist kein Tag des Kalenders. Gib sie als JJJJ-MM-TT an.",
  "Maturity is no day of the calendar. State it as YYYY-MM-DD.":
    "Die Fälligkeit ist kein Tag des Kalenders. Gib sie als JJJJ-MM-TT an.",
  "Settlement must be before maturity. State an earlier day.":
    "Die Valuta muss vor der Fälligkeit liegen. Gib einen früheren Tag an.",
  "Maturity is more than {0} years away. State an earlier day.":
    "Die Fälligkeit ist mehr als {0} Jahre entfernt. Gib einen früheren Tag an.",
  "State the yield or the clean price.": "Gib die Rendite oder den Kurs ohne Stückzinsen an.",
  "State the yield or the clean price, not both.":
    "Gib die Rendite oder den Kurs ohne Stückzinsen an, nicht beides.",
  "Implied volatility": "Implizite Volatilität",
  "European: it is exercised at expiry only.": "Europäisch: Sie wird nur am Verfall ausgeübt.",
  "Interest and dividends are continuous.": "Zinsen und Dividenden sind stetig.",
  "Vega for 1 %": "Vega je 1 %",
  "Rho for 1 %": "Rho je 1 %",
  "change of the price for 1 % more volatility": "Änderung des Preises je 1 % mehr Volatilität",
  "change of the price for 1 % more interest": "Änderung des Preises je 1 % mehr Zins",
  "Theta a day": "Theta pro Tag",
  "change of delta for 1 more of the underlying": "Änderung von Delta je 1 mehr des Basiswerts",
  "change of the price for 1 more of the underlying": "Änderung des Preises je 1 mehr des Basiswerts",
  "change of the price in 1 of 365 days": "Änderung des Preises an 1 von 365 Tagen",
  "the volatility at which the {0} costs {1}": "die Volatilität, bei der der {0} {1} kostet",
  "No volatility between {0} % and {1} % gives this price.":
    "Keine Volatilität zwischen {0} % und {1} % ergibt diesen Preis.",
  "Without arbitrage the {0} costs more than {1} and less than {2}.":
    "Ohne Arbitrage kostet der {0} mehr als {1} und weniger als {2}.",
  "State the time to expiry: in years, months or days.":
    "Gib die Restlaufzeit an: in Jahren, Monaten oder Tagen.",
  "State the volatility or the price of the option, not both.":
    "Gib die Volatilität oder den Preis der Option an, nicht beides.",
  "State the volatility, or the price of the option.": "Gib die Volatilität an, oder den Preis der Option.",
  "{0} = 0, from {1}": "{0} = 0, ab {1}",
  "All payments are on one day, so there is no time to bear interest.":
    "Alle Zahlungen sind am selben Tag, also ist keine Zeit für Zinsen.",
  "Several rates fit: {0}. The payments change their sign several times.":
    "Mehrere Zinsen passen: {0}. Die Zahlungen wechseln ihr Vorzeichen mehrmals.",
  "No rate between {0} % and {1} % fits.": "Kein Zins zwischen {0} % und {1} % passt.",
  "The payments change their sign {0} times, and there may be several such rates. Only one was found.":
    "Die Zahlungen wechseln ihr Vorzeichen {0}-mal, und es kann mehrere solche Zinsen geben. Nur einer wurde gefunden.",
  "Less than a year: the yearly rate is an extrapolation.":
    "Weniger als ein Jahr: Der Jahreszins ist eine Hochrechnung.",
  "State at least one negative payment (paid in) and one positive (paid out, or the value at the end).":
    "Gib mindestens eine negative Zahlung (eingezahlt) und eine positive an (ausgezahlt, oder der Wert am Ende).",
  "These are more than {0} payments. State fewer.": "Das sind mehr als {0} Zahlungen. Gib weniger an.",
  "Payment {0}, {1}, begins with no day. Write it as 2024-01-31 -1000.":
    "Zahlung {0}, {1}, beginnt mit keinem Tag. Schreib sie als 2024-01-31 -1000.",
  "Payment {0}, {1}, has no plain amount. Write it as 2024-01-31 -1000.50, and put ; between payments.":
    "Zahlung {0}, {1}, hat keinen einfachen Betrag. Schreib sie als 2024-01-31 -1000.50, mit ; zwischen Zahlungen.",
  "Payment {0}, {1}, is above {2}. State a smaller one.":
    "Zahlung {0}, {1}, liegt über {2}. Gib eine kleinere an.",
  // Arithmetic.
  "In {0}": "In {0}",
  "{0} for one {1}": "{0} für einen {1}",
  "{0}% of {1}": "{0}% von {1}",
  "{0} of {1}": "{0} von {1}",
  "From {0} to {1}": "Von {0} auf {1}",
  "{0} {1} in {2}": "{0} {1} in {2}",
  Share: "Anteil",
  Change: "Veränderung",
  "State the per cent.": "Gib die Prozent an.",
  "State the part as the second number, too.": "Gib auch den Teil als zweite Zahl an.",
  "State the last number as the second number, too.": "Gib auch die letzte Zahl als zweite Zahl an.",
  "The whole is 0: nothing is a share of it.": "Das Ganze ist 0: Nichts ist ein Anteil davon.",
  "The first number is not above 0: a change of it in per cent is not defined.":
    "Die erste Zahl liegt nicht über 0: Eine Veränderung in Prozent ist nicht definiert.",
  "More than 100 % is taken away: the result is below zero.":
    "Mehr als 100 % werden abgezogen: Das Ergebnis liegt unter null.",
  "An ounce is a troy ounce: 31.1034768 g.": "Eine Unze ist eine Feinunze: 31,1034768 g.",
  "Both units are {0}. State another one.": "Beide Einheiten sind {0}. Gib eine andere an.",
  "State the instrument, such as EURUSD: the size of {0} depends on it.":
    "Gib das Instrument an, etwa EURUSD: Die Größe von {0} hängt davon ab.",
  "{0} cannot be turned into {1}. {2} can be turned into: {3}.":
    "{0} lassen sich nicht in {1} umrechnen. {2} lassen sich umrechnen in: {3}.",
  "Both currencies are {0}. State the other one.": "Beide Währungen sind {0}. Gib die andere an.",
  "{0} is not a currency's code. State one, such as USD or EUR.":
    "{0} ist kein Kürzel einer Währung. Gib eines an, etwa USD oder EUR.",
  "{0} does not convert {1} to {2}. State whether {3} is the price of {4}{5} or of {6}{7}.":
    "{0} rechnet nicht {1} in {2} um. Gib an, ob {3} der Kurs von {4}{5} oder von {6}{7} ist.",
  "The rate is the one that you stated: {0} at {1}. No fee of a bank is in it.":
    "Der Kurs ist der von dir angegebene: {0} zu {1}. Darin ist keine Gebühr einer Bank.",
};
