/** Spanish: documents that questions are asked about. */
export const documents: Readonly<Record<string, string>> = {
  "There is no such document. It may have been deleted.": "No hay tal documento. Quizá se ha borrado.",
  "{0} is larger than {1} MB. Add a part of it, or its text.":
    "{0} ocupa más de {1} MB. Añade una parte, o su texto.",
  "Your documents take {0} MB, which is all that they may. Delete some, and try again.":
    "Tus documentos ocupan {0} MB, que es todo lo que pueden. Borra algunos e inténtalo de nuevo.",
  "{0} cannot be read: in row {1} a quotation mark is not closed.":
    "{0} no se puede leer: en la fila {1} hay unas comillas sin cerrar.",
  "{0} has no text, only pictures or empty pages: it needs text recognition (OCR). Save it with recognised text, then add it again.":
    "{0} no tiene texto, solo imágenes o páginas vacías: necesita reconocimiento de texto (OCR). Guárdalo con el texto reconocido y añádelo de nuevo.",
  "{0} cannot be read: its page {1} is damaged.": "{0} no se puede leer: su página {1} está dañada.",
  "{0} is protected by a password, or a file of an old Office. Save it as XLSX or PDF without one.":
    "{0} está protegido con contraseña o es de un Office antiguo. Guárdalo sin ella como XLSX o PDF.",
  "{0} is a picture: it needs text recognition (OCR) first. Add its text, or a PDF with recognised text.":
    "{0} es una imagen: antes necesita reconocimiento de texto (OCR). Añade su texto, o un PDF con el texto reconocido.",
  "{0} takes too long to read. Add a part of it, or its text.":
    "{0} tarda demasiado en leerse. Añade una parte, o su texto.",
  "{0} takes too much memory to read. Add a part of it, or its text.":
    "{0} necesita demasiada memoria para leerse. Añade una parte, o su texto.",
  "{0} is still being read. Ask again in a moment.":
    "{0} todavía se está leyendo. Pregunta de nuevo enseguida.",
  "I found nothing in {0} that answers this. I have not asked the model, so that it does not answer from nowhere. Ask in other words, or choose other documents.":
    "No he encontrado nada en {0} que responda a esto. No he preguntado al modelo, para que no responda de la nada. Pregunta con otras palabras o elige otros documentos.",
  "No passage has this number.": "Ningún pasaje tiene este número.",
  "These words do not stand so in the documents.": "Estas palabras no están así en los documentos.",
  "{0}, page {1}": "{0}, página {1}",
  "{0}, passage {1}": "{0}, pasaje {1}",
  "(not in the documents)": "(no está en los documentos)",
  Documents: "Documentos",
  "the documents": "los documentos",
  "Ask about your documents: each statement of an answer leads to the place that it is from, and what is not in them is not answered.":
    "Pregunta por tus documentos: cada afirmación de una respuesta lleva al lugar de donde viene, y lo que no está en ellos no se responde.",
  "Search in names": "Buscar en los nombres",
  "Choose files, or drop them here": "Elige archivos o suéltalos aquí",
  "PDF, text, Markdown, CSV, XLSX and saved web pages. They stay on this machine.":
    "PDF, texto, Markdown, CSV, XLSX y páginas web guardadas. Se quedan en este equipo.",
  "The chat is asked about: {0}. Select none to end that.":
    "En el chat se pregunta por: {0}. No selecciones ninguno para terminarlo.",
  "Ask about the selected": "Preguntar por los seleccionados",
  "There are no documents yet.": "Todavía no hay documentos.",
  "Add a report, a contract or a table, and ask about it.":
    "Añade un informe, un contrato o una tabla y pregunta por él.",
  "No document is named “{0}”.": "Ningún documento se llama «{0}».",
  "the text of the document": "el texto del documento",
  "What in it bears on a question": "Qué hay en él sobre una pregunta",
  "Earlier pages": "Páginas anteriores",
  "Later pages": "Páginas siguientes",
  "Page {0}": "Página {0}",
  "Nothing in it bears on “{0}”: asked that, the chat would say so.":
    "Nada en él trata de «{0}»: si se le preguntara, el chat lo diría.",
  "Passages that were found": "Pasajes encontrados",
  "Page {0}, passage {1}": "Página {0}, pasaje {1}",
  "Passage {0}": "Pasaje {0}",
  "near by meaning and words: {0}": "cercano en significado y palabras: {0}",
  "Waiting to be read": "Espera a ser leído",
  "Being read": "Se está leyendo",
  "It cannot be read.": "No se puede leer.",
  "Ready; {0} of {1} passages are found by meaning so far":
    "Listo; {0} de {1} pasajes se encuentran ya por su significado",
  "1 page": "1 página",
  "{0} pages": "{0} páginas",
  "1 sheet": "1 hoja",
  "{0} sheets": "{0} hojas",
  "1 passage": "1 pasaje",
  "{0} passages": "{0} pasajes",
  "only the beginning was kept": "solo se ha guardado el principio",
  "Asked about": "Se pregunta por",
  "Choose documents": "Elegir documentos",
  "Passages of documents": "Pasajes de documentos",
  "A passage of a document that was deleted since.": "Un pasaje de un documento que se borró después.",
  "the document went in whole": "el documento entró entero",
  "This document no longer exists. It may have been deleted.":
    "Este documento ya no existe. Quizá se ha borrado.",
  "Deleted.": "Borrado.",
};
