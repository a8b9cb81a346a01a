/** The links of a card open its calculator with what was read from the question filled in, in English and German. */
import { afterAll, describe, expect, test } from "bun:test";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { cardFor } from "../../src/finance/desk/create-desk.ts";
import { builtInInstruments } from "../../src/finance/instruments/catalog.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const app = openAnsweringApp();
afterAll(() => app[Symbol.asyncDispose]());

describe("The links of a card fill the form", () => {
  for (const { name, asked } of calculators)
    test(name, async () => {
      for (const { question } of asked.examples) {
        const card = cardFor(question, builtInInstruments)?.card ?? "";
        const links = [...card.matchAll(/\]\((\/calculators\/[^)]+)\)/g)].map(([, link = ""]) => link);
        expect([question, links.length]).toEqual([question, 2]);
        expect(links[1]).toBe(`${links[0]}#inputs`);
        const reply = await fetch(app.url + links[0]);
        const html = await reply.text();
        expect([question, reply.status]).toEqual([question, 200]);
        expect(html).toContain('id="inputs"');
        for (const [input, value] of new URL(links[0] ?? "", app.url).searchParams) {
          const field =
            new RegExp(`<(?:input|select|textarea)[^>]* name="${input}"[\\s\\S]*?(?=<label|$)`).exec(
              html,
            )?.[0] ?? "";
          const isFilled =
            field.includes(`value="${value}"`) ||
            field.includes(`>${value}<`) ||
            field.includes(`value='${value}'`);
          expect([question, input, isFilled ? value : field.slice(0, 200)]).toEqual([question, input, value]);
        }
      }
    });
});
