/**
 * Properties that may be left out. The library writes every property that a schema names; here the ones that bear a mark become
 * optional in the rules that it made. It knows nothing of schemas.
 */

/** A rule, and those that it is made of. */
export interface Rules {
  readonly rule: string;
  readonly rules: readonly string[];
}

const token = /"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|[^\s"[]+/g;
/** How the library names what stands between two properties. */
const comma = /^comma-whitespace-/;

/** @param mark stands before the names of optional properties */
export function withOptional({ rule, rules }: Rules, mark: string): Rules {
  const begin = `"\\"${mark}`;
  const added: string[] = [];
  const rewrite = (expression: string) =>
    expression.includes(begin) ? objectsIn(expression.match(token) ?? [], begin, added) : expression;
  const others = rules.map((line) => {
    const at = line.indexOf(" ::= ") + 5;
    return line.slice(0, at) + rewrite(line.slice(at));
  });
  return { rule: rewrite(rule), rules: [...others, ...added] };
}

interface Property {
  readonly text: string;
  readonly isOptional: boolean;
}

/** Objects stand in one another where the library saw no reason for a rule of its own. */
function objectsIn(tokens: readonly string[], begin: string, added: string[]): string {
  const written: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const end = tokens[at] === '"{"' ? closing(tokens, at) : -1;
    if (end < 0) {
      written.push(tokens[at] ?? "");
      continue;
    }
    written.push(objectOf(tokens.slice(at, end + 1), begin, added));
    at = end;
  }
  return written.join(" ");
}

function closing(tokens: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at] === '"{"') depth += 1;
    if (tokens[at] === '"}"') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** @param tokens from its brace to its brace, with blanks after the one and before the other */
function objectOf(tokens: readonly string[], begin: string, added: string[]): string {
  const [open = "", blank = "", ...rest] = tokens;
  const [before = "", close = ""] = rest.slice(-2);
  const parts: string[][] = [[]];
  let between = "";
  let depth = 0;
  for (const each of rest.slice(0, -2)) {
    if (each === '"{"') depth += 1;
    if (each === '"}"') depth -= 1;
    if (depth === 0 && comma.test(each)) {
      between = each;
      parts.push([]);
    } else parts.at(-1)?.push(each);
  }
  const properties = parts.map(([key = "", ...value]) => ({
    text: [key.replace(begin, '"\\"'), objectsIn(value, begin, added)].join(" "),
    isOptional: key.startsWith(begin),
  }));
  const inner = properties.some(({ isOptional }) => isOptional)
    ? inOrder(properties, between, added)
    : properties.map(({ text }) => text).join(` ${between} `);
  return [open, blank, inner, before, close].join(" ");
}

/** All in their order; what comes after a property has its rule, which begins with the comma. */
function inOrder(properties: readonly Property[], between: string, added: string[]): string {
  let after = '""';
  let first = '""';
  for (const { text, isOptional } of properties.toReversed()) {
    first = isOptional ? `(${text} ${after} | ${first})` : `${text} ${after}`;
    if (between === "") break;
    const name = `optional-${added.length}`;
    added.push(`${name} ::= ${isOptional ? `(${between} ${text})?` : `${between} ${text}`} ${after}`);
    after = name;
  }
  return first;
}
