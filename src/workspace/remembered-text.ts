/** What a person tells the program to remember, as a memory: "broker = Example Bank", or a sentence. */
import { titleFrom } from "../generations/new-rows.ts";

interface RememberedText {
  readonly key: string;
  readonly value: string;
  readonly category: string;
}

/** A longer text before the sign is a sentence that has one: "my rule is a = b". */
const named = /^([^=\n]{1,60}?)\s*=\s*(\S[\s\S]*)$/;

/** @param text not blank */
export function rememberedText(text: string): RememberedText {
  const [, key = titleFrom(text), value = text] = named.exec(text) ?? [];
  return { key, value, category: "general" };
}
