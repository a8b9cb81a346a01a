/** Spanish: a conversation as a document, and what its reader thinks of an answer. */
export const sharing: Readonly<Record<string, string>> = {
  "A convention, or a limit of a calculator.": "Una convención, o un límite de una calculadora.",
  Assistant: "Asistente",
  "Computed by the program; how stands below the answer.":
    "Calculada por el programa; el cálculo está debajo de la respuesta.",
  "Follows from computed figures.": "Se deduce de cifras calculadas.",
  "How it was computed": "Cómo se calculó",
  "Repeats the user's own words or files.": "Repite palabras o archivos del propio usuario.",
  "Save as HTML": "Guardar como HTML",
  "Saved with {0} on {1}. Answers of a language model may be wrong.":
    "Guardado con {0} el {1}. Las respuestas de un modelo de lenguaje pueden ser erróneas.",
  "The marks on figures": "Las marcas de las cifras",
  "This answer was broken off.": "Esta respuesta se interrumpió.",
  "This answer was cut at its length limit.": "Esta respuesta se cortó en su límite de longitud.",
  "This answer was not finished yet.": "Esta respuesta aún no estaba terminada.",
  "This answer was stopped.": "Esta respuesta se detuvo.",
  "Unchecked: nothing proves it.": "Sin comprobar: nada la demuestra.",
  "Good answer": "Buena respuesta",
  "Bad answer": "Mala respuesta",
  "Rated as a good answer.": "Valorada como buena respuesta.",
  "Rated as a bad answer.": "Valorada como mala respuesta.",
};
