/**
 * A regular expression as a grammar's expression of what stands between the quotes of a JSON string. What looks around, refers
 * back or names classes of Unicode cannot be written so. It knows nothing of schemas.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
 */

/** Characters that JSON writes as they are; texts of others have no grammar here. */
const anyCharacter = '[^"\\\\\\x00-\\x1F\\x7F]';
const mostRepeats = 500;
const longestPattern = 2_000;

class NotWritable extends Error {}

/** @returns null when no grammar holds it */
export function patternRule(pattern: string): string | null {
  if (pattern.length > longestPattern) return null;
  try {
    return new PatternParser(pattern).whole();
  } catch (error) {
    if (error instanceof NotWritable) return null;
    throw error;
  }
}

/** Code points from and to, both included. */
type Span = readonly [from: number, to: number];

const digits: readonly Span[] = [[48, 57]];
const word: readonly Span[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
/** JSON writes all other blanks with escapes. */
const blank: readonly Span[] = [[32, 32]];

class PatternParser {
  readonly #text: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#text = [...pattern];
  }

  whole(): string {
    const alternatives = [this.#anchored()];
    while (this.#take("|")) alternatives.push(this.#anchored());
    if (this.#at < this.#text.length) throw new NotWritable();
    return `"\\"" (${alternatives.join(" | ")}) "\\""`;
  }

  /** An alternative at the top may be anchored at both of its ends; where it is not, anything stands there. */
  #anchored(): string {
    const before = this.#take("^") ? "" : `${anyCharacter}* `;
    const sequence = this.#sequence();
    return `${before}${sequence}${this.#take("$") ? "" : ` ${anyCharacter}*`}`;
  }

  #alternatives(): string {
    const alternatives = [this.#sequence()];
    while (this.#take("|")) alternatives.push(this.#sequence());
    return `(${alternatives.join(" | ")})`;
  }

  #sequence(): string {
    const parts: string[] = [];
    for (let next = this.#peek(); next !== undefined && !"|)$".includes(next); next = this.#peek())
      parts.push(this.#repeated(this.#atom()));
    return parts.length === 0 ? '""' : parts.join(" ");
  }

  #atom(): string {
    const next = this.#next();
    switch (next) {
      case "(":
        return this.#group();
      case "[":
        return this.#characters();
      case ".":
        return anyCharacter;
      case "\\":
        return this.#escaped();
      case "^":
      case "*":
      case "+":
      case "?":
      case "{":
        throw new NotWritable();
      default:
        return literal(next);
    }
  }

  #group(): string {
    if (this.#take("?")) {
      if (this.#take("<")) {
        const name = this.#next();
        if (name === "=" || name === "!") throw new NotWritable();
        while (this.#next() !== ">");
      } else if (!this.#take(":")) throw new NotWritable();
    }
    this.#depth += 1;
    if (this.#depth > 20) throw new NotWritable();
    const inner = this.#alternatives();
    if (!this.#take(")")) throw new NotWritable();
    this.#depth -= 1;
    return inner;
  }

  #repeated(atom: string): string {
    const next = this.#peek();
    if (next === undefined) return atom;
    let suffix = "";
    if ("*+?".includes(next)) suffix = this.#next();
    else if (next === "{") suffix = this.#count();
    if (suffix === "") return atom;
    // As many or as few as possible: the same texts.
    this.#take("?");
    return `${atom}${suffix}`;
  }

  #count(): string {
    const rest = this.#text.slice(this.#at, this.#at + 20).join("");
    const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
    if (found === null) throw new NotWritable();
    this.#at += found[0].length;
    if (Number(found[1]) > mostRepeats || Number(found[3] ?? 0) > mostRepeats) throw new NotWritable();
    return found[0];
  }

  #escaped(): string {
    const next = this.#next();
    const spans = this.#classOf(next);
    if (spans !== null) return characterClass(spans, false);
    if (next === "D" || next === "W" || next === "S")
      return characterClass(next === "D" ? digits : next === "W" ? word : blank, true);
    return literal(this.#escapedCharacter(next));
  }

  #classOf(letter: string): readonly Span[] | null {
    if (letter === "d") return digits;
    if (letter === "w") return word;
    return letter === "s" ? blank : null;
  }

  #escapedCharacter(next: string): string {
    if (next === "u" || next === "x") {
      const length = next === "u" ? 4 : 2;
      const hex = this.#text.slice(this.#at, this.#at + length).join("");
      if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length < length) throw new NotWritable();
      this.#at += length;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    // Letters and digits mean something else: an edge of a word, a reference, a class.
    if (/[a-zA-Z0-9]/.test(next)) throw new NotWritable();
    return next;
  }

  /** What follows the opening bracket. */
  #characters(): string {
    const isNegated = this.#take("^");
    const spans: Span[] = [];
    while (!this.#take("]")) {
      const first = this.#member(spans);
      if (first === null) continue;
      const isRange = this.#peek() === "-" && this.#text[this.#at + 1] !== "]";
      if (!isRange) {
        spans.push([first, first]);
        continue;
      }
      this.#at += 1;
      const last = this.#member([]);
      if (last === null || last < first) throw new NotWritable();
      spans.push([first, last]);
    }
    return characterClass(spans, isNegated);
  }

  /** @returns the code point of one member; null when it was a class, which is among the spans now */
  #member(spans: Span[]): number | null {
    const next = this.#next();
    if (next !== "\\") return codeOf(next);
    const escaped = this.#next();
    const ofClass = this.#classOf(escaped);
    if (ofClass === null) return codeOf(this.#escapedCharacter(escaped));
    spans.push(...ofClass);
    return null;
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #next(): string {
    const next = this.#text[this.#at++];
    if (next === undefined) throw new NotWritable();
    return next;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}

const codeOf = (character: string) => character.codePointAt(0) ?? 0;

/** As JSON writes it. */
function literal(character: string): string {
  const code = codeOf(character);
  if (code < 32 || (code >= 0xd800 && code <= 0xdfff)) throw new NotWritable();
  return JSON.stringify(JSON.stringify(character).slice(1, -1));
}

/** Quotes and backslashes are written with a backslash, and so are no members of a bracket. */
function characterClass(spans: readonly Span[], isNegated: boolean): string {
  if (isNegated) return `[^"\\\\\\x00-\\x1F\\x7F${spans.map(spanText).join("")}]`;
  const within = (code: number) => spans.some(([from, to]) => from <= code && code <= to);
  const writable = spans.flatMap((span) => without(without([span], 34), 92)).filter(([, to]) => to >= 32);
  const parts = [
    ...(writable.length === 0
      ? []
      : [`[${writable.map(([from, to]) => spanText([Math.max(32, from), to])).join("")}]`]),
    ...(within(34) ? ['"\\\\\\""'] : []),
    ...(within(92) ? ['"\\\\\\\\"'] : []),
  ];
  if (parts.length === 0) throw new NotWritable();
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
