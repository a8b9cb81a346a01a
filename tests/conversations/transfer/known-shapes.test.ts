/** The shapes in which programs export conversations, as their users found them. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import type { Store } from "../../../src/store/database.ts";
import { temporaryStore } from "../../store/temporary-store.ts";

const shape = (name: string) => Bun.file(join(import.meta.dir, "fixtures/shapes", name)).bytes();
const bytesOf = (text: string) => new TextEncoder().encode(text);
const said = (store: Store, id = "") =>
  store.messages.path(id).map(({ role, content }) => `${role}: ${content}`);
const tokens = (store: Store, id = "") =>
  (store.wholeConversations.read(id)?.generations ?? []).flatMap(({ tokens }) => tokens);

describe("An export", () => {
  test.each([
    ["chatgpt-wrapped.json", ["user: Q", "assistant: A"]],
    ["chatgpt-children-only.json", ["user: Q1", "assistant: A1", "user: Q2", "assistant: A2"]],
    ["claude.json", ["user: Hi", "assistant: Hello"]],
    ["librechat.json", ["user: Hi", "assistant: Hello"]],
    ["openwebui-reasoning.json", ["user: 17*3?", "assistant: 51"]],
    ["openwebui-tool-calls.json", ["user: Price?", "assistant: It is 1.08."]],
  ])("of a known program says what was said: %s", async (name, expected) => {
    using store = temporaryStore();
    const report = await importFile(store, null, await shape(name));
    expect(report).toMatchObject({ refused: [], skipped: [] });
    expect(said(store, report.imported[0])).toEqual(expected);
    const again = await importFile(store, null, await shape(name));
    expect(again).toMatchObject({ imported: [], skipped: report.imported });
  });

  test("whose first entry is a project is imported all the same, and the project is refused by its title", async () => {
    using store = temporaryStore();
    const report = await importFile(store, null, await shape("chatgpt-project-entry-first.json"));
    expect(report.imported).toHaveLength(1);
    expect(report.refused).toEqual([
      { title: "Fund project", reason: expect.stringContaining("known format") },
    ]);
    expect(said(store, report.imported[0])[1]).toBe("assistant: Bonds that mature in steps.");
  });

  test("may hold conversations of several programs, and entries that are none, in any order", async () => {
    using store = temporaryStore();
    const [claude, openai] = await Promise.all(
      ["claude.json", "chatgpt-children-only.json"].map(async (name) =>
        (await Bun.file(join(import.meta.dir, "fixtures/shapes", name)).text()).trim().slice(1, -1),
      ),
    );
    const mixed = bytesOf(`[null, 7, "x", [], {"title": "Mine"}, ${openai}, {}, ${claude}]`);
    const report = await importFile(store, null, mixed);
    expect(report.imported).toHaveLength(2);
    expect(report.refused).toHaveLength(6);
  });

  test("of entries none of which is known is refused as a whole", async () => {
    using store = temporaryStore();
    for (const text of [
      '[{"title": "a"}, {"chat": "x"}]',
      '{"a": 1}',
      '{"conversations": [{"title": "x"}]}',
      "[[1]]",
    ])
      expect(importFile(store, null, bytesOf(text))).rejects.toThrow("no export that can be imported");
  });

  test("in JSON lines is a list, with blank lines and a zero at its end", async () => {
    using store = temporaryStore();
    const lines = await Bun.file(join(import.meta.dir, "fixtures/shapes/openwebui.jsonl")).text();
    for (const text of [lines, `\ufeff${lines.replaceAll("\n", "\r\n\r\n")}\0\0`]) {
      const { imported, skipped, refused } = await importFile(store, null, bytesOf(text));
      expect([imported.length + skipped.length, refused]).toEqual([2, []]);
    }
    expect(importFile(store, null, bytesOf(`${lines}\nrubbish`))).rejects.toThrow("not valid JSON");
  });

  test("in UTF-16 is told to be no UTF-8", async () => {
    using store = temporaryStore();
    const text = await Bun.file(join(import.meta.dir, "fixtures/shapes/claude.json")).text();
    expect(importFile(store, null, Buffer.from(text, "utf16le"))).rejects.toThrow("UTF-8");
  });
});

describe("Open WebUI's blocks in an answer", () => {
  test("are thoughts and calls, with their signs as they were", async () => {
    using store = temporaryStore();
    const thought = await importFile(store, null, await shape("openwebui-reasoning.json"));
    expect(tokens(store, thought.imported[0])).toEqual([
      { text: "17 times 3 is 51.", ids: [], reasoning: true },
      { text: "51", ids: [] },
    ]);
    const called = await importFile(store, null, await shape("openwebui-tool-calls.json"));
    expect(tokens(store, called.imported[0])).toEqual([
      { text: "", ids: [], toolCall: { id: "call_1", name: "quote", arguments: '{"s": "EURUSD"}' } },
      { text: "quote: 1.08", ids: [], reasoning: true },
      { text: "It is 1.08.", ids: [] },
    ]);
  });

  const chatOf = (role: string, content: string) =>
    bytesOf(
      JSON.stringify([
        {
          id: "o",
          title: "t",
          chat: {
            history: {
              messages: {
                u: { id: "u", parentId: null, role: "user", content: role === "user" ? content : "Q" },
                a: { id: "a", parentId: "u", role: "assistant", content: role === "user" ? "A" : content },
              },
              currentId: "a",
            },
          },
        },
      ]),
    );

  test("several of them, one that was cut off, and text between them keep their order", async () => {
    using store = temporaryStore();
    const content =
      'First.\n<details type="reasoning" done="true" duration="1">\n<summary>Thought</summary>\n&gt; a &amp;amp; b\n&gt; c &lt; d\n</details>\nSecond.\n' +
      '<details type="reasoning" done="false">\n<summary>Thinking…</summary>\n&gt; cut';
    const { imported } = await importFile(store, null, chatOf("assistant", content));
    expect(tokens(store, imported[0]).map(({ text, reasoning }) => [text, reasoning ?? false])).toEqual([
      ["First.", false],
      ["a &amp; b\nc < d", true],
      ["\n\nSecond.", false],
      ["cut", true],
    ]);
    expect(said(store, imported[0])).toEqual(["user: Q", "assistant: First.\n\nSecond."]);
  });

  test("are text where a user typed them, or where they are none of these", async () => {
    using store = temporaryStore();
    for (const [role, content] of [
      ["user", '<details type="reasoning">\nx\n</details>'],
      ["assistant", "<details>\n<summary>More</summary>\ntext\n</details>"],
    ] as const) {
      const { imported } = await importFile(store, null, chatOf(role, content));
      expect(said(store, imported[0]).join("\n")).toContain(content);
    }
  });
});

test("A part that is null says nothing, in ChatGPT's lists of parts", async () => {
  using store = temporaryStore();
  const report = await importFile(store, null, await shape("chatgpt-images-nulls.json"));
  const all = said(store, report.imported[0]).join("\n");
  expect(all).toContain("user: [image]\n\nSee chart");
  expect(all).not.toContain("[attachment]\n\nA chart");
});

test("A conversation of Claude's with thoughts, a tool, a picture and a file has them all in their place", async () => {
  using store = temporaryStore();
  const file = [
    {
      uuid: "k2",
      name: "",
      created_at: "2025-11-01T10:00:00.5Z",
      chat_messages: [
        {
          uuid: "m1",
          sender: "human",
          text: "",
          content: [{ type: "text", text: "Look" }, { type: "image" }],
          attachments: [{ file_name: "a [b].csv" }],
          created_at: "2025-11-01T10:00:00Z",
        },
        {
          uuid: "m2",
          sender: "assistant",
          content: [
            { type: "thinking", thinking: "Hm." },
            { type: "tool_use", id: "t", name: "search", input: { q: 1 } },
            { type: "tool_result", content: [] },
            { type: "text", text: "Done." },
            null,
          ],
          created_at: "2025-11-01T10:00:10Z",
        },
      ],
    },
  ];
  const { imported } = await importFile(store, null, bytesOf(JSON.stringify(file)));
  expect(said(store, imported[0])).toEqual(["user: Look\n\n[image]\n\n[file: a b .csv]", "assistant: Done."]);
  expect(tokens(store, imported[0])).toEqual([
    { text: "Hm.", ids: [], reasoning: true },
    { text: "", ids: [], toolCall: { id: "t", name: "search", arguments: '{"q":1}' } },
    { text: "Done.", ids: [] },
  ]);
  expect(store.conversations.get(imported[0] ?? "")?.createdAt).toBe(Date.parse("2025-11-01T10:00:00.5Z"));
});

test("Ids tell nothing of others: whether somebody else has a file changes nothing, and one's own comes once", async () => {
  const users = ["alice", "bob"];
  const open = () => {
    const store = temporaryStore();
    for (const name of users)
      store.users.insert({
        id: name,
        name,
        passwordHash: "x",
        role: "member",
        createdAt: 1,
        disabledAt: null,
      });
    return store;
  };
  const file = await shape("chatgpt-children-only.json");
  using alone = open();
  using shared = open();
  await importFile(shared, "alice", file);
  const here = await importFile(alone, "bob", file);
  const there = await importFile(shared, "bob", file);
  expect(there).toEqual(here);
  expect(await importFile(shared, "bob", file)).toMatchObject({ imported: [], skipped: here.imported });
});
