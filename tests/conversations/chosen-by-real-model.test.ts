/** The smallest model chooses what to remember: it can say nothing but sentences of the message, whatever it makes of them. */
import { expect, test } from "bun:test";
import { choosingRequest, chosenIn } from "../../src/conversations/chosen-sentences.ts";
import { lastingSentences } from "../../src/memory/lasting-sentences.ts";
import { openSmallModel } from "../fakes/small-model.ts";

const messages = [
  "I never risk more than 1.25% on one trade. How much may I lose with 20,000 euros?",
  "My broker is Example Bank and my account is in euros. I am looking at gold today. What is a spread?",
  "Meine Sparrate sind 400 Euro im Monat. Ich kaufe nie Einzelaktien. Was ist ein ETF?",
];

test("whatever the smallest model says is a list of the user's own sentences", async () => {
  await using engine = openSmallModel({ parallel: 1, contextSize: 1024 });
  for (const message of messages) {
    const sentences = lastingSentences(message);
    expect(sentences.length).toBeGreaterThan(0);
    let said = "";
    const request = choosingRequest("m", "c", message, sentences);
    for await (const event of engine.generate(request, AbortSignal.timeout(55_000)))
      if (event.type === "token") said += event.text;
    const { remember } = JSON.parse(said);
    for (const { sentence } of remember) expect(sentences).toContain(sentence);
    for (const { sentence, about } of chosenIn(said, message, sentences)) {
      expect(message).toContain(sentence);
      for (const figure of about.match(/\d[\d.,]*/g) ?? []) expect(sentence).toContain(figure);
    }
    if (process.env.SHOW) console.log(message, "=>", said);
  }
}, 60_000);
