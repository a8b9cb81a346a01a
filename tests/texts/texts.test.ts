/** The words of every language: none is missing, and none is left over. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";
import ts from "typescript";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { builtInInstruments, shareOf } from "../../src/finance/instruments/catalog.ts";
import { instrumentKinds } from "../../src/finance/instruments/instrument.ts";
import { unitWords } from "../../src/finance/units.ts";
import { german } from "../../src/texts/german/german.ts";
import { inLanguage, say } from "../../src/texts/say.ts";
import { scriptWords } from "../../src/texts/script-words.ts";
import { spanish } from "../../src/texts/spanish/spanish.ts";
import { chatTexts } from "./chat-texts.ts";
import { indicatorTexts } from "./indicator-texts.ts";
import { pageTexts } from "./page-texts.ts";

const root = join(import.meta.dir, "../..");

/** Signs, symbols and codes need no words. */
const hasWords = (template: string) => /\p{Ll}{2}|\p{L}{4}/u.test(template.replaceAll(/\{\d+\}/g, ""));

/** What the code says: each tag`…` of the program. */
function taggedTexts(...tags: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const path of new Glob("{src,views}/**/*.{ts,tsx}").scanSync(root)) {
    const file = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && tags.includes(node.tag.text)) {
        const { template } = node;
        found.add(
          ts.isNoSubstitutionTemplateLiteral(template)
            ? template.text
            : template.head.text +
                template.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join(""),
        );
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** What the pages say, beside what the calculators and cards say. */
const interfaceTexts = () =>
  new Set<string>([...taggedTexts("tr", "safeTr"), ...scriptWords, ...pageTexts(), ...chatTexts()]);

/** Texts that are data: titles, formulas, words of lists, units, notes and sources of specifications. */
function dataTexts(): Set<string> {
  const ofCalculators = calculators.flatMap(({ title, summary, formula, inputs }) => [
    title,
    summary,
    formula,
    ...Object.values(inputs.properties).flatMap(({ title: field, description, anyOf }) => [
      String(field),
      ...(description === undefined ? [] : [description]),
      ...(Array.isArray(anyOf) ? anyOf.map((each: { readonly const?: unknown }) => String(each.const)) : []),
    ]),
  ]);
  // Two that are in no list: by rule.
  const listed = [...builtInInstruments.all(), builtInInstruments.find("NOKSEK"), shareOf("ABC", "USD")];
  const ofInstruments = listed.flatMap((each) => (each === null ? [] : [each.source]));
  const notes = builtInInstruments.all().flatMap(({ note }) => note ?? []);
  return new Set([
    // A share of a number is a part, and no stock.
    "operation¦share",
    ...ofCalculators,
    ...indicatorTexts(),
    ...ofInstruments,
    ...notes,
    ...unitWords,
    ...instrumentKinds,
  ]);
}

/** Values within sentences: one lot, a month, money without a currency. */
const inSentences = ["pip", "lot", "share", "contract", "point", "day", "money"];
/** The same in both languages. */
const same = new Set(["ACT/ACT", "kg", "bp", "pp"]);

/** What the program says: every language has all of it. */
const texts = new Set([...taggedTexts("say"), ...dataTexts(), ...interfaceTexts()]);

describe.each(Object.entries({ German: german, Spanish: spanish }))("%s", (_, table) => {
  test("has every text that the program says", () => {
    const missing = [...texts].filter((text) => hasWords(text) && !table.has(text) && !same.has(text));
    expect(missing).toEqual([]);
  });

  test("has no text that the program does not say", () => {
    const left = [...table.keys()].filter((text) => !texts.has(text) && !inSentences.includes(text));
    expect(left).toEqual([]);
  });

  test("fills the same gaps as English, but for those that its grammar does not need", () => {
    const gaps = (text: string) => new Set(text.match(/\{\d+\}/g));
    const unknown = [...table].filter(([english, text]) => !gaps(text).isSubsetOf(gaps(english)));
    expect(unknown).toEqual([]);
  });
});

test("The scripts say what is listed, and nothing else", () => {
  const said = [...new Glob("public/js/*.js").scanSync(root)].flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(/\bword\(\s*"([^"]+)"/g)].map(([, text]) => text),
  );
  expect(new Set(said)).toEqual(new Set(scriptWords));
});

describe("German", () => {
  test("writes figures so that they are read in one way", () => {
    const shown = (decimal: string) => inLanguage({ decimal }, "de");
    expect(["1234.5", "0.40", "1.095", "10000", "1000000", "-1234567.25"].map(shown)).toEqual([
      ...["1.234,5", "0,40", "1,0950", "10000", "1.000.000", "-1.234.567,25"],
    ]);
    expect(inLanguage(say`Deposit a ${"month"}`, "de")).toBe("Einzahlung pro Monat");
    expect(inLanguage(say`Risk of ${"0.01"}`, "en")).toBe("Risk of 0.01");
    expect(inLanguage(say`Risk of ${"0.01"}`, "de")).toBe("Risiko von 0,01");
  });
});
