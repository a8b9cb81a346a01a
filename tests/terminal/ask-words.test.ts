import { describe, expect, test } from "bun:test";
import { parseAskWords } from "../../src/terminal/ask-words.ts";

const plain = { question: "", model: null, conversation: null, json: false, streams: true };

describe("The words after ask", () => {
  test.each([
    [["What", "is", "a bond?"], { ...plain, question: "What is a bond?" }],
    [[], plain],
    [["--json", "Gold?"], { ...plain, question: "Gold?", json: true, streams: false }],
    [["Gold?", "--no-stream"], { ...plain, question: "Gold?", streams: false }],
    [["--model", "phi3", "Gold?"], { ...plain, question: "Gold?", model: "phi3" }],
    [["--model=phi3", "Gold?"], { ...plain, question: "Gold?", model: "phi3" }],
    [["--conversation", "01", "And", "now?"], { ...plain, question: "And now?", conversation: "01" }],
    [["--", "--json", "is", "what?"], { ...plain, question: "--json is what?" }],
    [["-5", "is", "less", "than", "-4?"], { ...plain, question: "-5 is less than -4?" }],
    [["--help"], "help"],
    [["Gold?", "-h"], "help"],
  ])("%j are understood", (words, asked) => {
    expect(parseAskWords(words)).toEqual(asked as ReturnType<typeof parseAskWords>);
  });

  test.each([
    [["--jsn", "Gold?"], "There is no option --jsn."],
    [["--model"], "--model needs a value."],
    [["--model=", "x"], "--model needs a value."],
  ])("%j are refused by their name", (words, sentence) => {
    expect(() => parseAskWords(words)).toThrow(sentence);
  });
});
