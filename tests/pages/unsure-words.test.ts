/** Which words of an answer are unsure ones. */
import { expect, test } from "bun:test";
import { besideFigures, unsureWords } from "../../src/pages/unsure-words.ts";
import type { LoggedToken } from "../../src/store/schema.ts";

const token = (text: string, probability?: number, more: Partial<LoggedToken> = {}): LoggedToken => ({
  text,
  ids: [],
  ...(probability === undefined ? {} : { logprob: Math.log(probability) }),
  ...more,
});
const found = (log: readonly LoggedToken[]) => {
  const text = log.map((each) => (each.reasoning ? "" : each.text)).join("");
  return unsureWords(log, text).map(({ start, end, words }) => [text.slice(start, end), words]);
};

test("a word is as sure as its least sure token, without the signs around it", () => {
  expect(found([token("**Go", 0.9), token("ld**", 0.25), token(" is", 0.6), token(" up.", 0.001)])).toEqual([
    ["Gold", "Probability 25 %"],
    ["up", "Probability below 1 %"],
  ]);
});

test("thoughts and what was not drawn say nothing", () => {
  expect(found([token("hm", 0.1, { reasoning: true }), token("Gold"), token(" shines", 0.5)])).toEqual([
    ["shines", "Probability 50 %"],
  ]);
});

test("a figure keeps its own mark", () => {
  const figure = { start: 4, end: 6, kind: "computed" } as const;
  const unsure = [
    { start: 0, end: 3, kind: "unsure" },
    { start: 4, end: 5, kind: "unsure" },
    { start: 7, end: 9, kind: "unsure" },
  ] as const;
  expect(besideFigures([figure], unsure)).toEqual([unsure[0], figure, unsure[2]]);
});
