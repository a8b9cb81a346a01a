/** The numbers by which an answer cites passages, and what it quotes: to the letter, blanks and the sign at its end aside. */
import { describe, expect, test } from "bun:test";
import { citationsIn, joinedTexts, misquotationsIn, placeAt } from "../../src/generations/citations.ts";
import type { QuotedPassage } from "../../src/store/documents.ts";

const passage = (own: Partial<QuotedPassage> = {}): QuotedPassage => ({
  ...{ id: 1, documentId: "d", number: 4, page: 2, sheet: null, cells: null, start: 0, end: 10, heading: "" },
  ...{ messageId: "q", position: 1, score: 0.5, name: "policy.pdf" },
  text: "The excess is 500 euros\nfor each claim. It’s twice as much for storms.",
  ...own,
});

describe("A citation", () => {
  const told = [passage(), passage({ position: 2, number: 9, page: 3 })];
  const found = (text: string) =>
    citationsIn(text, told).map(({ start, end, kind, place }) => [
      text.slice(start, end),
      kind,
      place?.number,
    ]);

  test("names a passage by its number, alone or with others", () => {
    expect(found("So [1]. And [1, 2], or [2][1].")).toEqual([
      ["[1]", "cited", 4],
      ["1", "cited", 4],
      ["2", "cited", 9],
      ["[2]", "cited", 9],
      ["[1]", "cited", 4],
    ]);
  });

  test("of a number that no passage has is unknown; a link's text is none", () => {
    expect(found("See [7] and [1](http://x).")).toEqual([["[7]", "unknown", undefined]]);
    expect(citationsIn("See [1].", [])).toEqual([]);
  });

  test("of a figure in a table names the cell", () => {
    const table = passage({
      page: null,
      sheet: "Trades",
      cells: "A5:C6",
      text: "Day | Pair | Profit\n1 | EURUSD | 120.5",
    });
    expect(placeAt(table, table.text.indexOf("120.5")).cells).toBe("Trades!C6");
    expect(placeAt({ ...table, sheet: "" }, 0).cells).toBe("A5");
    expect(placeAt(passage(), 5)).toMatchObject({ page: 2, cells: null });
  });
});

describe("A quotation", () => {
  const sources = [passage().text];
  test.each([
    '"The excess is 500 euros for each claim."',
    "“The excess is 500 euros for each claim” [1]",
    "„the excess is 500 euros“",
    "«excess is **500 euros** for each claim, »",
    '"It\'s twice as much for storms!"',
    "“The excess is … for each claim.”",
    "“The excess is 500 euros [1] for each claim.”",
    'The word "excess" alone is no quotation.',
    'Five feet "6 is no quotation either.',
  ])("that stands there is right: %s", (text) => {
    expect(misquotationsIn(text, sources)).toEqual([]);
  });

  test.each([
    '"The excess is 600 euros for each claim."',
    "“The excess was 500 euros for each claim.”",
    "„Der Selbstbehalt ist 500 Euro“",
    "«The excess is five hundred euros»",
    "“for each claim … The excess is 500 euros”",
    "“THE EXCESS IS 500 EUROS”",
  ])("that does not is marked: %s", (text) => {
    expect(misquotationsIn(text, sources)).toMatchObject([{ kind: "misquoted" }]);
  });

  test("may go on in the passage that follows", () => {
    const both = [passage({ number: 5, position: 2, text: "Report it at once." }), passage({ number: 4 })];
    expect(misquotationsIn("“for storms. Report it at once.”", joinedTexts(both))).toEqual([]);
    const apart = [passage({ number: 6, position: 2, text: "Report it at once." }), passage({ number: 4 })];
    expect(misquotationsIn("“for storms. Report it at once.”", joinedTexts(apart))).toHaveLength(1);
  });
});
