/** Draws texts that a grammar's expression allows: literals, brackets, groups, choices and repetitions. */
import fc from "fast-check";

/** Numbers from 0 to 1, as many as a text takes. */
export const draws = fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true }));

export function textOf(expression: string, draw: Iterable<number>): string {
  const numbers = draw[Symbol.iterator]();
  const below = (count: number) => Math.floor((numbers.next().value ?? 0) * count);
  const tokens = expression.match(/"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|\{[0-9,]+\}|[()|*+?]/g) ?? [];
  let at = 0;

  function alternatives(): () => string {
    const all = [sequence()];
    while (tokens[at] === "|") {
      at++;
      all.push(sequence());
    }
    return () => all[below(all.length)]?.() ?? "";
  }
  function sequence(): () => string {
    const parts: (() => string)[] = [];
    while (at < tokens.length && tokens[at] !== "|" && tokens[at] !== ")") parts.push(repeated());
    return () => parts.map((part) => part()).join("");
  }
  function repeated(): () => string {
    const one = atom();
    const suffix = tokens[at] ?? "";
    const [least, most] = countsOf(suffix);
    if (least === null) return one;
    at++;
    return () => Array.from({ length: least + below(most - least + 1) }, one).join("");
  }
  function atom(): () => string {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const inner = alternatives();
      at++;
      return inner;
    }
    if (token.startsWith('"')) {
      const text: string = JSON.parse(token);
      return () => text;
    }
    const members = membersOf(token);
    return () => members[below(members.length)] ?? "";
  }
  return alternatives()();
}

function countsOf(suffix: string): [number | null, number] {
  if (suffix === "*") return [0, 4];
  if (suffix === "+") return [1, 4];
  if (suffix === "?") return [0, 1];
  const found = /^\{(\d+)(,?)(\d*)\}$/.exec(suffix);
  if (found === null) return [null, 0];
  const least = Number(found[1]);
  return [least, found[2] === "" ? least : found[3] === "" ? least + 3 : Number(found[3])];
}

/** All printable characters of ASCII, and a few beyond, that a bracket allows. */
function membersOf(bracket: string): string[] {
  const pattern = new RegExp(bracket.replaceAll('\\"', '"'), "u");
  const all = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), "é", "語", "😀"];
  return all.filter((character) => pattern.test(character));
}
