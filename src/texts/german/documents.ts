/** German: documents that questions are asked about. */
export const documents: Readonly<Record<string, string>> = {
  "There is no such document. It may have been deleted.":
    "Dieses Dokument gibt es nicht. Vielleicht wurde es gelöscht.",
  "{0} is larger than {1} MB. Add a part of it, or its text.":
    "{0} ist größer als {1} MB. Füge einen Teil davon hinzu, oder seinen Text.",
  "Your documents take {0} MB, which is all that they may. Delete some, and try again.":
    "Deine Dokumente belegen {0} MB, mehr dürfen sie nicht. Lösche einige und versuche es noch einmal.",
  "{0} cannot be read: in row {1} a quotation mark is not closed.":
    "{0} kann nicht gelesen werden: In Zeile {1} ist ein Anführungszeichen nicht geschlossen.",
  "{0} has no text, only pictures or empty pages: it needs text recognition (OCR). Save it with recognised text, then add it again.":
    "{0} hat keinen Text, nur Bilder oder leere Seiten: Es braucht eine Texterkennung (OCR). Speichere es mit erkanntem Text und füge es dann noch einmal hinzu.",
  "{0} cannot be read: its page {1} is damaged.": "{0} kann nicht gelesen werden: Seite {1} ist beschädigt.",
  "{0} is protected by a password, or a file of an old Office. Save it as XLSX or PDF without one.":
    "{0} ist mit einem Passwort geschützt oder aus einem alten Office. Speichere es ohne Passwort als XLSX oder PDF.",
  "{0} is a picture: it needs text recognition (OCR) first. Add its text, or a PDF with recognised text.":
    "{0} ist ein Bild: Es braucht erst eine Texterkennung (OCR). Füge den Text hinzu, oder ein PDF mit erkanntem Text.",
  "{0} takes too long to read. Add a part of it, or its text.":
    "Das Lesen von {0} dauert zu lange. Füge einen Teil davon hinzu, oder seinen Text.",
  "{0} takes too much memory to read. Add a part of it, or its text.":
    "Das Lesen von {0} braucht zu viel Speicher. Füge einen Teil davon hinzu, oder seinen Text.",
  "{0} is still being read. Ask again in a moment.": "{0} wird noch gelesen. Frage gleich noch einmal.",
  "I found nothing in {0} that answers this. I have not asked the model, so that it does not answer from nowhere. Ask in other words, or choose other documents.":
    "In {0} habe ich nichts gefunden, das dies beantwortet. Das Modell habe ich nicht gefragt, damit es nichts erfindet. Frage mit anderen Worten oder wähle andere Dokumente.",
  "No passage has this number.": "Keine Stelle hat diese Nummer.",
  "These words do not stand so in the documents.": "Diese Worte stehen so nicht in den Dokumenten.",
  "{0}, page {1}": "{0}, Seite {1}",
  "{0}, passage {1}": "{0}, Stelle {1}",
  "(not in the documents)": "(nicht in den Dokumenten)",
  Documents: "Dokumente",
  "the documents": "die Dokumente",
  "Ask about your documents: each statement of an answer leads to the place that it is from, and what is not in them is not answered.":
    "Frage nach deinen Dokumenten: Jede Aussage einer Antwort führt zu der Stelle, von der sie ist, und was nicht darin steht, wird nicht beantwortet.",
  "Search in names": "In Namen suchen",
  "Choose files, or drop them here": "Dateien wählen oder hier ablegen",
  "PDF, text, Markdown, CSV, XLSX and saved web pages. They stay on this machine.":
    "PDF, Text, Markdown, CSV, XLSX und gespeicherte Webseiten. Sie bleiben auf diesem Rechner.",
  "The chat is asked about: {0}. Select none to end that.":
    "Der Chat wird gefragt nach: {0}. Wähle nichts aus, um das zu beenden.",
  "Ask about the selected": "Nach den ausgewählten fragen",
  "There are no documents yet.": "Es gibt noch keine Dokumente.",
  "Add a report, a contract or a table, and ask about it.":
    "Füge einen Bericht, einen Vertrag oder eine Tabelle hinzu und frage danach.",
  "No document is named “{0}”.": "Kein Dokument heißt „{0}“.",
  "the text of the document": "der Text des Dokuments",
  "What in it bears on a question": "Was darin für eine Frage wichtig ist",
  "Earlier pages": "Frühere Seiten",
  "Later pages": "Spätere Seiten",
  "Page {0}": "Seite {0}",
  "Nothing in it bears on “{0}”: asked that, the chat would say so.":
    "Nichts darin betrifft „{0}“: Danach gefragt, würde der Chat das sagen.",
  "Passages that were found": "Gefundene Stellen",
  "Page {0}, passage {1}": "Seite {0}, Stelle {1}",
  "Passage {0}": "Stelle {0}",
  "near by meaning and words: {0}": "nahe in Bedeutung und Worten: {0}",
  "Waiting to be read": "Wartet darauf, gelesen zu werden",
  "Being read": "Wird gelesen",
  "It cannot be read.": "Es kann nicht gelesen werden.",
  "Ready; {0} of {1} passages are found by meaning so far":
    "Fertig; {0} von {1} Stellen werden bisher nach ihrer Bedeutung gefunden",
  "1 page": "1 Seite",
  "{0} pages": "{0} Seiten",
  "1 sheet": "1 Tabellenblatt",
  "{0} sheets": "{0} Tabellenblätter",
  "1 passage": "1 Stelle",
  "{0} passages": "{0} Stellen",
  "only the beginning was kept": "nur der Anfang wurde behalten",
  "Asked about": "Gefragt wird nach",
  "Choose documents": "Dokumente wählen",
  "Passages of documents": "Stellen aus Dokumenten",
  "A passage of a document that was deleted since.":
    "Eine Stelle aus einem Dokument, das inzwischen gelöscht wurde.",
  "the document went in whole": "das Dokument ging ganz ein",
  "This document no longer exists. It may have been deleted.":
    "Dieses Dokument gibt es nicht mehr. Vielleicht wurde es gelöscht.",
  "Deleted.": "Gelöscht.",
};
