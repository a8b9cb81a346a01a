/** German: what statistics say. */
export const statistics: Readonly<Record<string, string>> = {
  Returns: "Renditen",
  "Realised volatility": "Realisierte Volatilität",
  "Correlation and beta": "Korrelation und Beta",
  "Maximum drawdown": "Maximaler Drawdown",
  "Sharpe ratio": "Sharpe-Ratio",
  "Sortino ratio": "Sortino-Ratio",
  "Base rate": "Basisrate",
  "How much the price changed over a span, and in its best and worst bars.":
    "Wie stark sich der Preis in einem Zeitraum änderte, auch in seiner besten und schlechtesten Kerze.",
  "How much the price scattered, as a share a year.": "Wie stark der Preis streute, als Anteil im Jahr.",
  "How closely two prices move together, and how much the first moves with the second.":
    "Wie eng zwei Preise sich gemeinsam bewegen und wie stark der erste dem zweiten folgt.",
  "The deepest fall from a high close, when it was, and whether it was made good.":
    "Der tiefste Fall von einem hohen Schluss, wann er war und ob er aufgeholt wurde.",
  "The return above a safe rate, for each unit of its scatter, a year.":
    "Die Rendite über einem sicheren Zins je Einheit ihrer Streuung, im Jahr.",
  "The return above a target, for each unit of its falls below it, a year.":
    "Die Rendite über einem Ziel je Einheit ihrer Abweichung nach unten, im Jahr.",
  "How often the price rose or fell after a condition, and in how many cases.":
    "Wie oft der Preis nach einer Bedingung stieg oder fiel und in wie vielen Fällen.",
  "Bars a year": "Kerzen im Jahr",
  "Empty: as observed in the data.": "Leer: wie in den Daten beobachtet.",
  "Safe rate a year": "Sicherer Zins im Jahr",
  "Target a year": "Ziel im Jahr",
  Condition: "Bedingung",
  "Bars of the condition": "Kerzen der Bedingung",
  Level: "Schwelle",
  "Per cent of a change, or the value of the RSI.": "Prozent einer Änderung oder der Wert des RSI.",
  "Bars until the outcome": "Kerzen bis zum Ergebnis",
  "Stop, in % of the entry": "Stop in % des Einstiegs",
  "Target, in % of the entry": "Ziel in % des Einstiegs",
  "any bar": "jede Kerze",
  "falling closes": "fallende Schlusskurse",
  "rising closes": "steigende Schlusskurse",
  "fall of at least": "Fall um mindestens",
  "rise of at least": "Anstieg um mindestens",
  "close above the high of": "Schluss über dem Hoch von",
  "close below the low of": "Schluss unter dem Tief von",
  "close above the SMA": "Schluss über der SMA",
  "close below the SMA": "Schluss unter der SMA",
  "RSI above": "RSI über",
  "RSI below": "RSI unter",
  Return: "Rendite",
  "Mean return of a bar": "Mittlere Rendite einer Kerze",
  "Best bar": "Beste Kerze",
  "Worst bar": "Schlechteste Kerze",
  "Rising bars": "Steigende Kerzen",
  "Volatility of a bar": "Volatilität einer Kerze",
  Correlation: "Korrelation",
  Beta: "Beta",
  "Pairs of returns": "Renditepaare",
  Peak: "Hochpunkt",
  Trough: "Tiefpunkt",
  Recovery: "Erholung",
  "Drawdown at the last bar": "Drawdown an der letzten Kerze",
  Wins: "Gewinne",
  Cases: "Fälle",
  "Number of wins": "Anzahl der Gewinne",
  "Number of losses": "Anzahl der Verluste",
  "Touched stop and target in one bar": "Stop und Ziel in derselben Kerze berührt",
  "Touched neither stop nor target": "Weder Stop noch Ziel berührt",
  "Neither risen nor fallen": "Weder gestiegen noch gefallen",
  "Median return": "Mediane Rendite",
  "Wins in the first half of the span": "Gewinne in der ersten Hälfte des Zeitraums",
  "Wins in the second half of the span": "Gewinne in der zweiten Hälfte des Zeitraums",
  "Wins over all bars": "Gewinne über alle Kerzen",
  "({0} ÷ {1})^(1 ÷ {2} years) − 1": "({0} ÷ {1})^(1 ÷ {2} Jahre) − 1",
  "a close of {0}": "ein Schluss von {0}",
  "counted in {0} cases": "gezählt in {0} Fällen",
  "covariance ÷ variance of the second, {0} pairs": "Kovarianz ÷ Varianz des zweiten, {0} Paare",
  "standard deviation of {0} log returns": "Standardabweichung von {0} Log-Renditen",
  "sum of {0} returns ÷ {1}": "Summe von {0} Renditen ÷ {1}",
  "the middle one of {0} returns": "die mittlere von {0} Renditen",
  "{0} pairs of log returns": "{0} Paare von Log-Renditen",
  "{0} times that both have": "{0} Zeitpunkte, die beide haben",
  "{0} ÷ highest close − 1": "{0} ÷ höchster Schluss − 1",
  "{0} ÷ years of the span": "{0} ÷ Jahre des Zeitraums",
  "Bars a year: {0}, as observed in {1} bars of this span":
    "Kerzen im Jahr: {0}, wie in {1} Kerzen dieses Zeitraums beobachtet",
  "Bars without a partner at the same time were left out: {0} of the first, {1} of the second.":
    "Kerzen ohne Gegenstück zur selben Zeit blieben außen vor: {0} der ersten, {1} der zweiten Reihe.",
  "Name a second dataset to compare with.": "Nenne einen zweiten Datensatz zum Vergleich.",
  "No costs and no spread": "Ohne Kosten und ohne Spread",
  "No return is below the target.": "Keine Rendite liegt unter dem Ziel.",
  "One of the prices does not move.": "Einer der Preise bewegt sich nicht.",
  "State stop and target, or neither of them.": "Gib Stop und Ziel an oder keines von beiden.",
  "State the level: per cent of a change, or the value of the RSI.":
    "Gib die Schwelle an: Prozent einer Änderung oder den Wert des RSI.",
  "The price has not come back to the peak by the last bar.":
    "Der Preis ist bis zur letzten Kerze nicht zum Hochpunkt zurückgekehrt.",
  "The price never closed below an earlier close.": "Der Preis schloss nie unter einem früheren Schluss.",
  "The returns do not scatter.": "Die Renditen streuen nicht.",
  "The span is shorter than 30 days: a figure for a year says little.":
    "Der Zeitraum ist kürzer als 30 Tage: eine Zahl für ein Jahr sagt wenig.",
  "The span is shorter than a year.": "Der Zeitraum ist kürzer als ein Jahr.",
  "The two datasets share {0} times; at least {1} are needed.":
    "Die zwei Datensätze haben {0} Zeitpunkte gemeinsam; mindestens {1} sind nötig.",
  "The days of this series begin at {0}:00 in {1}, and count as the weekday on which they begin. Choose the time zone in which they begin at midnight, such as EET.":
    "Die Tage dieser Kursreihe beginnen um {0}:00 Uhr in {1} und zählen als der Wochentag, an dem sie beginnen. Wähle die Zeitzone, in der sie um Mitternacht beginnen, etwa EET.",
  "There are only {0} cases: the share may be chance.": "Es gibt nur {0} Fälle: der Anteil kann Zufall sein.",
  "There are prices at or below zero: they have no returns. Choose another span.":
    "Es gibt Preise bei oder unter null: sie haben keine Renditen. Wähle einen anderen Zeitraum.",
  "There are too few bars.": "Es gibt zu wenige Kerzen.",
  "There are {0} bars in this span; at least {1} are needed.":
    "In diesem Zeitraum gibt es {0} Kerzen; mindestens {1} sind nötig.",
  "There is no such case in this span.": "In diesem Zeitraum gibt es keinen solchen Fall.",
  "{0} of {1} cases began before an earlier one had ended: they are not independent, and the interval is too narrow.":
    "{0} von {1} Fällen begannen, bevor ein früherer endete: sie sind nicht unabhängig, und das Intervall ist zu eng.",
  "Sharpe = mean ÷ standard deviation (n − 1) of (close ÷ close before − 1 − safe rate of a bar) × √(bars a year); safe rate of a bar = (1 + safe rate)^(1 ÷ bars a year) − 1":
    "Sharpe = Mittelwert ÷ Standardabweichung (n − 1) von (Schluss ÷ Schluss davor − 1 − sicherer Zins einer Kerze) × √(Kerzen im Jahr); sicherer Zins einer Kerze = (1 + sicherer Zins)^(1 ÷ Kerzen im Jahr) − 1",
  "Sortino = mean(r) ÷ √(sum of min(r, 0)² ÷ n) × √(bars a year), r = close ÷ close before − 1 − target of a bar, n = all returns; target of a bar = (1 + target)^(1 ÷ bars a year) − 1":
    "Sortino = Mittelwert(r) ÷ √(Summe von min(r, 0)² ÷ n) × √(Kerzen im Jahr), r = Schluss ÷ Schluss davor − 1 − Ziel einer Kerze, n = alle Renditen; Ziel einer Kerze = (1 + Ziel)^(1 ÷ Kerzen im Jahr) − 1",
  "a case begins at the close of each bar at which the condition holds; win: the close some bars later is better, or the target is touched before the stop; share = wins ÷ (wins + losses), interval by Wilson, 95 %; a bar that touches stop and target, and a case that touches neither, count apart":
    "ein Fall beginnt beim Schluss jeder Kerze, an der die Bedingung gilt; Gewinn: der Schluss einige Kerzen später ist besser, oder das Ziel wird vor dem Stop berührt; Anteil = Gewinne ÷ (Gewinne + Verluste), Intervall nach Wilson, 95 %; eine Kerze, die Stop und Ziel berührt, und ein Fall, der keines berührt, zählen getrennt",
  "correlation = covariance ÷ (deviation × deviation) of the log returns between bars that both series have at the same time; nothing is filled in; beta = covariance ÷ variance of the second; interval by Fisher: tanh(artanh(r) ± 1.96 ÷ √(n − 3))":
    "Korrelation = Kovarianz ÷ (Abweichung × Abweichung) der Log-Renditen zwischen Kerzen, die beide Reihen zur selben Zeit haben; nichts wird aufgefüllt; Beta = Kovarianz ÷ Varianz der zweiten; Intervall nach Fisher: tanh(artanh(r) ± 1,96 ÷ √(n − 3))",
  "drawdown = close ÷ highest close so far − 1; the maximum is the lowest of them; peak = the last highest close before it; recovery = the first close after it at or above the peak":
    "Drawdown = Schluss ÷ bisher höchster Schluss − 1; der maximale ist der niedrigste davon; Hochpunkt = der letzte höchste Schluss davor; Erholung = der erste Schluss danach auf oder über dem Hochpunkt",
  "return = last close ÷ first close − 1; a year: (1 + return)^(365.25 ÷ days) − 1, from one year on; of a bar: close ÷ close before − 1":
    "Rendite = letzter Schluss ÷ erster Schluss − 1; im Jahr: (1 + Rendite)^(365,25 ÷ Tage) − 1, ab einem Jahr; einer Kerze: Schluss ÷ Schluss davor − 1",
  "volatility = standard deviation (n − 1) of ln(close ÷ close before) × √(bars a year); bars a year as observed: bars after the first ÷ years between the first and the last":
    "Volatilität = Standardabweichung (n − 1) von ln(Schluss ÷ Schluss davor) × √(Kerzen im Jahr); Kerzen im Jahr wie beobachtet: Kerzen nach der ersten ÷ Jahre zwischen der ersten und der letzten",
};
