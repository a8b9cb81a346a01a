/** Spanish: how full the model's context is; a temporary chat. */
export const context: Readonly<Record<string, string>> = {
  "{0} of {1} tokens": "{0} de {1} tokens",
  "{0} of {1} tokens, {2} for documents": "{0} de {1} tokens, {2} para documentos",
  Context: "Contexto",
  "Context: {0}": "Contexto: {0}",
  "How much of the model's context this conversation takes":
    "Cuánto del contexto del modelo ocupa esta conversación",
  "This does not fit into the model's context. Shorten it, or split it into several questions.":
    "Esto no cabe en el contexto del modelo. Acórtalo o divídelo en varias preguntas.",
  "The oldest {0} messages no longer fit: a summary stands for them.":
    "Los {0} mensajes más antiguos ya no caben: un resumen los sustituye.",
  "The oldest {0} messages no longer fit: the model will not read them.":
    "Los {0} mensajes más antiguos ya no caben: el modelo no los leerá.",
  "Temporary chat": "Chat temporal",
  "Leave the temporary chat": "Salir del chat temporal",
  "It is in no list and no search, nothing that is remembered is used and nothing of it is remembered. It is erased a day after its last answer, or ten minutes after you delete it.":
    "No está en ninguna lista ni búsqueda, no se usa nada de tu memoria y nada de él se recuerda. Se borra un día después de la última respuesta, o diez minutos después de que lo elimines.",
  Temporary: "Temporal",
  "It goes to your list": "Pasa a tu lista",
  "Keep it": "Conservar",
  "It is in your list now.": "Ahora está en tu lista.",
};
