/** The pages of the desk in the language of their reader: forms, results, refusals, facts and instruments. */
import { afterAll, describe, expect, test } from "bun:test";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { builtInInstruments } from "../../src/finance/instruments/catalog.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { untranslated } from "./untranslated.ts";

const openIn = async (language: string) => {
  const app = openAnsweringApp();
  await fetch(`${app.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ language }),
  });
  return app;
};
const pseudo = await openIn("en-XA");
const german = await openIn("de");
const spanish = await openIn("es");
afterAll(async () => {
  for (const app of [pseudo, german, spanish]) await app[Symbol.asyncDispose]();
});

const get = async (app: typeof pseudo, path: string) => {
  const reply = await fetch(app.url + path);
  return { status: reply.status, html: await reply.text() };
};
const query = (inputs: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(Object.entries(inputs).map(([name, value]) => [name, String(value)]));

/** What the pages of the desk put into the frame; the frame itself is tested elsewhere. */
const contentOf = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "";

/** Names of works and of instruments, questions to try, and symbols of formulas. */
const own = [
  ...calculators.map(({ source }) => source),
  ...calculators.flatMap(({ asked }) => asked.examples.map(({ question }) => question)),
  ...builtInInstruments.all().map(({ name }) => name),
  ...["nothing-like-it", "min(", "ln(", "max(", "XIRR", "0.382", "0.618"],
];
const plain = (html: string) => untranslated(contentOf(html), own);

describe("With en-XA no text is left in English:", () => {
  test.each(["/desk", "/calculators", "/calculators?q=nothing-like-it", "/instruments", "/instruments/add"])(
    "%s",
    async (path) => {
      expect(plain((await get(pseudo, path)).html)).toEqual([]);
    },
  );

  test.each(["EURUSD", "DE40", "BTCUSD"])("the instrument %s, and what of it is refused", async (symbol) => {
    expect(plain((await get(pseudo, `/instruments/${symbol}`)).html)).toEqual([]);
    const refused = await fetch(`${pseudo.url}/instruments/${symbol}`, {
      method: "POST",
      headers: { origin: pseudo.url },
      body: new URLSearchParams({
        kind: "index",
        pip: "qq",
        quote: "USD",
        contract_size: "1",
        lot_step: "1",
      }),
    });
    expect(refused.status).toBe(422);
    expect(plain(await refused.text())).toEqual([]);
  });

  test.each(calculators.map((each) => [each.name, each] as const))(
    "%s: its form, its results, their facts, and what is refused",
    async (name, { asked, inputs }) => {
      expect(plain((await get(pseudo, `/calculators/${name}`)).html)).toEqual([]);
      const seen: string[] = [];
      for (const example of asked.examples) {
        const { html } = await get(pseudo, `/calculators/${name}?${query(example.inputs)}`);
        seen.push(...plain(html));
        const [, fact] = /href="(\/facts\/f[0-9a-f]{24})"/.exec(html) ?? [];
        if (fact !== undefined) seen.push(...plain((await get(pseudo, fact)).html));
      }
      for (const input of Object.keys(inputs.properties)) {
        const { html } = await get(
          pseudo,
          `/calculators/${name}?${query({ ...asked.examples[0]?.inputs, [input]: "0,qq" })}`,
        );
        seen.push(...plain(html));
      }
      expect([...new Set(seen)]).toEqual([]);
    },
  );
});

describe("A result", () => {
  const inputs = "balance=10000&currency=USD&riskPercent=1&symbol=EURUSD&stopPips=25";

  test("is shown with the words and marks of the reader's language", async () => {
    const inGerman = contentOf((await get(german, `/calculators/position-size?${inputs}`)).html);
    for (const text of ["Positionsgröße", "0,40", "Kontostand", "10000\u00a0USD", "Pip 0,0001"])
      expect(inGerman).toContain(text);
    const inSpanish = contentOf((await get(spanish, `/calculators/position-size?${inputs}`)).html);
    for (const text of ["Tamaño de la posición", "0,40", "Saldo de la cuenta", "lotes"])
      expect(inSpanish).toContain(text);
  });

  test("names a share of a number a part, and no stock", async () => {
    const page = contentOf(
      (await get(german, "/calculators/percentage?operation=share&value=240&second=60")).html,
    );
    expect(page).toContain(">Anteil</option>");
    expect(page).not.toContain("Aktie");
  });

  test("is the same fact in every language, which each reader reads in their own", async () => {
    const factIn = async (app: typeof pseudo) => {
      const { html } = await get(app, `/calculators/position-size?${inputs}`);
      return /href="(\/facts\/f[0-9a-f]{24})"/.exec(html)?.[1] ?? "";
    };
    expect(await factIn(german)).toBe(await factIn(spanish));
    const path = await factIn(german);
    await fetch(`${german.url}/api/settings`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ language: "es" }),
    });
    const page = contentOf((await get(german, path)).html);
    expect(page).toContain("Cómo se calculó esta cifra");
    expect(page).toContain("Tamaño de la posición");
    expect(page).not.toContain("Positionsgröße");
    const again = await fetch(german.url + path, { method: "POST", headers: { origin: german.url } });
    expect(await again.text()).toContain("<strong>Igual.</strong>");
  });
});
