import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { EngineFailedError, QueueFullError, StorageError } from "../../src/errors.ts";
import type { Store } from "../../src/store/database.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { memory } from "../store/rows.ts";
import { held, never, read, words } from "./read-answer.ts";

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "generations-"));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

describe("An answer", () => {
  test("is written, read and put away: the log, the message and the reader have the same text", async () => {
    await using program = openAnswering();
    const { id, messageId } = await program.generations.ask(ask("What is gold?"));
    const { text, outcome } = await read(program.generations, id);
    await program.generations.idle();
    expect(outcome?.state).toBe("done");
    expect(text.length).toBeGreaterThan(20);
    expect(program.store.messages.get(messageId)?.content).toBe(text);
    expect(program.store.generations.get(id)).toMatchObject({ state: "done", finishReason: "stop" });
    expect(program.generations.textSoFar(id).text).toBe(text);
    expect(program.remembered).toEqual([
      { conversationId: expect.any(String), messageId, question: "What is gold?", answer: text },
    ]);
  });

  test("is on disk before a reader sees it: at every token that is read the log holds it", async () => {
    await using program = openAnswering({
      engines: [new ScriptedEngine({ script: () => ({ answer: words(60) }) })],
    });
    const { id } = await program.generations.ask(ask("Tell me."));
    let seen = 0;
    for await (const update of program.generations.follow(id, 0, never)) {
      if (update.type !== "tokens") continue;
      seen += update.tokens.length;
      expect(program.store.tokenLog.count(id)).toBeGreaterThanOrEqual(seen);
    }
    expect(seen).toBe(60);
  });

  test("has one end, whoever reads it, from whatever cursor, while it is written or afterwards", async () => {
    await using program = openAnswering({
      engines: [new ScriptedEngine({ slots: 50, script: () => ({ answer: words(30) }) })],
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(31), { minLength: 1, maxLength: 5 }), async (cursors) => {
        const { id } = await program.generations.ask(ask("Tell me."));
        const live = await Promise.all(cursors.map((after) => read(program.generations, id, after)));
        const later = await Promise.all(cursors.map((after) => read(program.generations, id, after)));
        const tokens = program.store.tokenLog.read(id);
        for (const [index, after] of cursors.entries()) {
          const expected = tokens
            .slice(after)
            .map(({ text }) => text)
            .join("");
          expect(live[index]?.text).toBe(expected);
          expect(later[index]?.text).toBe(expected);
          for (const reading of [live[index], later[index]]) {
            expect(reading?.updates.filter(({ type }) => type === "end")).toHaveLength(1);
            expect(reading?.updates.at(-1)?.type).toBe("end");
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("goes on when its reader leaves", async () => {
    const { engine, reached, go } = held(words(20), 5);
    await using program = openAnswering({ engines: [engine] });
    const { id } = await program.generations.ask(ask("Tell me."));
    const leave = new AbortController();
    const reading = read(program.generations, id, 0, leave.signal);
    await reached;
    leave.abort();
    expect((await reading).outcome).toBeNull();
    go();
    expect((await read(program.generations, id)).outcome?.state).toBe("done");
    expect(program.generations.textSoFar(id).text).toBe(words(20));
  });

  test("that has ended is read no further for a reader that has left: a hundred such sockets kept the program busy", async () => {
    await using program = openAnswering({
      engines: [new ScriptedEngine({ script: () => ({ answer: words(5_000) }) })],
    });
    const { id } = await program.generations.ask(ask("Tell me."));
    await program.generations.idle();
    const left = new AbortController();
    const seen: string[] = [];
    for await (const { type } of program.generations.follow(id, 0, left.signal)) {
      seen.push(type);
      left.abort();
    }
    expect(seen).toEqual(["tokens"]);
  });

  test("is stopped with the text that it has, and its slot is free", async () => {
    const { engine, reached } = held(words(20), 5);
    await using program = openAnswering({ engines: [engine] });
    const { id, messageId } = await program.generations.ask(ask("Tell me."));
    await reached;
    expect(program.generations.stop(id)).toBe(true);
    const { text, outcome } = await read(program.generations, id);
    expect(outcome).toMatchObject({ state: "stopped", error: null, usage: { completionTokens: 5 } });
    expect(text).toBe("word0 word1 word2 word3 word4");
    expect(program.store.messages.get(messageId)?.content).toBe(text);
    expect(engine.status().busySlots).toBe(0);
    expect(program.generations.stop(id)).toBe(false);
    expect(program.remembered).toEqual([]);
  });

  test("whose engine fails ends as failed, with its text and a sentence kept", async () => {
    const script = {
      answer: words(9),
      failAt: { token: 4, error: new EngineFailedError("It broke. Try again.") },
    };
    await using program = openAnswering({ engines: [new ScriptedEngine({ script: () => script })] });
    const { id } = await program.generations.ask(ask("Tell me."));
    const { text, outcome } = await read(program.generations, id);
    expect(outcome).toMatchObject({
      state: "failed",
      error: { code: "engine_failed", message: "It broke. Try again." },
    });
    expect(text).toBe("word0 word1 word2 word3");
  });

  test("a defect is shown without its details", async () => {
    const script = { answer: words(9), failAt: { token: 0, error: new TypeError("secret is undefined") } };
    await using program = openAnswering({ engines: [new ScriptedEngine({ script: () => script })] });
    const { id } = await program.generations.ask(ask("Tell me."));
    const { outcome } = await read(program.generations, id);
    expect(outcome?.error?.code).toBe("internal_error");
    expect(JSON.stringify(outcome)).not.toContain("secret");
    expect(JSON.stringify(program.logLines)).toContain("secret is undefined");
  });

  test("asked again gets a new answer in place of the old one, which is kept", async () => {
    await using program = openAnswering();
    const first = await program.generations.ask(ask("What is gold?"));
    await read(program.generations, first.id);
    const second = await program.generations.retry(first.id);
    await read(program.generations, second.id);
    expect(second.id).not.toBe(first.id);
    const path = program.store.messages.path(first.conversationId);
    expect(path.map(({ id }) => id)).toEqual([first.questionId, second.messageId]);
    expect(program.store.messages.get(first.messageId)?.content).not.toBe("");
  });

  test("the same idempotency key is one generation, however often and however fast it is sent", async () => {
    await using program = openAnswering({ engines: [new ScriptedEngine({ slots: 4 })], queueLimit: 1000 });
    const asked = await Promise.all(
      Array.from({ length: 200 }, () => program.generations.ask(ask("Once?", { idempotencyKey: "k1" }))),
    );
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    await program.generations.idle();
    expect((await program.generations.ask(ask("Once?", { idempotencyKey: "k1" }))).id).toBe(
      asked[0]?.id ?? "",
    );
  });
});

test("A question in a conversation of somebody else is refused as if there were none", async () => {
  await using program = openAnswering();
  const { conversationId } = await program.generations.ask(ask("What is gold?"));
  const foreign = ask("And what did you say?", { conversationId, ownerId: "somebody-else" });
  const missing = ask("And what did you say?", { conversationId: "none", ownerId: "somebody-else" });
  const refusalOf = (question: typeof foreign) =>
    program.generations.ask(question).then(String, (error: Error) => error.message);
  expect(await refusalOf(foreign)).toBe(await refusalOf(missing));
  expect(program.store.messages.all(conversationId)).toHaveLength(2);
});

describe("The engines of an answer", () => {
  test("one that fails before the first token is replaced silently", async () => {
    const broken = new ScriptedEngine({
      name: "broken",
      script: () => ({ answer: "", failAt: { token: 0, error: new EngineFailedError("no") } }),
      ready: async () => {
        throw new EngineFailedError("It does not start.");
      },
    });
    const sound = new ScriptedEngine({ name: "sound", script: () => ({ answer: words(5) }) });
    await using program = openAnswering({ engines: [broken, sound] });
    const { id } = await program.generations.ask(ask("Tell me."));
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe(words(5));
    expect(outcome?.writers).toMatchObject([{ engine: "sound", fromToken: 0 }]);
  });

  test("one that fails in mid-answer is followed by the next, which goes on with the same text", async () => {
    const dying = new ScriptedEngine({
      name: "dying",
      script: () => ({ answer: words(12), failAt: { token: 7, error: new EngineFailedError("gone") } }),
    });
    const next = new ScriptedEngine({ name: "next", script: () => ({ answer: words(12) }) });
    await using program = openAnswering({ engines: [dying, next] });
    const { id } = await program.generations.ask(ask("Tell me."));
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe(words(12));
    expect(outcome).toMatchObject({
      state: "done",
      writers: [
        { engine: "dying", fromToken: 0 },
        { engine: "next", fromToken: 7 },
      ],
    });
    expect(next.requests[0]?.continueFrom?.text).toBe(words(7));
  });

  test("when none is left, the answer fails with what the last one said", async () => {
    const failing = (name: string) =>
      new ScriptedEngine({
        name,
        script: () => ({
          answer: words(3),
          failAt: { token: 0, error: new EngineFailedError(`${name} broke.`) },
        }),
      });
    await using program = openAnswering({ engines: [failing("first"), failing("second")] });
    const { id } = await program.generations.ask(ask("Tell me."));
    const { outcome } = await read(program.generations, id);
    expect(outcome?.error?.message).toBe("second broke.");
  });
});

describe("The queue", () => {
  test("shows each answer its place, first come first served, and refuses when it is full", async () => {
    const { engine, reached, go } = held(words(6), 1, { slots: 1 });
    await using program = openAnswering({ engines: [engine], queueLimit: 2 });
    const first = await program.generations.ask(ask("One?"));
    await reached;
    const second = await program.generations.ask(ask("Two?"));
    const third = await program.generations.ask(ask("Three?"));
    const refused = program.generations.ask(ask("Four?"));
    await expect(refused).rejects.toBeInstanceOf(QueueFullError);
    expect(program.store.conversations.list(null, 10)).toHaveLength(3);

    const places = async (id: string) => {
      for await (const update of program.generations.follow(id, 0, never))
        if (update.type === "waiting") return update.position;
      return null;
    };
    expect(await places(second.id)).toBe(1);
    expect(await places(third.id)).toBe(2);
    go();
    await program.generations.idle();
    for (const { id } of [first, second, third])
      expect(program.store.generations.get(id)?.state).toBe("done");
    expect(engine.requests.map(({ generationId }) => generationId)).toEqual([first.id, second.id, third.id]);
  });

  test("an answer that is stopped while it waits leaves the queue", async () => {
    const { engine, reached, go } = held(words(6), 1, { slots: 1 });
    await using program = openAnswering({ engines: [engine] });
    await program.generations.ask(ask("One?"));
    await reached;
    const second = await program.generations.ask(ask("Two?"));
    program.generations.stop(second.id);
    expect((await read(program.generations, second.id)).outcome).toMatchObject({
      state: "stopped",
      tokenCount: 0,
    });
    expect(program.pool.waiting).toBe(0);
    go();
  });

  test("a second question in a conversation whose answer is being written is refused, and nothing of it is stored", async () => {
    const { engine, reached, go } = held(words(6), 1);
    await using program = openAnswering({ engines: [engine] });
    const { conversationId } = await program.generations.ask(ask("One?"));
    await reached;
    await expect(program.generations.ask(ask("Two?", { conversationId }))).rejects.toMatchObject({
      code: "conversation_busy",
    });
    expect(program.store.messages.path(conversationId)).toHaveLength(2);
    go();
  });
});

describe("The prompt", () => {
  test("has the system prompt with the profile first, then the conversation, then the question", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({ engines: [engine] });
    const { id, conversationId } = await program.generations.ask(ask("What is gold?"));
    await read(program.generations, id);
    const next = await program.generations.ask(ask("And silver?", { conversationId }));
    await read(program.generations, next.id);
    const messages = engine.requests[1]?.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
    expect(messages[0]?.content).toContain("risk profile: moderate");
    expect(messages[0]?.content).toContain("EURUSD");
    expect(messages[3]?.content).toBe("And silver?");
    // Stable first: what the first prompt held is the beginning of the second.
    expect(messages.slice(0, 2)).toEqual([...(engine.requests[0]?.messages ?? [])]);
  });

  test("recalled memories stand in the question's turn, and are repeated to the letter in the next turn", async () => {
    const engine = new ScriptedEngine();
    const recalled = memory({ id: "m1", key: "goal", value: "retire at 60" });
    const limits: number[] = [];
    await using program = openAnswering({
      engines: [engine],
      recall: async (_question, limit) => {
        limits.push(limit);
        return limits.length === 1 ? [{ memory: recalled, score: 0.8 }] : [];
      },
    });
    const first = await program.generations.ask(ask("When?", { memoryContext: 3 }));
    await read(program.generations, first.id);
    const { conversationId } = first;
    await read(
      program.generations,
      (await program.generations.ask(ask("Why?", { conversationId, memoryContext: 2 }))).id,
    );
    expect(limits).toEqual([3, 2]);
    expect(engine.requests[0]?.messages[1]?.content).toContain("goal: retire at 60");
    expect(engine.requests[1]?.messages[1]?.content).toBe(engine.requests[0]?.messages[1]?.content ?? "");
    expect(program.store.generations.get(first.id)?.receipt).toMatchObject({
      memories: [{ id: "m1", key: "goal", value: "retire at 60", score: 0.8 }],
      messageIds: [first.questionId],
      promptTokens: expect.any(Number),
    });
  });

  test("asked again without memory an answer has none of what was recalled, and the first one keeps it", async () => {
    const engine = new ScriptedEngine();
    const recalled = memory({ id: "m1", key: "goal", value: "retire at 60" });
    await using program = openAnswering({
      engines: [engine],
      recall: async () => [{ memory: recalled, score: 0.8 }],
    });
    const { generations } = program;
    const first = await generations.ask(ask("When?", { memoryContext: 3 }));
    await read(generations, first.id);
    const without = await generations.retry(first.id, { withoutMemory: true });
    await read(generations, without.id);
    expect(engine.requests[0]?.messages[1]?.content).toContain("retire at 60");
    expect(engine.requests[1]?.messages[1]?.content).toBe("When?");
    expect(generations.get(without.id)?.receipt?.memories).toEqual([]);
    expect(generations.get(first.id)?.receipt?.memories).toMatchObject([{ id: "m1" }]);
    // What follows it has none either.
    const { conversationId } = first;
    await read(generations, (await generations.ask(ask("Why?", { conversationId }))).id);
    expect(engine.requests[2]?.messages[1]?.content).toBe("When?");
  });

  test("what does not fit is left out oldest first, and the receipt says so", async () => {
    const engine = new ScriptedEngine({ contextSize: 120, script: () => ({ answer: words(8) }) });
    await using program = openAnswering({ engines: [engine] });
    let conversationId: string | undefined;
    let last = "";
    for (let turn = 0; turn < 9; turn++) {
      const question = ask(`Question ${turn}?`, conversationId === undefined ? {} : { conversationId });
      const generation = await program.generations.ask(question);
      conversationId = generation.conversationId;
      last = generation.id;
      expect((await read(program.generations, last)).outcome?.state).toBe("done");
    }
    const receipt = program.store.generations.get(last)?.receipt;
    const path = program.store.messages.path(conversationId ?? "").map(({ id }) => id);
    expect(receipt?.droppedMessageIds.length).toBeGreaterThan(0);
    expect([...(receipt?.droppedMessageIds ?? []), ...(receipt?.messageIds ?? [])]).toEqual(
      path.slice(0, -1),
    );
    expect(receipt?.promptTokens).toBeLessThanOrEqual(receipt?.budgetTokens ?? 0);
  });

  test("a question that cannot fit is refused with what to do", async () => {
    await using program = openAnswering({ engines: [new ScriptedEngine({ contextSize: 60 })] });
    const { id } = await program.generations.ask(ask(words(100)));
    const { outcome } = await read(program.generations, id);
    expect(outcome?.error).toMatchObject({
      code: "prompt_too_long",
      message: expect.stringContaining("Shorten it"),
    });
  });
});

describe("After the server has gone", () => {
  /** A crash as far as the store can tell: nobody puts anything away. */
  async function crash(dataDir: string, at: number): Promise<string> {
    const { engine, reached } = held(words(20), at);
    const program = openAnswering({ dataDir, engines: [engine] });
    const { id } = await program.generations.ask(ask("Tell me."));
    await reached;
    // What a -9 leaves is what the disk holds now: shutting down leaves less, so the state is put back.
    await program.generations[Symbol.asyncDispose]();
    program.store.generations.update(id, { state: "running" });
    program.store[Symbol.dispose]();
    return id;
  }

  test("an answer that was being written is taken up from its last token, with the same prompt and sampling", async () => {
    const dataDir = folder();
    const id = await crash(dataDir, 8);
    const engine = new ScriptedEngine({ script: () => ({ answer: words(20) }) });
    await using program = openAnswering({ dataDir, engines: [engine] });
    program.generations.recover();
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe(words(20));
    expect(outcome).toMatchObject({ state: "done", tokenCount: 20 });
    expect(engine.requests[0]).toMatchObject({
      sampling: { seed: 1 },
      continueFrom: {
        text: words(8),
        tokens: { modelHash: engine.modelHash, ids: [0, 1, 2, 3, 4, 5, 6, 7] },
      },
    });
  });

  test("one that has crashed the server twice is failed with its text kept", async () => {
    const dataDir = folder();
    const id = await crash(dataDir, 8);
    {
      const { engine, reached } = held(words(20), 10);
      const program = openAnswering({ dataDir, engines: [engine] });
      program.generations.recover();
      await reached;
      await program.generations[Symbol.asyncDispose]();
      program.store.generations.update(id, { state: "running" });
      program.store[Symbol.dispose]();
    }
    await using program = openAnswering({ dataDir });
    program.generations.recover();
    const { text, outcome } = await read(program.generations, id);
    expect(outcome).toMatchObject({ state: "failed", error: { code: "crashed_twice" } });
    expect(text).toBe(words(10));
    expect(program.store.generations.unfinished()).toEqual([]);
  });

  test("a clean shutdown is no crash: its readers are sent away, and the next start goes on", async () => {
    const dataDir = folder();
    const { engine, reached } = held(words(20), 8);
    const first = openAnswering({ dataDir, engines: [engine] });
    const { id } = await first.generations.ask(ask("Tell me."));
    const reading = read(first.generations, id);
    const sentAway = reading.catch((error: unknown) => error);
    await reached;
    await first.generations[Symbol.asyncDispose]();
    expect(await sentAway).toMatchObject({ name: "ShutdownRequest" });
    expect(first.store.generations.get(id)).toMatchObject({ state: "queued", crashes: 0 });
    first.store[Symbol.dispose]();

    await using second = openAnswering({
      dataDir,
      engines: [new ScriptedEngine({ script: () => ({ answer: words(20) }) })],
    });
    second.generations.recover();
    expect((await read(second.generations, id)).text).toBe(words(20));
    expect(second.store.generations.get(id)).toMatchObject({ state: "done", crashes: 0 });
  });
});

describe("A disk that refuses", () => {
  test("ends the answer with what is on disk: nothing is shown that is not saved", async () => {
    let appends = 0;
    const refusing = (store: Store): Store => ({
      ...store,
      tokenLog: {
        ...store.tokenLog,
        append: (batches) => {
          if (++appends > 2) throw new StorageError("The disk is full, so nothing more can be saved.");
          store.tokenLog.append(batches);
        },
      },
    });
    const pace = () => Bun.sleep(6);
    await using program = openAnswering({
      engines: [new ScriptedEngine({ script: () => ({ answer: words(200), pace }) })],
      wrapStore: refusing,
    });
    const { id } = await program.generations.ask(ask("Tell me."));
    const { text, outcome } = await read(program.generations, id);
    expect(outcome).toMatchObject({ state: "failed", error: { code: "storage_unavailable" } });
    expect(text.length).toBeGreaterThan(0);
    expect(
      program.store.tokenLog
        .read(id)
        .map((token) => token.text)
        .join(""),
    ).toBe(text);
  });
});
