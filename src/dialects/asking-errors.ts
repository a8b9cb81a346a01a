/** What the document says of failed answers. */

/** How asking may fail; an answer that fails before its first word has the status of its failure. */
export const askingErrors: Readonly<Record<number, string>> = {
  404: "There is no such model.",
  502: "The model crashed while answering.",
  503: "The queue is full (with Retry-After), no engine can answer at present, or the program is being stopped.",
};
