/** Where each value among a call's arguments comes from, so that a person sees what a model has taken from whom. */
import type { ArgumentOrigin } from "../store/schema.ts";
import type { OtherText, TurnSources } from "./turn-sources.ts";

/** Of a call; the rest is counted nowhere, and seen in the arguments themselves. */
const mostValues = 60;
const shownLength = 200;
/** So many words in a row are no coincidence. */
const wordsOfPart = 5;
/** Of a value: each is looked for in every text. */
const mostParts = 200;

/** In the order of the arguments. */
export function argumentOrigins(
  given: Readonly<Record<string, unknown>>,
  { own, others }: TurnSources,
): readonly ArgumentOrigin[] {
  const mine = own.map(wordsOf);
  const theirs = others.map((other) => ({ ...other, words: wordsOf(other.text) }));
  return leavesOf(given, "")
    .slice(0, mostValues)
    .flatMap(({ path, value }) => originsOf(path, value, mine, theirs));
}

interface Leaf {
  readonly path: string;
  readonly value: string;
}

function leavesOf(value: unknown, path: string): readonly Leaf[] {
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, each]) =>
      leavesOf(each, path === "" ? key : `${path}.${key}`),
    );
  return value === null || value === undefined ? [] : [{ path, value: String(value) }];
}

function originsOf(
  path: string,
  value: string,
  mine: readonly string[],
  theirs: readonly (OtherText & { readonly words: string })[],
): readonly ArgumentOrigin[] {
  const shown = { path, value: value.slice(0, shownLength) };
  const words = wordsOf(value);
  if (words.trim() === "") return [{ ...shown, from: "model" }];
  if (mine.some((text) => text.includes(words))) return [{ ...shown, from: "user" }];
  const found = theirs.filter(({ words: text }) => text.includes(words));
  if (found.length > 0)
    return found.slice(0, 3).map(({ from, name }) => ({ ...shown, from, name: name.slice(0, shownLength) }));
  const parts = partsOf(words);
  const inPart = theirs.filter(({ words: text }) => parts.some((part) => text.includes(part)));
  if (inPart.length > 0)
    return inPart
      .slice(0, 3)
      .map(({ from, name }) => ({ ...shown, from, name: name.slice(0, shownLength), isPart: true }));
  return [{ ...shown, from: "model" }];
}

/** Between spaces, in lower case, with numbers as they count: "4,310.50" is "4310.5". */
function wordsOf(text: string): string {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/(?<=\d)[,'’](?=\d{3}(?!\d))/g, "")
    .replaceAll(/\d+\.\d+/g, withoutZeros)
    .match(/[\p{L}\p{M}\p{N}]+(?:[.@_-][\p{L}\p{M}\p{N}]+)*/gu);
  return ` ${(words ?? []).join(" ")} `;
}

/** "4310.50": 4310.5; "5.00": 5. */
function withoutZeros(number: string): string {
  let end = number.length;
  while (number[end - 1] === "0") end--;
  return number.slice(0, number[end - 1] === "." ? end - 1 : end);
}

function partsOf(words: string): readonly string[] {
  const each = words.trim().split(" ");
  const parts: string[] = [];
  const step = Math.max(1, Math.floor(each.length / mostParts));
  for (let at = 0; at + wordsOfPart <= each.length; at += step)
    parts.push(` ${each.slice(at, at + wordsOfPart).join(" ")} `);
  // What looks like an address or a number of an account stands for itself.
  for (const word of each.slice(0, mostParts))
    if (word.length >= 8 && /[\d@]/.test(word)) parts.push(` ${word} `);
  return parts;
}
