/** A German question gets a German card, and every figure in it is traced. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../../src/finance/calculators/calculators.ts";
import { createDesk } from "../../../src/finance/desk/create-desk.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { classifyFigures } from "../../../src/finance/numbers/classify-figures.ts";
import { inLanguage } from "../../../src/texts/say.ts";
import { refusalsOf } from "./refused-inputs.ts";

const desk = createDesk({ instruments: () => builtInInstruments, prose: () => "none", isTiny: () => false });
const ask = async (question: string) => {
  const answer = await desk(question, { ownerId: null, model: "large" });
  if (answer === null) throw new Error(`No card: ${question}`);
  return answer;
};

const isGerman = (question: string) =>
  /[äöüß]|\b(?:bei|wie|ist|von|im|und|zu|über|wert|konto|kurs|zum|aus|mit|hoch|jahre?n?|gewinn|verlust|prozent)\b/i.test(
    question,
  ) && !/\b(?:the|what|how|is|for|my|of)\b/i.test(question);

/** Words that are the same in both languages. */
const same =
  /^(?:Pips|Delta|Gamma|Margin|Pivot \(P\)|[RS]\d|In [A-Z]{3}|Extension .*|Retracement .*|Option|\d+ [+−] \d+%)$/;

describe("Every text of a calculator has German words", () => {
  for (const calculator of calculators)
    test(calculator.name, () => {
      const texts = (language: "en" | "de") => {
        const computed = calculator.asked.examples.flatMap(({ inputs }) => {
          const { results, warnings, assumptions } = compute(
            calculator,
            inputs,
            builtInInstruments,
            language,
          ).calculation;
          return [...results.map(({ label }) => label), ...warnings, ...assumptions];
        });
        return [...computed, ...refusalsOf(calculator).map(({ error }) => inLanguage(error.words, language))];
      };
      const german = texts("de");
      const untold = texts("en").filter((text, index) => text === german[index] && !same.test(text));
      expect(untold).toEqual([]);
    });
});

describe("A German question gets a German card", () => {
  for (const calculator of calculators)
    test(calculator.name, async () => {
      const asked = calculator.asked.examples.map(({ question }) => question).filter(isGerman);
      expect(asked.length).toBeGreaterThan(0);
      for (const question of asked) {
        const { card, facts } = await ask(question);
        expect({ question, card }).toEqual({ question, card: expect.stringContaining("**Formel:**") });
        const words = card.replaceAll(/\]\([^)]*\)|“[^”]*”/g, "");
        expect(words).not.toMatch(/\b(?:the|and|of|is|Formula|Open|years|months|rate|from)\b/);
        expect(card).not.toContain("undefined");
        const unsupported = classifyFigures(card, {
          facts: facts.map((fact) => ({ at: 0, fact })),
          quotes: [{ where: "question", text: question }],
        }).filter((figure) => figure.class === "unsupported");
        expect({ question, unsupported: unsupported.map(({ text }) => text), card: "" }).toEqual({
          ...{ question, unsupported: [], card: unsupported.length > 0 ? card : "" },
        });
      }
    });

  test("with its figures in German, and the same fact as an English question", async () => {
    const german = await ask("Wie viele Lots EURUSD bei 10.000 $ Konto, 1 % Risiko und 25 Pips Stop?");
    const english = await ask("How many lots of EURUSD with a $10,000 account, 1% risk and a 25 pip stop?");
    expect(german.card).toStartWith("### Positionsgröße: **0,40 Lots** (EURUSD)");
    expect(german.card).toContain("- Kontostand: 10.000,00 USD (gelesen aus “10.000 $”)");
    expect(german.facts.map(({ id, value }) => [id, value])).toEqual(
      english.facts.map(({ id, value }) => [id, value]),
    );
  });

  test("also where an input is missing, refused, or read in two ways", async () => {
    const missing = await ask("Welche Positionsgröße für EURUSD bei einem Konto von 10.000 €?");
    expect(missing.card).toStartWith("### Positionsgröße: Angaben fehlen");
    expect(missing.card).toContain("- Risiko in % des Kontos, oder Risiko als Betrag");
    const refused = await ask(
      "Welche Positionsgröße im DAX bei 10.000 € Konto, 1000 % Risiko und 40 Punkten Stop?",
    );
    expect(refused.card).toStartWith("### Positionsgröße: nicht berechnet");
    expect(refused.card).toContain("Risiko in % des Kontos: Erlaubt ist eine Zahl über 0");
    const choice = await ask("Wie hoch ist die Monatsrate für einen Kredit über 1,234 bei 5 % für 3 Jahre?");
    expect(choice.card).toContain("lässt sich auf mehr als eine Weise lesen");
  });
});
