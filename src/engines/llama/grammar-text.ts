/**
 * Reads a grammar in GBNF, to find out what it costs. What is no grammar is refused by llama.cpp.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
 */

export type Expression =
  /** One character. */
  | { readonly type: "terminal"; readonly matches: (character: string) => boolean; readonly example: string }
  | { readonly type: "empty" }
  | { readonly type: "rule"; readonly name: string }
  | { readonly type: "sequence"; readonly parts: readonly Expression[] }
  | { readonly type: "alternatives"; readonly parts: readonly Expression[] }
  /** `most` is infinite for `*` and `+`. */
  | { readonly type: "repeat"; readonly part: Expression; readonly least: number; readonly most: number };

/** A literal, a class, a token, a name (with `::=` where a rule begins), a repetition, or another sign. */
const token =
  /"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|!?<\[?[^>]*>|[a-zA-Z0-9-]+(?:\s*::=)?|\{\s*\d*\s*,?\s*\d*\s*\}|[()|*+?.]/gsu;
const deepest = 100;

/** @returns the rules by their names; null for what nests too deep to be read */
export function rulesIn(grammar: string): ReadonlyMap<string, Expression> | null {
  const rules = new Map<string, Expression>();
  const tokens = withoutComments(grammar).match(token) ?? [];
  let at = 0;
  let depth = 0;
  const isOver = () => at >= tokens.length || tokens[at] === ")" || tokens[at]?.endsWith("::=") === true;

  const alternatives = (): Expression => {
    depth += 1;
    if (depth > deepest) throw new RangeError("too deep");
    const parts = [sequence()];
    while (tokens[at] === "|") {
      at += 1;
      parts.push(sequence());
    }
    depth -= 1;
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { type: "alternatives", parts };
  };
  const sequence = (): Expression => {
    const parts: Expression[] = [];
    while (!isOver() && tokens[at] !== "|") {
      const last = parts.at(-1);
      const next = tokens[at++] ?? "";
      const repeats = repeatsOf(next);
      if (repeats !== null && last !== undefined)
        parts.splice(-1, 1, { type: "repeat", part: last, ...repeats });
      else if (next === "(") {
        parts.push(alternatives());
        at += 1;
      } else if (next === '""') parts.push({ type: "empty" });
      else if (/^[a-zA-Z0-9-]/.test(next)) parts.push({ type: "rule", name: next });
      else parts.push(...terminalsOf(next));
    }
    return { type: "sequence", parts };
  };

  try {
    while (at < tokens.length) {
      const head = tokens[at++] ?? "";
      if (head.endsWith("::=")) rules.set(head.slice(0, -3).trim(), alternatives());
    }
    return rules;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A `#` within a literal or a class is none. */
const withoutComments = (grammar: string) =>
  grammar.replace(/"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|#[^\n]*/gsu, (part) => part.replace(/^#.*/s, ""));

function repeatsOf(sign: string): { readonly least: number; readonly most: number } | null {
  if (sign === "?") return { least: 0, most: 1 };
  if (sign === "*" || sign === "+") return { least: sign === "*" ? 0 : 1, most: Number.POSITIVE_INFINITY };
  const [, least = "", comma, most = ""] = /^\{\s*(\d*)\s*(,?)\s*(\d*)\s*\}$/.exec(sign) ?? [];
  if (!sign.startsWith("{")) return null;
  return {
    least: Number(least),
    most: comma === "" ? Number(least) : most === "" ? Number.POSITIVE_INFINITY : Number(most),
  };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** `\x41`, `\u0041`, `\U00000041`, `\n` and `\"` as the characters that they stand for. */
const unescaped = (text: string) =>
  text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gsu,
    (_, two?: string, four?: string, eight?: string, sign = "") => {
      const hex = two ?? four ?? eight;
      if (hex === undefined) return escapes[sign] ?? sign;
      return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10_ff_ff));
    },
  );

/** A literal has one for each of its characters; a token of the vocabulary counts as some character. */
function terminalsOf(sign: string): readonly Expression[] {
  if (sign.startsWith('"'))
    return [...unescaped(sign.slice(1, -1))].map((character) => ({
      type: "terminal",
      matches: (other) => other === character,
      example: character,
    }));
  if (!sign.startsWith("[")) return [{ type: "terminal", matches: () => true, example: "a" }];
  const isNegated = sign[1] === "^";
  const members = sign.slice(isNegated ? 2 : 1, -1).match(/\\(?:x..|u.{4}|U.{8}|.)|[^\\]/gsu) ?? [];
  const spans: (readonly [from: number, to: number])[] = [];
  const codeAt = (at: number) => unescaped(members[at] ?? "").codePointAt(0) ?? 0;
  for (let at = 0; at < members.length; at++) {
    const isRange = members[at + 1] === "-" && at + 2 < members.length;
    spans.push([codeAt(at), codeAt(isRange ? at + 2 : at)]);
    if (isRange) at += 2;
  }
  const has = (character: string) => {
    const code = character.codePointAt(0) ?? 0;
    return spans.some(([from, to]) => from <= code && code <= to) !== isNegated;
  };
  return [
    { type: "terminal", matches: has, example: isNegated ? "a" : String.fromCodePoint(spans[0]?.[0] ?? 97) },
  ];
}
