/** Spanish: what the scripts of the pages say. */
export const scripts: Readonly<Record<string, string>> = {
  Copied: "Copiado",
  "New text below": "Texto nuevo abajo",
  "Not allowed here": "No está permitido aquí",
  "Press Ctrl + C": "Pulsa Ctrl + C",
  Show: "Mostrar",
  "This conversation has changed.": "Esta conversación ha cambiado.",
  "Where this figure comes from": "De dónde sale esta cifra",
};
