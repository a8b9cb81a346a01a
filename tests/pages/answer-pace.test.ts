import { expect, test } from "bun:test";
import { AnswerPace } from "../../src/pages/answer-pace.ts";

test("time and speed are told once a second, from a second after the first token on", () => {
  const pace = new AnswerPace(0);
  const told = [];
  for (let at = 2000; at <= 5000; at += 100) told.push(pace.told((at - 2000) / 25, at));
  expect(told.filter((text) => text !== null)).toEqual([
    "3 s · 40 tokens/s",
    "4 s · 40 tokens/s",
    "5 s · 40 tokens/s",
  ]);
});

test("what was written before the reader came is no speed", () => {
  const pace = new AnswerPace(0);
  expect(pace.told(5000, 60_000)).toBeNull();
  expect(pace.told(5004, 61_000)).toBe("61 s · 4.0 tokens/s");
});

test("after a long silence only the time is told", () => {
  const pace = new AnswerPace(0);
  pace.told(1, 1000);
  expect(pace.told(2, 20_000)).toBe("20 s");
});
