/**
 * What a person tells the program to remember, as a fact: "broker = Example Bank", or a sentence; and whether a question of a
 * chat is such a request, in English, German or Spanish. It stores nothing.
 */
import { titleFrom } from "../generations/new-rows.ts";

interface StatedFact {
  readonly key: string;
  readonly value: string;
  readonly category: string;
}

/** A longer text before the sign is a sentence that has one: "my rule is a = b". */
const named = /^([^=\n]{1,60}?)\s*=\s*(\S[\s\S]*)$/;
/** "My monthly salary is 60,000": said anew with another figure it has the same subject. */
const ofOneself =
  /^(?:my|our|meine?|unsere?|mis?|nuestr[oa]s?)\s+((?:[\p{L}\p{N}/.&-]+\s+){0,4}?[\p{L}\p{N}/.&-]+)\s+(?:is|are|was|will be|ist|sind|beträgt|betragen|liegt|liegen|es|son|está|están)\s+\S/iu;

/** @param text not blank @returns its subject is what a later statement on the same supersedes */
export function statedFact(text: string): StatedFact {
  const [, name, given] = named.exec(text) ?? [];
  if (name !== undefined && given !== undefined) return { key: name, value: given, category: "general" };
  const subject = ofOneself.exec(text)?.[1]?.toLowerCase();
  return { key: subject ?? titleFrom(text), value: text, category: "general" };
}

/** What a memory is about that says something else now: where that was only the text's beginning, it is that of the new text. */
export function subjectAfter({ key, value }: Pick<StatedFact, "key" | "value">, said: string): string {
  return key === titleFrom(value) ? statedFact(said).key : key;
}

const requests: Readonly<Record<StatedIn, RegExp>> = {
  en: /^(?:please,?\s+|hey,?\s+)?(?:remember|note|memori[sz]e|keep in mind)\s*(?:,?\s*(?:please,?\s+)?that\s+|:\s*)([\s\S]+)$/i,
  de: /^(?:bitte,?\s+)?(?:merke?\s+dir|behalte|notiere?\s+dir)\s*(?:,?\s*(?:bitte)?,?\s*dass\s+|:\s*)([\s\S]+)$/i,
  es: /^(?:por favor,?\s+)?(?:recuerda|anota|memoriza|ten en cuenta)\s*(?:que\s+|:\s*)([\s\S]+)$/i,
};
/** "Remember that day in May" is a memory of one's own. */
const pointing = /^(?:time|day|night|year|one|scene|moment|trade|movie|film|song|guy|thing)\b/i;
const longest = 2_000;

export type StatedIn = "en" | "de" | "es";

/** @returns what is to be remembered; null: it is not such a request */
export function requestToRemember(
  question: string,
): { readonly text: string; readonly language: StatedIn } | null {
  const asked = question.trim();
  if (asked.length > longest || asked.endsWith("?")) return null;
  for (const language of ["en", "de", "es"] as const) {
    const text = requests[language].exec(asked)?.[1]?.trim();
    if (text === undefined || text.length < 3 || pointing.test(text)) continue;
    return { text: text.charAt(0).toUpperCase() + text.slice(1), language };
  }
  return null;
}
