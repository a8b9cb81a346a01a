/** Spanish: the page of what is remembered. */
export const memory: Readonly<Record<string, string>> = {
  "what is remembered": "lo que se recuerda",
  "The assistant may use these in any conversation. What you forget can be restored as long as the trash keeps it.":
    "El asistente puede usarlos en cualquier conversación. Lo que olvides puede restaurarse mientras siga en la papelera.",
  "Search in memories": "Buscar en los recuerdos",
  Older: "Anteriores",
  "Each finished answer is remembered with its question, and may be used in later conversations.":
    "Cada respuesta terminada se recuerda con su pregunta y puede usarse en conversaciones posteriores.",
  "Finished answers are not remembered. What is remembered already stays until you forget it.":
    "Las respuestas terminadas no se recuerdan. Lo que ya se recuerda se queda hasta que lo olvides.",
  "Nothing is remembered yet.": "Aún no se recuerda nada.",
  "Finished answers are, and facts that you save with {0} in the terminal or with {1}.":
    "Se recuerdan las respuestas terminadas y los datos que guardas con {0} en la terminal o con {1}.",
  "Facts are that you save with {0} in the terminal or with {1}.":
    "Se recuerdan los datos que guardas con {0} en la terminal o con {1}.",
  "No memory holds “{0}”.": "Ningún recuerdo contiene «{0}».",
  Fact: "Dato",
  "From a conversation": "De una conversación",
  Edit: "Editar",
  Text: "Texto",
  "a subject¦About": "Tema",
  Category: "Categoría",
  Forget: "Olvidar",
  "Forgotten.": "Olvidado.",
};
