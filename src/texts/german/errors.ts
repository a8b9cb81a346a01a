/** German: what the program refuses, and why. */
export const errors: Readonly<Record<string, string>> = {
  // Pages that cannot be shown.
  "Something went wrong": "Etwas ist schiefgegangen",
  "Something went wrong. Try again, or see the log.":
    "Etwas ist schiefgegangen. Versuch es noch einmal, oder sieh ins Protokoll.",
  "That is not for you": "Das ist nicht für dich",
  "This page does not exist": "Diese Seite gibt es nicht",
  "That could not be understood": "Das war nicht zu verstehen",
  "Not just now": "Im Moment nicht",
  "The storage does not work at present": "Der Speicher geht zurzeit nicht",
  // Inputs, facts and instruments.
  "There is no calculator of this name. There are: {0}.":
    "Einen Rechner dieses Namens gibt es nicht. Es gibt: {0}.",
  "There is no such fact.": "Diesen Fakt gibt es nicht.",
  "There is no such instrument.": "Dieses Instrument gibt es nicht.",
  "There is {0} ({1}) by this name. Change that one, or choose another symbol.":
    "Unter diesem Namen gibt es {0} ({1}). Ändere jenes, oder wähle ein anderes Symbol.",
  "The symbol must be 1 to 20 letters and digits, such as EURUSD.":
    "Das Symbol hat 1 bis 20 Buchstaben und Ziffern, etwa EURUSD.",
  "The kind must be one of: {0}.": "Die Art ist eine von: {0}.",
  "Quoted in is missing: state the currency of the price, such as USD.":
    "„Kurs in“ fehlt: Gib die Währung des Kurses an, etwa USD.",
  "{0} must be a currency's code, such as USD.": "{0}: Erlaubt ist das Kürzel einer Währung, etwa USD.",
  "{0} is missing: state a number above 0.": "{0} fehlt: Gib eine Zahl über 0 an.",
  "{0} must be a number above 0 and of at most {1}.":
    "{0}: Erlaubt ist eine Zahl über 0 und bis höchstens {1}.",
  "{0} is too large: state a number below 10^15.": "{0} ist zu groß: Gib eine Zahl unter 10^15 an.",
  "{0} can be read in two ways: write it without a separator of thousands, with a point for decimals, such as 1500 or 1.5.":
    "{0} lässt sich auf zwei Weisen lesen: Schreib ohne Tausendertrennung und mit Punkt für Dezimalen, etwa 1500 oder 1.5.",
  "{0} must be a plain number, such as 10000 or 0.25.":
    "{0}: Erlaubt ist eine einfache Zahl, etwa 10000 oder 0.25.",
  "{0} has more than {1} digits: round it.": "{0} hat mehr als {1} Ziffern: Runde.",
  "{0} Write each input as NAME=VALUE. {1} has: {2}.":
    "{0} Schreib jede Eingabe als NAME=WERT. {1} hat: {2}.",
  "“{0}” is no input.": "„{0}“ ist keine Eingabe.",
  "There is no input “{0}”.": "Eine Eingabe „{0}“ gibt es nicht.",
  "“{0}” is stated twice.": "„{0}“ ist zweimal angegeben.",
  // Conversations, answers, and questions that wait.
  "This Idempotency-Key was sent before with another request. Send a new key with a new request.":
    "Dieser Idempotency-Key wurde schon mit einer anderen Anfrage gesendet. Sende mit einer neuen Anfrage einen neuen.",
  'There is no model "{0}". Known models: {1}.': "Ein Modell „{0}“ gibt es nicht. Bekannt sind: {1}.",
  "Too many questions are waiting. Try again in {0} seconds.":
    "Zu viele Fragen warten. Versuch es in {0} Sekunden noch einmal.",
  "{0} must be a text of 1 to {1} characters.": "{0}: Erlaubt ist ein Text von 1 bis {1} Zeichen.",
  "Instructions can have at most {0} characters; yours have {1}. Shorten them.":
    "Anweisungen haben höchstens {0} Zeichen; deine haben {1}. Kürze sie.",
  "cursor must be the `next` of the page before.": "cursor muss das `next` der Seite davor sein.",
  "There is no such conversation. It may have been deleted.":
    "Diese Unterhaltung gibt es nicht. Vielleicht wurde sie gelöscht.",
  "There is no such message. It may have been deleted.":
    "Diese Nachricht gibt es nicht. Vielleicht wurde sie gelöscht.",
  "There is no such message in this conversation. It may have been deleted.":
    "Diese Nachricht gibt es in dieser Unterhaltung nicht. Vielleicht wurde sie gelöscht.",
  "Only a conversation in the trash can be erased. Delete it first.":
    "Nur eine Unterhaltung im Papierkorb lässt sich endgültig löschen. Lösche sie zuerst.",
  "Still answering. Wait until it is done, or stop it.":
    "Die Antwort läuft noch. Warte, bis sie fertig ist, oder stoppe sie.",
  "{0} questions are waiting here already. Wait until one is asked, or remove one.":
    "Hier warten schon {0} Fragen. Warte, bis eine gestellt ist, oder entferne eine.",
  "This question is not waiting any more. It was asked or removed.":
    "Diese Frage wartet nicht mehr. Sie wurde gestellt oder entfernt.",
  "The program crashed twice while it wrote this answer. What was written is kept; try again.":
    "Das Programm ist bei dieser Antwort zweimal abgestürzt. Was geschrieben war, bleibt; versuch es noch einmal.",
  "The program is being stopped. Ask again when it has started.":
    "Das Programm wird gerade beendet. Frag noch einmal, wenn es gestartet ist.",
  "The model cannot hold more of this conversation. Begin a new one to go on.":
    "Mehr von dieser Unterhaltung fasst das Modell nicht. Beginne eine neue.",
  "This answer is complete. Ask a further question instead.":
    "Diese Antwort ist vollständig. Stell stattdessen eine weitere Frage.",
  "The question of this answer has been deleted.": "Die Frage dieser Antwort wurde gelöscht.",
  "A question that may wait is asked at the end of its conversation.":
    "Eine Frage, die warten darf, steht am Ende ihrer Unterhaltung.",
  "The model broke off in the call of a tool, and called otherwise when it was asked again. Ask again.":
    "Das Modell brach im Aufruf eines Werkzeugs ab und rief es beim zweiten Mal anders auf. Frag noch einmal.",
  "There is no conversation with this conversation_id. Leave it out to begin a new one.":
    "Eine Unterhaltung mit dieser conversation_id gibt es nicht. Lass sie weg, um eine neue zu beginnen.",
  "There is no such answer.": "Diese Antwort gibt es nicht.",
  "This answer cannot go on from there. Ask again instead.":
    "Von dort lässt sich diese Antwort nicht fortsetzen. Frag stattdessen noch einmal.",
  "Only the last answer of a conversation can be continued: what follows builds on the others.":
    "Nur die letzte Antwort einer Unterhaltung lässt sich fortsetzen: Auf die anderen baut das Folgende.",
  "This conversation was deleted. Bring it back from the trash first.":
    "Diese Unterhaltung wurde gelöscht. Hol sie zuerst aus dem Papierkorb.",
  "Only a question can be edited.": "Nur eine Frage lässt sich bearbeiten.",
  "This message is a question, not an answer.": "Diese Nachricht ist eine Frage, keine Antwort.",
  "This answer has no such alternative.": "Diese Alternative hat die Antwort nicht.",
  "There is no such batch. Its answers may have been deleted.":
    "Diesen Stapel gibt es nicht. Vielleicht wurden seine Antworten gelöscht.",
  // Files, memory and data.
  "There is no such file. It may have been removed: attach it again.":
    "Diese Datei gibt es nicht. Vielleicht wurde sie entfernt: Häng sie noch einmal an.",
  "{0} is larger than {1} MB. Attach a smaller file, or a part of it.":
    "{0} ist größer als {1} MB. Häng eine kleinere Datei oder einen Teil davon an.",
  "Your files take {0} MB, which is all that they may. Delete conversations with files for good, and try again.":
    "Deine Dateien belegen {0} MB, mehr dürfen sie nicht. Lösche Unterhaltungen mit Dateien endgültig, und versuch es noch einmal.",
  "a PNG picture": "ein PNG-Bild",
  "a JPEG picture": "ein JPEG-Bild",
  "a WebP picture": "ein WebP-Bild",
  "a GIF picture": "ein GIF-Bild",
  "a PDF": "ein PDF",
  "an Excel workbook (XLSX)": "eine Excel-Mappe (XLSX)",
  "{0} is not {1}, as its name says, or it is damaged.":
    "{0} ist nicht, wie der Name sagt, {1}, oder beschädigt.",
  "{0} is {1}. Rename it so that it ends in .{2}, and attach it again.":
    "{0} ist {1}. Benenne die Datei so um, dass sie auf .{2} endet, und häng sie noch einmal an.",
  "There is no such proposal. Its message may have been deleted.":
    "Es gibt keinen solchen Vorschlag. Seine Nachricht wurde vielleicht gelöscht.",
  "{0} is empty.": "{0} ist leer.",
  "The bytes of {0} are damaged: they are not those that were exported. Export it again, or add the file itself.":
    "Die Bytes von {0} sind beschädigt: Es sind nicht die, die exportiert wurden. Exportiere noch einmal, oder füge die Datei selbst hinzu.",
  "The model that runs cannot see pictures, so {0} cannot be attached. Attach its text, or serve a vision model with vLLM.":
    "Das laufende Modell sieht keine Bilder, also lässt sich {0} nicht anhängen. Häng den Text an, oder betreibe ein Modell mit Bildverständnis über vLLM.",
  "A question has this file. Delete the question instead.":
    "Eine Frage hat diese Datei. Lösche stattdessen die Frage.",
  "A question can have at most {0} files. Remove some, or ask in several questions.":
    "Eine Frage hat höchstens {0} Dateien. Entferne einige, oder frag in mehreren Fragen.",
  "The file is larger than the {0} MB that an import may have.":
    "Die Datei ist größer als die {0} MB, die ein Import haben darf.",
  "The request is larger than {0} bytes, the limit of this address.":
    "Die Anfrage ist größer als {0} Bytes, die Grenze dieser Adresse.",
  "Send the request with its length (Content-Length).": "Sende die Anfrage mit ihrer Länge (Content-Length).",
  "There is no such memory.": "Diese Erinnerung gibt es nicht.",
  "A memory needs a subject, a text and a category.":
    "Eine Erinnerung braucht ein Thema, einen Text und eine Kategorie.",
  "Not everything is deleted: questions are still being asked. Stop the programs that ask, then delete again.":
    "Nicht alles ist gelöscht: Es werden noch Fragen gestellt. Stoppe die Programme, die fragen, und lösche noch einmal.",
  "Type “{0}” to confirm. Nothing was deleted.": "Gib zur Bestätigung „{0}“ ein. Nichts wurde gelöscht.",
  "Choose a model first.": "Wähle zuerst ein Modell.",
  // Logins, keys and limits.
  "Please log in: at /login in a browser, or with an API key (Authorization: Bearer …).":
    "Bitte melde dich an: unter /login im Browser, oder mit einem API-Schlüssel (Authorization: Bearer …).",
  "The login that asked for this has ended. Log in again.":
    "Die Anmeldung, die das wollte, ist beendet. Melde dich noch einmal an.",
  "This API key is unknown. It may be revoked, or belong to another server: create one at /account.":
    "Diesen API-Schlüssel gibt es hier nicht. Vielleicht ist er widerrufen oder gehört zu einem anderen Server: Erstelle einen unter /account.",
  "The name or the password is wrong.": "Der Name oder das Passwort ist falsch.",
  "{0} Try again in {1} seconds.": "{0} Versuch es in {1} Sekunden noch einmal.",
  "Give the key a name of 1 to {0} characters.": "Gib dem Schlüssel einen Namen von 1 bis {0} Zeichen.",
  "Choose what the key may do: chat, read or admin.": "Wähle, was der Schlüssel darf: chat, read oder admin.",
  "Only admins can create a key with the admin scope.":
    "Nur Admins können einen Schlüssel mit dem Recht admin erstellen.",
  "You have {0} keys, the limit. Revoke one that you no longer use.":
    "Du hast {0} Schlüssel, mehr gehen nicht. Widerrufe einen, den du nicht mehr brauchst.",
  "There is no such key. It may already be revoked.":
    "Diesen Schlüssel gibt es nicht. Vielleicht ist er schon widerrufen.",
  "Too many logins at once.": "Zu viele Anmeldungen auf einmal.",
  "Too many failed logins.": "Zu viele fehlgeschlagene Anmeldungen.",
  "A password must have {0} to {1} characters. Four random words work well.":
    "Ein Passwort hat {0} bis {1} Zeichen. Vier zufällige Wörter sind gut.",
  "The two passwords are not the same. Type it again.":
    "Die beiden Passwörter sind verschieden. Gib es noch einmal ein.",
  "You have {0} answers at once, the limit for one user.":
    "Du hast {0} Antworten gleichzeitig, die Grenze für eine Person.",
  "You have {0} requests for embeddings at once, the limit for one user.":
    "Du hast {0} Anfragen für Embeddings gleichzeitig, die Grenze für eine Person.",
  "You read {0} streams at once, the limit for one user.":
    "Du liest {0} Streams gleichzeitig, die Grenze für eine Person.",
  "Too many streams are open.": "Zu viele Streams sind offen.",
  "You are already importing a file. One user may import one at a time.":
    "Du importierst schon eine Datei. Eine Person kann eine auf einmal importieren.",
  "You have used {0} tokens in a minute, the limit for one user.":
    "Du hast {0} Tokens in einer Minute verbraucht, die Grenze für eine Person.",
  "A name must have 1 to 50 letters, digits or any of . _ @ + -, and begin with a letter or a digit.":
    "Ein Name hat 1 bis 50 Buchstaben, Ziffern oder . _ @ + - und beginnt mit einem Buchstaben oder einer Ziffer.",
  "There is already a user with this name.": "Eine Person dieses Namens gibt es schon.",
  "There is already a user. Please log in.": "Es gibt schon jemanden. Bitte melde dich an.",
  "There is no such user.": "Diese Person gibt es nicht.",
  "An answer of this user is still running. Disable the user, wait a moment, then delete them.":
    "Eine Antwort dieser Person läuft noch. Sperre sie, warte einen Moment, und lösche sie dann.",
  'Deleting the only user turns logins off. Do that on the machine itself: "bun run users delete NAME".':
    "Wer den einzigen Zugang löscht, schaltet Anmeldungen ab. Tu das auf dem Rechner selbst: „bun run users delete NAME“.",
  "This is the only admin. Make another user an admin first.":
    "Das ist der einzige Admin. Mach zuerst jemand anderen zum Admin.",
  "That browser is logged out already.": "Dieser Browser ist schon abgemeldet.",
  "You are not logged in.": "Du bist nicht angemeldet.",
  "Logins are set up already. Log in.": "Anmeldungen sind schon eingerichtet. Melde dich an.",
  "Set logins up first, at /setup.": "Richte zuerst Anmeldungen ein, unter /setup.",
  "Type {0} to confirm that the user and what is theirs is to be deleted.":
    "Gib {0} ein, um zu bestätigen, dass die Person mit allem, was ihr gehört, gelöscht wird.",
  "This cannot be done with a user.": "Das geht mit einer Person nicht.",
  // Files that cannot be read.
  "{0} is no text, and no file that can be read here.":
    "{0} ist kein Text, und keine Datei, die hier lesbar ist.",
  "{0} has no text.": "{0} enthält keinen Text.",
  "{0} cannot be unpacked: it is damaged, or far larger than it looks.":
    "{0} lässt sich nicht entpacken: Die Datei ist beschädigt, oder viel größer, als sie aussieht.",
  "{0} cannot be read as a workbook: it is damaged. Save it again as XLSX or CSV.":
    "{0} lässt sich nicht als Arbeitsmappe lesen: Die Datei ist beschädigt. Speichere sie neu als XLSX oder CSV.",
  "{0} has no cells with values.": "{0} hat keine Zellen mit Werten.",
  "{0} is protected by a password. Save it without one.":
    "{0} ist mit einem Passwort geschützt. Speichere die Datei ohne.",
  "{0} cannot be read as a PDF: it is damaged.":
    "{0} lässt sich nicht als PDF lesen: Die Datei ist beschädigt.",
  "{0} has no text: it may be a scan. Attach its pages as pictures, or copy the text.":
    "{0} enthält keinen Text: Vielleicht ist es ein Scan. Häng die Seiten als Bilder an, oder kopiere den Text.",
  "{0} takes too long to read. Attach a smaller file, or its text.":
    "{0} braucht zu lange zum Lesen. Häng eine kleinere Datei oder den Text an.",
  "{0} takes too much memory to read. Attach a smaller file, or its text.":
    "{0} braucht zu viel Speicher zum Lesen. Häng eine kleinere Datei oder den Text an.",
  "{0} cannot be read: it is damaged.": "{0} lässt sich nicht lesen: Die Datei ist beschädigt.",
  "{0} Attach {1}.": "{0} Häng an: {1}.",
};
