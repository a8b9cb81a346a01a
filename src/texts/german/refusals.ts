/** German: what is refused before a page, and on the page of the status. */
export const refusals: Readonly<Record<string, string>> = {
  "Nobody has stated {0} for {1}. Ask the user for it, or leave it out.":
    "Niemand hat {0} für {1} genannt. Frag den Nutzer danach, oder lass es weg.",
  "The request has no file, or an empty one.": "Die Anfrage hat keine Datei, oder eine leere.",
  "The form has no file.": "Das Formular hat keine Datei.",
  "The form cannot be read. Send it again.": "Das Formular ist nicht lesbar. Schick es noch einmal.",
  "The request has no Origin. Use a current browser, or an API key.":
    "Die Anfrage hat keinen Origin. Nimm einen aktuellen Browser oder einen API-Schlüssel.",
  "Only this server's own pages may log in or set it up.":
    "Nur die eigenen Seiten dieses Servers dürfen anmelden oder ihn einrichten.",
  "Only admins may do this, and keys with the scope admin.":
    "Das dürfen nur Admins, und Schlüssel mit dem Recht admin.",
  "This key may not read. Create one with the scope chat or read.":
    "Dieser Schlüssel darf nicht lesen. Erstelle einen mit dem Recht chat oder read.",
  "This key may only read. Create one with the scope chat.":
    "Dieser Schlüssel darf nur lesen. Erstelle einen mit dem Recht chat.",
  "An API key cannot change a login. Use the page at /account.":
    "Ein API-Schlüssel kann keine Anmeldung ändern. Nimm die Seite unter /account.",
  "No model runs. Start an engine on the status page.":
    "Es läuft kein Modell. Starte eine Engine auf der Statusseite.",
  "Nothing is at this address. Check for a typo.":
    "An dieser Adresse ist nichts. Prüfe, ob du dich vertippt hast.",
  "{0} is run by somebody else, and is started and stopped there.":
    "{0} wird von jemand anderem betrieben, und dort gestartet und angehalten.",
  "{0} cannot {1} while it is {2}.": "{0} lässt sich gerade nicht {1} ({2}).",
  "{0} was stopped before that.": "{0} wurde vorher angehalten.",
  "{0} is run by somebody else, who decides about its model.":
    "{0} wird von jemand anderem betrieben, der über das Modell entscheidet.",
  "{0} has one model. Ask for another by its name, or load it on {1}.":
    "{0} hat ein Modell. Verlange ein anderes mit seinem Namen, oder lade es auf {1}.",
  'There is no engine "{0}". There is {1}.': "Es gibt keine Engine „{0}“. Es gibt {1}.",
  start: "starten",
  stop: "anhalten",
  restart: "neu starten",
  unload: "entladen",
  ready: "bereit",
  stopped: "angehalten",
  failed: "ausgefallen",
};
