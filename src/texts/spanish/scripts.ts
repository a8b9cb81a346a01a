/** Spanish: what the scripts of the pages say. */
export const scripts: Readonly<Record<string, string>> = {
  "1 command": "1 comando",
  Copied: "Copiado",
  "It cannot be attached.": "No se puede adjuntar.",
  "New text below": "Texto nuevo abajo",
  "Not allowed here": "No está permitido aquí",
  "Pasted text": "Texto pegado",
  "Press Ctrl + C": "Pulsa Ctrl + C",
  Show: "Mostrar",
  "The answer has ended early.": "La respuesta terminó antes de tiempo.",
  "The answer is ready.": "La respuesta está lista.",
  "The assistant cannot be reached. Try again in a moment.":
    "No se puede contactar con el asistente. Inténtalo de nuevo en un momento.",
  "The assistant cannot be reached. Your question is kept here: try again in a moment.":
    "No se puede contactar con el asistente. Tu pregunta se queda aquí: inténtalo de nuevo en un momento.",
  "The connection was lost. Attach it again.": "Se perdió la conexión. Adjúntalo de nuevo.",
  "This conversation has changed.": "Esta conversación ha cambiado.",
  "This is too long to send. Shorten it or split it.":
    "Es demasiado largo para enviarlo. Acórtalo o divídelo.",
  "Where this figure comes from": "De dónde sale esta cifra",
  "{0} characters left": "quedan {0} caracteres",
  "{0} characters: {1} too many. Shorten the question or split it.":
    "{0} caracteres: sobran {1}. Acorta la pregunta o divídela.",
  "{0} commands": "{0} comandos",
  "{0} is attached.": "{0} está adjunto.",
  "{0} selected": "{0} seleccionadas",
  "Read aloud": "Leer en voz alta",
  "Stop reading": "Dejar de leer",
};
