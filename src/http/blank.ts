/** What counts as nothing said: blanks, and signs that nobody sees. */

/** A sign that is seen; programs read it in the document. */
export const seenSign =
  "[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff]";

const seen = new RegExp(seenSign);

export const isBlank = (text: string) => !seen.test(text);
