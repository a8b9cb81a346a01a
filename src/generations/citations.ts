/**
 * What an answer says of the passages that it was given: the numbers by which it cites them, and whether what it puts between
 * quotation marks stands there to the letter. It knows nothing of HTTP or of HTML.
 */
import { columnName } from "../chat/column-name.ts";
import type { QuotedPassage } from "../store/documents.ts";

/** Where a passage stands. */
export interface CitedPlace {
  readonly documentId: string;
  readonly number: number;
  /** Of the document. */
  readonly name: string;
  readonly page: number | null;
  /** With its sheet, as "Trades!C7"; null: it is no table. */
  readonly cells: string | null;
}

/** A piece of an answer that cites, or seems to. Offsets in UTF-16 units. */
export interface Citation {
  readonly start: number;
  readonly end: number;
  /** unknown: no passage has this number; misquoted: these words stand in none. */
  readonly kind: "cited" | "unknown" | "misquoted";
  /** What is cited. */
  readonly place?: CitedPlace;
}

const placeOf = (passage: QuotedPassage): CitedPlace => {
  const { documentId, number, name, page, sheet, cells } = passage;
  return { documentId, number, name, page, cells: cells === null ? null : inSheet(sheet, cells) };
};

const inSheet = (sheet: string | null, cells: string) => (sheet ? `${sheet}!${cells}` : cells);

/** The cell in which something of a table's passage stands. @param offset in its text */
export function placeAt(passage: QuotedPassage, offset: number): CitedPlace {
  const first = /^A(\d+):/.exec(passage.cells ?? "")?.[1];
  if (first === undefined) return placeOf(passage);
  const before = passage.text.slice(0, offset).split("\n");
  const column = (before.at(-1) ?? "").split(" | ").length - 1;
  const cell = `${columnName(column)}${Number(first) + before.length - 1}`;
  return { ...placeOf(passage), cells: inSheet(passage.sheet, cell) };
}

/** `[1]`, `[1, 2]`; not the text of a link. */
const numbers = /\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\](?!\()/g;

/** @param passages those of the answer's own question */
export function citationsIn(text: string, passages: readonly QuotedPassage[]): readonly Citation[] {
  if (passages.length === 0) return [];
  const byPosition = new Map(passages.map((passage) => [passage.position, passage]));
  const found: Citation[] = [];
  for (const match of text.matchAll(numbers)) {
    const all = [...match[0].matchAll(/\d+/g)];
    for (const one of all) {
      const passage = byPosition.get(Number(one[0]));
      const at = match.index + (all.length === 1 ? 0 : one.index);
      const length = all.length === 1 ? match[0].length : one[0].length;
      found.push({
        ...{ start: at, end: at + length },
        ...(passage === undefined ? { kind: "unknown" } : { kind: "cited", place: placeOf(passage) }),
      });
    }
  }
  return found;
}

/** Pairs of quotation marks of English, German, Spanish and French; a quotation ends within its paragraph. */
const quotations =
  /"([^"]{1,2000})"|“([^“”]{1,2000})”|„([^„“”]{1,2000})[“”]|«([^«»]{1,2000})»|»([^«»]{1,2000})«/g;
/** Fewer words are a term, not a sentence. */
const fewestWords = 3;

/**
 * The quotations that stand in none of the sources.
 * @param sources passages, and what the user has said
 */
export function misquotationsIn(text: string, sources: readonly string[]): readonly Citation[] {
  const plain = sources.map(plainText);
  const found: Citation[] = [];
  for (const { 0: whole, index, ...groups } of text.matchAll(quotations)) {
    const inner = Object.values(groups).find((group) => typeof group === "string");
    if (inner === undefined || /\n\s*\n/.test(inner)) continue;
    const quoted = plainText(inner.replaceAll(numbers, "").replaceAll(/[*_`]/g, ""));
    if ((quoted.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < fewestWords) continue;
    const parts = quoted.split(/\s*(?:…|\.{3}|\[…\])\s*/).filter((part) => part !== "");
    if (plain.some((source) => standsIn(source, parts))) continue;
    found.push({ start: index, end: index + whole.length, kind: "misquoted" });
  }
  return found;
}

/** What is left out of a quotation is said by dots; its parts stand in order. */
function standsIn(source: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = placeIn(source, part, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** The sign at the end of a quotation may be its sentence's, and its first letter may be large. */
function placeIn(source: string, part: string, from: number): number {
  const ended = part.replace(/[.,;:!?]+$/, "");
  for (const words of [part, ended]) {
    const at = source.indexOf(words, from);
    if (at >= 0) return at;
  }
  const [first = ""] = ended;
  const other = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase();
  return ended === "" ? -1 : source.indexOf(other + ended.slice(1), from);
}

/** Line ends are blanks, and an apostrophe is an apostrophe. */
const plainText = (text: string) => text.replaceAll(/\s+/g, " ").replaceAll(/[‘’]/g, "'").trim();

/** Passages that follow each other are one text. */
export function joinedTexts(passages: readonly QuotedPassage[]): readonly string[] {
  const texts: string[] = [];
  let last: QuotedPassage | undefined;
  const ordered = passages.toSorted((a, b) =>
    a.documentId === b.documentId ? a.number - b.number : a.documentId < b.documentId ? -1 : 1,
  );
  for (const passage of ordered) {
    if (last?.documentId === passage.documentId && passage.number - last.number <= 1) {
      if (passage.number > last.number) texts[texts.length - 1] += `\n${passage.text}`;
    } else texts.push(passage.text);
    last = passage;
  }
  return texts;
}
