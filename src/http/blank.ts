/** Texts that count as empty: blanks and invisible characters. */

/** A visible character; programs read the pattern in the document. */
export const seenSign =
  "[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e" +
  "\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb]";

/** With those beyond the first 65,536, such as tags, which a schema's pattern cannot name; the pattern of braille has no dot. */
const seen = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u;

export const isBlank = (text: string) => !seen.test(text);
