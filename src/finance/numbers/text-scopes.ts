/**
 * Cuts tokens into scopes: a sentence, a heading, a point of a list, a row of a table. What a scope says about a figure is said
 * once the scope is closed; `sureAt` is the token that must have been seen for that.
 */

import { isMonth } from "./calendar-words.ts";
import type { Token } from "./tokens.ts";
import { wordSet } from "./word-set.ts";

export interface Scope {
  readonly from: number;
  /** The index after its last token. */
  readonly to: number;
  /** When a stable token with this index exists, no later text changes the scope. */
  readonly sureAt: number;
}

/** A longer sentence is cut, so that each takes bounded time. */
const longest = 800;
/** Later text may join this many tokens at the end of a text into others: "1e-5" */
const unsure = 4;

const abbreviations: ReadonlySet<string> = wordSet(`
  approx ca circa vs no nr mio mrd tsd e i g z b d h u s bzw inkl exkl zzgl abzgl etc usw jan feb mar apr
  jun jul aug sep sept oct okt nov dec dez dr mr mrs st fig abb max min mind avg est p a fr evtl ggf vgl
  rd std jh incl excl
`);
const ordinalArticles: ReadonlySet<string> = wordSet(
  "der die das dem den des am im zum beim vom jeder jede jeden einen",
);
const closers = ")\"”’'»]“";

const isSign = (token: Token | undefined, signs: string) =>
  token?.kind === "sign" && signs.includes(token.text);

export function scopesOf(tokens: readonly Token[]): readonly Scope[] {
  const scopes: Scope[] = [];
  let from = 0;
  const close = (to: number, sureAt: number) => {
    if (to > from) scopes.push({ from, to, sureAt });
    from = to;
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === "break" || token?.kind === "rule") close(at, at);
    else if (at - from >= longest) close(at, at + unsure);
    else if (isSign(token, ".!?")) {
      let end = at + 1;
      while (isSign(tokens[end], closers) || isSign(tokens[end], ".!?")) end++;
      if (tokens[end]?.kind !== "space") continue;
      const next = end + 1;
      if (tokens[next] !== undefined && endsSentence(tokens, at, next)) close(end, next + unsure);
    }
  }
  close(tokens.length, Number.POSITIVE_INFINITY);
  return scopes;
}

function endsSentence(tokens: readonly Token[], at: number, next: number): boolean {
  const [before, after] = [tokens[at - 1], tokens[next]];
  if (after?.kind === "break") return false;
  if (tokens[at]?.text !== ".") return true;
  if (after?.kind === "word" && /^\p{Ll}/u.test(after.text)) return false;
  if (before?.kind === "word") return before.text.length > 1 && !abbreviations.has(before.word);
  if (before?.kind !== "number") return true;
  const isOrdinal = /^\d{1,2}$/.test(before.text) && ordinalArticles.has(tokens[at - 3]?.word ?? "");
  return !isMonth(after) && !isOrdinal;
}
