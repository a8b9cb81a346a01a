/**
 * A chat without a model, for tests of the pages: scripted answers that are written in memory, over the real library and
 * a real store in a folder of its own. The answer to "long held at word10, word20" stops at these until it is told to
 * go on.
 */
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { NotFoundError, QueueFullError } from "../../src/errors.ts";
import { markOf, queuedAgain, refuseToContinue } from "../../src/generations/continue-answer.ts";
import { ConversationBusyError, QuestionGoneError } from "../../src/generations/generation-errors.ts";
import {
  endOfBatch,
  type GenerationUpdate,
  type Outcome,
  type Progress,
  writerAt,
} from "../../src/generations/generation-update.ts";
import { answerMessage, newGeneration } from "../../src/generations/new-rows.ts";
import type { Question } from "../../src/generations/question.ts";
import { QuestionQueue } from "../../src/generations/question-queue.ts";
import { outcomeOf } from "../../src/generations/read-answers.ts";
import { textOf } from "../../src/generations/written-text.ts";
import { wordsOf } from "../../src/memory/search-terms.ts";
import type { ConversationsPort, GenerationsPort, MessagesPort } from "../../src/pages/page-ports.ts";
import type { Generation, LoggedToken, Message } from "../../src/store/schema.ts";
import { readThread } from "../../src/store/thread.ts";
import { type QueueOfOwner, queueOf } from "../../src/workspace/queue.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";
import { answerOfTokens, answers, tokensASecond, tokensOf } from "./scripted-answers.ts";

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
  readonly code?: string;
}
const endings: Readonly<Record<string, Ending>> = {
  fail: { at: 4, state: "failed", text: "It goes well until the very end, as it should." },
  mute: { at: 0, state: "failed" },
  nobody: { at: 0, state: "failed", code: "engine_unavailable" },
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

const newHold = () => ({ begins: Promise.withResolvers<void>(), ends: Promise.withResolvers<void>() });

/** @param tokenInterval milliseconds between two tokens */
export function createInMemoryChat(tokenInterval = 20): {
  generations: GenerationsPort;
  /** Of all owners, and of the local one. */
  questionQueue: QuestionQueue;
  queue: QueueOfOwner;
  conversations: ConversationsPort;
  messages: MessagesPort;
  library: ConversationLibrary;
  store: ReturnType<typeof temporaryStore>;
  /** Waits until an answer is held in its middle, and lets it go on. */
  goOn(): Promise<void>;
} {
  let hold = newHold();
  const runs = new Map<string, Run>();
  const byKey = new Map<string, string>();
  const store = temporaryStore();
  const library = new ConversationLibrary({
    store,
    stopAnswers: (id) => {
      for (const run of runs.values()) if (run.generation.conversationId === id) run.stop.abort();
    },
    searchTerms: wordsOf,
  });
  const tell = (conversationId: string) => {
    library.tell({ conversationId, of: "thread" });
    library.tell({ conversationId, of: "list" });
  };
  const isUnfinished = ({ generation: { state } }: Run) => state === "queued" || state === "running";
  const isBusy = (conversationId: string) =>
    [...runs.values()].some((run) => run.generation.conversationId === conversationId && isUnfinished(run));
  const refuseWhenBusy = (conversationId: string) => {
    if (isBusy(conversationId)) throw new ConversationBusyError();
  };
  /** The questions of which an answer has begun. */
  const begunOnce = new Set<string>();

  const wake = (run: Run) => {
    run.changed.resolve();
    run.changed = Promise.withResolvers();
  };

  const begin = (
    conversationId: string,
    question: string,
    questionId: string,
    id: string = Bun.randomUUIDv7(),
  ): Run => {
    const now = Date.now();
    const generation = newGeneration({
      id,
      conversationId,
      questionId,
      model: question.startsWith("tiny") ? "smollm2-135m-instruct" : "demo",
      sampling: { temperature: 0, topP: 1, maxTokens: 100, seed: 1, stop: [], topLogprobs: null },
      memoryContext: 0,
      idempotencyKey: null,
      createdAt: now,
    });
    const run: Run = {
      generation,
      question,
      log: [],
      text: null,
      progress: null,
      stop: new AbortController(),
      changed: Promise.withResolvers(),
    };
    runs.set(generation.id, run);
    store.messages.insert(answerMessage(generation));
    store.generations.insert(generation);
    store.conversations.update(conversationId, { updatedAt: now, leafId: generation.messageId });
    tell(conversationId);
    void write(run);
    return run;
  };

  /** However long a slow browser takes: the answer stays as it is, until it is told to go on or stopped. */
  const held = async (run: Run) => {
    const { begins, ends } = hold;
    const stopped = Promise.withResolvers<void>();
    run.stop.signal.addEventListener("abort", () => stopped.resolve(), { once: true });
    if (run.stop.signal.aborted) return;
    begins.resolve();
    await Promise.race([ends.promise, stopped.promise]);
    if (hold.begins === begins) hold = newHold();
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
    const isFirst = !begunOnce.has(run.generation.questionId);
    const ending = isFirst ? endings[script] : undefined;
    const holdsAt = isFirst ? (run.question.split(" held at ")[1]?.split(", ") ?? []) : [];
    begunOnce.add(run.generation.questionId);
    const wanted = script === "tokens" ? Number(run.question.split(" ")[1]) : 0;
    run.text ??=
      ending?.text ?? (wanted > 0 ? answerOfTokens(wanted) : answers[script]) ?? `You asked: ${run.question}`;

    await show(newsBefore[script] ?? []);
    run.generation = { ...run.generation, state: "running" };
    const tokens = tokensOf(run.text);
    const rate = tokensASecond(run.question);
    const startedAt = Date.now();
    const written = run.log.filter(({ continued }) => !continued).length;
    for (const [index, text] of tokens.entries()) {
      if (index < written) continue;
      if (index === ending?.at) return finish(run, ending.state, ending.code);
      if (script === "trouble" && index === troubleAt) {
        await show(trouble);
        await held(run);
      }
      if (script === "trouble" && (index === 0 || index === troubleAt)) noteWriter(run);
      await Bun.sleep(
        rate === null ? tokenInterval : Math.max(0, startedAt + (index * 1000) / rate - Date.now()),
      );
      if (run.stop.signal.aborted) return finish(run, "stopped");
      run.log.push({ text, ids: [] });
      run.progress = null;
      wake(run);
      const [next] = holdsAt;
      if (next === undefined || !textOf(run.log).includes(next)) continue;
      holdsAt.shift();
      await held(run);
    }
    finish(run, run.stop.signal.aborted ? "stopped" : "done");
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

  const finish = (run: Run, state: Ending["state"] | "stopped" | "done", code = "engine_failed") => {
    const ended = state === "length" ? "done" : state;
    run.generation = {
      ...run.generation,
      state: ended,
      finishReason: state === "done" ? "stop" : state === "length" ? "length" : null,
      error: state === "failed" ? { code, message: "The model broke off. Ask again." } : null,
      timings: { promptMs: 1, promptPerSecond: 1, decodeMs: 1, decodePerSecond: 48.2, timeToFirstTokenMs: 1 },
      endedAt: Date.now(),
    };
    store.messages.setContent(run.generation.messageId, textOf(run.log));
    store.generations.update(run.generation.id, run.generation);
    tell(run.generation.conversationId);
    wake(run);
    void questionQueue.answerEnded({ generation: run.generation, outcome: { state: ended } });
  };

  const outcome = (run: Run): Outcome | null => {
    const { state, finishReason, usage, timings, error, writers } = run.generation;
    if (state === "queued" || state === "running") return null;
    return { state, finishReason, usage, timings, error, writers, tokenCount: run.log.length };
  };

  const generations: GenerationsPort & { ask(question: Question, id?: string): Promise<Generation> } = {
    async ask(question: Question, id?: string) {
      if (question.message.startsWith("full")) throw new QueueFullError(5);
      const known = question.idempotencyKey === undefined ? undefined : byKey.get(question.idempotencyKey);
      const knownRun = known === undefined ? undefined : runs.get(known);
      if (knownRun !== undefined) return knownRun.generation;
      const now = Date.now();
      const conversationId = question.conversationId ?? crypto.randomUUID();
      refuseWhenBusy(conversationId);
      if (question.conversationId === undefined)
        store.conversations.insert({
          id: conversationId,
          title: question.message.slice(0, 60),
          settings: question.settings ?? null,
          createdAt: now,
          updatedAt: now,
        });
      const asked: Message = {
        id: crypto.randomUUID(),
        conversationId,
        parentId:
          question.after === undefined
            ? (store.messages.lastOfPath(conversationId)?.id ?? null)
            : question.after,
        role: "user",
        content: question.message,
        promptContext: "",
        createdAt: now,
        deletedAt: null,
      };
      store.messages.insert(asked);
      const run = begin(conversationId, question.message, asked.id, id);
      if (question.idempotencyKey !== undefined) byKey.set(question.idempotencyKey, run.generation.id);
      return run.generation;
    },
    async retry(id) {
      const old = runs.get(id);
      if (old === undefined) throw new NotFoundError("There is no such answer.");
      if (isUnfinished(old)) return old.generation;
      refuseWhenBusy(old.generation.conversationId);
      return begin(old.generation.conversationId, old.question, old.generation.questionId).generation;
    },
    async continue(id) {
      const run = runs.get(id);
      if (run === undefined) throw new NotFoundError("There is no such answer.");
      if (outcome(run) === null) return run.generation;
      refuseToContinue(run.generation, run.log.length);
      run.log.push(markOf(run.generation));
      run.generation = { ...run.generation, ...queuedAgain(run.generation, run.log) };
      run.stop = new AbortController();
      store.generations.update(id, run.generation);
      tell(run.generation.conversationId);
      void write(run);
      return run.generation;
    },
    get: (id) => runs.get(id)?.generation,
    textSoFar: (id) => {
      const log = runs.get(id)?.log ?? [];
      return { text: log.map((token) => token.text).join(""), cursor: log.length };
    },
    tokenCount: (id) => runs.get(id)?.log.length ?? 0,
    tokens: (id, from) => runs.get(id)?.log.slice(from) ?? [],
    async *follow(id, after, signal) {
      const run = runs.get(id);
      if (run === undefined) return;
      let cursor = after;
      let progress: GenerationUpdate | null = null;
      while (!signal.aborted) {
        const { changed } = run;
        if (cursor < run.log.length) {
          const { writers } = run.generation;
          const tokens = run.log.slice(cursor, endOfBatch(writers, cursor, run.log.length));
          yield { type: "tokens", from: cursor, tokens, writer: writerAt(writers, cursor) };
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
    ended: (id, signal) => outcomeOf(generations.follow(id, 0, signal)),
    answerNow: () => false,
    stop(id) {
      runs.get(id)?.stop.abort();
      return runs.has(id);
    },
  };

  const questionQueue = new QuestionQueue({
    store,
    generations: {
      ...{ isBusy, get: (id) => generations.get(id), ask: (question) => generations.ask(question) },
      async askQueued(id) {
        const question = store.queuedQuestions.get(id);
        if (question === undefined) throw new QuestionGoneError();
        const { conversationId, content: message, model, memoryContext, sampling } = question;
        const asked = await generations.ask({ message, conversationId, model, memoryContext, sampling }, id);
        store.queuedQuestions.take(id);
        return asked;
      },
      stopIn: (id) => {
        for (const run of runs.values()) if (run.generation.conversationId === id) run.stop.abort();
      },
      events: { emit: async (event) => (event.type === "changed" ? tell(event.conversationId) : undefined) },
    },
    admit: (_, ask) => ask(),
    resolveModel: (name) => name,
    log: silent,
  });

  return {
    generations,
    questionQueue,
    queue: queueOf({
      queue: questionQueue,
      isThere: (id) => store.conversations.get(id) !== undefined,
      owned: (question) => question,
      refuseLoggedOut: () => {},
      openStream: () => () => {},
    }),
    goOn: async () => {
      await hold.begins.promise;
      hold.ends.resolve();
      hold = newHold();
    },
    store,
    library,
    messages: {
      ...store.messages,
      generationOf: (messageId) => store.generations.forMessage(messageId),
    },
    conversations: {
      get: (id) => store.conversations.get(id),
      thread: (id, options) =>
        readThread(store, id, options).map((entry) => ({
          ...entry,
          generation: entry.generation && (runs.get(entry.generation.id)?.generation ?? entry.generation),
        })),
    },
  };
}
