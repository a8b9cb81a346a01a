/** German: the pages of price series. */
export const pricePages: Readonly<Record<string, string>> = {
  "Sending the file…": "Die Datei wird gesendet …",
  "Reading the file: {0} %": "Die Datei wird gelesen: {0} %",
  "There is no such indicator.": "Diesen Indikator gibt es nicht.",
  "No zone is declared: the times are taken as UTC.":
    "Keine Zeitzone ist angegeben: Die Zeiten gelten als UTC.",
  "The bars change from {0} to {1} at {2}.": "Die Kerzen wechseln am {2} von {0} auf {1}.",
  "About {0} % of the bars are missing, in {1} gaps.": "Etwa {0} % der Kerzen fehlen, in {1} Lücken.",
  "{0} bars lie on a weekend.": "{0} Kerzen liegen an einem Wochenende.",
  "{0} bars have the time of another one.": "{0} Kerzen haben die Zeit einer anderen.",
  "In {0} bars the high or the low is not the highest or lowest price.":
    "In {0} Kerzen ist das Hoch oder das Tief nicht der höchste oder tiefste Kurs.",
  "{0} bars have a price of zero or below.": "{0} Kerzen haben einen Kurs von null oder darunter.",
  "{0} returns are far outside of the others.": "{0} Renditen liegen weit außerhalb der anderen.",
  "About {0} % of the bars are missing, in 1 gap.": "Etwa {0} % der Kerzen fehlen, in 1 Lücke.",
  "1 bar lies on a weekend.": "1 Kerze liegt an einem Wochenende.",
  "1 bar has the time of another one.": "1 Kerze hat die Zeit einer anderen.",
  "In 1 bar the high or the low is not the highest or lowest price.":
    "In 1 Kerze ist das Hoch oder das Tief nicht der höchste oder tiefste Kurs.",
  "1 bar has a price of zero or below.": "1 Kerze hat einen Kurs von null oder darunter.",
  "1 return is far outside of the others.": "1 Rendite liegt weit außerhalb der anderen.",
  "All prices change by a factor of {0} at {1}, as after a split.":
    "Alle Kurse ändern sich am {1} um den Faktor {0}, wie nach einem Split.",
  "There is no volume.": "Es gibt kein Volumen.",
  "There is a close alone: no open, high and low.":
    "Es gibt nur einen Schlusskurs: weder Eröffnung noch Hoch noch Tief.",
  "Your own prices: bars of MetaTrader, TradingView, Yahoo, Stooq, Investing.com, HistData, Dukascopy, or any CSV with a time and a price.":
    "Deine eigenen Kurse: Kerzen aus MetaTrader, TradingView, Yahoo, Stooq, Investing.com, HistData, Dukascopy oder jede CSV-Datei mit Zeit und Kurs.",
  "your data": "deinen Daten",
  "No prices yet.": "Noch keine Kurse.",
  "Import a file above. What its values do not prove is asked, never guessed.":
    "Importiere oben eine Datei. Was ihre Werte nicht beweisen, wird gefragt, nie geraten.",
  Series: "Reihen",
  "Import prices": "Kurse importieren",
  "Time zone of the file": "Zeitzone der Datei",
  "Such as Europe/Berlin, UTC, or EET as most brokers have; empty when you do not know it.":
    "Etwa Europe/Berlin, UTC oder EET wie bei den meisten Brokern; leer, wenn du sie nicht kennst.",
  "{0} to {1}": "{0} bis {1}",
  "1 bar": "1 Kerze",
  "{0} bars": "{0} Kerzen",
  Clean: "Sauber",
  "1 remark": "1 Hinweis",
  "{0} remarks": "{0} Hinweise",
  "Imported files": "Importierte Dateien",
  "a question is open": "eine Frage ist offen",
  "not committed yet": "noch nicht übernommen",
  "1 bar added": "1 Kerze hinzugefügt",
  "{0} bars added": "{0} Kerzen hinzugefügt",
  "{0} were there already": "{0} waren schon da",
  "{0} put aside": "{0} beiseitegelegt",
  "the import": "dem Import",
  "Rows that could not be read": "Zeilen, die nicht lesbar waren",
  Reason: "Grund",
  "Open the series": "Reihe öffnen",
  "All data": "Alle Daten",
  "Take the import back": "Import zurücknehmen",
  "Discard the file": "Datei verwerfen",
  Remarks: "Hinweise",
  "the series": "der Reihe",
  "Chart of {0}, from {1} to {2}. The table below has the last figures.":
    "Chart von {0}, von {1} bis {2}. Die Tabelle darunter hat die letzten Werte.",
  Compute: "Berechnen",
  Indicator: "Indikator",
  "In bars; empty: the usual one.": "In Kerzen; leer: die übliche.",
  Passport: "Steckbrief",
  "The last bars": "Die letzten Kerzen",
  Time: "Zeit",
  Volume: "Volumen",
  "Delete this series": "Diese Reihe löschen",
  "The series and the files that it comes from are erased.":
    "Die Reihe und die Dateien, aus denen sie stammt, werden gelöscht.",
  "It is erased.": "Es ist gelöscht.",
  "Choose a file first.": "Wähle zuerst eine Datei.",
  "Time zone of the files": "Zeitzone der Dateien",
  "not declared": "nicht angegeben",
  Gaps: "Lücken",
  "{0}, {1} % of the bars": "{0}, {1} % der Kerzen",
  "Bars on a weekend": "Kerzen am Wochenende",
  "Bars with the same time": "Kerzen mit gleicher Zeit",
  "High below low, or open or close outside": "Hoch unter Tief, oder Eröffnung oder Schluss außerhalb",
  "Prices of zero or below": "Kurse von null oder darunter",
  "Returns far outside of the others": "Renditen weit außerhalb der anderen",
  "Changes of level": "Niveausprünge",
  "of ticks": "aus Ticks",
  real: "echt",
  "of unknown kind": "unbekannter Art",
  "Which number is the day?": "Welche Zahl ist der Tag?",
  "No date has a number above 12 where it would say which one is the day.":
    "Kein Datum hat eine Zahl über 12, die verriete, welche der Tag ist.",
  "Which mark parts the decimals?": "Welches Zeichen trennt die Dezimalstellen?",
  "Each number has three digits after its mark: it may part thousands, or decimals.":
    "Jede Zahl hat drei Ziffern nach ihrem Zeichen: Es kann Tausender oder Dezimalstellen trennen.",
  "How long is a bar?": "Wie lang ist eine Kerze?",
  "The times of the rows do not say how long a bar is.":
    "Die Zeiten der Zeilen sagen nicht, wie lang eine Kerze ist.",
  "The first: day, month, year": "Die erste: Tag, Monat, Jahr",
  "The second: month, day, year": "Die zweite: Monat, Tag, Jahr",
  "The last: year, month, day": "Die letzte: Jahr, Monat, Tag",
  "Each year has two digits, and no date says which of its numbers is the year.":
    "Jedes Jahr hat zwei Ziffern, und kein Datum verrät, welche seiner Zahlen das Jahr ist.",
  "The point: 1,234.56": "Der Punkt: 1,234.56",
  "The comma: 1.234,56": "Das Komma: 1.234,56",
  "1 series of prices": "1 Kursreihe",
  "{0} series of prices": "{0} Kursreihen",
  "With {0}, {1} would have more than {2} million bars, which is all that a series may. Import a longer timeframe of it, or take another file back.":
    "Mit {0} hätte {1} mehr als {2} Millionen Kerzen, mehr als eine Reihe haben darf. Importiere eine längere Zeiteinheit davon, oder nimm eine andere Datei zurück.",
  "{0} has no row that can be read. {1}": "{0} hat keine Zeile, die sich lesen lässt. {1}",
  "{0} is larger than {1} MB. Split it, and import its parts one after the other: they become one series.":
    "{0} ist größer als {1} MB. Teile die Datei und importiere die Teile nacheinander: Sie werden eine Reihe.",
  "Bars of {0} are lost: the database is damaged. Restore a backup, or delete the series and import its files again.":
    "Bars von {0} sind verloren: Die Datenbank ist beschädigt. Spiele eine Sicherung ein, oder lösche die Kursreihe und importiere ihre Dateien noch einmal.",
  "Your files of prices take {0} MB, which is all that they may. Take some of them back, and try again.":
    "Deine Kursdateien belegen {0} MB, mehr dürfen sie nicht. Nimm einige zurück und versuche es noch einmal.",
  "Nothing was taken back: {0} has rows of it, and cannot be read again. Take that file back first.":
    "Nichts wurde zurückgenommen: {0} hat Zeilen davon und lässt sich nicht noch einmal lesen. Nimm zuerst diese Datei zurück.",
  "Files of prices that appear or grow there are imported by themselves.":
    "Kursdateien, die dort erscheinen oder wachsen, werden von selbst importiert.",
  "It cannot be read ({0}).": "Sie lässt sich nicht lesen ({0}).",
  "It is no plain file, or larger than {0} MB.": "Sie ist keine gewöhnliche Datei oder größer als {0} MB.",
  "The folder cannot be read ({0}).": "Der Ordner lässt sich nicht lesen ({0}).",
  "The last line has no end yet: it is read once it has one.":
    "Die letzte Zeile hat noch kein Ende: Sie wird gelesen, sobald sie eines hat.",
  "There is no user of the name in WATCH_USER: nothing is imported.":
    "Es gibt niemanden mit dem Namen aus WATCH_USER: Es wird nichts importiert.",
  "Watched folder": "Beobachteter Ordner",
  "Your prices": "Deine Kurse",
};
