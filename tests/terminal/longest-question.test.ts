import { expect, test } from "bun:test";
import { questionLimit } from "../../src/generations/question.ts";
import { longestQuestion, whyTooLong } from "../../src/terminal/longest-question.ts";

test("The terminal knows the server's limit", () => {
  expect(longestQuestion).toBe(questionLimit);
});

test("What is too long is told by what it was made of, and by how much", () => {
  const text = "x".repeat(20_001);
  expect(whyTooLong("", text.slice(1), text.slice(1))).toBeNull();
  expect(whyTooLong(text, "", text)).toStartWith(
    "The question has 20,001 characters, 1 more than the 20,000",
  );
  expect(whyTooLong("", text, text)).toStartWith("The text of standard input has 20,001 characters");
  expect(whyTooLong("Sum up.", text, `Sum up.\n\n${text}`)).toStartWith(
    "The question and the text of standard input together have 20,010 characters, 10 more",
  );
});
