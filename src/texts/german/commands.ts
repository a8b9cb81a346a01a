/** German: the commands of the chat. */
export const commands: Readonly<Record<string, string>> = {
  "[markdown | html | json]": "[markdown | html | json]",
  "[NAME]": "[NAME]",
  "[QUESTION]": "[FRAGE]",
  "[TEXT]": "[TEXT]",
  "a model¦Answers": "Antwortet",
  "Answer in one sentence.": "Antworte in einem Satz.",
  "Begin a chat that is not kept": "Einen Chat beginnen, der nicht aufbewahrt wird",
  "Choose the model that answers": "Das Modell wählen, das antwortet",
  Command: "Befehl",
  Commands: "Befehle",
  "Find what is remembered, and forget it": "Gemerktes finden und vergessen",
  "Give instructions for this conversation": "Anweisungen für diese Unterhaltung geben",
  "Instructions for this conversation": "Anweisungen für diese Unterhaltung",
  "No model is there.": "Es ist kein Modell da.",
  "Only an admin can load another model.": "Nur ein Admin kann ein anderes Modell laden.",
  "Remember something for all conversations": "Etwas für alle Unterhaltungen merken",
  "Remembered with “{0}”:": "Gemerkt mit „{0}“:",
  "Remembered.": "Gemerkt.",
  "Save the file": "Datei speichern",
  "Save this conversation as a file": "Diese Unterhaltung als Datei speichern",
  "Saved. The next answers follow your instructions.":
    "Gespeichert. Die nächsten Antworten folgen deinen Anweisungen.",
  "Show all commands": "Alle Befehle zeigen",
  TEXT: "TEXT",
  "There is no command /{0}. /help shows all. To ask this as a question, begin with a word.":
    "Es gibt keinen Befehl /{0}. /help zeigt alle. Um das als Frage zu stellen, beginne mit einem Wort.",
  "There is no command /{0}. Did you mean /{1}? /help shows all. To ask this as a question, begin with a word.":
    "Es gibt keinen Befehl /{0}. Meintest du /{1}? /help zeigt alle. Um das als Frage zu stellen, beginne mit einem Wort.",
  "There is nothing to save yet: ask a question first.":
    "Es gibt noch nichts zu speichern: Stell erst eine Frage.",
  "These models can answer:": "Diese Modelle können antworten:",
  WORDS: "WÖRTER",
  "Write /export, /export markdown, /export html or /export json.":
    "Schreib /export, /export markdown, /export html oder /export json.",
  "Write a command in place of a question.": "Schreib einen Befehl anstelle einer Frage.",
  "Write a word of it after the command: /forget broker.":
    "Schreib hinter den Befehl ein Wort daraus: /forget Broker.",
  "Write the instructions after the command: /system Answer in one sentence.":
    "Schreib die Anweisungen hinter den Befehl: /system Antworte in einem Satz.",
  "Write what to remember after the command: /remember My broker charges 7 USD per lot.":
    "Schreib hinter den Befehl, was gemerkt werden soll: /remember Mein Broker nimmt 7 USD pro Lot.",
  "Your file is ready.": "Deine Datei ist fertig.",
  "{0} answers.": "{0} antwortet.",
  "{0} calculators": "{0} Rechner",
  "{0} is being loaded.": "{0} wird geladen.",
};
