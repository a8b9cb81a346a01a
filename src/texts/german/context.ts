/** German: how full the model's context is; a temporary chat. */
export const context: Readonly<Record<string, string>> = {
  "{0} of {1} tokens": "{0} von {1} Token",
  "{0} of {1} tokens, {2} for documents": "{0} von {1} Token, {2} für Dokumente",
  Context: "Kontext",
  "Context: {0}": "Kontext: {0}",
  "How much of the model's context this conversation takes":
    "Wie viel vom Kontext des Modells diese Unterhaltung belegt",
  "This does not fit into the model's context. Shorten it, or split it into several questions.":
    "Das passt nicht in den Kontext des Modells. Kürze es oder teile es in mehrere Fragen auf.",
  "The oldest {0} messages no longer fit: a summary stands for them.":
    "Die ältesten {0} Nachrichten passen nicht mehr hinein: Eine Zusammenfassung vertritt sie.",
  "The oldest {0} messages no longer fit: the model will not read them.":
    "Die ältesten {0} Nachrichten passen nicht mehr hinein: Das Modell liest sie nicht.",
  "Temporary chat": "Temporärer Chat",
  "Leave the temporary chat": "Temporären Chat verlassen",
  "It is in no list and no search, nothing that is remembered is used and nothing of it is remembered. It is erased a day after its last answer, or ten minutes after you delete it.":
    "Er steht in keiner Liste und keiner Suche, nichts aus deinem Gedächtnis wird benutzt und nichts davon gemerkt. Er wird einen Tag nach der letzten Antwort gelöscht oder zehn Minuten, nachdem du ihn löschst.",
  Temporary: "Temporär",
  "It goes to your list": "Er kommt in deine Liste",
  "Keep it": "Behalten",
  "It is in your list now.": "Er steht jetzt in deiner Liste.",
};
