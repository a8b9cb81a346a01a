/** What is said to the reader of a request. */
import { expect, test } from "bun:test";
import { readBy, toldAnew, translated } from "../../src/texts/reader-language.ts";

test("A sentence that no table has stays as it is: http://127.0.0.1 got decimal commas", () => {
  const told = "http://127.0.0.1:8000 did not answer within 1.5 s {0}.";
  expect(readBy("de", () => toldAnew(told))).toBe(told);
  expect(readBy("de", () => toldAnew("Write a question first."))).toBe("Schreib erst eine Frage.");
  expect(toldAnew("Write a question first.")).toBe("Write a question first.");
});

test("A word in another sense has an entry of its own, and the sense is not shown", () => {
  expect(readBy("de", () => translated("keyboard¦Keys"))).toBe("Tasten");
  expect(readBy("en-XA", () => translated("keyboard¦Keys"))).toBe("⟦Kéýš··⟧");
  expect(translated("keyboard¦Keys")).toBe("Keys");
  expect(translated("EURUSD ¦ 1.1")).toBe("EURUSD ¦ 1.1");
});
