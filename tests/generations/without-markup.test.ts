import { expect, test } from "bun:test";
import { withoutMarkup } from "../../src/generations/without-markup.ts";

test.each([
  ["## Index fund\n\nA **bond** is *safe*.", "Index fund A bond is safe."],
  [
    "…| | Index \uFDD0fund\uFDD1 |\n|---|---:|\n| Return | 6.8 % |…",
    "…Index \uFDD0fund\uFDD1 · Return · 6.8 %…",
  ],
  ["- one\n- **\uFDD0two\uFDD1**\n\n---\n> three", "one \uFDD0two\uFDD1 three"],
  ["`FV = P * r` and ```\ncode\n```", "FV = P * r and code"],
  [
    "[Open the calculator](/calculators/loan?rate=6) · [**rates**](https://a.b/c_(d))",
    "Open the calculator · rates",
  ],
  ["…some **half of it", "…some half of it"],
])("an excerpt shows no signs of Markdown: %j", (text, plain) => {
  expect(withoutMarkup(text)).toBe(plain);
});

test.each([
  "1000*1.05*1.05 = 1102.5",
  "2**10 and 5 * 3 and 5 - 3",
  "…- 3 and 4 > 3",
  "snake_case_name and −5 %",
  "1.5 ~ 2",
  "f[2](3) = 6",
])("and changes no figure: %s", (text) => {
  expect(withoutMarkup(text)).toBe(text);
});
