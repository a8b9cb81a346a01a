import { expect, test } from "bun:test";
import { type AnswerFigures, classifierOf } from "../../src/generations/answer-figures.ts";
import { MarkedPlainText } from "../../src/pages/marked-plain-text.ts";

const figures = (): AnswerFigures => ({
  facts: [],
  cardLength: 0,
  citationsIn: () => [],
  placeOf: () => null,
  toolOf: () => null,
  figuresIn: classifierOf(() => ({
    facts: [],
    quotes: [{ where: "m1", text: "I have $10,000 and risk 1%." }],
  })),
});
const answer =
  "You have $10,000 & risk 1%. Gold stood at 4,711.50 <yesterday>.\n\n| a | b |\n|---|---|\n| 12.5 | $10,000 |\n\nMore: 99 pips";
const textOf = (html: string) =>
  html
    .replaceAll('<span class="visually-hidden"> (unchecked)</span>', "")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** What was sent after each character. */
async function sentOf(text: string): Promise<readonly string[]> {
  const marked = new MarkedPlainText();
  const known = figures();
  const sent: string[] = [];
  for (const character of text) sent.push((sent.at(-1) ?? "") + (await marked.next(character, known)));
  return sent;
}

test("a growing text without scripts never shows a figure before it is known how it is known", async () => {
  const sent = await sentOf(`${answer}.\n\nThe end.`);
  for (const html of sent) expect(`${answer}.\n\nThe end.`).toStartWith(textOf(html));
  const whole = sent.at(-1) ?? "";
  expect(textOf(whole)).toStartWith(answer);
  const marks = [...whole.matchAll(/class="figure (\w+)"[^>]*>([^<]*)/g)].map(
    ([, kind, text]) => `${text} ${kind}`,
  );
  expect(marks).toEqual([
    "$10,000 quoted",
    "1% quoted",
    "4,711.50 unsupported",
    "12.5 unsupported",
    "$10,000 quoted",
    "99 unsupported",
  ]);
});

test("what has no end in sight is held back for a while only, and a text without sources is given at once", async () => {
  const long = `Of 17 things ${"and more ".repeat(300)}`;
  expect(textOf((await sentOf(long)).at(-1) ?? "").length).toBeGreaterThan(long.length - 1_100);
  expect(await new MarkedPlainText().next("<17>", null)).toBe("&lt;17&gt;");
});
