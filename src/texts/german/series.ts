/** German: price series and what is computed over them. */
export const series: Readonly<Record<string, string>> = {
  "There is no such dataset.": "Diese Daten gibt es nicht.",
  "There is no such import.": "Diesen Import gibt es nicht.",
  "There is no time zone of this name. Write one such as Europe/Berlin, EET or UTC.":
    "Eine Zeitzone mit diesem Namen gibt es nicht. Schreib eine wie Europe/Berlin, EET oder UTC.",
  "There is no such timeframe. There are: {0}.": "Diese Zeiteinheit gibt es nicht. Es gibt: {0}.",
  "The symbol must not be empty.": "Das Symbol darf nicht leer sein.",
  "The rows behind it have changed since.": "Die Zeilen dahinter haben sich seitdem geändert.",
  "There is no data yet. Import a file of prices first.":
    "Es gibt noch keine Daten. Importiere zuerst eine Datei mit Kursen.",
  "Several datasets fit. Name one: {0}.": "Mehrere Datensätze passen. Nenne einen: {0}.",
  "{0} must be a time, such as 2024-03-01T12:00:00Z.": "{0} muss eine Zeit sein, etwa 2024-03-01T12:00:00Z.",
  "In 95 of 100 samples it lies between {0} and {1}.":
    "In 95 von 100 Stichproben liegt es zwischen {0} und {1}.",
  "From {0} observations of {1}, {2} to {3}.": "Aus {0} Beobachtungen von {1}, {2} bis {3}.",
  "{0}: {1} is not allowed to be {2}.": "{0}: {1} darf nicht {2} sein.",
  "There are no bars.": "Es gibt keine Kerzen.",
  Bar: "Kerze",
  "{0} over {1} bars of {2}, up to {3}": "{0} über {1} Kerzen von {2}, bis {3}",
  "{0} is still settling: it needs about {1} bars, and there are {2}.":
    "{0} schwingt noch ein: Nötig sind etwa {1} Kerzen, da sind {2}.",
  "{0} is undefined at this bar.": "{0} ist bei dieser Kerze nicht definiert.",
  "The bars change from {0} to {1} at {2}: nothing is computed across that. Use a span on one side of it.":
    "Die Kerzen wechseln am {2} von {0} auf {1}: Darüber hinweg wird nichts berechnet. Nimm einen Zeitraum auf einer Seite davon.",
  "This needs a volume, and the data has none: none is made up.":
    "Das braucht ein Volumen, und die Daten haben keines: Es wird keines erfunden.",
  "Sessions need a declared time zone, and the data has none. Import it again with its zone.":
    "Handelszeiten brauchen eine angegebene Zeitzone, und die Daten haben keine. Importiere sie noch einmal mit ihrer Zone.",
  "The last bar is not over yet: its value will change.":
    "Die letzte Kerze ist noch nicht zu Ende: Ihr Wert wird sich ändern.",
  "About {0} % of the bars are missing.": "Etwa {0} % der Kerzen fehlen.",
  "As of:": "Stand:",
  "Open the data": "Daten öffnen",
  "There is no data of {0} here": "Von {0} gibt es hier keine Daten",
  "No figure is made up. [Import its prices](/data): bars of MetaTrader, TradingView, Yahoo or any CSV with a time and a price.":
    "Es wird keine Zahl erfunden. [Importiere die Kurse](/data): Kerzen aus MetaTrader, TradingView, Yahoo oder jede CSV-Datei mit Zeit und Kurs.",
  "The last price of the bar.": "Der letzte Kurs der Kerze.",
  "the close of the bar, as the data has it": "der Schlusskurs der Kerze, wie er in den Daten steht",
  "{0} and {1} are of two timeframes: their bars do not end together. Compare two of one timeframe.":
    "{0} und {1} haben zwei Zeiteinheiten: Ihre Kerzen enden nicht gleichzeitig. Vergleiche zwei mit derselben Zeiteinheit.",
  "No time zone is declared for {0}: nobody knows which of its bars belong to those of the other. Import it again with its zone.":
    "Für {0} ist keine Zeitzone angegeben: Niemand weiß, welche ihrer Kerzen zu denen der anderen gehören. Importiere sie noch einmal mit ihrer Zone.",
  "The last bar begins in the future: it is not over, or its time is of another time zone.":
    "Die letzte Kerze beginnt in der Zukunft: Sie ist noch nicht zu Ende, oder ihre Zeit gehört zu einer anderen Zeitzone.",
  "1 bar has the time of another one: that time counts twice.":
    "1 Kerze hat die Zeit einer anderen: Diese Zeit zählt doppelt.",
  "{0} bars have the time of another one: those times count more than once.":
    "{0} Kerzen haben die Zeit einer anderen: Diese Zeiten zählen mehrfach.",
  "The bars change their timeframe more often than is written down: nothing is computed after {0}. Import a file of one timeframe.":
    "Die Kerzen wechseln ihre Zeiteinheit öfter, als vermerkt ist: Nach dem {0} wird nichts berechnet. Importiere eine Datei mit einer einzigen Zeiteinheit.",
  "This needs the range of each bar, and some bars have no open, high and low: none is made up.":
    "Das braucht die Spanne jeder Kerze, und manche Kerzen haben weder Eröffnung noch Hoch noch Tief: Es wird nichts erfunden.",
  "There is no bar at that time or before: the data begins at {0}.":
    "Zu dieser Zeit oder davor gibt es keine Kerze: Die Daten beginnen am {0}.",
};
