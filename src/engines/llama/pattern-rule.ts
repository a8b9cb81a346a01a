/**
 * A regular expression as a grammar's expression: of what stands between the quotes of a JSON string, or of a whole text. What
 * looks around, refers back or names classes of Unicode cannot be written so. It knows nothing of schemas.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
 */
import { isFollowable } from "./grammar-cost.ts";
import {
  anyCharacter,
  blanks,
  characterClass,
  controlOf,
  literal,
  type PatternForm,
  type Span,
} from "./pattern-form.ts";

const mostRepeats = 500;
const longestPattern = 2_000;

class NotWritable extends Error {}

/** A JSON string that the pattern is found in. @returns null when no grammar holds it */
export const patternRule = (pattern: string): string | null => ruleIn(pattern, "json");

/** A text that the pattern is all of. @returns null when no grammar holds it */
export const wholeTextRule = (pattern: string): string | null => ruleIn(pattern, "text");

function ruleIn(pattern: string, form: PatternForm): string | null {
  if (pattern.length > longestPattern) return null;
  try {
    const rule = new PatternParser(pattern, form).whole();
    return isFollowable(`root ::= ${rule}`) ? rule : null;
  } catch (error) {
    if (error instanceof NotWritable) return null;
    throw error;
  }
}

const digits: readonly Span[] = [[48, 57]];
const word: readonly Span[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

class PatternParser {
  readonly #text: readonly string[];
  #at = 0;
  #depth = 0;

  readonly #form: PatternForm;

  constructor(pattern: string, form: PatternForm) {
    this.#text = [...pattern];
    this.#form = form;
  }

  whole(): string {
    const alternatives = [this.#anchored()];
    while (this.#take("|")) alternatives.push(this.#anchored());
    if (this.#at < this.#text.length) throw new NotWritable();
    const inner = `(${alternatives.join(" | ")})`;
    return this.#form === "json" ? `"\\"" ${inner} "\\""` : inner;
  }

  /** An alternative at the top may be anchored at both of its ends; where it is not, anything stands there in a string. */
  #anchored(): string {
    const open = this.#form === "json" ? `${anyCharacter.json}*` : "";
    const before = this.#take("^") ? "" : `${open} `;
    const sequence = this.#sequence();
    return `${before}${sequence}${this.#take("$") ? "" : ` ${open}`}`;
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
        return anyCharacter[this.#form];
      case "\\":
        return this.#escaped();
      case "^":
      case "*":
      case "+":
      case "?":
      case "{":
        throw new NotWritable();
      default:
        return writable(literal(next, this.#form));
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
    if (spans !== null) return this.#class(spans, false);
    const others = "DWS".includes(next) ? this.#classOf(next.toLowerCase()) : null;
    if (others !== null) return this.#class(others, true);
    return writable(literal(this.#escapedCharacter(next), this.#form));
  }

  #classOf(letter: string): readonly Span[] | null {
    if (letter === "d") return digits;
    if (letter === "w") return word;
    return letter === "s" ? blanks[this.#form] : null;
  }

  #class(spans: readonly Span[], isNegated: boolean): string {
    return writable(characterClass(spans, isNegated, this.#form));
  }

  #escapedCharacter(next: string): string {
    if (next === "u" || next === "x") {
      const length = next === "u" ? 4 : 2;
      const hex = this.#text.slice(this.#at, this.#at + length).join("");
      if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length < length) throw new NotWritable();
      this.#at += length;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const control = controlOf(next, this.#form);
    if (control !== null) return control;
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
    return this.#class(spans, isNegated);
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

/** @throws NotWritable */
function writable(expression: string | null): string {
  if (expression === null) throw new NotWritable();
  return expression;
}
