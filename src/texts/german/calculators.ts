/** German: what calculators and their inputs are for, and where specifications come from. */
export const calculators: Readonly<Record<string, string>> = {
  // What a calculator answers.
  "The loan that a monthly payment repays in a given time.":
    "Der Kredit, den eine monatliche Rate in gegebener Zeit tilgt.",
  "What a loan really costs a year, with its fees.": "Was ein Kredit im Jahr mit Gebühren wirklich kostet.",
  "The price of a bond from its yield, or the yield from its price, with duration and convexity.":
    "Der Kurs einer Anleihe aus ihrer Rendite, oder die Rendite aus dem Kurs, mit Duration und Konvexität.",
  "How often trades must win to lose nothing, costs included.":
    "Wie oft Trades gewinnen müssen, um mit Kosten nichts zu verlieren.",
  "The yearly growth that turns one value into another.":
    "Das jährliche Wachstum, das aus einem Wert einen anderen macht.",
  "What one amount becomes with interest on interest.": "Was aus einem Betrag mit Zinseszins wird.",
  "An amount in another currency, at a rate that you state. The program knows no rates.":
    "Ein Betrag in einer anderen Währung, zu einem Kurs, den du angibst. Das Programm kennt keine Kurse.",
  "What a share's dividends yield at its price.": "Was die Dividenden einer Aktie zu ihrem Kurs einbringen.",
  "How long an amount takes to double, and what the rule of 72 says.":
    "Wie lange ein Betrag braucht, um sich zu verdoppeln, und was die 72er-Regel sagt.",
  "What a nominal rate yields in a year, and the nominal rate behind an effective one.":
    "Was ein nominaler Zins im Jahr einbringt, und der nominale Zins hinter einem effektiven.",
  "What a trade wins on average, with the profit factor and the uncertainty of the win rate.":
    "Was ein Trade im Durchschnitt gewinnt, mit Profitfaktor und Unsicherheit der Trefferquote.",
  "Retracements of a move, and extensions beyond its end.":
    "Retracements einer Bewegung, und Extensions über ihr Ende hinaus.",
  "How much must be saved regularly to have an amount at a time.":
    "Wie viel regelmäßig zu sparen ist, um einen Betrag zu einer Zeit zu haben.",
  "What an amount buys after years of inflation, in today's money.":
    "Was ein Betrag nach Jahren der Inflation kauft, in heutigem Geld.",
  "The share of the balance to risk that lets it grow the fastest, its half, and a cap of 2 %.":
    "Der Anteil des Kontos, bei dem es am schnellsten wächst, seine Hälfte, und eine Grenze von 2 %.",
  "The monthly payment of a loan, its interest and its schedule; or how long a payment takes.":
    "Die monatliche Rate eines Kredits, seine Zinsen und sein Plan; oder wie lange eine Rate braucht.",
  "The margin that a position takes, and how far the price may move before the broker closes it.":
    "Die Margin einer Position, und wie weit der Kurs laufen darf, bis der Broker sie schließt.",
  "The monthly payment of a mortgage, and what is left when the fixed rate ends.":
    "Die monatliche Rate einer Baufinanzierung, und was am Ende der Zinsbindung übrig ist.",
  "The price of a European option with its greeks, or the volatility that a price implies.":
    "Der Preis einer europäischen Option mit ihren Griechen, oder die Volatilität hinter einem Preis.",
  "x % of a number, the share of one number in another, a change in per cent, and a number with x % more or less.":
    "x % einer Zahl, der Anteil einer Zahl an einer anderen, eine Veränderung in Prozent, und eine Zahl mit x % mehr oder weniger.",
  "What one pip of a position is worth in the account's currency.":
    "Was ein Pip einer Position in der Kontowährung wert ist.",
  "The pivot of the last session, with resistances and supports: classic, Fibonacci, Camarilla or Woodie.":
    "Der Pivot der letzten Sitzung, mit Widerständen und Unterstützungen: klassisch, Fibonacci, Camarilla oder Woodie.",
  "How much to trade, so that the stop costs no more than the risk.":
    "Wie viel du handelst, damit der Stop nicht mehr als das Risiko kostet.",
  "What a trade has won or lost, before and after costs.":
    "Was ein Trade gewonnen oder verloren hat, vor und nach Kosten.",
  "The yearly rate that remains after inflation.": "Der jährliche Zins, der nach der Inflation bleibt.",
  "How likely an account that risks the same amount on each trade ever loses a stated part of its balance.":
    "Wie wahrscheinlich ein Konto, das pro Trade denselben Betrag riskiert, je einen angegebenen Teil verliert.",
  "How far the target is, in multiples of the stop, and how often the trade must win.":
    "Wie weit das Ziel entfernt ist, in Vielfachen des Stops, und wie oft der Trade gewinnen muss.",
  "A trade's result in multiples of what it risked at the beginning.":
    "Das Ergebnis eines Trades in Vielfachen dessen, was er am Anfang riskierte.",
  "What regular deposits become with interest.": "Was aus regelmäßigen Einzahlungen mit Zinsen wird.",
  "What a position is charged or credited for the nights that it stays open.":
    "Was eine Position für die Nächte kostet oder einbringt, die sie offen bleibt.",
  "The taxed yield that leaves as much as a tax-free one.":
    "Die versteuerte Rendite, von der so viel bleibt wie von einer steuerfreien.",
  "Pips and prices, lots and units, ounces and grams, basis points and per cent.":
    "Pips und Preise, Lots und Einheiten, Unzen und Gramm, Basispunkte und Prozent.",
  "How long regular deposits take to become an amount.":
    "Wie lange regelmäßige Einzahlungen brauchen, um ein Betrag zu werden.",
  "Interest for days, months or years, without interest on interest.":
    "Zinsen für Tage, Monate oder Jahre, ohne Zinseszins.",
  "How long money lasts with regular withdrawals, or what can be withdrawn for a given time.":
    "Wie lange Geld bei regelmäßiger Entnahme reicht, oder was sich in gegebener Zeit entnehmen lässt.",
  "The yearly return of payments on any days.": "Die jährliche Rendite von Zahlungen an beliebigen Tagen.",
  // What an input means.
  "Nominal.": "Nominal.",
  "Continuous.": "Stetig.",
  "Continuous, without risk.": "Stetig, ohne Risiko.",
  "Instead of years, or on top of them.": "Statt Jahren, oder zusätzlich.",
  "Instead of years and months, or on top of them. A year has 365.":
    "Statt Jahren und Monaten, oder zusätzlich. Ein Jahr hat 365.",
  "It decides the unit and the decimals of amounts. Without it amounts have two decimals.":
    "Bestimmt Einheit und Nachkommastellen der Beträge. Ohne sie sind es zwei.",
  "They are kept back when the loan is paid out.": "Sie werden bei der Auszahlung einbehalten.",
  "In per cent of the face value.": "In Prozent des Nennwerts.",
  "For a face value of 100, without accrued interest. Instead of the yield.":
    "Für einen Nennwert von 100, ohne Stückzinsen. Statt der Rendite.",
  "Average win ÷ average loss.": "Durchschnittlicher Gewinn ÷ durchschnittlicher Verlust.",
  "An amount, or multiples of R.": "Ein Betrag, oder Vielfache von R.",
  "Above zero, in the unit of the win.": "Über null, in der Einheit des Gewinns.",
  "In the unit of win and loss; with a payoff ratio: as a part of the loss (0.1 is a tenth).":
    "In der Einheit von Gewinn und Verlust; beim Auszahlungsverhältnis: als Teil des Verlusts (0,1 ist ein Zehntel).",
  "Daily: 365 times a year.": "Täglich: 365-mal im Jahr.",
  "The pair, such as EURUSD: how many USD one EUR costs.":
    "Das Paar, etwa EURUSD: wie viele USD ein EUR kostet.",
  "The pair, such as GBPUSD: how many USD one GBP costs.":
    "Das Paar, etwa GBPUSD: wie viele USD ein GBP kostet.",
  "Without it they have no unit.": "Ohne sie haben sie keine Einheit.",
  "It decides the unit of the levels.": "Bestimmt die Einheit der Marken.",
  "Nominal: a year's rate, of which each period bears its share. Effective: what a year really yields.":
    "Nominal: der Zins eines Jahres, von dem jede Periode ihren Teil trägt. Effektiv: was ein Jahr wirklich einbringt.",
  "If the amount bears interest meanwhile.": "Falls der Betrag inzwischen Zinsen trägt.",
  "How many the win rate is from.": "Aus wie vielen die Trefferquote ist.",
  "Instead of the term: then the term is computed.": "Statt der Laufzeit: Dann wird die Laufzeit berechnet.",
  "Only for a share, or another instrument that is not listed.":
    "Nur bei einer Aktie, oder einem anderen Instrument, das nicht in der Liste steht.",
  "In lots; for a share, the number of shares.": "In Lots; bei einer Aktie die Zahl der Aktien.",
  "30 stands for 1:30.": "30 steht für 1:30.",
  "The broker closes positions where equity ÷ margin falls to it.":
    "Der Broker schließt Positionen, wenn Eigenkapital ÷ Margin darauf fällt.",
  "Between the currency of the price and the account's, where they differ.":
    "Zwischen der Währung des Kurses und der des Kontos, wo sie sich unterscheiden.",
  "With the down payment, instead of the loan.": "Mit dem Eigenkapital, statt des Darlehens.",
  "In per cent of the loan, instead of the term (anfängliche Tilgung).":
    "In Prozent des Darlehens, statt der Laufzeit (anfängliche Tilgung).",
  "The balance at their end is computed (Zinsbindung).":
    "Die Restschuld an ihrem Ende wird berechnet (Zinsbindung).",
  "Instead of the volatility: then the implied volatility is computed.":
    "Statt der Volatilität: Dann wird die implizite Volatilität berechnet.",
  "of: x % of a number. share: what per cent one number is of another. change: from one number to another, in per cent. add, subtract: a number and x % of it.":
    "Prozent von: x % einer Zahl. Anteil: wie viel Prozent eine Zahl von einer anderen ist. Veränderung: von einer Zahl zur anderen, in Prozent. Plus, minus: eine Zahl und x % davon.",
  "The whole; for a change: the first number.": "Das Ganze; bei einer Veränderung: die erste Zahl.",
  "For a share: the part. For a change: the last number.":
    "Bei einem Anteil: der Teil. Bei einer Veränderung: die letzte Zahl.",
  "In the currency of the price: 10 for a stop that is $10 away.":
    "In der Währung des Kurses: 10 für einen Stop, der 10 $ entfernt ist.",
  "Of the whole trade, in the account's currency.": "Des ganzen Trades, in der Kontowährung.",
  "Credited (above zero) or charged (below zero), in the account's currency.":
    "Gutgeschrieben (über null) oder zu zahlen (unter null), in der Kontowährung.",
  "A loss is below zero.": "Ein Verlust ist unter null.",
  "Mostly the night from Wednesday to Thursday.": "Meist die Nacht von Mittwoch auf Donnerstag.",
  "A night and lot: credited above zero, charged below zero.":
    "Je Nacht und Lot: gutgeschrieben über null, zu zahlen unter null.",
  "On the interest that is taxed.": "Auf die Zinsen, die versteuert werden.",
  "For pips, points, prices, lots and units.": "Für Pips, Punkte, Preise, Lots und Einheiten.",
  "360 on money markets.": "360 an Geldmärkten.",
  "Instead of the time: then the time is computed.": "Statt der Zeit: Dann wird die Zeit berechnet.",
  "After each year, such as for inflation.": "Nach jedem Jahr, etwa für die Inflation.",
  "A day and an amount each, with ; between them: 2024-01-01 -1000; 2024-12-31 1100. Negative: paid in. Positive: paid out, or the value at the end.":
    "Je ein Tag und ein Betrag, mit ; dazwischen: 2024-01-01 -1000; 2024-12-31 1100. Negativ: eingezahlt. Positiv: ausgezahlt, oder der Wert am Ende.",
  // Where specifications come from.
  "By rule: any symbol with the currency of its price is a share.":
    "Nach Regel: Jedes Symbol mit der Währung seines Kurses ist eine Aktie.",
  "By rule: both codes are currencies of ISO 4217.": "Nach Regel: Beide Kürzel sind Währungen nach ISO 4217.",
  "Coin CFD as MetaTrader brokers list it: one coin a lot, a pip of one unit of the quote.":
    "Krypto-CFD, wie MetaTrader-Broker ihn führen: eine Münze pro Lot, ein Pip von einer Einheit der Kurswährung.",
  "Convention of spot foreign exchange at MetaTrader brokers: 100,000 units of the base a lot; a pip is the fourth decimal, the second where the quote is worth about a hundredth.":
    "Konvention des Devisenkassahandels bei MetaTrader-Brokern: 100000 Einheiten der Basis pro Lot; ein Pip ist die vierte Nachkommastelle, die zweite, wo die Kurswährung etwa ein Hundertstel wert ist.",
  "Crude oil CFD as MetaTrader brokers list it: a pip of 0.01.":
    "Rohöl-CFD, wie MetaTrader-Broker ihn führen: ein Pip von 0,01.",
  "Index CFD as MetaTrader brokers list it: one unit of the quote currency a point and lot.":
    "Index-CFD, wie MetaTrader-Broker ihn führen: eine Einheit der Kurswährung pro Punkt und Lot.",
  "Loco London spot metal as MetaTrader brokers list it; the pip is the broker's choice.":
    "Metall am Kassamarkt (Loco London), wie MetaTrader-Broker es führen; der Pip ist Sache des Brokers.",
  "Natural gas CFD as MetaTrader brokers list it: 10,000 MMBtu a lot.":
    "Erdgas-CFD, wie MetaTrader-Broker ihn führen: 10000 MMBtu pro Lot.",
};
