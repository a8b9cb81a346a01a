/** How characters of a regular expression are written in a grammar: within a JSON string, or as they are. */

/** json: between the quotes of a JSON string; text: a text of its own. */
export type PatternForm = "json" | "text";

/** Code points from and to, both included. */
export type Span = readonly [from: number, to: number];

/** What `.` stands for. JSON writes other characters with escapes; texts of those have no grammar here. */
export const anyCharacter: Readonly<Record<PatternForm, string>> = {
  json: '[^"\\\\\\x00-\\x1F\\x7F]',
  text: "[^\\x0A\\x0D]",
};

/** What `\s` stands for. JSON writes all other blanks with escapes. */
export const blanks: Readonly<Record<PatternForm, readonly Span[]>> = {
  json: [[32, 32]],
  text: [
    [9, 13],
    [32, 32],
  ],
};

const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** The control character that a letter stands for after a backslash; null: none that can be written. */
export const controlOf = (letter: string, form: PatternForm): string | null =>
  form === "text" ? (controls[letter] ?? null) : null;

/** @returns null for a character that cannot be written */
export function literal(character: string, form: PatternForm): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return null;
  if (form === "text") return `[${member(code)}]`;
  return code < 32 ? null : JSON.stringify(JSON.stringify(character).slice(1, -1));
}

/** @returns null when none of its characters can be written */
export function characterClass(spans: readonly Span[], isNegated: boolean, form: PatternForm): string | null {
  if (form === "text") {
    if (spans.length === 0) return isNegated ? "[\\x00-\\U0010FFFF]" : null;
    return `[${isNegated ? "^" : ""}${spans.map(spanText).join("")}]`;
  }
  return isNegated ? `[^"\\\\\\x00-\\x1F\\x7F${spans.map(spanText).join("")}]` : classInJson(spans);
}

/** Quotes and backslashes are written with a backslash, and so are no members of a bracket. */
function classInJson(spans: readonly Span[]): string | null {
  const within = (code: number) => spans.some(([from, to]) => from <= code && code <= to);
  const writable = spans.flatMap((span) => without(without([span], 34), 92)).filter(([, to]) => to >= 32);
  const parts = [
    ...(writable.length === 0
      ? []
      : [`[${writable.map(([from, to]) => spanText([Math.max(32, from), to])).join("")}]`]),
    ...(within(34) ? ['"\\\\\\""'] : []),
    ...(within(92) ? ['"\\\\\\\\"'] : []),
  ];
  if (parts.length === 0) return null;
  return parts.length === 1 ? `${parts[0]}` : `(${parts.join(" | ")})`;
}

const without = (spans: readonly Span[], code: number): Span[] =>
  spans.flatMap(([from, to]): Span[] => {
    if (code < from || code > to) return [[from, to]];
    const parts: Span[] = [
      [from, code - 1],
      [code + 1, to],
    ];
    return parts.filter(([first, last]) => first <= last);
  });

const spanText = ([from, to]: Span) => (from === to ? member(from) : `${member(from)}-${member(to)}`);

function member(code: number): string {
  if (code < 128 && !/[a-zA-Z0-9]/.test(String.fromCharCode(code)))
    return `\\x${code.toString(16).padStart(2, "0").toUpperCase()}`;
  return String.fromCodePoint(code);
}
