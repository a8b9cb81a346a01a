import { describe, expect, test } from "bun:test";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { TitleWriter, titleIn } from "../../src/conversations/title-writer.ts";
import { createLog } from "../../src/log.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const isTitleRequest = (system: string | undefined) => system?.startsWith("You name conversations") === true;

/** An engine that answers questions, and says this when it is asked for a title. */
async function openTitled(title: string, able = true) {
  const engine = new ScriptedEngine({
    slots: 2,
    script: ({ messages }) => ({ answer: isTitleRequest(messages[0]?.content) ? title : "Gold is a metal." }),
  });
  const program = openAnswering({ engines: [engine] });
  const library = new ConversationLibrary({
    store: program.store,
    stopAnswers: () => {},
    searchTerms: () => [],
  });
  const titles = new TitleWriter({
    store: program.store,
    engines: program.pool,
    isAble: () => able,
    suggestTitle: (id, text) => library.suggestTitle(id, text),
    log: createLog("error", () => {}),
  });
  const { conversationId } = await program.generations.ask(ask("What is gold, and who buys it?"));
  await program.generations.idle();
  return {
    ...program,
    engine,
    library,
    titles,
    conversationId,
    title: () => library.get(conversationId)?.title,
    [Symbol.asyncDispose]: async () => {
      await titles[Symbol.asyncDispose]();
      await program[Symbol.asyncDispose]();
    },
  };
}

describe("The title of a conversation", () => {
  test("is the model's after the first exchange", async () => {
    await using opened = await openTitled('Title: "Gold and its buyers."');
    opened.titles.consider(opened.conversationId);
    await opened.titles.idle();
    expect(opened.title()).toBe("Gold and its buyers");
  });

  test("stays the question when the model says nothing that is one, when it is not able, or when somebody waits", async () => {
    for (const [said, able] of [
      ["I am sorry, but as a language model I cannot name conversations for you today", true],
      ["", true],
      ["Gold", false],
    ] as const) {
      await using opened = await openTitled(said, able);
      opened.titles.consider(opened.conversationId);
      await opened.titles.idle();
      expect(opened.title()).toBe("What is gold, and who buys it?");
    }
    await using opened = await openTitled("Gold");
    const wish = { failures: new Map(), patienceMs: 0, model: "", conversationId: "x", tokens: 1 };
    const never = new AbortController().signal;
    for (let n = 0; n < 2; n++) await opened.pool.acquire(wish, () => {}, never);
    opened.titles.consider(opened.conversationId);
    await opened.titles.idle();
    expect(opened.title()).toBe("What is gold, and who buys it?");
  });

  test("that the user gave is never changed, and no title is asked for later exchanges", async () => {
    await using opened = await openTitled("Gold");
    opened.library.change(opened.conversationId, { title: "Mine" });
    opened.titles.consider(opened.conversationId);
    await opened.titles.idle();
    expect(opened.title()).toBe("Mine");
    expect(opened.engine.requests).toHaveLength(1);
  });
});

test.each([
  ["**Gold prices**\n", "Gold prices"],
  ["# Saving for a house.", "Saving for a house"],
  ["title: Bonds", "Bonds"],
  ["   ", null],
  ["one two three four five six seven eight nine ten eleven", null],
  ["x".repeat(61), null],
])("of %j the title is %j", (text, title) => {
  expect(titleIn(text)).toBe(title);
});

test("a database that cannot be read ends nothing but the title (it ended the server)", async () => {
  await using opened = await openTitled("Gold");
  const store = {
    ...opened.store,
    messages: {
      ...opened.store.messages,
      path: () => {
        throw new Error("disk I/O error");
      },
    },
  };
  const lines: string[] = [];
  await using titles = new TitleWriter({
    store,
    engines: opened.pool,
    isAble: () => true,
    suggestTitle: () => true,
    log: createLog("error", (line) => void lines.push(line)),
  });
  titles.consider(opened.conversationId);
  await titles.idle();
  expect(lines.join()).toContain("defect");
});
