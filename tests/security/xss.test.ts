/** What an answer says never becomes HTML of its own: the whole corpus, in every place of Markdown, cut at every character. */
import { describe, expect, test } from "bun:test";
import { renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { foreignPart } from "./answer-grammar.ts";
import { growing, places } from "./growing-answer.ts";
import { xssCorpus } from "./xss-corpus.ts";

/** Those in which what has come so far is read otherwise than the whole. */
const placesToCut = [0, 2, 6, 9, 11].map((index) => places[index] ?? String);

describe("The corpus", () => {
  test("has at least 200 texts, no two of them the same", () => {
    expect(xssCorpus.length).toBeGreaterThanOrEqual(200);
    expect(new Set(xssCorpus.map(({ text }) => text)).size).toBe(xssCorpus.length);
  });

  test("would be seen if it came through raw", () => {
    const unseen = xssCorpus.filter(({ text }) => /<[a-z!?/]/i.test(text) && foreignPart(text) === null);
    expect(unseen).toEqual([]);
    expect(
      foreignPart('<a href="javascript:x" target="_blank" rel="noopener noreferrer nofollow">'),
    ).not.toBe(null);
    expect(foreignPart('<a href="http://a.example/">x</a>')).not.toBe(null);
    expect(foreignPart("&colon;")).not.toBe(null);
  });
});

describe("An answer", () => {
  test("that is whole holds nothing but text and Markdown's own tags, wherever the text stands in it", () => {
    const wrong: string[] = [];
    for (const { name, text } of xssCorpus)
      for (const [index, place] of places.entries())
        for (const html of [renderMarkdown(place(text)), renderOpenBlock(place(text))]) {
          const foreign = foreignPart(html);
          if (foreign !== null) wrong.push(`${name} in place ${index}: ${foreign}`);
        }
    expect(wrong).toEqual([]);
  });

  test("that grows holds nothing else at any moment, cut at every character", () => {
    const wrong: string[] = [];
    let moments = 0;
    for (const { name, text } of xssCorpus)
      for (const [index, place] of placesToCut.entries())
        for (const html of growing(place(text))) {
          moments++;
          const foreign = foreignPart(html);
          if (foreign !== null) wrong.push(`${name} in place ${index}: ${foreign}`);
        }
    expect(wrong).toEqual([]);
    expect(moments).toBeGreaterThan(100_000);
  });

  test("has no link but to http and https, each marked, and no image", () => {
    const html = xssCorpus.map(({ text }) => renderMarkdown(text)).join("\n");
    const links = html.match(/<a\b[^>]*>/g) ?? [];
    expect(links.length).toBeGreaterThan(20);
    for (const link of links)
      expect(link).toMatch(
        /^<a href="https?:\/\/[^"]*" target="_blank" rel="noopener noreferrer nofollow">$/,
      );
    expect(html).not.toMatch(/<(?:img|picture|video|audio|svg|iframe|style|link|meta)/i);
  });
});

test("A file's name is made of letters and digits, whatever the conversation is called", async () => {
  await using app = openAnsweringApp();
  for (const { text } of xssCorpus) {
    const id = addConversation(app.store, { title: text });
    for (const format of ["markdown", "json"]) {
      const reply = await fetch(`${app.url}/api/conversations/${id}/export?format=${format}`);
      expect(reply.headers.get("content-disposition")).toMatch(
        /^attachment; filename="[a-z0-9][a-z0-9-]{0,60}-\d{4}-\d{2}-\d{2}\.(?:md|json)"$/,
      );
      expect(reply.headers.get("content-type")).toMatch(/^(?:text\/markdown|application\/json)\b/);
      expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
      await reply.body?.cancel();
    }
  }
});
