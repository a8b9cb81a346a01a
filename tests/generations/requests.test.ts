import { describe, expect, test } from "bun:test";
import type { ApiRequest } from "../../src/chat/api-request.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { conversation, generation, message } from "../store/rows.ts";
import { temporaryFolder } from "../store/temporary-store.ts";
import { held, read } from "./read-answer.ts";

const request: ApiRequest = {
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "What is gold?" },
  ],
  tools: [{ name: "price", parameters: { type: "object" } }],
  toolChoice: "auto",
};
const call = { id: "call_1", name: "price", arguments: "{}" };

describe("An answer to a whole request of a program", () => {
  test("has the request for its prompt, with its tools, and no instructions of ours", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({ engines: [engine] });
    await read(program.generations, (await program.generations.ask(ask("What is gold?", { request }))).id);
    const { messages, tools, toolChoice } = request;
    expect(engine.requests[0]).toMatchObject({ messages, tools, toolChoice });
    expect(program.remembered).toEqual([]);
  });

  test("has the same prompt when it is taken up after a crash, and goes on from its text", async () => {
    using folder = temporaryFolder();
    const row = { id: "g", questionId: "q", messageId: "a", state: "running", request } as const;
    {
      await using before = openAnswering({ dataDir: folder.path });
      const { store } = before;
      store.conversations.insert(conversation({ origin: "api" }));
      store.messages.insert(message({ id: "q" }));
      store.messages.insert(message({ id: "a", parentId: "q", role: "assistant", content: "" }));
      store.generations.insert(generation(row));
      store.tokenLog.append([{ generationId: "g", firstIndex: 0, tokens: [{ text: "Gold", ids: [1] }] }]);
    }
    const engine = new ScriptedEngine({ script: () => ({ answer: "Gold is a metal." }) });
    await using after = openAnswering({ dataDir: folder.path, engines: [engine] });
    after.generations.recover();
    await after.generations.idle();
    expect(engine.requests[0]).toMatchObject({ messages: request.messages, tools: request.tools });
    expect(after.generations.textSoFar("g").text).toBe("Gold is a metal.");
  });

  test("whose call is in the log ends with it after a crash: it is not called twice", async () => {
    using folder = temporaryFolder();
    {
      await using before = openAnswering({ dataDir: folder.path });
      const { store } = before;
      store.conversations.insert(conversation({ origin: "api" }));
      store.messages.insert(message({ id: "q" }));
      store.messages.insert(message({ id: "a", parentId: "q", role: "assistant", content: "" }));
      store.generations.insert(
        generation({ id: "g", questionId: "q", messageId: "a", state: "running", request }),
      );
      const tokens = [{ text: "", ids: [], toolCall: call }];
      store.tokenLog.append([{ generationId: "g", firstIndex: 0, tokens }]);
    }
    const engine = new ScriptedEngine({ script: () => ({ answer: "", toolCalls: [call] }) });
    await using after = openAnswering({ dataDir: folder.path, engines: [engine] });
    after.generations.recover();
    await after.generations.idle();
    expect(engine.requests).toEqual([]);
    expect(after.generations.get("g")).toMatchObject({ state: "done", finishReason: "tool_calls" });
    expect(after.generations.tokens("g", 0)).toHaveLength(1);
  });

  test("is asked again with the same request", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({ engines: [engine] });
    const first = await program.generations.ask(ask("What is gold?", { request, isKept: true }));
    await read(program.generations, first.id);
    await read(program.generations, (await program.generations.retry(first.id)).id);
    expect(engine.requests[1]).toMatchObject({ messages: request.messages, tools: request.tools });
  });

  test("is stopped when its reader is gone, but not while another one follows it", async () => {
    const { engine, go } = held("one two", 1);
    await using program = openAnswering({ engines: [engine] });
    const { generations } = program;
    const watched = await generations.ask(ask("One?", { request }));
    const leaving = new AbortController();
    const follower = read(generations, watched.id);
    generations.stopWhenAbandoned(watched.id, leaving.signal, 0);
    leaving.abort();
    const alone = await generations.ask(ask("Two?", { request }));
    generations.stopWhenAbandoned(alone.id, AbortSignal.abort(), 0);
    while (generations.get(alone.id)?.state !== "stopped") await Bun.sleep(1);
    expect(generations.get(watched.id)?.state).toBe("running");
    go();
    await follower;
    expect(generations.get(watched.id)?.state).toBe("done");
  });
});
