/** German: what the program refuses, and why. */
export const errors: Readonly<Record<string, string>> = {
  // Pages that cannot be shown.
  "Something went wrong": "Etwas ist schiefgegangen",
  "Something went wrong. Try again, or see the log.":
    "Etwas ist schiefgegangen. Versuch es noch einmal, oder sieh ins Protokoll.",
  "That is not for you": "Das ist nicht für dich",
  "This page does not exist": "Diese Seite gibt es nicht",
  "That could not be understood": "Das war nicht zu verstehen",
  "Not just now": "Im Moment nicht",
  "The storage does not work at present": "Der Speicher geht zurzeit nicht",
  // Inputs, facts and instruments.
  "There is no calculator of this name. There are: {0}.":
    "Einen Rechner dieses Namens gibt es nicht. Es gibt: {0}.",
  "There is no such fact.": "Diesen Fakt gibt es nicht.",
  "There is no such instrument.": "Dieses Instrument gibt es nicht.",
  "There is {0} ({1}) by this name. Change that one, or choose another symbol.":
    "Unter diesem Namen gibt es {0} ({1}). Ändere jenes, oder wähle ein anderes Symbol.",
  "The symbol must be 1 to 20 letters and digits, such as EURUSD.":
    "Das Symbol hat 1 bis 20 Buchstaben und Ziffern, etwa EURUSD.",
  "The kind must be one of: {0}.": "Die Art ist eine von: {0}.",
  "Quoted in is missing: state the currency of the price, such as USD.":
    "„Kurs in“ fehlt: Gib die Währung des Kurses an, etwa USD.",
  "{0} must be a currency's code, such as USD.": "{0}: Erlaubt ist das Kürzel einer Währung, etwa USD.",
  "{0} is missing: state a number above 0.": "{0} fehlt: Gib eine Zahl über 0 an.",
  "{0} must be a number above 0 and of at most {1}.":
    "{0}: Erlaubt ist eine Zahl über 0 und bis höchstens {1}.",
  "{0} is too large: state a number below 10^15.": "{0} ist zu groß: Gib eine Zahl unter 10^15 an.",
  "{0} can be read in two ways: write it without a separator of thousands, with a point for decimals, such as 1500 or 1.5.":
    "{0} lässt sich auf zwei Weisen lesen: Schreib ohne Tausendertrennung und mit Punkt für Dezimalen, etwa 1500 oder 1.5.",
  "{0} must be a plain number, such as 10000 or 0.25.":
    "{0}: Erlaubt ist eine einfache Zahl, etwa 10000 oder 0.25.",
  "{0} has more than {1} digits: round it.": "{0} hat mehr als {1} Ziffern: Runde.",
  "{0} Write each input as NAME=VALUE. {1} has: {2}.":
    "{0} Schreib jede Eingabe als NAME=WERT. {1} hat: {2}.",
  "“{0}” is no input.": "„{0}“ ist keine Eingabe.",
  "There is no input “{0}”.": "Eine Eingabe „{0}“ gibt es nicht.",
  "“{0}” is stated twice.": "„{0}“ ist zweimal angegeben.",
};
