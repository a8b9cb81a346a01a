/** German: the page of what is remembered. */
export const memory: Readonly<Record<string, string>> = {
  "what is remembered": "Gemerktes",
  "The assistant may use these in any conversation. What you forget can be restored as long as the trash keeps it.":
    "Der Assistent darf sie in jeder Unterhaltung nutzen. Was du vergisst, lässt sich wiederherstellen, solange der Papierkorb es aufbewahrt.",
  "Search in memories": "In Erinnerungen suchen",
  Older: "Ältere",
  "Each finished answer is remembered with its question, and may be used in later conversations.":
    "Jede fertige Antwort wird mit ihrer Frage gemerkt und darf in späteren Unterhaltungen genutzt werden.",
  "Finished answers are not remembered. What is remembered already stays until you forget it.":
    "Fertige Antworten werden nicht gemerkt. Was schon gemerkt ist, bleibt, bis du es vergisst.",
  "Nothing is remembered yet.": "Noch ist nichts gemerkt.",
  "Finished answers are, and facts that you save with {0} in the terminal or with {1}.":
    "Gemerkt werden fertige Antworten, und Fakten, die du mit {0} im Terminal oder mit {1} speicherst.",
  "Facts are that you save with {0} in the terminal or with {1}.":
    "Gemerkt werden Fakten, die du mit {0} im Terminal oder mit {1} speicherst.",
  "No memory holds “{0}”.": "Keine Erinnerung enthält „{0}“.",
  Fact: "Fakt",
  "From a conversation": "Aus einer Unterhaltung",
  Edit: "Bearbeiten",
  Text: "Text",
  "a subject¦About": "Thema",
  Category: "Kategorie",
  Forget: "Vergessen",
  "Forgotten.": "Vergessen.",
  "The file has no memories.": "Die Datei enthält keine Erinnerungen.",
  "The file has more than {0} memories. Send it in parts.":
    "Die Datei enthält mehr als {0} Erinnerungen. Sende sie in Teilen.",
  "The file is neither JSON nor CSV.": "Die Datei ist weder JSON noch CSV.",
  "The file must be a list of memories, or have one under “memories”.":
    "Die Datei muss eine Liste von Erinnerungen sein oder eine unter „memories“ haben.",
  "It is not an object with key and value.": "Es ist kein Objekt mit key und value.",
  "{0} must be a text.": "{0} muss ein Text sein.",
  "{0} may have at most {1} characters.": "{0} darf höchstens {1} Zeichen haben.",
  "kind must be fact or exchange.": "kind muss fact oder exchange sein.",
  "confidence must be a number from 0 to 1.": "confidence muss eine Zahl von 0 bis 1 sein.",
  "There is nothing to remember in this message.": "In dieser Nachricht gibt es nichts zu merken.",
  "Remember this": "Das merken",
};
