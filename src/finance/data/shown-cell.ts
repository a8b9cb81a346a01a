/** Texts of a file as messages show them: a cell or a name of a column may be as long as the file. */

const mostShown = 40;

export const shortened = (text: string): string =>
  text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;

export const quoted = (cell: string): string => `"${shortened(cell)}"`;
