import { expect, test } from "bun:test";
import { figureNotes } from "../../src/terminal/figure-notes.ts";

const figure = (text: string, kind: string) => ({ start: 0, end: text.length, text, class: kind });

test("Unchecked figures are listed, each once and not too many", () => {
  expect(figureNotes([figure("5", "computed"), figure("1.", "structural")])).toEqual([]);
  expect(
    figureNotes([figure("5", "quoted"), figure("2,150", "unsupported"), figure("2,150", "unsupported")]),
  ).toEqual(["3 figures: 1 quoted, 2 unchecked. Unchecked: 2,150."]);
  const many = Array.from({ length: 20 }, (_, index) => figure(String(index), "unsupported"));
  expect(figureNotes(many)[0]).toEndWith(", 10, 11, and 8 more.");
});
