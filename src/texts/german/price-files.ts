/** German: why a file of prices, or a row of it, cannot be read. What begins with a verb goes on after the file's name. */
export const priceFiles: Readonly<Record<string, string>> = {
  "Row {0}: {1}": "Zeile {0}: {1}",
  "Column {0}": "Spalte {0}",
  "is empty: a time is needed": "ist leer: hier muss eine Zeit stehen",
  "{0} is no time": "{0} ist keine Zeit",
  "{0} is no date of the calendar": "{0} ist kein Tag des Kalenders",
  "{0} lies outside of {1} to {2}": "{0} liegt nicht zwischen {1} und {2}",
  "1970-01-01 00:00 stands for a time that nobody knew":
    "1970-01-01 00:00 steht für eine Zeit, die niemand kannte",
  "{0} is no time of the day": "{0} ist keine Uhrzeit",
  "The row has {0} cells; {1} is missing.": "Die Zeile hat {0} Zellen; {1} fehlt.",
  "is empty: a price is needed": "ist leer: hier muss ein Preis stehen",
  "{0} has more digits than a price": "{0} hat mehr Ziffern als ein Preis",
  "{0} is no number": "{0} ist keine Zahl",
  "{0} has a point before its decimals, and the column a comma":
    "{0} hat einen Punkt vor den Dezimalen, die Spalte sonst ein Komma",
  "{0} has a comma before its decimals, and the column a point":
    "{0} hat ein Komma vor den Dezimalen, die Spalte sonst einen Punkt",
  "{0} is no volume": "{0} ist kein Volumen",
  "cannot be read: it is damaged": "lässt sich nicht lesen: die Datei ist beschädigt",
  "takes too long to read. Split it, and import its parts one after the other":
    "braucht zu lange zum Lesen. Teile die Datei, und importiere die Teile nacheinander",
  "takes too much memory to read. Split it, and import its parts one after the other":
    "braucht zu viel Speicher zum Lesen. Teile die Datei, und importiere die Teile nacheinander",
  "is no table: no row has two cells. Rows need a time and a price, parted by a comma, a semicolon or a tab":
    "ist keine Tabelle: keine Zeile hat zwei Zellen. Jede Zeile braucht eine Zeit und einen Preis, getrennt durch Komma, Semikolon oder Tabulator",
  "has {0} columns. At most {1} are read: leave out those that hold no prices":
    "hat {0} Spalten. Gelesen werden höchstens {1}: lass die ohne Preise weg",
  "has no row that begins with a time and goes on with numbers, and no names of columns that are known ({0}). Name the columns Date, Open, High, Low, Close, Volume in its first line":
    "hat keine Zeile, die mit einer Zeit beginnt und mit Zahlen weitergeht, und keine bekannten Spaltennamen ({0}). Nenne die Spalten in der ersten Zeile Date, Open, High, Low, Close, Volume",
  "has two columns called {0} (columns {1}). Rename or remove one":
    "hat zwei Spalten namens {0} (Spalten {1}). Benenne eine um, oder entferne sie",
  "has no column for the time. Its columns are {0}": "hat keine Spalte für die Zeit. Die Spalten sind {0}",
  "has no column for the price. Its columns are {0}": "hat keine Spalte für den Preis. Die Spalten sind {0}",
  "has no names of columns, and {0} numbers a row: which of them is the price cannot be known. Name the columns Date, Open, High, Low, Close, Volume in its first line":
    "hat keine Spaltennamen und {0} Zahlen je Zeile: welche davon der Preis ist, lässt sich nicht wissen. Nenne die Spalten in der ersten Zeile Date, Open, High, Low, Close, Volume",
  "has times such as {0}, which may be a date with its time or a Unix time, and others such as {1}, which are no dates. Write all of them in one form, such as 2024-01-31 10:15":
    "hat Zeiten wie {0}, die ein Datum mit Uhrzeit oder eine Unix-Zeit sein können, und andere wie {1}, die kein Datum sind. Schreib alle in einer Form, etwa 2024-01-31 10:15",
  "has dates that cannot be of one order of day, month and year. Write them all in one form, such as 2024-01-31":
    "hat Daten, die nicht alle dieselbe Folge von Tag, Monat und Jahr haben können. Schreib alle in einer Form, etwa 2024-01-31",
  "has numbers of two notations in column {0}, such as {1} and {2}. Write all of them with the same decimal mark":
    "hat in Spalte {0} Zahlen in zwei Schreibweisen, etwa {1} und {2}. Schreib alle mit demselben Dezimalzeichen",
  "has prices of several symbols ({0}). Split it into one file for each symbol":
    "hat Preise mehrerer Symbole ({0}). Teile die Datei in eine je Symbol",
  "has prices of several timeframes ({0}). Split it into one file for each timeframe":
    "hat Preise mehrerer Zeiteinheiten ({0}). Teile die Datei in eine je Zeiteinheit",
  "is no text. Save it as CSV, and import that": "ist kein Text. Speichere sie als CSV, und importiere die",
};
