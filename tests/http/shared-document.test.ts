/** A conversation as an HTML document that needs nothing else. */
import { describe, expect, test } from "bun:test";
import { documentOf } from "../../src/conversations/transfer/export-conversation.ts";
import { importFile } from "../../src/conversations/transfer/import-file.ts";
import { downloadResponse } from "../../src/http/download.ts";
import { sharedDocument } from "../../src/http/shared-document.ts";
import { openStaticFiles } from "../../src/http/static-files.ts";
import { calendarOf } from "../../src/pages/calendar.ts";
import type { Store } from "../../src/store/database.ts";
import type { Generation, Message } from "../../src/store/schema.ts";
import { readBy } from "../../src/texts/reader-language.ts";
import { largeFile } from "../conversations/transfer/large-file.ts";
import { hereMs, leastBlock } from "../loop-blocks.ts";
import { conversation, generation, message } from "../store/rows.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const time = Date.UTC(2026, 1, 3, 4, 5, 6);
const { documentStyle } = await openStaticFiles();
const look = { style: documentStyle, datesOf: () => calendarOf("UTC") };
const request = new Request("http://localhost/");

function insert(store: Store, answer: Partial<Message>, made: Partial<Generation> = {}): void {
  store.wholeConversations.insert({
    conversation: conversation({ id: "c", title: 'Saving <b>"x"' }),
    messages: [
      message({ id: "q", conversationId: "c", content: "<i>How</i> do I save $250?", createdAt: time }),
      message({
        ...{ id: "a", conversationId: "c", parentId: "q", role: "assistant", createdAt: time + 1_000 },
        ...answer,
      }),
    ],
    generations: [
      {
        ...generation({ conversationId: "c", questionId: "q", messageId: "a", state: "done", ...made }),
        tokens: [{ text: "So far", ids: [1] }],
      },
    ],
  });
}

function htmlOf(store: Store, language = "en"): string {
  using reading = store.openSnapshot();
  const whole = {
    ...documentOf(reading, null, "c"),
    [Symbol.dispose]() {},
  };
  return readBy(language, () => [...sharedDocument(piecesOf(whole), look, request, time)].join(""));
}

function* each<Piece>(pieces: Iterable<Piece>): Generator<Piece, void, undefined> {
  yield* pieces;
}
const piecesOf = <Piece, Whole extends { readonly pieces: Iterable<Piece> }>(
  whole: Whole & { readonly pieces: Iterable<Piece> },
) => ({ ...whole, pieces: each<Piece>(whole.pieces) });

function documentWith(answer: string, made: Partial<Generation> = {}, language = "en"): string {
  using store = temporaryStore();
  insert(store, { content: answer }, made);
  return htmlOf(store, language);
}

describe("A conversation as an HTML document", () => {
  test("says who said what, when, and which model, and shows texts as they are", () => {
    const writers = [{ engine: "llama", model: "phi<3", modelHash: null, fromToken: 0 }];
    const html = documentWith("Spend **less**.", { writers });
    expect(html).toStartWith('<!doctype html>\n<html lang="en">');
    expect(html).toContain("<title>Saving &lt;b&gt;&quot;x&quot;</title>");
    expect(html).toContain("&lt;i&gt;How&lt;/i&gt; do I save $250?");
    expect(html).toContain("<strong>less</strong>");
    expect(html).toContain("phi&lt;3");
    expect(html).toContain('<time datetime="2026-02-03T04:05:07.000Z">Feb 3, 2026, 04:05:07</time>');
    expect(html).toEndWith("</body></html>\n");
  });

  test("asks for nothing, runs nothing, and has nothing to press", () => {
    const html = documentWith(
      "See [a page](https://example.com/), [ours](/calculators/fv), ![gold](https://example.com/x.png)\n\n" +
        "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n```js\nconst a = 'a long line of code that would be wrapped here';\n```\n\n" +
        "<script>alert(1)</script>\n\n$\\frac{1}{2}$",
    );
    const policy = /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(html)?.[1];
    expect(policy).toStartWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;");
    expect(html).toContain('<meta name="referrer" content="no-referrer">');
    const [style = "", body = ""] = html.split("</style>");
    expect(/url\(|@import/.exec(style)).toBeNull();
    expect(/<(?:script|link|button|img|iframe|form|input|style)\b/.exec(body)).toBeNull();
    expect(/\b(?:src|style|hx-\w+|data-\w+)="|href="\//.exec(body)).toBeNull();
    expect(html).toContain("<math");
    expect(html).toContain('class="hljs-keyword"');
    expect(html).toContain('<div class="table"');
  });

  test("marks what nothing proves, leads to what was said, and explains the marks that there are", () => {
    const html = documentWith("You asked of $250. I guess 77.5 % of it.");
    expect(html).toContain('<a class="figure quoted" href="#m-q">$250</a>');
    expect(html).toContain('<article id="m-q"');
    expect(html).toMatch(/<span class="figure unsupported"[^>]*>77.5 %/);
    const legend = html.slice(html.indexOf('class="legend"'));
    expect(legend).toContain("Repeats the user&#x27;s own words or files.");
    expect(legend).toContain("Unchecked: nothing proves it.");
    expect(legend).not.toContain("Follows from computed figures.");
    expect(documentWith("No figure.")).not.toContain('class="legend"');
  });

  test.each([
    [{ state: "running" }, "This answer was not finished yet."],
    [{ state: "stopped" }, "This answer was stopped."],
    [{ state: "failed" }, "This answer was broken off."],
    [{ finishReason: "length" }, "This answer was cut at its length limit."],
  ] as const)("says how an answer ended: %j", (made, words) => {
    const html = documentWith("Whole", made);
    expect(html).toContain(words);
    expect(html).toContain(words.includes("not finished") ? "So far" : "Whole");
  });

  test("speaks the reader's language", () => {
    const html = documentWith("Ja, 77,5 %.", { state: "stopped" }, "de");
    expect(html).toContain('<html lang="de">');
    expect(html).toContain("Diese Antwort wurde angehalten.");
    expect(html).toContain("Ungeprüft: nichts belegt sie.");
  });

  test("holds small pictures, and names the other files", () => {
    using store = temporaryStore();
    insert(store, {});
    const add = (id: string, kind: "image" | "text", size: number) => {
      const writing = store.contents.write(new Uint8Array(size).fill(size % 251), 1);
      let written = writing.next();
      while (!written.done) written = writing.next();
      store.files.insert({
        ...{ id, ownerId: null, contentId: written.value.id, name: `${id}.x`, kind, size },
        ...{ mediaType: kind === "image" ? "image/png" : "text/plain", text: "", isCut: false, createdAt: 1 },
      });
    };
    add("small", "image", 300);
    add("large", "image", 600_000);
    add("note", "text", 20);
    store.files.attach("q", [{ id: "small" }, { id: "large" }, { id: "note" }]);
    const html = htmlOf(store);
    const bytes = Buffer.alloc(300, 300 % 251).toString("base64");
    expect(html.match(/<img [^>]*>/g)).toEqual([`<img src="data:image/png;base64,${bytes}" alt="small.x"/>`]);
    for (const name of ["small.x", "large.x", "note.x"]) expect(html).toContain(`>${name}</span>`);
  });

  test("a long answer is written in parts as it would be in one", () => {
    const table = `| Year | Balance |\n|---|---|\n${"| 2024 | $3,600 |\n".repeat(1_000)}`;
    const blocks = [
      "## Part",
      "The price rose by 12.5 %, and **then** fell.",
      table,
      "- one\n\n- two",
      "```\na\n\nb\n```",
    ];
    const long = Array.from({ length: 6 }, () => blocks.join("\n\n")).join("\n\n");
    expect(long.length).toBeGreaterThan(100_000);
    const proseOf = (answer: string) =>
      /<div class="prose">(.*)<\/main>/s.exec(documentWith(answer))?.[1] ?? "";
    const [body, once] = [proseOf(long), proseOf(blocks.join("\n\n"))];
    for (const sign of ["<h3", "<table", "<tr>", "<li>", "<pre", "<strong>", 'class="figure'])
      expect([sign, body.split(sign).length - 1]).toEqual([sign, 6 * (once.split(sign).length - 1)]);
  });

  test("of ten megabytes keeps nobody waiting for more than 50 ms", async () => {
    using store = temporaryStore();
    const file = largeFile(4_800);
    expect(file.length).toBeGreaterThan(10_000_000);
    const [id = ""] = (await importFile(store, null, file)).imported;
    const block = await leastBlock(
      () => hereMs(50),
      async () => {
        using reading = store.openSnapshot();
        const whole = piecesOf({ ...documentOf(reading, null, id), [Symbol.dispose]() {} });
        const reply = downloadResponse(sharedDocument(whole, look, request, time), {
          ...{ type: "text/html", fileName: "a.html" },
        });
        let length = 0;
        for (const reader = reply.body?.getReader(); ; ) {
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
          if (done) break;
          length += value?.length ?? 0;
        }
        expect(length).toBeGreaterThan(10_000_000);
      },
    );
    expect(block).toBeLessThan(hereMs(50));
  }, 120_000);
});
