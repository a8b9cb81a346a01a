/** German: presets. */
export const presets: Readonly<Record<string, string>> = {
  Presets: "Vorlagen",
  "the presets": "Vorlagen",
  "the preset": "Vorlage",
  "All presets": "Alle Vorlagen",
  "New preset": "Neue Vorlage",
  "Edit preset": "Vorlage bearbeiten",
  "Save as preset": "Als Vorlage speichern",
  "Choose a preset": "Vorlage wählen",
  "Choose a preset, or take it off": "Eine Vorlage wählen oder abnehmen",
  "[NAME | off]": "[NAME | off]",
  "Manage presets": "Vorlagen verwalten",
  "Presets you can use:": "Vorlagen, die du nutzen kannst:",
  Preset: "Vorlage",
  "Preset: {0}": "Vorlage: {0}",
  "preset¦None": "Keine",
  "Take off the preset {0}": "Vorlage {0} abnehmen",
  "Take it off": "Abnehmen",
  "In use": "In Gebrauch",
  Use: "Nutzen",
  "New chat with {0}": "Neuer Chat mit {0}",
  "Edit {0}": "{0} bearbeiten",
  "Delete {0}": "{0} löschen",
  "Saved.": "Gespeichert.",
  "You have no presets yet.": "Du hast noch keine Vorlagen.",
  "Make one here, or save the values of a conversation by its menu.":
    "Lege hier eine an, oder speichere die Werte einer Unterhaltung über ihr Menü.",
  "Instructions, model, sampling and memory under a name. Begin a chat with one: it keeps the values, even if you change the preset later.":
    "Anweisungen, Modell, Sampling und Gedächtnis unter einem Namen. Beginne einen Chat damit: Er behält die Werte, auch wenn du die Vorlage später änderst.",
  "Instructions, model and sampling under a name, for some of your chats.":
    "Anweisungen, Modell und Sampling unter einem Namen, für einige deiner Chats.",
  "What you leave empty is as in your settings.": "Was du leer lässt, ist wie in deinen Einstellungen.",
  "In place of those of your settings.": "Anstelle derer in deinen Einstellungen.",
  "As in your settings": "Wie in deinen Einstellungen",
  "As in your settings: {0}": "Wie in deinen Einstellungen: {0}",
  "The one that answers": "Das, das gerade antwortet",
  "From 0 to 2": "Von 0 bis 2",
  "From 0 to 1": "Von 0 bis 1",
  "From 0 (off) to 20": "Von 0 (aus) bis 20",
  "At least 1": "Mindestens 1",
  "Length in tokens": "Länge in Token",
  "Top p {0}": "Top p {0}",
  "At most {0} tokens": "Höchstens {0} Token",
  "The next answers follow your settings again.":
    "Die nächsten Antworten folgen wieder deinen Einstellungen.",
  "The next answers follow the preset “{0}”.": "Die nächsten Antworten folgen der Vorlage „{0}“.",
  "The name must be a text of 1 to {0} characters.": "Der Name hat 1 bis {0} Zeichen.",
  "The model must be a text of 1 to {0} characters.": "Das Modell hat 1 bis {0} Zeichen.",
  "A preset cannot be called “off”: /preset off takes one off. Choose another name.":
    "„off“ kann keine Vorlage heißen: /preset off nimmt eine ab. Wähle einen anderen Namen.",
  "There is a preset “{0}” already. Choose another name.":
    "Eine Vorlage „{0}“ gibt es schon. Wähle einen anderen Namen.",
  "You have {0} presets, as many as can be. Delete one first.":
    "Du hast {0} Vorlagen, mehr sind nicht möglich. Lösche zuerst eine.",
  "A preset is for a new conversation: leave conversation_id out, or leave preset out.":
    "Eine Vorlage ist für eine neue Unterhaltung: Lass conversation_id weg oder preset.",
  "There is no such preset: you have none yet. Make one under Settings, Answers, Presets.":
    "Diese Vorlage gibt es nicht: Du hast noch keine. Lege eine an unter Einstellungen, Antworten, Vorlagen.",
  "There is no such preset. You have {0}.": "Diese Vorlage gibt es nicht. Du hast {0}.",
};
