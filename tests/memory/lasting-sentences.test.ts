import { expect, test } from "bun:test";
import { lastingSentences } from "../../src/memory/lasting-sentences.ts";

test("What a user states of themselves is found in English, German and Spanish, as it stands in the message", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [
      "I never risk more than 1.25% on one trade. How much may I lose with 20,000 euros?",
      ["I never risk more than 1.25% on one trade."],
    ],
    ["Meine Depotbank ist die Beispielbank. Was kostet ein ETF?", ["Meine Depotbank ist die Beispielbank."]],
    [
      "Gano 2.400 euros al mes. ¿Cuánto debo ahorrar?\nNunca invierto en criptomonedas.",
      ["Gano 2.400 euros al mes.", "Nunca invierto en criptomonedas."],
    ],
  ];
  for (const [message, sentences] of cases) {
    expect(lastingSentences(message)).toEqual(sentences);
    for (const sentence of sentences) expect(message).toContain(sentence);
  }
});

test("Questions, requests, what is quoted, pasted or code, and what points to another sentence are left out", () => {
  for (const message of [
    "What is gold?",
    "Compute my margin for 2 lots, please.",
    "Please tell me how I can save.",
    "> I always sell in May.\nIs that wise?",
    "| my | 3 |\n| me | 4 |",
    "```\nmy_price = 3 # I never change this\n```",
    'The report says "we will never pay a dividend".',
    "This is what I never do in May.",
    "Gold rose by 3 % in March.",
    // It is stored already.
    "Remember that I never risk more than 2 %.",
  ])
    expect([message, lastingSentences(message)]).toEqual([message, []]);
});
