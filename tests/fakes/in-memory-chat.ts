/** A chat without a model or a disk, for tests of the pages: it fulfils both ports that pages build on. */
import { NotFoundError, QueueFullError } from "../../src/errors.ts";
import { markOf, queuedAgain, refuseToContinue } from "../../src/generations/continue-answer.ts";
import { ConversationBusyError } from "../../src/generations/generation-errors.ts";
import type { GenerationUpdate, Outcome, Progress } from "../../src/generations/generation-update.ts";
import type { Question } from "../../src/generations/question.ts";
import type { ConversationsPort, GenerationsPort } from "../../src/routes/page-ports.ts";
import type { Conversation, Generation, LoggedToken, Message } from "../../src/store/schema.ts";
import { answers, tokensOf } from "./scripted-answers.ts";

interface Run {
  generation: Generation;
  readonly question: string;
  readonly log: LoggedToken[];
  /** The whole answer, once it has begun. */
  text: string | null;
  progress: Progress | null;
  stop: AbortController;
  changed: PromiseWithResolvers<void>;
}

/** How the first try of a question ends, by its script, before the token with this index. */
interface Ending {
  readonly at: number;
  readonly state: "failed" | "length";
  readonly text?: string;
}
const endings: Readonly<Record<string, Ending>> = {
  fail: { at: 4, state: "failed", text: "It goes well until the very end, as it should." },
  mute: { at: 0, state: "failed" },
  cut: { at: 4, state: "length", text: "It goes well until the very end, as it should." },
};

const newsBefore: Readonly<Record<string, readonly Progress[]>> = {
  queue: [
    { type: "waiting", position: 2 },
    { type: "waiting", position: 1 },
    { type: "reading", progress: 0.4 },
    { type: "reading", progress: 0.8 },
  ],
};
/** In mid-answer one engine goes and another one comes. */
const trouble: readonly Progress[] = [
  { type: "waiting", position: 1 },
  { type: "loading", phase: "loading weights", progress: 0.4 },
];
const troubleAt = 30;

/** @param tokenInterval milliseconds between two tokens */
export function createInMemoryChat(tokenInterval = 20): {
  generations: GenerationsPort;
  conversations: ConversationsPort;
  /** Lets the answers of the script "trouble" go on. */
  endTrouble(): void;
} {
  let troubleEnds = Promise.withResolvers<void>();
  const runs = new Map<string, Run>();
  const byKey = new Map<string, string>();
  const conversations = new Map<string, Conversation>();
  const threads = new Map<string, { message: Message; generation: Generation | null }[]>();
  /** The questions of which an answer has begun. */
  const begunOnce = new Set<string>();

  const wake = (run: Run) => {
    run.changed.resolve();
    run.changed = Promise.withResolvers();
  };

  const begin = (conversationId: string, question: string, questionId: string): Run => {
    const id = crypto.randomUUID();
    const now = Date.now();
    const generation: Generation = {
      id,
      conversationId,
      questionId,
      messageId: crypto.randomUUID(),
      state: "queued",
      model: "demo",
      sampling: { temperature: 0, topP: 1, maxTokens: 100, seed: 1, stop: [], topLogprobs: null },
      memoryContext: 0,
      receipt: null,
      writers: [],
      finishReason: null,
      usage: null,
      timings: null,
      error: null,
      crashes: 0,
      idempotencyKey: null,
      createdAt: now,
      startedAt: null,
      endedAt: null,
    };
    const run: Run = {
      generation,
      question,
      log: [],
      text: null,
      progress: null,
      stop: new AbortController(),
      changed: Promise.withResolvers(),
    };
    runs.set(id, run);
    void write(run);
    return run;
  };

  const write = async (run: Run) => {
    const [script = ""] = run.question.split(" ");
    const show = async (news: readonly Progress[]) => {
      for (const progress of news) {
        run.progress = progress;
        wake(run);
        await Bun.sleep(400);
      }
    };
    // The first try of a question may end early: what is asked again or continued does not.
    const ending = begunOnce.has(run.generation.questionId) ? undefined : endings[script];
    begunOnce.add(run.generation.questionId);
    run.text ??= ending?.text ?? answers[script] ?? `You asked: ${run.question}`;

    await show(newsBefore[script] ?? []);
    run.generation = { ...run.generation, state: "running" };
    const tokens = tokensOf(run.text);
    const written = run.log.filter(({ continued }) => !continued).length;
    for (const [index, text] of tokens.entries()) {
      if (index < written) continue;
      if (index === ending?.at) return finish(run, ending.state);
      if (script === "trouble" && index === troubleAt) {
        const { promise } = troubleEnds;
        await show(trouble);
        const stopped = Promise.withResolvers<void>();
        run.stop.signal.addEventListener("abort", () => stopped.resolve(), { once: true });
        if (!run.stop.signal.aborted) await Promise.race([promise, stopped.promise]);
      }
      if (script === "trouble" && (index === 0 || index === troubleAt)) noteWriter(run);
      await Bun.sleep(tokenInterval);
      if (run.stop.signal.aborted) return finish(run, "stopped");
      run.log.push({ text, ids: [] });
      run.progress = null;
      wake(run);
    }
    finish(run, "done");
  };

  const noteWriter = (run: Run) => {
    const { writers } = run.generation;
    const next =
      writers.length === 0 ? { engine: "vllm", model: "qwen3-4b" } : { engine: "llama", model: "phi3" };
    run.generation = {
      ...run.generation,
      writers: [...writers, { ...next, modelHash: null, fromToken: run.log.length }],
    };
  };

  const finish = (run: Run, state: Ending["state"] | "stopped" | "done") => {
    run.generation = {
      ...run.generation,
      state: state === "length" ? "done" : state,
      finishReason: state === "done" ? "stop" : state === "length" ? "length" : null,
      error:
        state === "failed" ? { code: "engine_failed", message: "The model broke off. Ask again." } : null,
      timings: { promptMs: 1, promptPerSecond: 1, decodeMs: 1, decodePerSecond: 48.2, timeToFirstTokenMs: 1 },
    };
    wake(run);
  };

  const outcome = (run: Run): Outcome | null => {
    const { state, finishReason, usage, timings, error, writers } = run.generation;
    if (state === "queued" || state === "running") return null;
    return { state, finishReason, usage, timings, error, writers, tokenCount: run.log.length };
  };

  const generations: GenerationsPort = {
    async ask(question: Question) {
      if (question.message.startsWith("full")) throw new QueueFullError(5);
      const known = question.idempotencyKey === undefined ? undefined : byKey.get(question.idempotencyKey);
      const knownRun = known === undefined ? undefined : runs.get(known);
      if (knownRun !== undefined) return knownRun.generation;
      const isWriting = (threads.get(question.conversationId ?? "") ?? []).some(({ generation }) => {
        const state = generation === null ? undefined : runs.get(generation.id)?.generation.state;
        return state === "queued" || state === "running";
      });
      if (isWriting) throw new ConversationBusyError();
      const now = Date.now();
      const conversationId = question.conversationId ?? crypto.randomUUID();
      const conversation = conversations.get(conversationId) ?? {
        id: conversationId,
        title: question.message.slice(0, 60),
        createdAt: now,
        updatedAt: now,
        titledBy: "question",
        leafId: null,
        folder: "",
        pinnedAt: null,
        archivedAt: null,
        deletedAt: null,
        forkedFrom: null,
      };
      conversations.delete(conversationId);
      conversations.set(conversationId, { ...conversation, updatedAt: now });
      const thread = threads.get(conversationId) ?? [];
      threads.set(conversationId, thread);
      const message = (role: Message["role"], content: string): Message => ({
        id: crypto.randomUUID(),
        conversationId,
        parentId: null,
        role,
        content,
        promptContext: "",
        createdAt: now,
        deletedAt: null,
      });
      const asked = message("user", question.message);
      const run = begin(conversationId, question.message, asked.id);
      if (question.idempotencyKey !== undefined) byKey.set(question.idempotencyKey, run.generation.id);
      thread.push(
        { message: asked, generation: null },
        { message: message("assistant", ""), generation: run.generation },
      );
      return run.generation;
    },
    async retry(id) {
      const old = runs.get(id);
      if (old === undefined) throw new Error("unknown generation");
      const run = begin(old.generation.conversationId, old.question, old.generation.questionId);
      for (const entry of threads.get(old.generation.conversationId) ?? [])
        if (entry.generation?.id === id) entry.generation = run.generation;
      return run.generation;
    },
    async continue(id) {
      const run = runs.get(id);
      if (run === undefined) throw new NotFoundError("There is no such answer.");
      if (outcome(run) === null) return run.generation;
      refuseToContinue(run.generation, run.log.length);
      run.log.push(markOf(run.generation));
      run.generation = { ...run.generation, ...queuedAgain(run.generation, run.log) };
      run.stop = new AbortController();
      void write(run);
      return run.generation;
    },
    get: (id) => runs.get(id)?.generation,
    textSoFar: (id) => {
      const log = runs.get(id)?.log ?? [];
      return { text: log.map((token) => token.text).join(""), cursor: log.length };
    },
    tokens: (id, from) => runs.get(id)?.log.slice(from) ?? [],
    async *follow(id, after, signal) {
      const run = runs.get(id);
      if (run === undefined) return;
      let cursor = after;
      let progress: GenerationUpdate | null = null;
      while (!signal.aborted) {
        const { changed } = run;
        if (cursor < run.log.length) {
          const tokens = run.log.slice(cursor);
          yield { type: "tokens", from: cursor, tokens };
          cursor += tokens.length;
          continue;
        }
        const end = outcome(run);
        if (end !== null) {
          yield { type: "end", outcome: end };
          return;
        }
        if (run.progress !== null && run.progress !== progress) {
          progress = run.progress;
          yield run.progress;
          continue;
        }
        const aborted = Promise.withResolvers<void>();
        signal.addEventListener("abort", () => aborted.resolve(), { once: true });
        await Promise.race([changed.promise, aborted.promise]);
      }
    },
    stop(id) {
      runs.get(id)?.stop.abort();
      return runs.has(id);
    },
  };

  return {
    generations,
    endTrouble: () => {
      troubleEnds.resolve();
      troubleEnds = Promise.withResolvers();
    },
    conversations: {
      list: (limit) => [...conversations.values()].reverse().slice(0, limit),
      get: (id) => conversations.get(id),
      thread: (id) =>
        (threads.get(id) ?? []).map(({ message, generation }) => ({
          siblings: [message.id],
          message,
          generation: generation === null ? null : (runs.get(generation.id)?.generation ?? null),
        })),
    },
  };
}
