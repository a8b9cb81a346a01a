/** German: the settings, their sections and rows. */
export const settings: Readonly<Record<string, string>> = {
  You: "Du",
  "What the assistant knows about you before you ask.": "Was der Assistent über dich weiß, bevor du fragst.",
  Answers: "Antworten",
  "How the model answers in your chats. A program's own fields win over these.":
    "Wie das Modell in deinen Chats antwortet. Was ein Programm selbst angibt, geht vor.",
  Look: "Aussehen",
  "How the pages look and how answers appear.": "Wie die Seiten aussehen und wie Antworten erscheinen.",
  Memory: "Gedächtnis",
  "What is remembered of your conversations.": "Was von deinen Unterhaltungen gemerkt wird.",
  Keys: "Schlüssel",
  "Programs use the assistant with a key of their own.":
    "Programme nutzen den Assistenten mit einem eigenen Schlüssel.",
  Data: "Daten",
  "Everything is on this machine, in one folder.": "Alles liegt auf diesem Rechner, in einem Ordner.",
  Access: "Zugang",
  "Who can use the assistant.": "Wer den Assistenten nutzen kann.",
  About: "Über",
  "The program, and where it connects to.": "Das Programm, und wohin es sich verbindet.",
  Settings: "Einstellungen",
  "the settings": "Einstellungen",
  "Sections of the settings": "Bereiche der Einstellungen",
  "What the model is told": "Was dem Modell gesagt wird",
  "The prompt": "Der Prompt",
  Memories: "Erinnerungen",
  "Read, correct and forget what is remembered.": "Lies, berichtige und vergiss, was gemerkt ist.",
  "Your keys": "Deine Schlüssel",
  "Create and revoke keys.": "Schlüssel erstellen und widerrufen.",
  "Keys come with logins. Without logins programs on this machine need none.":
    "Schlüssel gibt es mit Anmeldungen. Ohne sie brauchen Programme auf diesem Rechner keinen.",
  "What programs can ask, with examples.": "Was Programme fragen können, mit Beispielen.",
  "Your password, keys and browsers.": "Dein Passwort, deine Schlüssel und Browser.",
  "Let several people use it, from other machines too.":
    "Lass mehrere Personen damit arbeiten, auch von anderen Rechnern aus.",
  "Add, disable and remove users.": "Nutzer hinzufügen, sperren und entfernen.",
  "Logins, keys, models and deletions.": "Anmeldungen, Schlüssel, Modelle und Löschungen.",
  "There is no such page of settings.": "Diese Seite der Einstellungen gibt es nicht.",
  'There is no setting "{0}".': "Es gibt keine Einstellung „{0}“.",
  "{0} is set by {1}. Change it there.": "{0} ist durch {1} festgelegt. Ändere es dort.",
  "There is no such setting.": "Diese Einstellung gibt es nicht.",
  "{0}: saved": "{0}: gespeichert",
  Save: "Speichern",
  "Save {0}": "{0} speichern",
  On: "An",
  Off: "Aus",
  on: "an",
  off: "aus",
  "Default: {0} (config.json)": "Standard: {0} (config.json)",
  "Default: {0}": "Standard: {0}",
  "Set by {0}": "Festgelegt durch {0}",
  Reset: "Zurücksetzen",
  "Reset {0}": "{0} zurücksetzen",
  Saved: "Gespeichert",
  "Risk profile": "Risikoprofil",
  "How much risk you take; the model is told": "Wie viel Risiko du eingehst; das Modell erfährt es",
  Conservative: "Vorsichtig",
  Moderate: "Ausgewogen",
  Aggressive: "Offensiv",
  "Favourite pair": "Bevorzugtes Paar",
  "The currency pair you trade most; the model is told":
    "Das Währungspaar, das du am meisten handelst; das Modell erfährt es",
  "The currency of your account, as a code of three letters; the model is told":
    "Die Währung deines Kontos, als Code aus drei Buchstaben; das Modell erfährt sie",
  none: "keine",
  Language: "Sprache",
  Browser: "Browser",
  "The language of pages, answers and dates; Browser: pages and dates follow your browser, answers the question":
    "Die Sprache von Seiten, Antworten und Daten; Browser: Seiten und Daten folgen deinem Browser, Antworten der Frage",
  "Time zone": "Zeitzone",
  "Dates and times are shown in this zone, such as Europe/Berlin":
    "Datum und Uhrzeit erscheinen in dieser Zone, zum Beispiel Europe/Berlin",
  "your browser's": "die deines Browsers",
  Instructions: "Anweisungen",
  "What the model is told before each conversation": "Was dem Modell vor jeder Unterhaltung gesagt wird",
  Temperature: "Temperatur",
  "How freely the model chooses its words, from 0 to 2": "Wie frei das Modell seine Worte wählt, von 0 bis 2",
  Precise: "Genau",
  Balanced: "Ausgeglichen",
  Free: "Frei",
  "Top p": "Top p",
  "The share of the likeliest tokens that are drawn from, from 0 to 1":
    "Der Anteil der wahrscheinlichsten Token, aus denen gezogen wird, von 0 bis 1",
  Length: "Länge",
  "The most tokens an answer may have; three tokens are about two words":
    "Wie viele Token eine Antwort höchstens haben darf; drei Token sind etwa zwei Wörter",
  Short: "Kurz",
  Medium: "Mittel",
  Long: "Lang",
  Seed: "Startwert",
  "The same seed and the same prompt give the same answer":
    "Derselbe Startwert und derselbe Prompt ergeben dieselbe Antwort",
  random: "zufällig",
  Thinking: "Nachdenken",
  "How long a model that can think does so before it answers":
    "Wie lange ein Modell, das nachdenken kann, es vor der Antwort tut",
  "Thinking budget": "Denkbudget",
  "After so many tokens of a thought the model answers":
    "Nach so vielen Tokens eines Gedankens antwortet das Modell",
  "no limit": "ohne Grenze",
  "As the model does": "Wie es das Modell tut",
  Brief: "Kurz",
  "Thinking must be model, off, low, medium, high.":
    "Das Nachdenken muss model, off, low, medium oder high sein.",
  Tools: "Werkzeuge",
  "A model that is large enough may have the program compute while it answers":
    "Ein Modell, das groß genug ist, darf das Programm rechnen lassen, während es antwortet",
  "Text after a card": "Text nach einer Karte",
  "What the model adds to a computed card": "Was das Modell zu einer berechneten Karte schreibt",
  "After a result, unless the model is tiny": "Nach einem Ergebnis, außer bei einem winzigen Modell",
  "After every card": "Nach jeder Karte",
  "After a result, with its figures alone": "Nach einem Ergebnis, nur mit dessen Zahlen",
  Never: "Nie",
  Theme: "Farbschema",
  "The colours of the pages": "Die Farben der Seiten",
  System: "System",
  Light: "Hell",
  Dark: "Dunkel",
  Contrast: "Kontrast",
  "How strongly text and lines stand out": "Wie stark sich Text und Linien abheben",
  High: "Hoch",
  Normal: "Normal",
  "Text size": "Schriftgröße",
  "The size of everything on the pages": "Wie groß alles auf den Seiten ist",
  Small: "Klein",
  Large: "Groß",
  Larger: "Größer",
  Density: "Dichte",
  "The space between things": "Der Abstand zwischen den Dingen",
  Comfortable: "Luftig",
  Compact: "Kompakt",
  Streaming: "Streaming",
  "How an answer appears while it is written": "Wie eine Antwort erscheint, während sie geschrieben wird",
  Instant: "Sofort",
  Smooth: "Fließend",
  Typewriter: "Schreibmaschine",
  "Typewriter rate": "Tempo der Schreibmaschine",
  "Tokens a second when streaming is set to Typewriter, from 1 to 1000":
    "Token pro Sekunde, wenn Streaming auf „Schreibmaschine“ steht, von 1 bis 1000",
  "First steps": "Erste Schritte",
  "A new chat shows what to set up first, until it is done":
    "Ein neuer Chat zeigt, was zuerst einzurichten ist, bis es erledigt ist",
  "Memories for a question": "Erinnerungen je Frage",
  "How many memories may be used for an answer, from 0 to 20":
    "Wie viele Erinnerungen für eine Antwort genutzt werden dürfen, von 0 bis 20",
  "Remember finished answers": "Fertige Antworten merken",
  "Propose to remember": "Zum Merken vorschlagen",
  "While nothing else is written, the model looks for lasting facts and rules in what you say; Automatic: they are remembered at once":
    "Solange nichts anderes geschrieben wird, sucht das Modell in dem, was du sagst, nach bleibenden Fakten und Regeln; Automatisch: sie werden gleich gemerkt",
  Automatic: "Automatisch",
  "Propose to remember must be off, ask, automatic.":
    "Zum Merken vorschlagen muss off, ask oder automatic sein.",
  "Each finished answer is kept with its question, for later conversations":
    "Jede fertige Antwort wird mit ihrer Frage für spätere Unterhaltungen aufbewahrt",
  "Days in the trash": "Tage im Papierkorb",
  "What you delete can be restored for so many days, from 1 to 365; what was deleted before that is erased at once":
    "So viele Tage lang lässt sich Gelöschtes wiederherstellen, von 1 bis 365; was vorher gelöscht wurde, wird sofort endgültig gelöscht",
  "A week": "Eine Woche",
  "A month": "Ein Monat",
  "Three months": "Drei Monate",
  "Risk profile must be a text of at most 200 characters that is not empty.":
    "Das Risikoprofil muss ein Text mit höchstens 200 Zeichen sein, und nicht leer.",
  "Favourite pair must be a text of at most 50 characters that is not empty.":
    "Das bevorzugte Paar muss ein Text mit höchstens 50 Zeichen sein, und nicht leer.",
  "Account currency must be three capital letters (ISO 4217), or an empty text.":
    "Die Kontowährung muss aus drei Großbuchstaben bestehen (ISO 4217), oder leer sein.",
  "Language must be a text of at most 50 characters that is not empty.":
    "Die Sprache muss ein Text mit höchstens 50 Zeichen sein, und nicht leer.",
  "Time zone must be a text of at most 64 characters.":
    "Die Zeitzone muss ein Text mit höchstens 64 Zeichen sein.",
  "Time zone is not a time zone. Write one such as Europe/Berlin.":
    "Diese Zeitzone gibt es nicht. Gib eine an wie Europe/Berlin.",
  "Instructions must be a text of at most 20000 characters that is not empty.":
    "Die Anweisungen müssen ein Text mit höchstens 20000 Zeichen sein, und nicht leer.",
  "Temperature must be a number from 0 to 2.": "Die Temperatur muss eine Zahl von 0 bis 2 sein.",
  "Top p must be a number from 0 to 1.": "Top p muss eine Zahl von 0 bis 1 sein.",
  "Length must be a whole number from 1 to 131072.": "Die Länge muss eine ganze Zahl von 1 bis 131072 sein.",
  "Thinking budget must be a whole number from 0 to 131072, null.":
    "Das Denkbudget muss eine ganze Zahl von 0 bis 131072 sein, oder leer.",
  "Seed must be a whole number from 0 to 4294967295, null.":
    "Der Startwert muss eine ganze Zahl von 0 bis 4294967295 sein, oder leer.",
  "Tools must be true or false.": "Die Werkzeuge müssen true oder false sein.",
  "Text after a card must be auto, free, strict, none.":
    "Der Text nach einer Karte muss auto, free, strict oder none sein.",
  "Theme must be system, light, dark.": "Das Farbschema muss system, light oder dark sein.",
  "Contrast must be system, more, less.": "Der Kontrast muss system, more oder less sein.",
  "Text size must be small, normal, large, larger.":
    "Die Schriftgröße muss small, normal, large oder larger sein.",
  "Density must be comfortable, compact.": "Die Dichte muss comfortable oder compact sein.",
  "Streaming must be instant, smooth, typewriter.": "Streaming muss instant, smooth oder typewriter sein.",
  "Typewriter rate must be a whole number from 1 to 1000.":
    "Das Tempo der Schreibmaschine muss eine ganze Zahl von 1 bis 1000 sein.",
  "First steps must be true or false.": "„Erste Schritte“ muss an oder aus sein.",
  "Memories for a question must be a whole number from 0 to 20.":
    "„Erinnerungen je Frage“ muss eine ganze Zahl von 0 bis 20 sein.",
  "Remember finished answers must be true or false.": "„Fertige Antworten merken“ muss an oder aus sein.",
  "Days in the trash must be a whole number from 1 to 365.":
    "„Tage im Papierkorb“ muss eine ganze Zahl von 1 bis 365 sein.",
};
