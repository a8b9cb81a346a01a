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
  "The file has no memories.": "El archivo no contiene recuerdos.",
  "The file has more than {0} memories. Send it in parts.":
    "El archivo contiene más de {0} recuerdos. Envíalo en partes.",
  "The file is neither JSON nor CSV.": "El archivo no es JSON ni CSV.",
  "The file must be a list of memories, or have one under “memories”.":
    "El archivo debe ser una lista de recuerdos o tener una en «memories».",
  "It is not an object with key and value.": "No es un objeto con key y value.",
  "{0} must be a text.": "{0} debe ser un texto.",
  "{0} may have at most {1} characters.": "{0} puede tener como máximo {1} caracteres.",
  "kind must be fact or exchange.": "kind debe ser fact o exchange.",
  "confidence must be a number from 0 to 1.": "confidence debe ser un número de 0 a 1.",
  "There is nothing to remember in this message.": "En este mensaje no hay nada que recordar.",
  "Remember this": "Recordar esto",
};
