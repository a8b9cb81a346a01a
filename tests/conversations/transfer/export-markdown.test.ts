import { describe, expect, test } from "bun:test";
import { exportConversation } from "../../../src/conversations/transfer/export-conversation.ts";
import { NotFoundError } from "../../../src/errors.ts";
import type { Generation } from "../../../src/store/schema.ts";
import { conversation, generation, message } from "../../store/rows.ts";
import { temporaryStore } from "../../store/temporary-store.ts";

/** A conversation of one question and one answer, as Markdown. */
function markdownOf(answer: string, made: Partial<Generation> = {}, title = "Saving"): string {
  using store = temporaryStore();
  const createdAt = Date.UTC(2026, 1, 3, 4, 5, 6);
  store.wholeConversations.insert({
    conversation: conversation({ id: "c", title }),
    messages: [
      message({ id: "q", conversationId: "c", createdAt }),
      message({
        id: "old",
        conversationId: "c",
        parentId: "q",
        role: "assistant",
        content: "Old",
        createdAt,
      }),
      message({
        id: "a",
        conversationId: "c",
        parentId: "q",
        role: "assistant",
        content: answer,
        createdAt: createdAt + 1_000,
      }),
    ],
    generations: [
      {
        ...generation({ conversationId: "c", questionId: "q", messageId: "a", state: "done", ...made }),
        tokens: [
          { text: "Hm", ids: [], reasoning: true },
          { text: "So far", ids: [1] },
        ],
      },
    ],
  });
  using reading = store.openSnapshot();
  return [...exportConversation(reading, null, "c", "markdown", 0).pieces].join("");
}

describe("A conversation as Markdown", () => {
  test("says who said what, when, and which model, on the path that is shown", () => {
    const writers = [{ engine: "llama", model: "phi3", modelHash: null, fromToken: 0 }];
    expect(markdownOf("Spend less.", { writers })).toBe(
      "# Saving\n\n## You, 2026-02-03 04:05:06 UTC\n\nHow do I save?\n\n" +
        "## Assistant (phi3), 2026-02-03 04:05:07 UTC\n\nSpend less.\n",
    );
  });

  test("has texts to the letter, blocks of code within blocks of code too", () => {
    const answer = "````md\n```js\nlet a;\n```\n\n# no heading\n````\n~~~\n```\n~~~\n  trailing  ";
    expect(markdownOf(answer)).toContain(`\n\n${answer}\n`);
  });

  test.each([
    ["``` js\nlet a", "```"],
    ["````md\n```\n``` js\n", "````"],
    ["   ~~~~\n~~~", "~~~~"],
    ["```\n``` not closed by this", "```"],
    ["text\r\n```\r\ncode", "```"],
  ])("closes a block of code that was cut: %j", (answer, fence) => {
    expect(markdownOf(answer)).toEndWith(`${answer}\n${fence}\n`);
  });

  test.each(["``` a`b\ntext", "    ```\nno fence", "```\ncode\n```", "`` ``", "~~~ a`b\n~~~~"])(
    "leaves alone what is no open block: %j",
    (answer) => expect(markdownOf(answer)).toEndWith(`${answer}\n`),
  );

  test("keeps signs of Markdown in a title from meaning anything", () => {
    expect(markdownOf("x", {}, "# A *b*\n[c](d) <e> `f`")).toStartWith(
      "# \\# A \\*b\\* \\[c\\](d) \\<e\\> \\`f\\`\n",
    );
  });

  test("says how an answer ended that did not end by itself, and has what there is of it", () => {
    expect(markdownOf("Half", { state: "stopped" })).toEndWith("Half\n\n*This answer was stopped.*\n");
    expect(markdownOf("", { state: "failed" })).toEndWith("UTC\n\n*This answer was broken off.*\n");
    expect(markdownOf("Half", { finishReason: "length" })).toEndWith(
      "*This answer was cut at its length limit.*\n",
    );
    expect(markdownOf("", { state: "running" })).toEndWith("So far\n\n*This answer was not finished yet.*\n");
  });

  test("of one that is not there, or was deleted, is refused", () => {
    using store = temporaryStore();
    store.conversations.insert(conversation({ id: "gone", deletedAt: 1 }));
    using reading = store.openSnapshot();
    for (const id of ["gone", "nobody"])
      expect(() => exportConversation(reading, null, id, "markdown", 0)).toThrow(NotFoundError);
  });
});
