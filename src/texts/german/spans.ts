/** German: what is said of spans, seasons, sessions and setups. */
export const spans: Readonly<Record<string, string>> = {
  "The size is not computed: {0}": "Die Größe wird nicht berechnet: {0}",
  "since {0}, by the clock of {1}": "seit {0}, nach der Uhr von {1}",
  "from {0} to the end of {1}, by the clock of {2}": "von {0} bis Ende {1}, nach der Uhr von {2}",
  "Span:": "Zeitraum:",
  "There are no bars of {0} in this span": "In diesem Zeitraum gibt es keine Kerzen von {0}",
  "The span begins at {0}, and the data reaches from {1} to {2}. No figure is made up. [Import newer rows](/data), or ask for another span.":
    "Der Zeitraum beginnt am {0}, und die Daten reichen von {1} bis {2}. Es wird keine Zahl erfunden. [Importiere neuere Zeilen](/data) oder frage nach einem anderen Zeitraum.",
  "The data of {0} ends at {1}, before the span does.":
    "Die Daten von {0} enden am {1}, vor dem Ende des Zeitraums.",
  "The data of {0} begins at {1}, after the span does.":
    "Die Daten von {0} beginnen am {1}, nach dem Beginn des Zeitraums.",
  "The rule gives no stop at the last bar. There are {0} bars; take another rule.":
    "Die Regel ergibt an der letzten Kerze keinen Stop. Es gibt {0} Kerzen; nimm eine andere Regel.",
  "The rule puts stop or target beyond all prices. Take a smaller multiple.":
    "Die Regel legt Stop oder Ziel jenseits aller Preise. Nimm ein kleineres Vielfaches.",
  Entry: "Einstieg",
  "the last close of {0}": "der letzte von {0} Schlusskursen",
  "{0} {1} {2}, the extreme of {3} bars": "{0} {1} {2}, das Extrem von {3} Kerzen",
  Target: "Ziel",
  "Risk in the price": "Risiko im Preis",
  "from {0} to {1}": "von {0} bis {1}",
  "from {0} to {1}, over the risk": "von {0} bis {1}, geteilt durch das Risiko",
  "Share of rises": "Anteil der Anstiege",
  "no case": "kein Fall",
  Rises: "Anstiege",
  "Woodie's pivot is computed with the close.": "Woodies Pivot wird mit dem Schlusskurs berechnet.",
  "beyond {0} bars on each side": "jenseits von {0} Kerzen auf jeder Seite",
  "There is none in this span.": "In diesem Zeitraum gibt es keines.",
  "Last swing high": "Letztes Swing-Hoch",
  "Swing high before": "Swing-Hoch davor",
  "Last swing low": "Letztes Swing-Tief",
  "Swing low before": "Swing-Tief davor",
  "Bars on each side: {0}": "Kerzen auf jeder Seite: {0}",
  "There is no whole session of this kind in the data that is over.":
    "In den Daten gibt es keine ganze Einheit dieser Art, die zu Ende ist.",
  "High of the session": "Hoch der Sitzung",
  "the highest of {0} highs": "das höchste von {0} Hochs",
  "Low of the session": "Tief der Sitzung",
  "the lowest of {0} lows": "das tiefste von {0} Tiefs",
  "Close of the session": "Schluss der Sitzung",
  "the last of {0} closes": "der letzte von {0} Schlusskursen",
  "Change in the price": "Veränderung im Preis",
  "First close": "Erster Schlusskurs",
  "Last close": "Letzter Schlusskurs",
  Range: "Spanne",
  "How much the price changed from one close to another, in per cent and in the price.":
    "Wie stark sich der Preis von einem Schlusskurs zum anderen änderte, in Prozent und im Preis.",
  "change = last close ÷ first close − 1; the first close is that of the last bar that was over when the span began":
    "Veränderung = letzter Schluss ÷ erster Schluss − 1; der erste Schluss ist der der letzten Kerze, die zu Ende war, als der Zeitraum begann",
  "The pivot of the last day, week or month that is over, with resistances and supports.":
    "Der Pivot des letzten Tages, der letzten Woche oder des letzten Monats, mit Widerständen und Unterstützungen.",
  "classic: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0.382, 0.618, 1 × (H − L); Camarilla: C ± 1.1 × (H − L) ÷ 12, 6, 4, 2; Woodie: classic with P = (H + L + 2C) ÷ 4; H, L and C of the last session that is over":
    "klassisch: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0,382, 0,618, 1 × (H − L); Camarilla: C ± 1,1 × (H − L) ÷ 12, 6, 4, 2; Woodie: klassisch mit P = (H + L + 2C) ÷ 4; H, L und C der letzten Sitzung, die zu Ende ist",
  Session: "Sitzung",
  week: "Woche",
  "Sessions left out at the end": "Am Ende ausgelassene Sitzungen",
  "High and low": "Hoch und Tief",
  "The highest and the lowest price of a span, and when they were.":
    "Der höchste und der tiefste Preis eines Zeitraums und wann sie waren.",
  "high = the highest high of the bars; low = their lowest low; of equal ones the first":
    "Hoch = das höchste Hoch der Kerzen; Tief = ihr tiefstes Tief; von gleichen das erste",
  Seasonality: "Saisonalität",
  "How often the price rose in each month of the year or on each day of the week.":
    "Wie oft der Preis in jedem Monat des Jahres oder an jedem Wochentag stieg.",
  "return of a month = its last close ÷ the last close of the month before − 1; of a weekday = the day's last close ÷ the last close of the day before that has bars − 1; by the clock of the zone; share = rises ÷ (rises + falls), interval by Wilson, 95 %; the last month or day of the data counts only when bars follow it, and a month only when the one before it is there":
    "Rendite eines Monats = sein letzter Schluss ÷ letzter Schluss des Monats davor − 1; eines Wochentags = letzter Schluss des Tages ÷ letzter Schluss des Tages davor, der Kerzen hat, − 1; nach der Uhr der Zone; Anteil = Anstiege ÷ (Anstiege + Rückgänge), Intervall nach Wilson, 95 %; der letzte Monat oder Tag der Daten zählt nur, wenn Kerzen folgen, und ein Monat nur, wenn der davor da ist",
  weekday: "Wochentag",
  Only: "Nur",
  "Empty: all of them.": "Leer: alle.",
  January: "Januar",
  February: "Februar",
  March: "März",
  April: "April",
  May: "Mai",
  June: "Juni",
  July: "Juli",
  August: "August",
  September: "September",
  October: "Oktober",
  November: "November",
  December: "Dezember",
  Monday: "Montag",
  Tuesday: "Dienstag",
  Wednesday: "Mittwoch",
  Thursday: "Donnerstag",
  Friday: "Freitag",
  Saturday: "Samstag",
  Sunday: "Sonntag",
  "Levels of the session before": "Marken der Sitzung davor",
  "High, low and close of the last day, week or month that is over.":
    "Hoch, Tief und Schluss des letzten Tages, der letzten Woche oder des letzten Monats, sobald sie zu Ende sind.",
  "high = highest high, low = lowest low, close = last close of the bars of the session; a session is a day, a week from Monday or a month by the clock of the zone, and the data holds a bar before it":
    "Hoch = höchstes Hoch, Tief = tiefstes Tief, Schluss = letzter Schluss der Kerzen der Sitzung; eine Sitzung ist ein Tag, eine Woche ab Montag oder ein Monat nach der Uhr der Zone, und davor haben die Daten eine Kerze",
  Setup: "Setup",
  "Entry, stop and target by your own rule, and how often that rule reached its target before.":
    "Einstieg, Stop und Ziel nach deiner eigenen Regel und wie oft sie ihr Ziel früher erreichte.",
  "entry = last close; risk = multiple × ATR, or the way to the lowest low (short: the highest high) of the bars; stop = entry − risk, target = entry + reward × risk (short: the other way round); base rate: the same rule at each earlier bar (with ATR from bar 4 × n + 1 on) at which the condition held, from its close; win: the target was touched before the stop; share = wins ÷ (wins + losses), interval by Wilson, 95 %; a bar that touches both, and a case that touches neither, count apart":
    "Einstieg = letzter Schluss; Risiko = Vielfaches × ATR oder der Weg zum tiefsten Tief (short: höchsten Hoch) der Kerzen; Stop = Einstieg − Risiko, Ziel = Einstieg + Ertrag × Risiko (short: umgekehrt); Basisrate: dieselbe Regel bei jeder früheren Kerze (bei ATR ab Kerze 4 × n + 1), an der die Bedingung galt, ab ihrem Schluss; Gewinn: das Ziel wurde vor dem Stop berührt; Anteil = Gewinne ÷ (Gewinne + Verluste), Intervall nach Wilson, 95 %; eine Kerze, die beide berührt, und ein Fall, der keines berührt, zählen getrennt",
  "Rule of the stop": "Regel des Stops",
  "extreme of bars": "Extrem der Kerzen",
  "Average true ranges to the stop": "Vielfaches der ATR bis zum Stop",
  "Bars of the stop's rule": "Kerzen der Stop-Regel",
  "Target, in multiples of the risk": "Ziel in Vielfachen des Risikos",
  "Swing highs and lows": "Swing-Hochs und -Tiefs",
  "The last prices at which the market turned, by a stated rule.":
    "Die letzten Preise, an denen der Markt nach einer genannten Regel drehte.",
  "swing high: a high above the highs of the n bars before it and of the n bars after it, all of which are there; swing low: the same with lows; equal highs or lows are none":
    "Swing-Hoch: ein Hoch über den Hochs der n Kerzen davor und der n Kerzen danach, die alle da sind; Swing-Tief: dasselbe mit Tiefs; gleiche Hochs oder Tiefs sind keines",
  "Bars on each side": "Kerzen auf jeder Seite",
  "There are remarks on the data of {0}: [see its passport]({1}).":
    "Zu den Daten von {0} gibt es Bemerkungen: [zum Steckbrief]({1}).",
  "The bars of {0} do not begin and end with this span: a figure of them would be of another one. Import shorter bars, or ask for a span of whole bars.":
    "Die Kerzen von {0} beginnen und enden nicht mit diesem Zeitraum: Eine Zahl aus ihnen wäre von einem anderen. Importiere kürzere Kerzen oder frage nach einem Zeitraum aus ganzen Kerzen.",
  "{0} series fit, and not all of them are shown. Name a timeframe to choose one.":
    "{0} Reihen passen, und nicht alle werden gezeigt. Nenne eine Zeiteinheit, um eine zu wählen.",
  "{0} is left out: {1}": "{0} ist ausgelassen: {1}",
  "The data of {0} ends at {1}: the figure is of then.":
    "Die Daten von {0} enden am {1}: Die Zahl ist von damals.",
  "The data of {0} begins with the span: the change is from its first close.":
    "Die Daten von {0} beginnen mit dem Zeitraum: Die Veränderung ist die ab seinem ersten Schlusskurs.",
  "The bars of {0} begin and end at other times than the span: the figure is of {1} to {2}.":
    "Die Kerzen von {0} beginnen und enden zu anderen Zeiten als der Zeitraum: Die Zahl gilt von {1} bis {2}.",
  "The bars of {0} are no parts of the sessions that this is computed of. Take a series of shorter bars.":
    "Die Kerzen von {0} sind keine Teile der Sitzungen, aus denen das berechnet wird. Nimm eine Reihe mit kürzeren Kerzen.",
  "From 1 observation of {0}, {1} to {2}.": "Aus 1 Beobachtung von {0}, {1} bis {2}.",
  "There is 1 bar in this span; at least {0} are needed.":
    "In diesem Zeitraum gibt es 1 Kerze; mindestens {0} sind nötig.",
  "the high of the bar": "das Hoch der Kerze",
  "the low of the bar": "das Tief der Kerze",
  "the close of the bar": "der Schlusskurs der Kerze",
  "The data ends at {0}, perhaps within its last session: that one is left out.":
    "Die Daten enden am {0}, vielleicht mitten in ihrer letzten Sitzung: Sie ist ausgelassen.",
  "price¦Stop": "Stop",
};
