/** Texts of a file as messages show them: a cell or a name of a column may be as long as the file. */

const mostShown = 40;

export const shortened = (text: string): string =>
  text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;

/** As it stands in the file, in every language. */
export const quoted = (cell: string) => ({ verbatim: `"${shortened(cell)}"` });

/** Several of them. */
export const listed = (texts: readonly string[]) => ({ verbatim: texts.join(", ") });
