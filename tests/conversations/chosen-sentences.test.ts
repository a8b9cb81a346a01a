import { expect, test } from "bun:test";
import { choosingRequest, chosenIn } from "../../src/conversations/chosen-sentences.ts";

const message = "I never risk more than 1.25% on one trade. My broker is Example Bank. What is gold?";
const [rule, broker] = ["I never risk more than 1.25% on one trade.", "My broker is Example Bank."];
const sentences = [rule, broker];
const answer = (...remember: readonly object[]) => JSON.stringify({ remember });
const chosen = (said: string) => chosenIn(said, message, sentences);

test("Only a sentence of the user's own message is taken, once, to the letter", () => {
  expect(chosen(answer({ sentence: rule, about: "risk" }, { sentence: rule, about: "trade" }))).toEqual([
    { sentence: rule, about: "trade" },
  ]);
  for (const sentence of [
    "I never risk more than 2% on one trade.",
    "What is gold?",
    "i never risk more than 1.25% on one trade.",
    "The assistant says that gold rises.",
    "",
  ])
    expect(chosen(answer({ sentence, about: "risk" }))).toEqual([]);
});

test("A subject with a word or figure that does not stand in the sentence is replaced by the sentence's own words", () => {
  for (const about of ["risk 1.25%", "one trade", "Risk"])
    expect(chosen(answer({ sentence: rule, about }))).toEqual([{ sentence: rule, about }]);
  for (const about of ["risk 2%", "risk 1.2", "maximum loss", "", "  "])
    expect(chosen(answer({ sentence: rule, about }))).toEqual([{ sentence: rule, about: rule }]);
});

test("An answer of another form chooses nothing", () => {
  for (const said of [
    "",
    "Sure! I will remember",
    '{"remember": [{"sente',
    "[]",
    "null",
    '{"remember": {}}',
    '{"remember": [1, null, "x"]}',
  ])
    expect(chosen(said)).toEqual([]);
});

test("The model is held to the sentences by a schema, and is told the user's words alone", () => {
  const request = choosingRequest("m", "c", message, sentences);
  expect(JSON.stringify(request.format)).toContain(JSON.stringify({ type: "string", enum: sentences }));
  expect(request.messages.map(({ role }) => role)).toEqual(["system", "user"]);
  expect(request.messages[1]?.content).toContain(message);
  expect(request.sampling.temperature).toBe(0);
});
