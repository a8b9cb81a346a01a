import { describe, expect, test } from "bun:test";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import type { Store } from "../../../src/store/database.ts";
import { readThread } from "../../../src/store/thread.ts";
import { temporaryStore } from "../../store/temporary-store.ts";

const fixture = (name: string) => Bun.file(`${import.meta.dir}/fixtures/${name}.json`).bytes();
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** What each conversation shows, with who wrote it. */
const shown = (store: Store, id = "") =>
  readThread(store, id).map(({ message, generation }) => [
    generation?.writers.map(({ engine, model }) => `${engine}: ${model}`).join() ?? "user",
    message.content,
  ]);

/** Every answer of it, as it is replayed from the log. */
const answers = (store: Store, id = "") =>
  (store.wholeConversations.read(id)?.generations ?? []).map(({ state, tokens }) => ({ state, tokens }));

/** A node of OpenAI's mapping. */
const node = (parent: string | null, role: string, text: string) => ({
  parent,
  message: { author: { role }, content: { content_type: "text", parts: [text] } },
});

describe("OpenAI's export", () => {
  test("keeps its branches, joins what the assistant wrote between uses of tools, and shows what was shown", async () => {
    using store = temporaryStore();
    const report = await importFile(store, null, await fixture("openai"));
    const [gold = "", greeting = ""] = report.imported;
    expect(report).toEqual({
      imported: [gold, greeting],
      skipped: [],
      refused: [{ title: "Nothing in it", reason: "It has no messages." }],
      memories: 0,
      presets: 0,
      documents: 0,
      projects: 0,
    });
    expect(shown(store, gold)).toEqual([
      ["user", "[image]\n\nWhat is this?"],
      ["openai: o4-mini", "````python\nprint('```')\n````\n\nGold."],
      ["user", "And silver?"],
      ["openai: gpt-4o", "Whiter."],
    ]);
    expect(answers(store, gold)).toEqual([
      {
        state: "done",
        tokens: [
          { text: "It shines.", ids: [], reasoning: true },
          { text: "````python\nprint('```')\n````", ids: [] },
          { text: "\n\nGold.", ids: [] },
        ],
      },
      { state: "done", tokens: [{ text: "A nugget.", ids: [] }] },
      { state: "done", tokens: [{ text: "Whiter.", ids: [] }] },
    ]);
    expect(store.conversations.get(gold)).toMatchObject({
      title: "Gold and silver",
      createdAt: 1714000000500,
      updatedAt: 1714000900250,
      pinnedAt: 1714000900250,
      archivedAt: null,
    });
    const [question] = store.messages.path(gold);
    const beside = store.messages.all(gold).filter(({ parentId }) => parentId === question?.id);
    expect(beside.map(({ content }) => content)).toEqual([
      "````python\nprint('```')\n````\n\nGold.",
      "A nugget.",
    ]);
  });

  test("an answer that nothing was asked for gets a question that says so", async () => {
    using store = temporaryStore();
    const { imported } = await importFile(store, null, await fixture("openai"));
    expect(shown(store, imported[1])).toEqual([
      ["user", "[no question]"],
      ["openai: unknown", "Hello!"],
    ]);
    expect(store.conversations.get(imported[1] ?? "")?.title).toBe("Imported");
  });

  test("answers that branch after a part that they share each have that part", async () => {
    using store = temporaryStore();
    const mapping = {
      q: node(null, "user", "Q"),
      a: node("q", "assistant", "A"),
      tool: node("a", "tool", "T"),
      a1: node("tool", "assistant", "1"),
      a2: node("tool", "assistant", "2"),
      next: node("a", "user", "Next"),
    };
    const { imported } = await importFile(store, null, bytesOf([{ id: "x", mapping, current_node: "tool" }]));
    const said = store.messages.all(imported[0] ?? "");
    expect(said.map(({ content }) => content)).toEqual(["Q", "A", "A\n\n1", "A\n\n2", "Next"]);
    expect(said.map(({ parentId }) => said.findIndex(({ id }) => id === parentId))).toEqual([-1, 0, 0, 0, 1]);
    expect(shown(store, imported[0]).at(-1)?.[1]).toBe("A");
  });

  test("an answer that was cut after a use of a tool is shown as it was, though others go on from it", async () => {
    using store = temporaryStore();
    const mapping = {
      q: node(null, "user", "Q"),
      a: node("q", "assistant", "A"),
      tool: node("a", "tool", "T"),
      a1: node("tool", "assistant", "1"),
    };
    const { imported } = await importFile(store, null, bytesOf([{ id: "x", mapping, current_node: "tool" }]));
    expect(shown(store, imported[0]).at(-1)?.[1]).toBe("A");
  });

  test("answers that would grow with the square of the file are refused", async () => {
    using store = temporaryStore();
    const mapping: Record<string, unknown> = { q: node(null, "user", "Q") };
    for (let index = 0; index < 2_000; index++) {
      mapping[`a${index}`] = node(index === 0 ? "q" : `a${index - 1}`, "assistant", "x".repeat(100));
      mapping[`q${index}`] = node(`a${index}`, "user", "Q");
    }
    const { refused } = await importFile(store, null, bytesOf([{ title: "Wide", mapping }]));
    expect(refused).toEqual([{ title: "Wide", reason: "Its answers branch too often." }]);
  });

  test("one conversation alone is read too", async () => {
    using store = temporaryStore();
    const [one]: unknown[] = await Bun.file(`${import.meta.dir}/fixtures/openai.json`).json();
    const { imported } = await importFile(store, null, bytesOf(one));
    expect(shown(store, imported[0])).toHaveLength(4);
  });
});

describe("Open WebUI's export", () => {
  test("keeps its branches, its folder, and what was shown; older ones are a plain list", async () => {
    using store = temporaryStore();
    const { imported, refused } = await importFile(store, null, await fixture("open-webui"));
    const [savings = "", old = ""] = imported;
    expect(refused).toEqual([]);
    expect(shown(store, savings)).toEqual([
      ["user", "How much?\n\n[file: a plan .pdf]\n\n[image]"],
      ["open-webui: qwen3", "A fifth.\n\n[image]"],
    ]);
    expect(answers(store, savings)).toHaveLength(2);
    expect(store.conversations.get(savings)).toMatchObject({
      title: "Savings",
      createdAt: 1714000000000,
      updatedAt: 1714000500000,
      archivedAt: 1714000500000,
      folder: "Money",
    });
    expect(shown(store, old)).toEqual([
      ["user", "An old one"],
      ["open-webui: unknown", "Yes."],
    ]);
    expect(store.conversations.get(old)?.title).toBe("An old one");
  });
});

for (const name of ["openai", "open-webui"])
  describe(`The same file of ${name} twice`, () => {
    test("adds nothing the second time", async () => {
      using store = temporaryStore();
      const { imported } = await importFile(store, null, await fixture(name));
      const again = await importFile(store, null, await fixture(name));
      expect(again).toMatchObject({ imported: [], skipped: imported });
      expect(store.wholeConversations.ids(null)).toHaveLength(imported.length);
    });

    test("brings back what was deleted", async () => {
      using store = temporaryStore();
      const { imported } = await importFile(store, null, await fixture(name));
      for (const id of imported) store.conversations.update(id, { deletedAt: 5 });
      expect(await importFile(store, null, await fixture(name))).toMatchObject({ imported, skipped: [] });
      expect(store.wholeConversations.ids(null).toSorted()).toEqual([...imported].sort());
    });
  });
