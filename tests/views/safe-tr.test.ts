import { expect, test } from "bun:test";
import { readBy } from "../../src/texts/reader-language.ts";
import { element, safeTr } from "../../views/safe-tr.ts";

test("A text with gaps is HTML: what is put in as text is escaped, an element stays one, a number is written as the reader does", () => {
  const said = () => safeTr`“A & B” ${"<script>{1}"} ${element("<b>bold</b>")} ${1.5}`;
  const filled = "&lt;script&gt;{1} <b>bold</b>";
  expect<string>(said()).toBe(`“A &amp; B” ${filled} 1.5`);
  expect<string>(readBy("de-AT", said)).toBe(`“A &amp; B” ${filled} 1,5`);
  expect<string>(readBy("en-XA", said)).toBe(`⟦“Á &amp; B” ${filled} 1.5·······⟧`);
});
