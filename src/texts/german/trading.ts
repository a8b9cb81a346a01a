/** German: results, warnings, assumptions and refusals of calculators about trading. */
export const trading: Readonly<Record<string, string>> = {
  // Results.
  "Really risked": "Wirklich riskiert",
  "Really risked, of the balance": "Wirklich riskiert, vom Konto",
  "Risk allowed": "Erlaubtes Risiko",
  "Risk of {0}": "Risiko von {0}",
  "Stop distance": "Stop-Abstand",
  "Position value": "Positionswert",
  Margin: "Margin",
  "Margin level": "Margin-Niveau",
  "Free margin": "Freie Margin",
  "Equity at the stop-out": "Eigenkapital beim Stop-out",
  "Pips until the stop-out": "Pips bis zum Stop-out",
  "Loss until the stop-out": "Verlust bis zum Stop-out",
  "Net loss": "Nettoverlust",
  "Net profit": "Nettogewinn",
  "Before costs": "Vor Kosten",
  "Move of the price, in the trade's favour": "Kursbewegung zugunsten des Trades",
  "Worth of {0} pips": "Wert von {0} Pips",
  "Pip value in {0}": "Pipwert in {0}",
  "Swap charged": "Swap zu zahlen",
  "Swap credited": "Swap gutgeschrieben",
  "A night": "Je Nacht",
  "Pivot (P)": "Pivot (P)",
  "Retracement {0}": "Retracement {0}",
  "Extension {0}": "Extension {0}",
  "Reward to risk": "Chance zu Risiko",
  "Reward, in price": "Chance als Kursabstand",
  "Risk, in price": "Risiko als Kursabstand",
  "Expectancy a trade": "Erwartungswert pro Trade",
  "In average losses": "In durchschnittlichen Verlusten",
  "Profit factor": "Profitfaktor",
  "Win rate, lower end (95 %)": "Trefferquote, unteres Ende (95 %)",
  "Win rate, upper end (95 %)": "Trefferquote, oberes Ende (95 %)",
  "Kelly, in full": "Kelly, ganz",
  "Half of it": "Die Hälfte davon",
  "Half of it, at most {0} %": "Die Hälfte davon, höchstens {0} %",
  "Risk of ruin, at most": "Ruinrisiko, höchstens",
  "Losses in a row to ruin": "Verluste in Folge bis zum Ruin",
  "Average win a trade, in risks": "Durchschnittlicher Gewinn pro Trade, in Risiken",
  // Steps.
  "{0} × {1} nights": "{0} × {1} Nächte",
  "{0} ÷ ({1}) = {2}, rounded down to steps of {3}": "{0} ÷ ({1}) = {2}, abgerundet auf Schritte von {3}",
  "({0}) ÷ 2, at least 0": "({0}) ÷ 2, mindestens 0",
  "min(({0}) ÷ 2, {1}%), at least 0": "min(({0}) ÷ 2; {1}%), mindestens 0",
  "{0}% ÷ {1}%, rounded up": "{0}% ÷ {1}%, aufgerundet",
  "no edge: 1": "kein Vorteil: 1",
  "Wilson's interval, p = {0}, n = {1}, z = {2}": "Wilsons Intervall, p = {0}, n = {1}, z = {2}",
  " × {0} {1} per {2}": " × {0} {1} pro {2}",
  " ÷ {0} {1} per {2}": " ÷ {0} {1} pro {2}",
  // Warnings and assumptions.
  "{0}: contract size {1} a lot, pip {2} {3}.": "{0}: Kontraktgröße {1} pro Lot, Pip {2} {3}.",
  "{0} is not in the list of instruments. By rule a pip is {1} and a lot is {2} {3}: compare with your broker.":
    "{0} steht nicht in der Liste der Instrumente. Nach der Regel ist ein Pip {1} und ein Lot {2} {3}: Vergleiche mit deinem Broker.",
  "{0} is read as a share that is priced in {1}: whole shares, contract size 1.":
    "{0} ist als Aktie gelesen, deren Kurs in {1} ist: ganze Aktien, Kontraktgröße 1.",
  "{0} is converted to {1} at the price of {2}: {3}.": "{0} ist zum Kurs von {2} in {1} umgerechnet: {3}.",
  "The margin is not computed: state the entry price of {0}.":
    "Die Margin ist nicht berechnet: Gib den Einstiegskurs von {0} an.",
  "The margin of {0} {1} is above the balance: the broker will refuse the order.":
    "Die Margin von {0} {1} liegt über dem Kontostand: Der Broker wird den Auftrag ablehnen.",
  "The margin is above the equity: the broker refuses the order. Trade less, or use a higher leverage.":
    "Die Margin liegt über dem Eigenkapital: Der Broker lehnt den Auftrag ab. Handle weniger, oder nimm einen höheren Hebel.",
  "The equity is at the stop-out already.": "Das Eigenkapital ist schon am Stop-out.",
  "Stop-out level: {0} % of the margin.": "Stop-out-Schwelle: {0} % der Margin.",
  "Size: {0} lot.": "Größe: {0} Lot.",
  "No commission and no swap.": "Keine Kommission und kein Swap.",
  "No costs.": "Keine Kosten.",
  "No night counts three times. Brokers count one night of the week, mostly Wednesday's, three times.":
    "Keine Nacht zählt dreifach. Broker zählen eine Nacht der Woche dreifach, meist die am Mittwoch.",
  "{0} of {1} nights count three times: {2} in all.": "{0} von {1} Nächten zählen dreifach: {2} insgesamt.",
  "One point is a tenth of a pip: {0}. That is MetaTrader's last digit.":
    "Ein Punkt ist ein Zehntel eines Pips: {0}. Das ist die letzte Stelle von MetaTrader.",
  "One point is {0}. Where your broker's last digit is smaller, state the swap in pips.":
    "Ein Punkt ist {0}. Ist die letzte Stelle deines Brokers kleiner, gib den Swap in Pips an.",
  "Kind: {0}.": "Art: {0}.",
  "No open is stated: Woodie's pivot is computed with the close.":
    "Keine Eröffnung ist angegeben: Woodies Pivot ist mit dem Schluss berechnet.",
  "The move goes down: retracements are above its end.":
    "Die Bewegung geht abwärts: Retracements liegen über ihrem Ende.",
  "The move goes up: retracements are below its end.":
    "Die Bewegung geht aufwärts: Retracements liegen unter ihrem Ende.",
  "The level is not above zero: no price is there.": "Die Marke liegt nicht über null: Dort ist kein Kurs.",
  "Long: the stop is below the entry.": "Long: Der Stop liegt unter dem Einstieg.",
  "Short: the stop is above the entry.": "Short: Der Stop liegt über dem Einstieg.",
  "The target is closer than the stop: most trades must win.":
    "Das Ziel ist näher als der Stop: Die meisten Trades müssen gewinnen.",
  "The loss is above the initial risk: the stop was moved, or the price jumped over it.":
    "Der Verlust liegt über dem anfänglichen Risiko: Der Stop wurde bewegt, oder der Kurs übersprang ihn.",
  "{0} trades are a small sample.": "{0} Trades sind eine kleine Stichprobe.",
  "The break-even win rate of {0} % lies within the interval: the sample does not show whether the trades win.":
    "Die nötige Trefferquote von {0} % liegt im Intervall: Die Stichprobe zeigt nicht, ob die Trades gewinnen.",
  "Without the number of trades nobody can say how sure this is. State it.":
    "Ohne die Zahl der Trades kann niemand sagen, wie sicher das ist. Gib sie an.",
  "There is no losing trade: the profit factor is not defined.":
    "Es gibt keinen Verlusttrade: Der Profitfaktor ist nicht definiert.",
  "{0} trades are too few: a win rate from fewer than {1} trades is chance. Come back with {2} or more.":
    "{0} Trades sind zu wenig: Eine Trefferquote aus weniger als {1} Trades ist Zufall. Komm mit {2} oder mehr wieder.",
  "Kelly is not above zero: these trades lose on average. Risk nothing on them.":
    "Kelly liegt nicht über null: Diese Trades verlieren im Durchschnitt. Riskiere nichts darauf.",
  "Kelly takes the win rate for certain. From fewer than {0} trades it is chance: state how many trades it is from.":
    "Kelly nimmt die Trefferquote als sicher. Aus weniger als {0} Trades ist sie Zufall: Gib an, aus wie vielen sie ist.",
  "Every loss is the whole amount at risk, and trades do not depend on each other.":
    "Jeder Verlust ist der ganze riskierte Betrag, und Trades hängen nicht voneinander ab.",
  "These trades win nothing on average: with time the ruin is certain.":
    "Diese Trades gewinnen im Durchschnitt nichts: Mit der Zeit ist der Ruin sicher.",
  "The risk is below 0.00005 %. It is above zero.":
    "Das Risiko liegt unter 0,00005 %. Es ist größer als null.",
  "Each trade risks the same amount, {0} % of the first balance, for ever; wins and losses always have the same size, and no trade depends on another.":
    "Jeder Trade riskiert für immer denselben Betrag, {0} % des anfänglichen Kontos; Gewinne und Verluste sind immer gleich groß, und kein Trade hängt von einem anderen ab.",
  "The payoff ratio is no whole number: the figure is an upper bound.":
    "Das Auszahlungsverhältnis ist keine ganze Zahl: Die Zahl ist eine obere Grenze.",
  "The costs are not below the win: no win rate is enough.":
    "Die Kosten liegen nicht unter dem Gewinn: Keine Trefferquote reicht.",
  // Refusals.
  "The smallest position, {0}, loses {1} {2} at the stop, more than the risk of {3} {4}. Move the stop closer, or risk more.":
    "Die kleinste Position, {0}, verliert am Stop {1} {2}, mehr als das Risiko von {3} {4}. Setze den Stop näher, oder riskiere mehr.",
  "State the risk: in % of the balance, or as an amount.":
    "Gib das Risiko an: in % des Kontos, oder als Betrag.",
  "The risk of {0} {1} is above the balance of {2} {3}. State a smaller one.":
    "Das Risiko von {0} {1} liegt über dem Kontostand von {2} {3}. Gib ein kleineres an.",
  "State the account balance: {0}% of it is the risk.": "Gib den Kontostand an: {0}% davon sind das Risiko.",
  "{0}% of {1} is {2} {3}, not {4}. State the risk once.":
    "{0}% von {1} sind {2} {3}, nicht {4}. Gib das Risiko einmal an.",
  "A point of {0} is not the same size everywhere. State the stop in pips (1 pip = {1} {2}), or entry and stop price.":
    "Ein Punkt von {0} ist nicht überall gleich groß. Gib den Stop in Pips an (1 Pip = {1} {2}), oder Einstiegs- und Stoppkurs.",
  "A point of {0} is not the same size everywhere. Use pips: one is {1}.":
    "Ein Punkt von {0} ist nicht überall gleich groß. Nimm Pips: Einer ist {1}.",
  "State the entry price, too: the stop price alone is no distance.":
    "Gib auch den Einstiegskurs an: Der Stoppkurs allein ist kein Abstand.",
  "State the entry price, too: the stop is {0}% of it.":
    "Gib auch den Einstiegskurs an: Der Stop ist {0}% davon.",
  "The stop price is the entry price. State a stop that is below or above the entry.":
    "Der Stoppkurs ist der Einstiegskurs. Gib einen Stop unter oder über dem Einstieg an.",
  "State the stop: in pips, in points, as a distance in price, or as entry and stop price. It is above zero.":
    "Gib den Stop an: in Pips, in Punkten, als Abstand im Kurs, oder als Einstiegs- und Stoppkurs. Er liegt über null.",
  "The stop is stated twice: {0} is {1} {2}, {3} is {4}. State it once.":
    "Der Stop ist zweimal angegeben: {0} sind {1} {2}, {3} sind {4}. Gib ihn einmal an.",
  "{0} is priced in {1}, not in {2}. Leave the currency of the price out.":
    "{0} hat einen Kurs in {1}, nicht in {2}. Lass die Währung des Preises weg.",
  "{0} is not an instrument. State its symbol, such as EURUSD, XAUUSD, US30 or BTCUSD.":
    "{0} ist kein Instrument. Gib sein Symbol an, etwa EURUSD, XAUUSD, US30 oder BTCUSD.",
  "The instrument {0} is unknown. State a listed one, such as EURUSD or XAUUSD; for a share, state the currency of its price, too.":
    "Das Instrument {0} ist unbekannt. Gib eines der Liste an, etwa EURUSD oder XAUUSD; bei einer Aktie auch die Währung ihres Kurses.",
  "{0} is not a currency's code. State the currency of the share's price, such as USD.":
    "{0} ist kein Kürzel einer Währung. Gib die Währung des Aktienkurses an, etwa USD.",
  "{0} is not a currency's code. State the account currency, such as USD or EUR.":
    "{0} ist kein Kürzel einer Währung. Gib die Kontowährung an, etwa USD oder EUR.",
  "{0} is priced in {1} and the account is in {2}.": "{0} hat einen Kurs in {1}, und das Konto ist in {2}.",
  "{0} State the price of {1}, or a conversion rate with its pair.":
    "{0} Gib den Kurs von {1} an, oder einen Umrechnungskurs mit seinem Paar.",
  "{0} State the price of {1}{2} or of {3}{4} as the conversion rate, and which of the two it is.":
    "{0} Gib den Kurs von {1}{2} oder von {3}{4} als Umrechnungskurs an, und welcher von beiden es ist.",
  "{0} does not convert {1} to {2}. {3}": "{0} rechnet nicht {1} in {2} um. {3}",
  "State which price {0} is: {1} ({2} for one {3}) or {4} ({5} for one {6}).":
    "Gib an, welcher Kurs {0} ist: {1} ({2} für einen {3}) oder {4} ({5} für einen {6}).",
  "State the price of {0}: the margin is a part of the position's value.":
    "Gib den Kurs von {0} an: Die Margin ist ein Teil des Positionswerts.",
  "State the swap of a night: in points, or in pips.":
    "Gib den Swap einer Nacht an: in Punkten, oder in Pips.",
  "State the swap once: in points, or in pips.": "Gib den Swap einmal an: in Punkten, oder in Pips.",
  "{0} of {1} nights cannot count three times. State all nights, then those that count three times.":
    "{0} von {1} Nächten können nicht dreifach zählen. Gib alle Nächte an, dann die dreifachen.",
  "Only Woodie's pivot points use the open. Leave it out, or choose Woodie.":
    "Nur Woodies Pivot-Punkte brauchen die Eröffnung. Lass sie weg, oder wähle Woodie.",
  "The close of {0} is not between the low of {1} and the high of {2}. Check the three prices.":
    "Der Schluss von {0} liegt nicht zwischen dem Tief von {1} und dem Hoch von {2}. Prüfe die drei Kurse.",
  "The low of {0} is above the high of {1}. Swap them.":
    "Das Tief von {0} liegt über dem Hoch von {1}. Tausche beide.",
  "The move begins and ends at the same price. State two prices.":
    "Die Bewegung beginnt und endet beim selben Kurs. Gib zwei Kurse an.",
  "The target and the stop are on the same side of the entry. State one above it and one below.":
    "Ziel und Stop liegen auf derselben Seite des Einstiegs. Gib eines darüber und eines darunter an.",
  "The target is the entry price. State a target that is above or below the entry.":
    "Das Ziel ist der Einstiegskurs. Gib ein Ziel über oder unter dem Einstieg an.",
  "State either profit and initial risk, or the three prices, not some of both.":
    "Gib entweder Gewinn und anfängliches Risiko an, oder die drei Kurse, nicht von beidem etwas.",
  "State profit and initial risk, or entry, stop and exit prices.":
    "Gib Gewinn und anfängliches Risiko an, oder Einstiegs-, Stopp- und Ausstiegskurs.",
  "State the profit, too; a loss is below zero.": "Gib auch den Gewinn an; ein Verlust ist unter null.",
  "State the initial risk, too: the profit is a multiple of it.":
    "Gib auch das anfängliche Risiko an: Der Gewinn ist ein Vielfaches davon.",
  "State the stop price of the beginning, too.": "Gib auch den anfänglichen Stoppkurs an.",
  "State the exit price, too.": "Gib auch den Ausstiegskurs an.",
  "State either the payoff ratio, or average win and average loss.":
    "Gib entweder das Auszahlungsverhältnis an, oder durchschnittlichen Gewinn und Verlust.",
  "State the payoff ratio, or average win and average loss.":
    "Gib das Auszahlungsverhältnis an, oder durchschnittlichen Gewinn und Verlust.",
  "State the average loss, too; it is above zero.":
    "Gib auch den durchschnittlichen Verlust an; er liegt über null.",
  "Average win and average loss differ more than {0} times. Check both.":
    "Durchschnittlicher Gewinn und Verlust liegen mehr als {0}-fach auseinander. Prüfe beide.",
  "State either the win rate, or winning trades and all trades.":
    "Gib entweder die Trefferquote an, oder Gewinntrades und alle Trades.",
  "State the win rate, or winning trades and all trades.":
    "Gib die Trefferquote an, oder Gewinntrades und alle Trades.",
  "State the number of all trades, too: the win rate is a share of it.":
    "Gib auch die Zahl aller Trades an: Die Trefferquote ist ein Anteil davon.",
  "{0} of {1} trades cannot win. State the winning trades, then all trades.":
    "{0} von {1} Trades können nicht gewinnen. Gib die Gewinntrades an, dann alle Trades.",
};
