/** German: when the assistant cannot be reached. */
export const offline: Readonly<Record<string, string>> = {
  "A question for later": "Eine Frage für später",
  "Has it been stopped? On its machine {0} starts it.":
    "Wurde er beendet? Auf seinem Rechner startet ihn {0}.",
  "Send when it is back": "Senden, sobald er wieder da ist",
  "Sent when the assistant can be reached again:":
    "Wird gesendet, sobald der Assistent wieder erreichbar ist:",
  "The assistant cannot be reached": "Der Assistent ist nicht erreichbar",
  "This page goes on by itself as soon as it answers again.":
    "Diese Seite macht von selbst weiter, sobald er wieder antwortet.",
};
