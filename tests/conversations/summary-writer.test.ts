import { describe, expect, test } from "bun:test";
import type { ChatMessage, GenerateRequest } from "../../src/chat/engine.ts";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { SummaryWriter } from "../../src/conversations/summary-writer.ts";
import { createLog } from "../../src/log.ts";
import type { Store } from "../../src/store/database.ts";
import type { Generation } from "../../src/store/schema.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { type Script, ScriptedEngine, scriptTokens } from "../fakes/scripted-engine.ts";

const contextSize = 560;
const filler = (words: number) => Array.from({ length: words }, () => "gold").join(" ");
const isSummaryRequest = ({ messages }: GenerateRequest) =>
  messages[0]?.content.startsWith("You keep the memory") === true;

interface Opened {
  readonly able?: boolean;
  readonly slots?: number;
  readonly wrapStore?: (store: Store) => Store;
}

/**
 * An engine that holds a question of 200 words but not a second one, and says this when it is asked for a summary: each
 * prompt leaves out all that came before its question.
 * @param say of the request's number, from 0
 */
function openSummarised(say: (summary: number, request: GenerateRequest) => Script, options: Opened = {}) {
  const { able = true, slots = 1, wrapStore } = options;
  let asked = 0;
  const engine = new ScriptedEngine({
    slots,
    contextSize,
    script: (request) => (isSummaryRequest(request) ? say(asked++, request) : { answer: filler(60) }),
  });
  const ended: Generation[] = [];
  const program = openAnswering({ engines: [engine] });
  const log = createLog("debug", (line) => program.logLines.push(JSON.parse(line)));
  const store = wrapStore?.(program.store) ?? program.store;
  const writer = new SummaryWriter({ store, engines: program.pool, isAble: () => able, log });
  program.generations.events.subscribe((event) => {
    if (event.type !== "ended") return;
    ended.push(event.generation);
    writer.consider(event.generation);
  });
  const library = new ConversationLibrary({
    store: program.store,
    stopAnswers: () => {},
    searchTerms: () => [],
  });
  let conversationId: string | undefined;
  const sampling = { ...ask("").sampling, maxTokens: 80 };
  return {
    ...program,
    engine,
    writer,
    library,
    ended,
    /** Asks, and waits until what follows from it is done. */
    async ask(text: string, after?: string | null): Promise<Generation> {
      const place = {
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(after === undefined ? {} : { after }),
      };
      const asked = await program.generations.ask(ask(`${text} ${filler(200)}`, { ...place, sampling }));
      conversationId = asked.conversationId;
      await program.generations.idle();
      await writer.idle();
      return program.generations.get(asked.id) ?? asked;
    },
    stored: () => program.store.summaries.ofConversation(conversationId ?? ""),
    summaryRequests: () => engine.requests.filter(isSummaryRequest),
    lastPrompt: (): readonly ChatMessage[] =>
      engine.requests.findLast((request) => !isSummaryRequest(request))?.messages ?? [],
    [Symbol.asyncDispose]: async () => {
      await writer[Symbol.asyncDispose]();
      await program[Symbol.asyncDispose]();
    },
  };
}

describe("What a prompt leaves out", () => {
  test("is summarised after the answer, and the summary stands in the third prompt and in its receipt", async () => {
    await using chat = openSummarised(() => ({ answer: "The user saves 300 a month for a house." }));
    const first = await chat.ask("I save 300 a month for a house.");
    expect(chat.summaryRequests()).toEqual([]);
    const second = await chat.ask("What then?");
    expect(second.receipt?.droppedMessageIds).toEqual([first.questionId, first.messageId]);
    expect(second.receipt).not.toHaveProperty("summary");
    const third = await chat.ask("And now?");
    const [system, ...turns] = chat.lastPrompt();
    expect(system?.content).toStartWith("You are a financial assistant.");
    expect(system?.content).toEndWith("\nThe user saves 300 a month for a house.");
    expect(turns).toHaveLength(1);
    expect(third.receipt?.summary).toEqual({
      messageId: first.messageId,
      content: "The user saves 300 a month for a house.",
      model: "scripted-model",
    });
    // What is left out and not told of stays named.
    const { questionId, messageId } = second;
    expect(third.receipt?.droppedMessageIds.slice(2)).toEqual([questionId, messageId]);
    expect(third.receipt?.promptTokens).toBe(
      await chat.engine.countTokens(chat.lastPrompt(), new AbortController().signal),
    );
    expect(chat.logLines.filter(({ event }) => event === "summary-written")).toHaveLength(2);
  });

  test("is told of by a summary of the one before it and of what follows, not of everything again", async () => {
    await using chat = openSummarised((n) => ({ answer: `Summary ${"abc"[n]}.` }));
    for (const text of ["Alpha.", "Beta.", "Gamma."]) await chat.ask(text);
    const [, request] = chat.summaryRequests();
    const told = request?.messages.at(-1)?.content ?? "";
    expect(told).toContain("Summary a.");
    expect(told).toContain("User: Beta.");
    expect(told).not.toContain("Alpha");
    expect(told).not.toContain("Gamma");
    expect(chat.stored().map(({ content }) => content)).toEqual(["Summary a.", "Summary b."]);
  });

  test("gives no number to a summary that it does not hold (no number is ever made up)", async () => {
    await using chat = openSummarised(() => ({
      answer: "The user saves 300 a month. That makes 3,600 a year. They want a house.",
    }));
    await chat.ask("I save 300 a month for a house.");
    await chat.ask("What then?");
    expect(chat.stored()).toMatchObject([{ content: "The user saves 300 a month. They want a house." }]);
  });

  test("of which nothing usable is said stays left out, and the model is not asked again for the same", async () => {
    await using chat = openSummarised(() => ({ answer: "It makes 3,600." }));
    const first = await chat.ask("I save 300 a month.");
    await chat.ask("What then?");
    await chat.ask("In other words?", first.messageId);
    expect(chat.summaryRequests()).toHaveLength(1);
    expect(chat.stored()).toEqual([]);
  });

  test("loses the last sentence of a summary that was cut, since a number in it may be cut too", async () => {
    await using chat = openSummarised(() => ({ answer: `They save 300. They have ${filler(100)}` }));
    await chat.ask("I save 300 a month.");
    await chat.ask("What then?");
    expect(chat.stored()).toMatchObject([{ content: "They save 300." }]);
  });

  test("is read in steps when it is long, none longer than the engine can hold with the summary", async () => {
    await using chat = openSummarised((n) => ({ answer: `Told ${"abcdefghij"[n]}.` }));
    const long = await openLong(chat);
    await long.summarise();
    const requests = chat.summaryRequests();
    expect(requests.length).toBeGreaterThan(2);
    for (const { messages, sampling } of requests) {
      const tokens = await chat.engine.countTokens(messages, new AbortController().signal);
      expect(tokens + sampling.maxTokens).toBeLessThan(contextSize);
    }
    const read = requests.flatMap(({ messages }) => scriptTokens(messages.at(-1)?.content ?? ""));
    expect(read.filter((token) => token.includes("gold"))).toHaveLength(long.words);
    // A step that ends within an exchange is nobody's summary: the branch of another question must not get it.
    expect(chat.store.summaries.ofConversation("long").map(({ messageId }) => messageId)).toEqual(["a1"]);
  });

  test("is not summarised by a model that is too small for it, and stays named as left out", async () => {
    await using chat = openSummarised(() => ({ answer: "A summary." }), { able: false });
    const first = await chat.ask("Alpha.");
    await chat.ask("Beta.");
    const third = await chat.ask("Gamma.");
    expect(chat.summaryRequests()).toEqual([]);
    expect(third.receipt?.droppedMessageIds).toContain(first.messageId);
    expect(third.receipt).not.toHaveProperty("summary");
  });
});

/** A conversation with one very long exchange and a short one, both left out of an answer. */
async function openLong({ store, writer, engine }: ReturnType<typeof openSummarised>) {
  await engine.ensureReady(new AbortController().signal);
  const words = 790;
  store.conversations.insert({ id: "long", title: "", createdAt: 1, updatedAt: 1 });
  const say = (id: string, parentId: string | null, role: "user" | "assistant", content: string) =>
    store.messages.insert({ id, conversationId: "long", parentId, role, content, createdAt: 1 });
  say("q0", null, "user", filler(words));
  say("a0", "q0", "assistant", "Yes.");
  say("q1", "a0", "user", "Is it?");
  say("a1", "q1", "assistant", "No.");
  say("now", "a1", "user", "Really?");
  const receipt = {
    systemPrompt: "",
    messageIds: ["now"],
    droppedMessageIds: ["q0", "a0", "q1", "a1"],
    memories: [],
    promptTokens: 1,
    budgetTokens: 1,
  };
  return {
    words,
    summarise: async () => {
      writer.consider({ conversationId: "long", questionId: "now", receipt });
      await writer.idle();
    },
  };
}

describe("A summary", () => {
  test("is not seen by the branch of an edited question, which gets one of its own", async () => {
    await using chat = openSummarised((_, { messages }) => ({
      answer: messages.at(-1)?.content.includes("Secret") ? "A secret." : "No secret.",
    }));
    await chat.ask("Secret.");
    await chat.ask("Beta.");
    const edited = await chat.ask("Open.", null);
    expect(chat.lastPrompt()[0]?.content).not.toContain("secret");
    expect(edited.receipt).not.toHaveProperty("summary");
    await chat.ask("Beta again.");
    expect(chat.stored()).toHaveLength(2);
    const last = await chat.ask("Gamma.");
    expect(last.receipt?.summary).toMatchObject({ messageId: edited.messageId, content: "No secret." });
  });

  test("is not seen where the conversation was gone on with before what it tells of", async () => {
    await using chat = openSummarised((n) => ({ answer: `Summary ${"abc"[n]}.` }));
    const first = await chat.ask("Alpha.");
    await chat.ask("Beta.");
    await chat.ask("Gamma.");
    expect(chat.stored()).toHaveLength(2);
    const beside = await chat.ask("Beside beta.", first.messageId);
    expect(beside.receipt?.summary).toMatchObject({ messageId: first.messageId, content: "Summary a." });
  });

  test("is the same in an answer that is written once more from its receipt, whatever was summarised since", async () => {
    await using chat = openSummarised((n) => ({ answer: `Summary ${"abcdef"[n]}.` }));
    for (const text of ["Alpha.", "Beta."]) await chat.ask(text);
    const third = await chat.ask("Gamma.");
    const prompt = chat.lastPrompt();
    const replayed = await chat.generations.retry(third.id, { replay: true });
    await chat.generations.idle();
    await chat.writer.idle();
    expect(chat.stored()).toHaveLength(2);
    expect(chat.lastPrompt()).toEqual(prompt);
    expect(chat.generations.get(replayed.id)?.receipt).toEqual(third.receipt);
    // Another answer to it has a prompt of its own, and knows more.
    const again = await chat.generations.retry(third.id);
    await chat.generations.idle();
    expect(chat.generations.get(again.id)?.receipt?.summary?.content).toBe("Summary b.");
  });

  test("is not in an answer written once more that had none", async () => {
    await using chat = openSummarised(() => ({ answer: "Summary." }));
    await chat.ask("Alpha.");
    const second = await chat.ask("Beta.");
    const prompt = chat.lastPrompt();
    const replayed = await chat.generations.retry(second.id, { replay: true });
    await chat.generations.idle();
    expect(chat.lastPrompt()).toEqual(prompt);
    expect(chat.generations.get(replayed.id)?.receipt).toEqual(second.receipt);
  });

  test("is forgotten when an answer that it tells of goes on, and says more than it tells", async () => {
    await using chat = openSummarised(() => ({ answer: "Summary." }));
    const { id, messageId, conversationId } = await chat.ask("Alpha.");
    const row = { messageId, conversationId, content: "Of the half.", model: "m", createdAt: 1 };
    chat.store.summaries.insert(row);
    chat.store.generations.update(id, { state: "stopped" });
    await chat.generations.continue(id);
    await chat.generations.idle();
    expect(chat.stored()).toEqual([]);
  });

  test("goes with its conversation when that is removed for good", async () => {
    await using chat = openSummarised(() => ({ answer: "Summary." }));
    const { conversationId } = await chat.ask("Alpha.");
    await chat.ask("Beta.");
    expect(chat.stored()).toHaveLength(1);
    chat.library.remove(conversationId);
    chat.store.conversations.purge(Date.now() + 1);
    expect(chat.stored()).toEqual([]);
  });

  test("of a conversation that was deleted meanwhile is not stored", async () => {
    await using chat = openSummarised(() => ({
      answer: "Summary.",
      pace: async () => {
        chat.store.conversations.update(conversationId, { deletedAt: 1 });
        chat.store.conversations.purge(2);
      },
    }));
    const { conversationId } = await chat.ask("Alpha.");
    await chat.ask("Beta.");
    expect(chat.summaryRequests()).toHaveLength(1);
    expect(chat.stored()).toEqual([]);
    const wrong = new Set(["defect", "summary-not-written"]);
    expect(chat.logLines.filter(({ event }) => wrong.has(String(event)))).toEqual([]);
  });
});

describe("Writing summaries", () => {
  test("gives up as soon as somebody waits, and is made up for after the next answer", async () => {
    const { begun, pace } = stuck();
    await using chat = openSummarised((n) => ({
      answer: "Summary.",
      ...(n > 0 ? {} : { pace }),
    }));
    const first = await chat.ask("Alpha.");
    const second = chat.ask("Beta.");
    await begun;
    // The only slot is the summary's: this answer would never begin.
    const { conversationId } = first;
    await chat.generations.ask(ask("Gamma.", { conversationId }));
    await chat.generations.idle();
    await second;
    await chat.writer.idle();
    expect(chat.stored().length).toBeGreaterThan(0);
    expect(chat.logLines.filter(({ event }) => event === "summary-not-written")).toEqual([]);
  });

  test("gives up when an answer beside it would be slowed down, and does not begin while one is written", async () => {
    const { begun, pace } = stuck();
    await using chat = openSummarised(
      (n) => ({
        answer: "Summary.",
        ...(n > 0 ? {} : { pace }),
      }),
      { slots: 4 },
    );
    await chat.ask("Alpha.");
    const second = chat.ask("Beta.");
    await begun;
    const lease = await chat.pool.acquire(wish, () => {}, new AbortController().signal);
    const other = lease.engine
      .generate(
        {
          generationId: "other",
          messages: [{ role: "user", content: "x" }],
          sampling: { ...ask("").sampling, seed: 1 },
        },
        new AbortController().signal,
      )
      [Symbol.asyncIterator]();
    await other.next();
    await second;
    expect(chat.stored()).toEqual([]);
    const ended = chat.ended.at(-1);
    if (ended === undefined) throw new Error("No answer has ended.");
    chat.writer.consider(ended);
    await chat.writer.idle();
    expect(chat.summaryRequests()).toHaveLength(1);
    await other.return?.();
    lease[Symbol.dispose]();
    chat.writer.consider(ended);
    await chat.writer.idle();
    expect(chat.stored()).toHaveLength(1);
  });

  test("ends at once when the program stops", async () => {
    const { begun, pace } = stuck();
    await using chat = openSummarised(() => ({
      answer: "Summary.",
      pace,
    }));
    await chat.ask("Alpha.");
    const second = chat.ask("Beta.");
    await begun;
    await chat.writer[Symbol.asyncDispose]();
    await second;
    expect(chat.stored()).toEqual([]);
  });

  test("ends nothing but the summary when the engine breaks or the database cannot be read", async () => {
    await using breaking = openSummarised(() => ({
      answer: "Summary.",
      failAt: { token: 0, error: new Error("It broke.") },
    }));
    await breaking.ask("Alpha.");
    expect((await breaking.ask("Beta.")).state).toBe("done");
    expect(breaking.logLines.filter(({ event }) => event === "summary-not-written")).toHaveLength(1);
    const unreadable = (store: Store): Store => ({
      ...store,
      summaries: {
        ...store.summaries,
        ofConversation: () => {
          throw new Error("disk I/O error");
        },
      },
    });
    await using chat = openSummarised(() => ({ answer: "Summary." }), { wrapStore: unreadable });
    await chat.ask("Alpha.");
    expect((await chat.ask("Beta.")).state).toBe("done");
    expect(chat.logLines.filter(({ event }) => event === "defect")).toHaveLength(1);
  });
});

const wish = { failures: new Map(), patienceMs: 0, model: "", conversationId: "x", tokens: 1 };

/** A pace that says when it has begun, and then waits until it is aborted. */
function stuck() {
  const begun = Promise.withResolvers<void>();
  const pace = async (_token: number, signal: AbortSignal) => {
    begun.resolve();
    const aborted = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => aborted.resolve(), { once: true });
    if (!signal.aborted) await aborted.promise;
  };
  return { begun: begun.promise, pace };
}
