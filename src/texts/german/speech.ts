/** German: dictation. */
export const speech: Readonly<Record<string, string>> = {
  Dictate: "Diktieren",
  "Try again": "Noch einmal versuchen",
  "Recording. Press again to end.": "Aufnahme läuft. Drück noch einmal, um sie zu beenden.",
  "Your words are being written down.": "Deine Worte werden aufgeschrieben.",
  "Your words are in the question.": "Deine Worte stehen in der Frage.",
  "The browser keeps the microphone from this page. Allow it beside the address, and press again.":
    "Der Browser gibt dieser Seite das Mikrofon nicht frei. Erlaube es neben der Adresse, und drück noch einmal.",
  "There is no microphone. Connect one, and press again.":
    "Es ist kein Mikrofon da. Schließ eines an, und drück noch einmal.",
  "The microphone cannot be used. Close what else uses it, and press again.":
    "Das Mikrofon lässt sich nicht benutzen. Schließ, was es sonst benutzt, und drück noch einmal.",
  "Dictation is not set up. Name a speech-to-text server with STT_URL, and start the assistant again.":
    "Das Diktieren ist nicht eingerichtet. Nenne mit STT_URL einen Server für Spracherkennung, und starte den Assistenten neu.",
  "No words were heard. Speak closer to the microphone, and record again.":
    "Es waren keine Worte zu hören. Sprich näher am Mikrofon, und nimm noch einmal auf.",
  "The recording is too long. Dictate in shorter pieces.":
    "Die Aufnahme ist zu lang. Diktiere in kürzeren Stücken.",
  "This is no recording that can be read. Send {0}.": "Das ist keine lesbare Aufnahme. Sende {0}.",
  "The speech-to-text server takes too long. Try again, or dictate in shorter pieces.":
    "Der Server für Spracherkennung braucht zu lange. Versuch es noch einmal, oder diktiere in kürzeren Stücken.",
  "The speech-to-text server cannot be reached. Start it, or check STT_URL.":
    "Der Server für Spracherkennung ist nicht erreichbar. Starte ihn, oder prüfe STT_URL.",
  "What is at STT_URL does not answer as a speech-to-text server. Check the address.":
    "Was unter STT_URL antwortet, ist kein Server für Spracherkennung. Prüfe die Adresse.",
  "The speech-to-text server refuses the key. Check STT_API_KEY.":
    "Der Server für Spracherkennung lehnt den Schlüssel ab. Prüfe STT_API_KEY.",
  "The speech-to-text server has no such address or model. Check STT_URL and STT_MODEL.":
    "Der Server für Spracherkennung kennt die Adresse oder das Modell nicht. Prüfe STT_URL und STT_MODEL.",
  "The speech-to-text server cannot read this recording. Record it again.":
    "Der Server für Spracherkennung kann diese Aufnahme nicht lesen. Nimm noch einmal auf.",
  "The speech-to-text server is busy. Try again in a moment.":
    "Der Server für Spracherkennung ist ausgelastet. Versuch es gleich noch einmal.",
  "The speech-to-text server has refused the recording ({0}). Try again.":
    "Der Server für Spracherkennung hat die Aufnahme abgelehnt ({0}). Versuch es noch einmal.",
  "You have {0} recordings written down at once, the limit for one user.":
    "Du lässt {0} Aufnahmen zugleich aufschreiben: Mehr darf ein Benutzer nicht.",
};
