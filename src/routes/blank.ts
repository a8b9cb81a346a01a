/** What counts as nothing said: blanks, and signs that nobody sees. */

/** A sign that is seen; programs read it in the document. */
export const seenSign = "[^\\s\\u0000-\\u001f\\u007f-\\u009f\\ufeff]";

const seen = new RegExp(seenSign);

export const isBlank = (text: string) => !seen.test(text);
