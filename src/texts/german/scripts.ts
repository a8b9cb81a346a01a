/** German: what the scripts of the pages say. */
export const scripts: Readonly<Record<string, string>> = {
  "1 command": "1 Befehl",
  Copied: "Kopiert",
  "It cannot be attached.": "Das lässt sich nicht anhängen.",
  "New text below": "Neuer Text unten",
  "Not allowed here": "Hier nicht erlaubt",
  "Pasted text": "Eingefügter Text",
  "Press Ctrl + C": "Strg + C drücken",
  Show: "Anzeigen",
  "The answer has ended early.": "Die Antwort hat vorzeitig geendet.",
  "The answer is ready.": "Die Antwort ist fertig.",
  "The assistant cannot be reached. Try again in a moment.":
    "Der Assistent ist nicht erreichbar. Versuch es gleich noch einmal.",
  "The assistant cannot be reached. Your question is kept here: try again in a moment.":
    "Der Assistent ist nicht erreichbar. Deine Frage bleibt hier stehen: Versuch es gleich noch einmal.",
  "The connection was lost. Attach it again.": "Die Verbindung ging verloren. Häng die Datei noch einmal an.",
  "This conversation has changed.": "Diese Unterhaltung hat sich geändert.",
  "This is too long to send. Shorten it or split it.":
    "Das ist zu lang zum Senden. Kürze es, oder teile es auf.",
  "Where this figure comes from": "Woher diese Zahl kommt",
  "{0} characters left": "noch {0} Zeichen",
  "{0} characters: {1} too many. Shorten the question or split it.":
    "{0} Zeichen: {1} zu viel. Kürze die Frage, oder teile sie auf.",
  "{0} commands": "{0} Befehle",
  "{0} is attached.": "{0} ist angehängt.",
  "{0} selected": "{0} ausgewählt",
  "Read aloud": "Vorlesen",
  "Stop reading": "Vorlesen beenden",
};
