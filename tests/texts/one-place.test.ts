/** The tables of a language do not contradict each other: which of two entries counts would be chance. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { Glob } from "bun";

const folder = join(import.meta.dir, "../../src/texts");

async function contradictions(language: string): Promise<string[]> {
  const seen = new Map<string, string>();
  const found: string[] = [];
  for (const path of new Glob(`${language}/*.ts`).scanSync(folder))
    for (const table of Object.values<object>(await import(join(folder, path)))) {
      if (table instanceof Map) continue;
      for (const [english, text] of Object.entries(table)) {
        const other = seen.get(english);
        if (other !== undefined && other !== text) found.push(`${english}: ${other} / ${text}`);
        seen.set(english, String(text));
      }
    }
  return found;
}

test.each(["german", "spanish"])(
  "Each text is said in one way in %p; another sense of a word has another entry",
  async (language) => {
    expect(await contradictions(language)).toEqual([]);
  },
);
