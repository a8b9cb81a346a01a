/** German: models of the hub, and why they cannot be fetched. */
export const hub: Readonly<Record<string, string>> = {
  "{0} is not an address of the model hub. Give one of {1}, or hf:USER/REPO.":
    "{0} ist keine Adresse des Modell-Hubs. Gib eine von {1} an, oder hf:USER/REPO.",
  '"{0}" does not name a model of the hub. Write hf:USER/REPO, or hf:USER/REPO:QUANT such as Q4_K_M.':
    "„{0}“ benennt kein Modell des Hubs. Schreib hf:USER/REPO, oder hf:USER/REPO:QUANT, etwa Q4_K_M.",
  "The model hub cannot be reached ({0}).": "Der Modell-Hub ist nicht erreichbar ({0}).",
  "The model hub asks to wait for {0} seconds (it answers {1}). Try again then.":
    "Der Modell-Hub bittet um {0} Sekunden Geduld (Antwort {1}). Versuch es dann noch einmal.",
  "{0} asks its readers to accept its terms. Accept them at {1}, set HF_TOKEN to a token of your login there, and restart.":
    "{0} verlangt, dass du seinen Bedingungen zustimmst. Stimm ihnen auf {1} zu, setze HF_TOKEN auf ein Token deiner Anmeldung dort und starte neu.",
  "The token in HF_TOKEN may not read {0}. Accept its terms at {1}, or use a token that may.":
    "Das Token in HF_TOKEN darf {0} nicht lesen. Stimm den Bedingungen auf {1} zu, oder nimm ein Token, das es darf.",
  "The hub has no public model {0}. Check the name; for a private one set HF_TOKEN and restart.":
    "Der Hub hat kein öffentliches Modell {0}. Prüfe den Namen; für ein privates setze HF_TOKEN und starte neu.",
  "The hub does not accept the token in HF_TOKEN, or it may not read {0}.":
    "Der Hub nimmt das Token in HF_TOKEN nicht an, oder es darf {0} nicht lesen.",
  "The hub has no {0}. Check the name at {1}.": "Der Hub hat kein {0}. Prüfe den Namen auf {1}.",
  "The hub refuses {0}: it answers {1}.": "Der Hub verweigert {0}: Er antwortet {1}.",
  "No quantisation of {0} fits: the smallest has {1} GB and this machine has {2} GB of memory. Choose a smaller model.":
    "Keine Quantisierung von {0} passt: Die kleinste hat {1} GB, und dieser Rechner hat {2} GB Speicher. Wähle ein kleineres Modell.",
  "{0} has no quantisation {1}. It has {2}.": "{0} hat keine Quantisierung {1}. Es hat {2}.",
  "The repository has no file {0}. It has {1}.": "Das Repository hat keine Datei {0}. Es hat {1}.",
  "{0} has no GGUF files. Look for a repository whose name ends in GGUF.":
    "{0} hat keine GGUF-Dateien. Suche ein Repository, dessen Name auf GGUF endet.",
  "{0} reads pictures or sounds for the model beside it, and writes no answers. Choose the model.":
    "{0} liest Bilder oder Töne für das Modell daneben und schreibt keine Antworten. Wähle das Modell.",
  "{0} only guesses words ahead for the model beside it. Choose the model.":
    "{0} rät nur Wörter voraus, für das Modell daneben. Wähle das Modell.",
  "{0} is for embeddings, not for answers.": "{0} ist für Embeddings, nicht für Antworten.",
  "{0} is an adapter (LoRA) for another model, not a model.":
    "{0} ist ein Adapter (LoRA) für ein anderes Modell, kein Modell.",
  "{0} holds no model that writes answers.": "{0} enthält kein Modell, das Antworten schreibt.",
  "The hub now has another file under the name {0} than when it was first fetched here. If its author replaced it on purpose, delete {1} and fetch it again.":
    "Der Hub hat unter dem Namen {0} jetzt eine andere Datei als beim ersten Mal. Hat der Autor sie absichtlich ersetzt, lösche {1} und lade sie noch einmal.",
  "{0} is being downloaded already. Wait until that has ended.":
    "{0} wird schon heruntergeladen. Warte, bis das zu Ende ist.",
  "The model {0} is not in {1}: there is nothing to remove.":
    "Das Modell {0} ist nicht in {1}: Es gibt nichts zu entfernen.",
  "{0} is part of the program: recall needs it. It is not removed.":
    "{0} gehört zum Programm: Das Erinnern braucht es. Es wird nicht entfernt.",
  "{0} is not a model's name.": "{0} ist kein Name eines Modells.",
};
