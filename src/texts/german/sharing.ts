/** German: a conversation as a document, and what its reader thinks of an answer. */
export const sharing: Readonly<Record<string, string>> = {
  "A convention, or a limit of a calculator.": "Eine Konvention oder eine Grenze eines Rechners.",
  Assistant: "Assistent",
  "Computed by the program; how stands below the answer.":
    "Vom Programm berechnet; wie, steht unter der Antwort.",
  "Follows from computed figures.": "Folgt aus berechneten Zahlen.",
  "How it was computed": "So wurde gerechnet",
  "Repeats the user's own words or files.": "Wiederholt eigene Worte oder Dateien des Nutzers.",
  "Save as HTML": "Als HTML speichern",
  "Saved with {0} on {1}. Answers of a language model may be wrong.":
    "Gespeichert mit {0} am {1}. Antworten eines Sprachmodells können falsch sein.",
  "The marks on figures": "Die Zeichen an Zahlen",
  "This answer was broken off.": "Diese Antwort wurde abgebrochen.",
  "This answer was cut at its length limit.": "Diese Antwort wurde an ihrer Längengrenze abgeschnitten.",
  "This answer was not finished yet.": "Diese Antwort war noch nicht fertig.",
  "This answer was stopped.": "Diese Antwort wurde angehalten.",
  "Unchecked: nothing proves it.": "Ungeprüft: nichts belegt sie.",
  "Good answer": "Gute Antwort",
  "Bad answer": "Schlechte Antwort",
  "Rated as a good answer.": "Als gute Antwort bewertet.",
  "Rated as a bad answer.": "Als schlechte Antwort bewertet.",
};
