/** What the program refuses is told in the reader's language on pages, and in English by the API. */
import { expect, test } from "bun:test";
import { InvalidRequestError } from "../../src/errors.ts";
import { describeError } from "../../src/http/html-reply.tsx";
import { readBy } from "../../src/texts/reader-language.ts";
import { say } from "../../src/texts/say.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { untranslated } from "./untranslated.ts";

const openIn = async (language: string) => {
  const app = openAnsweringApp();
  await fetch(`${app.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ language }),
  });
  return app;
};
const contentOf = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "";

test("An error's message is English; its words are in the reader's language, and what a user wrote stays", () => {
  const error = new InvalidRequestError(say`${{ verbatim: "v1.5.txt" }} is empty.`, { param: "files" });
  expect(error.message).toBe("v1.5.txt is empty.");
  expect(error.toJSON().error).toMatchObject({ message: "v1.5.txt is empty.", param: "files" });
  const told = (language: string) => readBy(language, () => describeError(error).message);
  expect(["en", "de", "es"].map(told)).toEqual([
    "v1.5.txt is empty.",
    "v1.5.txt ist leer.",
    "v1.5.txt está vacío.",
  ]);
});

test("A message without words of other languages stays as it is: its figures get no other marks", () => {
  const error = new InvalidRequestError("Version 1.5 is too old.");
  expect(readBy("de", () => describeError(error).message)).toBe("Version 1.5 is too old.");
});

test.each([
  ["/c/00000000-0000-7000-8000-000000000000", 404],
  ["/facts/f000000000000000000000000", 404],
  ["/instruments/NOSUCHTHING", 404],
  ["/batches/00000000-0000-7000-8000-000000000000", 404],
])("The page %s says why it cannot be shown", async (path, status) => {
  await using app = await openIn("en-XA");
  const reply = await fetch(app.url + path);
  expect(reply.status).toBe(status);
  const content = contentOf(await reply.text());
  expect(content).toContain("⟦");
  expect(untranslated(content)).toEqual([]);
});

test("The API speaks English to every program", async () => {
  await using app = await openIn("de");
  const reply = await fetch(`${app.url}/api/conversations/00000000-0000-7000-8000-000000000000`);
  expect(reply.status).toBe(404);
  expect(await reply.json()).toMatchObject({
    error: { message: "There is no such conversation. It may have been deleted." },
  });
});
