/** The real generations on a real store in a folder of its own, with engines that a test scripts. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemPromptFor } from "../../src/chat/context.ts";
import type { Engine } from "../../src/chat/engine.ts";
import { EnginePool, type EnginePoolOptions } from "../../src/engines/engine-pool.ts";
import type { AskDesk } from "../../src/generations/answer-writer.ts";
import type { ForeignToolsFor } from "../../src/generations/foreign-tools.ts";
import type { FinishedExchange } from "../../src/generations/generation-events.ts";
import type { Outcome } from "../../src/generations/generation-update.ts";
import { Generations } from "../../src/generations/generations.ts";
import type { OwnToolsFor } from "../../src/generations/own-tools.ts";
import type { Recall } from "../../src/generations/prompt-of.ts";
import type { Question } from "../../src/generations/question.ts";
import { QuestionQueue } from "../../src/generations/question-queue.ts";
import { createLog } from "../../src/log.ts";
import { tracedAnswer } from "../../src/server/tracing.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import type { OwnerId } from "../../src/store/schema.ts";
import type { Tracer } from "../../src/telemetry/tracer.ts";
import { ScriptedEngine } from "./scripted-engine.ts";

export interface Answering extends AsyncDisposable {
  readonly dataDir: string;
  readonly store: Store;
  readonly pool: EnginePool;
  readonly generations: Generations;
  /** What waits is asked again 5 ms after it was refused. */
  readonly queue: QuestionQueue;
  readonly remembered: FinishedExchange[];
  /** The ends that statistics were told of. */
  readonly ended: Outcome[];
  readonly logLines: Record<string, unknown>[];
}

export interface AnsweringOptions {
  readonly tracer?: Tracer;
  readonly engines?: readonly Engine[];
  readonly dataDir?: string;
  readonly recall?: Recall;
  readonly queueLimit?: number;
  readonly askDesk?: AskDesk;
  readonly toolsFor?: (store: Store) => OwnToolsFor;
  /** Left out: there are no tools of other programs. */
  readonly foreignToolsFor?: (store: Store) => ForeignToolsFor;
  readonly templateFieldsOf?: () => Record<string, boolean | string>;
  readonly pool?: EnginePoolOptions;
  /** The limits of a user who asks. */
  readonly admit?: <T>(store: Store, ownerId: OwnerId, ask: () => Promise<T>) => Promise<T>;
  /** Gets the store before the generations do, to put faults into it. */
  readonly wrapStore?: (store: Store) => Store;
}

const profile = { risk_profile: "moderate", default_pair: "EURUSD", currency: "", language: "en" };
export const systemPrompt = systemPromptFor({ instructions: "You are a financial assistant.", ...profile });

/** Opens everything; what an earlier one of the same folder left unfinished is not taken up until `recover()`. */
export function openAnswering(options: AnsweringOptions = {}): Answering {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "answering-"));
  const logLines: Record<string, unknown>[] = [];
  const log = createLog("debug", (line) => logLines.push(JSON.parse(line)));
  const opened = openStore({ dataDir, log });
  const store = options.wrapStore?.(opened) ?? opened;
  const pool = new EnginePool(
    (options.engines ?? [new ScriptedEngine()]).map((engine) => [engine]),
    options.pool,
  );
  const remembered: FinishedExchange[] = [];
  const ended: Outcome[] = [];
  const resolveModel = (name: string) => (name === "phi3" ? (pool.status()[0]?.model ?? name) : name);
  const generations = new Generations({
    store,
    engines: pool,
    recall: options.recall ?? (async () => []),
    systemPromptOf: (_, instructions) =>
      instructions === undefined ? systemPrompt : systemPromptFor({ ...profile, instructions }),
    resolveModel,
    // As in the program: no other engine answers for a model that runs.
    namesModel: (name) => pool.status().some(({ model }) => model === name),
    queueLimit: options.queueLimit ?? 8,
    ...(options.askDesk === undefined ? {} : { askDesk: options.askDesk }),
    ...(options.templateFieldsOf === undefined ? {} : { templateFieldsOf: options.templateFieldsOf }),
    ...(options.toolsFor === undefined ? {} : { toolsFor: options.toolsFor(store) }),
    ...(options.foreignToolsFor === undefined ? {} : { foreignToolsFor: options.foreignToolsFor(store) }),
    log,
  });
  const queue = new QuestionQueue({
    ...{ store, generations, resolveModel, log },
    admit: (ownerId, ask) => options.admit?.(store, ownerId, ask) ?? ask(),
    retryMs: 5,
  });
  generations.events.subscribe((event) => (event.type === "ended" ? queue.answerEnded(event) : undefined));
  generations.events.subscribe((event) => {
    if (event.type === "begun") options.tracer?.answerBegun(event.generation.id);
    if (event.type === "exchanged") remembered.push(event.exchange);
    if (event.type !== "ended") return;
    const { outcome, generation, times } = event;
    ended.push(outcome);
    options.tracer?.answerEnded(tracedAnswer(outcome, generation, times, pool.status()));
  });
  return {
    dataDir,
    store,
    pool,
    generations,
    queue,
    remembered,
    ended,
    logLines,
    [Symbol.asyncDispose]: async () => {
      queue[Symbol.dispose]();
      await generations[Symbol.asyncDispose]();
      await pool[Symbol.asyncDispose]();
      opened[Symbol.dispose]();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const ask = (message: string, rest: Partial<Question> = {}): Question => ({
  message,
  model: "phi3",
  memoryContext: 0,
  sampling: { temperature: 0.7, topP: 0.95, maxTokens: 200, seed: 1, stop: [], topLogprobs: null },
  ...rest,
});
