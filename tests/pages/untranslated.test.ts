/** The walker itself finds what it is for. */
import { expect, test } from "bun:test";
import { pseudo } from "../../src/texts/pseudo.ts";
import { untranslated } from "./untranslated.ts";

test("a text in plain English is found wherever a person meets it", () => {
  expect(untranslated("<p>Delete <b>all</b></p>")).toEqual(["Delete", "all"]);
  expect(untranslated('<input placeholder="Your name">')).toEqual(["placeholder: Your name"]);
  expect(untranslated(`<p>${pseudo("Type")} <b>the word</b></p>`)).toEqual(["the word"]);
  expect(untranslated(`<p>${pseudo("Delete {0}").replace("{0}", "a chat")}</p>`)).toHaveLength(1);
});

test("translated texts, figures, codes, dates, and what a user wrote are not", () => {
  expect(untranslated(`<p title="${pseudo("Delete")}">${pseudo("It's the end. Really?")}</p>`)).toEqual([]);
  expect(untranslated("<p>12 kB, phi3, /v1/chat, CSV, risk_profile, anna@example.org</p>")).toEqual([]);
  expect(untranslated("<p>November 30, 2026 at 05:36 AM <code>curl it</code></p>")).toEqual([]);
  expect(untranslated("<p>The zanzibar of ben</p>", ["The zanzibar of ben"])).toEqual([]);
});
