/** Spanish: models of the hub, and why they cannot be fetched. */
export const hub: Readonly<Record<string, string>> = {
  "{0} is not an address of the model hub. Give one of {1}, or hf:USER/REPO.":
    "{0} no es una dirección del hub de modelos. Indica una de {1}, o hf:USER/REPO.",
  '"{0}" does not name a model of the hub. Write hf:USER/REPO, or hf:USER/REPO:QUANT such as Q4_K_M.':
    "«{0}» no nombra ningún modelo del hub. Escribe hf:USER/REPO, o hf:USER/REPO:QUANT, por ejemplo Q4_K_M.",
  "The model hub cannot be reached ({0}).": "No se puede llegar al hub de modelos ({0}).",
  "The model hub asks to wait for {0} seconds (it answers {1}). Try again then.":
    "El hub de modelos pide esperar {0} segundos (responde {1}). Inténtalo después.",
  "{0} asks its readers to accept its terms. Accept them at {1}, set HF_TOKEN to a token of your login there, and restart.":
    "{0} pide que aceptes sus condiciones. Acéptalas en {1}, pon en HF_TOKEN un token de tu cuenta y reinicia.",
  "The token in HF_TOKEN may not read {0}. Accept its terms at {1}, or use a token that may.":
    "El token de HF_TOKEN no puede leer {0}. Acepta sus condiciones en {1}, o usa un token que pueda.",
  "The hub has no public model {0}. Check the name; for a private one set HF_TOKEN and restart.":
    "El hub no tiene ningún modelo público {0}. Revisa el nombre; para uno privado, define HF_TOKEN y reinicia.",
  "The hub does not accept the token in HF_TOKEN, or it may not read {0}.":
    "El hub no acepta el token de HF_TOKEN, o este no puede leer {0}.",
  "The hub has no {0}. Check the name at {1}.": "El hub no tiene {0}. Revisa el nombre en {1}.",
  "The hub refuses {0}: it answers {1}.": "El hub rechaza {0}: responde {1}.",
  "No quantisation of {0} fits: the smallest has {1} GB and this machine has {2} GB of memory. Choose a smaller model.":
    "Ninguna cuantización de {0} cabe: la más pequeña ocupa {1} GB y este equipo tiene {2} GB de memoria. Elige un modelo más pequeño.",
  "{0} has no quantisation {1}. It has {2}.": "{0} no tiene la cuantización {1}. Tiene {2}.",
  "The repository has no file {0}. It has {1}.": "El repositorio no tiene el archivo {0}. Tiene {1}.",
  "{0} has no GGUF files. Look for a repository whose name ends in GGUF.":
    "{0} no tiene archivos GGUF. Busca un repositorio cuyo nombre termine en GGUF.",
  "{0} reads pictures or sounds for the model beside it, and writes no answers. Choose the model.":
    "{0} lee imágenes o sonidos para el modelo que lo acompaña y no escribe respuestas. Elige el modelo.",
  "{0} only guesses words ahead for the model beside it. Choose the model.":
    "{0} solo adelanta palabras para el modelo que lo acompaña. Elige el modelo.",
  "{0} is for embeddings, not for answers.": "{0} es para embeddings, no para respuestas.",
  "{0} is an adapter (LoRA) for another model, not a model.":
    "{0} es un adaptador (LoRA) para otro modelo, no un modelo.",
  "{0} holds no model that writes answers.": "{0} no contiene ningún modelo que escriba respuestas.",
  "The hub now has another file under the name {0} than when it was first fetched here. If its author replaced it on purpose, delete {1} and fetch it again.":
    "El hub tiene ahora con el nombre {0} otro archivo que la primera vez. Si su autor lo cambió a propósito, borra {1} y vuelve a descargarlo.",
  "{0} is being downloaded already. Wait until that has ended.":
    "{0} ya se está descargando. Espera a que termine.",
  "The model {0} is not in {1}: there is nothing to remove.":
    "El modelo {0} no está en {1}: no hay nada que eliminar.",
  "{0} is part of the program: recall needs it. It is not removed.":
    "{0} es parte del programa: los recuerdos lo necesitan. No se elimina.",
  "{0} is not a model's name.": "{0} no es el nombre de un modelo.",
};
