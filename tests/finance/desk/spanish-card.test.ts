/** A Spanish question gets a Spanish card, and every figure in it is traced. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../../src/finance/calculators/calculators.ts";
import { askedIn } from "../../../src/finance/desk/asked-in.ts";
import { createDesk } from "../../../src/finance/desk/create-desk.ts";
import { routeQuestion } from "../../../src/finance/desk/route-question.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { classifyFigures } from "../../../src/finance/numbers/classify-figures.ts";

const desk = createDesk({ instruments: () => builtInInstruments, prose: () => "none", isTiny: () => false });
const ask = async (question: string) => {
  const answer = await desk(question, { ownerId: null, model: "large" });
  if (answer === null) throw new Error(`No card: ${question}`);
  return answer;
};

describe.each(calculators.map((each) => [each.name, each] as const))("%s", (_, calculator) => {
  const asked = askedIn(calculator, "es");

  test("has Spanish phrases in lower case, cues of its own inputs, and an example or more", () => {
    const { phrases = [], slots = {}, examples = [] } = asked ?? {};
    expect(phrases.filter((phrase) => phrase !== phrase.toLowerCase().trim() || phrase.length < 3)).toEqual(
      [],
    );
    expect(new Set(phrases).size).toBe(phrases.length);
    expect(examples.length).toBeGreaterThanOrEqual(1);
    // A choice without words is never read.
    const silent = Object.entries(slots).filter(
      ([, { kinds, choices }]) => kinds.includes("choice") && choices === undefined,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  test("answers its Spanish examples with Spanish cards", async () => {
    for (const { question, inputs } of asked?.examples ?? []) {
      const route = routeQuestion(question, { instruments: builtInInstruments });
      expect(route).toMatchObject({ kind: "answer", language: "es", calculator: { name: calculator.name } });
      const read: Readonly<Record<string, unknown>> = route?.kind === "answer" ? route.inputs : {};
      expect({ question, read }).toEqual({ question, read: inputs });
      const { card, facts } = await ask(question);
      expect({ question, card }).toEqual({ question, card: expect.stringContaining("**Fórmula:**") });
      const words = card.replaceAll(/\]\([^)]*\)|“[^”]*”/g, "");
      expect(words).not.toMatch(/\b(?:the|and|of|is|Formula|Open|years|months|rate|from|für|mit|Formel)\b/);
      const unsupported = classifyFigures(card, {
        facts: facts.map((fact) => ({ at: 0, fact })),
        quotes: [{ where: "question", text: question }],
      }).filter((figure) => figure.class === "unsupported");
      expect({ question, unsupported: unsupported.map(({ text }) => text) }).toEqual({
        question,
        unsupported: [],
      });
    }
  });
});

describe("A Spanish question", () => {
  test("gives the same fact as an English one, with its figures in Spanish", async () => {
    const spanish = await ask(
      "Tengo 10.000 dólares y arriesgo el 1 % por operación con un stop de 25 pips en EURUSD. ¿Qué tamaño de posición?",
    );
    const english = await ask("How many lots of EURUSD with a $10,000 account, 1% risk and a 25 pip stop?");
    expect(spanish.card).toStartWith("### Tamaño de la posición: **0,40 lotes** (EURUSD)");
    expect(spanish.card).toContain("- Saldo de la cuenta: 10.000,00 USD (leído en “10.000 dólares”)");
    expect(spanish.facts.map(({ id, value }) => [id, value])).toEqual(
      english.facts.map(({ id, value }) => [id, value]),
    );
  });

  test("is read without its accents, too, and with spaces between thousands", async () => {
    const { card } = await ask("Cual es la cuota mensual de un prestamo de 20 000 euros al 5,5 % a 4 años?");
    expect(card).toStartWith("### Cuota mensual: **465,13 EUR**");
    expect(card).toContain("20.000,00 EUR");
  });

  test("may have an adjective between a word and its figure: what is expected was taken for what is earned", async () => {
    const { facts } = await ask(
      "¿Qué rentabilidad real da un depósito al 3 % con una inflación prevista del 2 %?",
    );
    expect(facts[0]?.formula.parameters).toEqual({ rate: 3, inflation: 2 });
  });

  test("may count in thousands", async () => {
    const { facts } = await ask("¿Cuál es la cuota mensual de un préstamo de 20 mil euros al 5 % a 4 años?");
    expect(facts[0]?.formula.parameters).toMatchObject({ amount: 20_000 });
  });

  test("that lacks an input, or has one that is refused, is told so in Spanish", async () => {
    const missing = await ask("¿Qué tamaño de posición en EURUSD con una cuenta de 10.000 €?");
    expect(missing.card).toStartWith("### Tamaño de la posición: faltan datos");
    const refused = await ask(
      "¿Qué tamaño de posición en el DAX con una cuenta de 10.000 €, 1000 % de riesgo y 40 puntos de stop?",
    );
    expect(refused.card).toStartWith("### Tamaño de la posición: no calculado");
    expect(refused.card).toContain("Riesgo, en % del saldo: se admite un número mayor que 0");
  });

  test("of words that English and German share is answered as before", () => {
    const language = (question: string) =>
      routeQuestion(question, { instruments: builtInInstruments })?.language;
    expect(language("Position size EURUSD: $10,000, 1% risk, 25 pips stop")).toBe("en");
    expect(language("Positionsgröße EURUSD: Konto 10.000 €, Risiko 1 %, Stop 25 Pips")).toBe("de");
  });
});
