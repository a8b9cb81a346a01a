import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { chunkFrames } from "../../src/api/chat-chunks.ts";
import { EngineFailedError, StorageError } from "../../src/errors.ts";
import type { Generations } from "../../src/generations/generations.ts";
import type { Store } from "../../src/store/database.ts";
import type { Generation } from "../../src/store/schema.ts";
import { type AnsweringOptions, ask, openAnswering } from "../fakes/answering.ts";
import { type Script, ScriptedEngine, scriptTokens } from "../fakes/scripted-engine.ts";
import { held, never, read, words } from "./read-answer.ts";

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "continue-"));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const sampling = ask("").sampling;
const broke = new EngineFailedError("It broke. Try again.");

/** An engine that follows a script each time it is asked; the last one for good. */
function following(...scripts: readonly Omit<Script, "answer">[]) {
  let asked = 0;
  return (answer: string, name = "scripted") =>
    new ScriptedEngine({
      name,
      script: () => ({ answer, ...(scripts[asked++] ?? scripts.at(-1)) }),
    });
}

/** Breaks at this token whoever asks, as long as it is told to. */
const breakingAt = (token: number) => ({ failAt: { token, error: broke } });

/** A program with an answer of twelve words that broke off after seven. */
async function interrupted(options: AnsweringOptions = {}) {
  const engine = following(breakingAt(7), breakingAt(7), {})(words(12));
  const program = openAnswering({ engines: [engine], ...options });
  const generation = await program.generations.ask(ask("Tell me."));
  const { text, outcome } = await read(program.generations, generation.id);
  expect(text).toBe(words(7));
  expect(outcome?.state).toBe("failed");
  return { program, engine, generation, id: generation.id, endCursor: (outcome?.tokenCount ?? 0) + 1 };
}

describe("An engine that dies in mid-answer", () => {
  test("and comes back goes on with the same text, and nothing is doubled", async () => {
    const engine = following(breakingAt(7), {})(words(12));
    await using program = openAnswering({ engines: [engine] });
    const { id } = await program.generations.ask(ask("Tell me."));
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe(words(12));
    expect(outcome).toMatchObject({
      state: "done",
      tokenCount: 12,
      writers: [
        { engine: "scripted", fromToken: 0 },
        { engine: "scripted", fromToken: 7 },
      ],
    });
    expect(engine.requests[1]?.continueFrom).toEqual({
      text: words(7),
      tokens: { modelHash: engine.modelHash, ids: [0, 1, 2, 3, 4, 5, 6] },
    });
  });

  test("twice, with no other engine, ends it as failed with its text kept, and it can be continued", async () => {
    const { program, engine, generation, id } = await interrupted();
    await using _program = program;
    expect(program.store.messages.get(generation.messageId)?.content).toBe(words(7));
    const continued = await program.generations.continue(id);
    expect(continued).toMatchObject({ id, state: "queued", error: null, endedAt: null, crashes: 0 });
    const { text, outcome } = await read(program.generations, id);
    await program.generations.idle();
    expect(text).toBe(words(12));
    expect(outcome?.state).toBe("done");
    expect(engine.requests.at(-1)?.continueFrom?.text).toBe(words(7));
    expect(program.store.messages.get(generation.messageId)?.content).toBe(words(12));
    expect(program.store.messages.path(generation.conversationId)).toHaveLength(2);
  });
});

test("While the engine of an answer loads in mid-answer, readers are told, after all that it had written", async () => {
  const back = Promise.withResolvers<void>();
  let asked = 0;
  class Restarting extends ScriptedEngine {
    override status() {
      const loading = { state: "starting", phase: "loading weights", progress: 0.4 } as const;
      return { ...super.status(), ...(asked === 1 ? loading : {}) };
    }
  }
  const engine = new Restarting({
    script: () => ({ answer: words(12), ...(asked++ === 0 ? breakingAt(7) : {}) }),
    ready: () => (asked === 1 ? back.promise : Promise.resolve()),
  });
  await using program = openAnswering({ engines: [engine] });
  const { id } = await program.generations.ask(ask("Tell me."));
  let text = "";
  const news: [string, string][] = [];
  for await (const update of program.generations.follow(id, 0, never)) {
    if (update.type === "tokens") for (const token of update.tokens) text += token.text;
    else if (update.type !== "end") news.push([update.type, text]);
    if (update.type === "loading") back.resolve();
  }
  expect(text).toBe(words(12));
  expect(news).toContainEqual(["loading", words(7)]);
  expect(news.every(([, before]) => before === "" || before === words(7))).toBe(true);
});

describe("An answer that is continued with a key", () => {
  const key = { idempotencyKey: "k" };

  test("goes on once, however often that is asked for, and is returned as it is", async () => {
    const engine = following(breakingAt(4), breakingAt(4), breakingAt(7), breakingAt(7), {})(words(12));
    await using program = openAnswering({ engines: [engine] });
    const { generations } = program;
    const { id } = await generations.ask(ask("Tell me."));
    await generations.idle();
    await Promise.all(Array.from({ length: 50 }, () => generations.continue(id, key)));
    expect(await read(generations, id)).toMatchObject({ text: words(7), outcome: { state: "failed" } });
    expect(await generations.continue(id, key)).toEqual(generations.get(id) as Generation);
    expect(generations.unfinished).toBe(0);
    expect(generations.tokens(id, 0).filter(({ continued }) => continued)).toHaveLength(1);
    await generations.continue(id, { idempotencyKey: "another" });
    expect((await read(generations, id)).text).toBe(words(12));
    // It is complete now, and not the last of its conversation: the earlier requests get what they got.
    await generations.ask(ask("And then?", { conversationId: generations.get(id)?.conversationId ?? "" }));
    expect(await generations.continue(id, key)).toMatchObject({ state: "done" });
    await generations.idle();
  });

  test("goes on once also when the program starts again in between", async () => {
    const dataDir = folder();
    const engine = () => following(breakingAt(4), breakingAt(4), {})(words(9));
    const first = openAnswering({ engines: [engine()], dataDir });
    const { id } = await first.generations.ask(ask("Tell me."));
    await first.generations.idle();
    await first.generations.continue(id, key);
    await first.generations.idle();
    await first[Symbol.asyncDispose]();
    await using second = openAnswering({ engines: [engine()], dataDir });
    second.generations.recover();
    expect(await second.generations.continue(id, key)).toMatchObject({ state: "done" });
    expect((await read(second.generations, id)).text).toBe(words(9));
  });

  test("goes on when the program crashed between the mark in its log and its row", async () => {
    const { program, id } = await interrupted();
    await using _program = program;
    const { store, generations } = program;
    const endedAt = store.generations.get(id)?.endedAt ?? null;
    const mark = { text: "", ids: [], continued: "failed", asked: { key: "k", endedAt } } as const;
    store.tokenLog.append([{ generationId: id, firstIndex: 7, tokens: [mark] }]);
    expect(await generations.continue(id, key)).toMatchObject({ state: "queued" });
    expect((await read(generations, id)).text).toBe(words(12));
  });

  test("stays stopped when it was stopped before a word came, though the request comes again", async () => {
    const { engine, reached, go } = held(words(20), 5);
    await using program = openAnswering({ engines: [engine] });
    const { generations } = program;
    const { id } = await generations.ask(ask("Tell me."));
    await reached;
    generations.stop(id);
    await generations.idle();
    await generations.continue(id, key);
    generations.stop(id);
    await generations.idle();
    go();
    expect(await generations.continue(id, key)).toMatchObject({ state: "stopped" });
    expect(generations.unfinished).toBe(0);
  });
});

describe("An answer that is continued", () => {
  test("notes every engine that wrote it", async () => {
    const first = following(breakingAt(5), breakingAt(5), {})(words(12), "first");
    const second = following(breakingAt(8), breakingAt(8), {})(words(12), "second");
    await using program = openAnswering({ engines: [first, second] });
    const { id } = await program.generations.ask(ask("Tell me."));
    expect((await read(program.generations, id)).text).toBe(words(8));
    await program.generations.continue(id);
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe(words(12));
    // Both were asked twice; the second time neither wrote anything. Entry 8 is the mark of the first end.
    expect(outcome?.writers.map(({ engine, fromToken }) => `${engine} ${fromToken}`)).toEqual([
      "first 0",
      "second 5",
      "first 9",
    ]);
    expect(program.store.generations.get(id)?.writers).toEqual([...(outcome?.writers ?? [])]);
  });

  test("after Stop goes on from where it was stopped", async () => {
    const { engine, reached, go } = held(words(20), 5);
    await using program = openAnswering({ engines: [engine] });
    const { id } = await program.generations.ask(ask("Tell me."));
    await reached;
    program.generations.stop(id);
    expect((await read(program.generations, id)).outcome?.state).toBe("stopped");
    go();
    await program.generations.continue(id);
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe(words(20));
    expect(outcome).toMatchObject({ state: "done", finishReason: "stop", error: null });
  });

  test("after its length limit may have as many tokens again, each time, and is remembered once", async () => {
    const engine = new ScriptedEngine({ script: () => ({ answer: words(12) }) });
    await using program = openAnswering({ engines: [engine] });
    const asked = ask("Tell me.", { sampling: { ...sampling, maxTokens: 5 } });
    const { id } = await program.generations.ask(asked);
    for (const [length, limit] of [
      [5, 5],
      [10, 10],
      [12, 15],
    ] as const) {
      const { text, outcome } = await read(program.generations, id);
      expect(text).toBe(words(length));
      expect(outcome?.finishReason).toBe(length < 12 ? "length" : "stop");
      expect(engine.requests.at(-1)?.sampling.maxTokens).toBe(limit);
      if (length < 12) await program.generations.continue(id);
    }
    await program.generations.idle();
    expect(program.remembered).toHaveLength(1);
  });

  test("keeps its limit when it was not cut by it", async () => {
    const { program, engine, id } = await interrupted();
    await using _program = program;
    await program.generations.continue(id);
    await program.generations.idle();
    expect(engine.requests.at(-1)?.sampling).toEqual({ ...sampling, seed: 1 });
  });

  test("has its tokens counted once", async () => {
    const { program, id } = await interrupted();
    await using _program = program;
    await program.generations.continue(id);
    await program.generations.idle();
    expect(program.ended.map(({ usage }) => usage?.completionTokens)).toEqual([7, 5]);
    expect(program.generations.get(id)?.usage?.completionTokens).toBe(12);
  });

  test("after a restart of the program goes on from the same tokens", async () => {
    const dataDir = folder();
    const { program, id, endCursor } = await interrupted({ dataDir });
    await program[Symbol.asyncDispose]();
    const engine = new ScriptedEngine({ script: () => ({ answer: words(12) }) });
    await using second = openAnswering({ dataDir, engines: [engine] });
    second.generations.recover();
    expect((await read(second.generations, id)).outcome?.state).toBe("failed");
    await second.generations.continue(id);
    expect((await read(second.generations, id)).text).toBe(words(12));
    expect((await read(second.generations, id, endCursor)).text).toBe(words(12).slice(words(7).length));
    expect(engine.requests[0]?.continueFrom?.tokens?.ids).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("and shut down before its first new token is taken up by the next start, with the same cursors", async () => {
    const dataDir = folder();
    const { program, id, endCursor } = await interrupted({ dataDir });
    await program[Symbol.asyncDispose]();
    const { engine, reached } = held(words(12), 7);
    const second = openAnswering({ dataDir, engines: [engine] });
    await second.generations.continue(id);
    await reached;
    await second[Symbol.asyncDispose]();
    await using third = openAnswering({
      dataDir,
      engines: [new ScriptedEngine({ script: () => ({ answer: words(12) }) })],
    });
    third.generations.recover();
    expect((await read(third.generations, id)).text).toBe(words(12));
    expect((await read(third.generations, id, endCursor)).text).toBe(words(12).slice(words(7).length));
  });

  test("and breaks again before it wrote anything has a new end, which a reader of the first end is given", async () => {
    const engine = following(breakingAt(7))(words(12));
    const { program, id, endCursor } = await interrupted({ engines: [engine] });
    await using _program = program;
    await program.generations.continue(id);
    const { updates } = await read(program.generations, id, endCursor);
    expect(updates.at(-1)).toMatchObject({ type: "end", outcome: { state: "failed" } });
    expect(await frames(program.generations, id, endCursor)).toHaveLength(2);
    expect(program.generations.textSoFar(id).text).toBe(words(7));
  });
});

describe("The cursor of an earlier end", () => {
  test("is not given to a token: a reader that comes back with it after Continue lost the first new token", async () => {
    const { program, id, endCursor } = await interrupted();
    await using _program = program;
    const before = await frames(program.generations, id, -1);
    expect(idOf(before.at(-2))).toBe(endCursor);
    await program.generations.continue(id);
    const rest = await frames(program.generations, id, endCursor);
    expect(contentOf(rest)).toBe(words(12).slice(words(7).length));
    // Nor is anything given twice to one that missed the end.
    expect(contentOf(await frames(program.generations, id, endCursor - 1))).toBe(contentOf(rest));
    // The answer read as a whole shows no earlier end.
    const whole = await frames(program.generations, id, -1);
    expect(contentOf(whole)).toBe(words(12));
    expect(whole.map(idOf)).not.toContain(endCursor);
    expect(whole.filter((frame) => frame.includes('"finish_reason":"stop"'))).toHaveLength(1);
  });
});

describe("Continue is refused", () => {
  test("for an answer that does not exist", async () => {
    await using program = openAnswering();
    await expect(program.generations.continue("none")).rejects.toMatchObject({ code: "not_found" });
  });

  test("for an answer that is complete", async () => {
    await using program = openAnswering();
    const { id } = await program.generations.ask(ask("What is gold?"));
    await read(program.generations, id);
    await expect(program.generations.continue(id)).rejects.toMatchObject({
      code: "invalid_request",
      message: "This answer is complete. Ask a further question instead.",
    });
    expect(program.store.generations.get(id)?.state).toBe("done");
  });

  test("for an answer that is not the last of its conversation", async () => {
    const { program, id, generation } = await interrupted();
    await using _program = program;
    const { conversationId } = generation;
    const next = await program.generations.ask(ask("And now?", { conversationId }));
    await read(program.generations, next.id);
    await expect(program.generations.continue(id)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("Only the last answer"),
    });
  });

  test("while another answer is being written in the conversation", async () => {
    const { engine, reached, go } = held(words(12), 9);
    await using program = openAnswering({ engines: [engine] });
    const { id } = await program.generations.ask(ask("Tell me."));
    await reached;
    program.generations.stop(id);
    await program.generations.idle();
    const again = await program.generations.retry(id);
    await expect(program.generations.continue(id)).rejects.toMatchObject({ code: "conversation_busy" });
    go();
    await read(program.generations, again.id);
  });

  test("when the queue is full, and nothing of the answer changes", async () => {
    const { engine, reached, go } = held(words(12), 4, { slots: 1 });
    await using program = openAnswering({ engines: [engine], queueLimit: 0 });
    const { id } = await program.generations.ask(ask("Tell me."));
    await reached;
    program.generations.stop(id);
    await program.generations.idle();
    await program.generations.ask(ask("Another?"));
    await expect(program.generations.continue(id)).rejects.toMatchObject({ code: "queue_full" });
    expect(program.store.generations.get(id)?.state).toBe("stopped");
    expect(program.store.tokenLog.count(id)).toBe(4);
    go();
  });

  test("when the model's context is full: the last time it was cut before it wrote a token", async () => {
    const engine = new ScriptedEngine({ script: () => ({ answer: words(12) }) });
    await using program = openAnswering({ engines: [engine] });
    const { id } = await program.generations.ask(
      ask("Tell me.", { sampling: { ...sampling, maxTokens: 5 } }),
    );
    await read(program.generations, id);
    program.store.generations.update(id, { sampling: { ...sampling, maxTokens: 2, seed: 1 } });
    await program.generations.continue(id);
    expect((await read(program.generations, id)).outcome?.finishReason).toBe("length");
    await expect(program.generations.continue(id)).rejects.toMatchObject({
      message: "The model cannot hold more of this conversation. Begin a new one to go on.",
    });
  });

  test("by a full disk, and the answer stays as it ended", async () => {
    let full = false;
    const refusing = (store: Store): Store => ({
      ...store,
      tokenLog: {
        ...store.tokenLog,
        append: (batches) => {
          if (full) throw new StorageError("The disk is full, so nothing more can be saved.");
          store.tokenLog.append(batches);
        },
      },
    });
    const { program, id } = await interrupted({ wrapStore: refusing });
    await using _program = program;
    full = true;
    await expect(program.generations.continue(id)).rejects.toMatchObject({ code: "storage_unavailable" });
    expect((await read(program.generations, id)).outcome?.state).toBe("failed");
    full = false;
    await program.generations.continue(id);
    expect((await read(program.generations, id)).text).toBe(words(12));
  });
});

test("An answer whose end a full disk refused is told as failed, not awaited for ever, and is continued when there is room", async () => {
  let full = false;
  const refuse = () => {
    if (full) throw new StorageError("The disk is full, so nothing more can be saved.");
  };
  const refusing = (store: Store): Store => ({
    ...store,
    commit: async (work) => {
      refuse();
      return store.commit(work);
    },
    tokenLog: {
      ...store.tokenLog,
      append: (batches) => {
        refuse();
        store.tokenLog.append(batches);
      },
    },
  });
  const { engine, reached, go } = held(words(12), 7);
  await using program = openAnswering({ engines: [engine], wrapStore: refusing });
  const { id } = await program.generations.ask(ask("Tell me."));
  await reached;
  full = true;
  go();
  const first = await read(program.generations, id);
  expect(first.outcome).toMatchObject({ state: "failed", error: { code: "storage_unavailable" } });
  expect(program.store.generations.get(id)?.state).toBe("running");
  expect((await read(program.generations, id)).outcome).toEqual(first.outcome);
  expect(program.generations.get(id)?.state).toBe("failed");
  full = false;
  await program.generations.continue(id);
  expect((await read(program.generations, id)).text).toBe(words(12));
  expect(program.store.generations.get(id)?.state).toBe("done");
});

test("Continue of an answer that is being written gives it as it is", async () => {
  const { engine, reached, go } = held(words(12), 5);
  await using program = openAnswering({ engines: [engine] });
  const { id } = await program.generations.ask(ask("Tell me."));
  await reached;
  expect((await program.generations.continue(id)).id).toBe(id);
  go();
  expect((await read(program.generations, id)).text).toBe(words(12));
  expect(engine.requests).toHaveLength(1);
});

describe("However often an answer ends and is continued", () => {
  const total = 24;
  const cut = fc.record({ after: fc.integer({ min: 0, max: 6 }), how: fc.constantFrom("break", "stop") });

  test("its text is the whole script, and every reader from any cursor sees the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cut, { maxLength: 5 }),
        fc.integer({ min: 3, max: total + 3 }),
        fc.array(fc.nat(total + 12), { maxLength: 4 }),
        async (cuts, maxTokens, cursors) => {
          const pending = [...cuts];
          /** The same cut for both times that an engine is asked. */
          let current: { at: number; how: string } | null = null;
          let stop = () => {};
          const engine = new ScriptedEngine({
            slots: 8,
            script: ({ continueFrom }) => {
              const begun = scriptTokens(continueFrom?.text ?? "").length;
              if (current === null || begun > current.at) {
                const next = pending.shift();
                current = next === undefined ? null : { at: begun + next.after, how: next.how };
              }
              const here = current;
              if (here === null) return { answer: words(total) };
              if (here.how === "break") return { answer: words(total), ...breakingAt(here.at) };
              return {
                answer: words(total),
                pace: async (token) => {
                  if (token >= here.at) stop();
                },
              };
            },
          });
          await using program = openAnswering({ engines: [engine] });
          const { generations } = program;
          const { id } = await generations.ask(ask("Tell me.", { sampling: { ...sampling, maxTokens } }));
          stop = () => generations.stop(id);

          // One reader follows through every end, and comes back with the last cursor that it was given.
          let followed = "";
          let cursor = -1;
          const live: Promise<readonly string[]>[] = [];
          for (;;) {
            for (const after of cursors) live.push(frames(generations, id, after));
            const seen = await frames(generations, id, cursor);
            followed += contentOf(seen);
            cursor = Math.max(cursor, ...seen.map(idOf));
            const { outcome } = await read(generations, id);
            if (outcome?.state === "done" && outcome.finishReason === "stop") break;
            current = null;
            await generations.continue(id);
          }
          expect(generations.textSoFar(id).text).toBe(words(total));
          expect(followed).toBe(words(total));
          const whole = await frames(generations, id, -1);
          expect(contentOf(whole)).toBe(words(total));
          const shown = new Set(whole);
          for (const reader of live)
            for (const frame of await reader)
              expect(shown.has(frame) || contentOf([frame]) === "").toBe(true);
          for (const after of [...cursors, cursor])
            expect(await frames(generations, id, after)).toEqual(
              whole.filter((frame) => !frame.includes("id: ") || idOf(frame) > after),
            );
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);
});

/** The answer's stream as the API sends it, one frame an item, to a reader that has the frame with this id. */
async function frames(generations: Generations, id: string, after: number): Promise<readonly string[]> {
  const generation = generations.get(id);
  if (generation === undefined) throw new Error(`There is no generation ${id}.`);
  const pieces = chunkFrames({
    generation,
    updates: generations.follow(id, Math.max(0, after), never),
    after,
  });
  let text = "";
  for await (const piece of pieces) text += piece;
  return text.split("\n\n").filter((frame) => frame !== "");
}

const idOf = (frame = "") => Number(/^id: (\d+)$/m.exec(frame)?.[1] ?? -1);

const contentOf = (all: readonly string[]) =>
  all
    .flatMap((frame) => /^data: (\{.*\})$/m.exec(frame)?.[1] ?? [])
    .map((data) => JSON.parse(data).choices[0].delta.content ?? "")
    .join("");

test("a reader that was slow while the answer was continued gets the rest when it comes back (it was skipped)", async () => {
  const { program, id } = await interrupted();
  await using _ = program;
  const updates = program.generations.follow(id, 0, never);
  const first = await updates.next();
  await program.generations.continue(id);
  await program.generations.idle();
  const end = await updates.next();
  if (first.value?.type !== "tokens" || end.value?.type !== "end") throw new Error("Tokens, then the end.");
  const rest = await read(program.generations, id, end.value.outcome.tokenCount);
  expect(first.value.tokens.map(({ text }) => text).join("") + rest.text).toBe(words(12));
});

test("an answer of a deleted conversation is neither asked for again nor continued (it ran on unseen)", async () => {
  const { program, id, generation } = await interrupted();
  await using _ = program;
  program.store.conversations.update(generation.conversationId, { deletedAt: 1 });
  expect(program.generations.retry(id)).rejects.toThrow("was deleted");
  expect(program.generations.continue(id)).rejects.toThrow("was deleted");
  await program.generations.idle();
  expect(program.generations.unfinished).toBe(0);
});

test("a program that is being stopped says so to who asks (it said that it was full)", async () => {
  await using program = openAnswering();
  await program.generations.drain(0);
  expect(program.generations.ask(ask("Tell me."))).rejects.toMatchObject({ code: "shutting_down" });
});
