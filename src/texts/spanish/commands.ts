/** Spanish: the commands of the chat. */
export const commands: Readonly<Record<string, string>> = {
  "[markdown | html | json]": "[markdown | html | json]",
  "[NAME]": "[NOMBRE]",
  "[QUESTION]": "[PREGUNTA]",
  "[TEXT]": "[TEXTO]",
  "a model¦Answers": "Responde",
  "Answer in one sentence.": "Responde en una frase.",
  "Begin a chat that is not kept": "Empezar un chat que no se guarda",
  "Choose the model that answers": "Elegir el modelo que responde",
  Command: "Comando",
  Commands: "Comandos",
  "Find what is remembered, and forget it": "Buscar lo recordado y olvidarlo",
  "Give instructions for this conversation": "Dar instrucciones para esta conversación",
  "Instructions for this conversation": "Instrucciones para esta conversación",
  "No model is there.": "No hay ningún modelo.",
  "Only an admin can load another model.": "Solo un administrador puede cargar otro modelo.",
  "Remember something for all conversations": "Recordar algo para todas las conversaciones",
  "Remembered with “{0}”:": "Recordado con «{0}»:",
  "Remembered.": "Recordado.",
  "Save the file": "Guardar el archivo",
  "Save this conversation as a file": "Guardar esta conversación como archivo",
  "Saved. The next answers follow your instructions.":
    "Guardado. Las próximas respuestas seguirán tus instrucciones.",
  "Show all commands": "Mostrar todos los comandos",
  TEXT: "TEXTO",
  "There is no command /{0}. /help shows all. To ask this as a question, begin with a word.":
    "No existe el comando /{0}. /help los muestra todos. Para preguntarlo, empieza con una palabra.",
  "There is no command /{0}. Did you mean /{1}? /help shows all. To ask this as a question, begin with a word.":
    "No existe el comando /{0}. ¿Querías decir /{1}? /help los muestra todos. Para preguntarlo, empieza con una palabra.",
  "There is nothing to save yet: ask a question first.":
    "Todavía no hay nada que guardar: haz antes una pregunta.",
  "These models can answer:": "Estos modelos pueden responder:",
  WORDS: "PALABRAS",
  "Write /export, /export markdown, /export html or /export json.":
    "Escribe /export, /export markdown, /export html o /export json.",
  "Write a command in place of a question.": "Escribe un comando en lugar de una pregunta.",
  "Write a word of it after the command: /forget broker.":
    "Escribe una de sus palabras tras el comando: /forget bróker.",
  "Write the instructions after the command: /system Answer in one sentence.":
    "Escribe las instrucciones tras el comando: /system Responde en una frase.",
  "Write what to remember after the command: /remember My broker charges 7 USD per lot.":
    "Escribe tras el comando lo que hay que recordar: /remember Mi bróker cobra 7 USD por lote.",
  "Your file is ready.": "Tu archivo está listo.",
  "{0} answers.": "Responde {0}.",
  "{0} calculators": "{0} calculadoras",
  "{0} is being loaded.": "Se está cargando {0}.",
};
