/**
 * The one loop that makes an answer: takes an engine, gives it the prompt and passes on what it writes. It continues from
 * the same text with the next engine when one fails, with the same one when it is back, and after others who waited
 * had its slot. Where the model calls tools of the program, they run between two requests, while no slot is held. It knows
 * nothing of storage, readers or HTTP, nor of what a tool does.
 */
import {
  EngineFailedError,
  EngineUnavailableError,
  ModelUnusableError,
  UnsupportedRequestError,
} from "../errors.ts";
import type { ApiRequest } from "./api-request.ts";
import type { ChatEvent } from "./chat-event.ts";
import type { ChatMessage, Continuation, Engine, GenerateRequest, Sampling } from "./engine.ts";
import { TimeSlice } from "./time-slice.ts";

/** An engine with a slot that is ours until it is disposed of. */
export interface EngineLease extends Disposable {
  readonly engine: Engine;
  /** Aborted when the slot should be given up soon, because others wait; the answer is resumed later. */
  readonly yielding: AbortSignal;
  /** How long, in milliseconds, an answer writes at least before it yields. */
  readonly sliceMs: number;
}

/** Which engine an answer would like, and what it will ask of it. */
export interface EngineRequest {
  /**
   * How often each engine has failed this answer, by its name. One that has failed it is asked again only when no
   * other can, and after `mostFailures` not at all.
   */
  readonly failures: ReadonlyMap<string, number>;
  /** How long, in milliseconds, engines that all have failed are waited for: they may be started again. */
  readonly patienceMs: number;
  /** The model's id; another one is taken when no engine runs it, unless it is named. */
  readonly model: string;
  /** Who asked has named the model: no other one answers, and it is waited for. */
  readonly isNamed?: boolean | undefined;
  readonly conversationId: string;
  /** Owners with fewer slots are served first. */
  readonly ownerId?: string | null;
  /** Whether it yields its slot on request, and others yield theirs for it; left out: neither. */
  readonly isResumable?: boolean;
  /** It had a slot before, and gave it up. */
  readonly wasPaused?: boolean;
  /** About how many tokens the prompt and the answer may have together. */
  readonly tokens: number;
}

export interface EngineSource {
  /**
   * Waits for a free slot of an engine.
   * @param onPosition gets the place in the queue (1 is next) whenever it changes
   * @throws EngineUnavailableError or ModelUnusableError when no engine is left; signal.reason when aborted
   */
  acquire(
    request: EngineRequest,
    onPosition: (position: number) => void,
    signal: AbortSignal,
  ): Promise<EngineLease>;
}

/** Tools that the program itself offers, and runs. Left out of a turn: none are. */
export interface TurnTools {
  /** What this engine's next request has beside the prompt. */
  round(engine: Engine): Partial<Pick<GenerateRequest, "tools" | "toolChoice" | "parallelToolCalls">>;
  /** Whether a call waits for its result. */
  isCalled(): boolean;
  /** Runs those that wait: the next prompt has their results. A call that makes no sense has that as its result. */
  run(signal: AbortSignal): Promise<void>;
  /** This engine takes none, or not the one that the refusal names: it is offered it no more. @returns false when it was not offered */
  refusedBy(engine: Engine, refusal: UnsupportedRequestError): boolean;
}

export interface Turn {
  readonly generationId: string;
  readonly request: Omit<EngineRequest, "failures" | "patienceMs" | "isResumable" | "wasPaused">;
  readonly sampling: Sampling;
  /** What is asked for beside the text: its form, tools, or a prompt without a template. */
  readonly asked?: Omit<ApiRequest, "messages" | "response" | "completion">;
  /** @see GenerateRequest.withoutDigits */
  readonly withoutDigits?: true;
  readonly tools?: TurnTools;
  /** The prompt for this engine: budgets and tokenizers differ. */
  prompt(engine: Engine, signal: AbortSignal): Promise<readonly ChatMessage[]>;
  /** The existing part of the answer; read again for each engine. */
  written(): Continuation | null;
  /** Whether the thought is to end with what has just been reported: its engine then goes on from `written`. Left out: never. */
  endsThought?(): boolean;
  /** @param isPaused it has given its slot up to others, and is resumed when one comes free */
  onPosition(position: number, isPaused: boolean): void;
  /** Called now and then while its engine is loading. */
  onLoading(loading: EngineLoading): void;
}

interface EngineLoading {
  readonly phase: string | null;
  /** 0 to 1; null when the engine does not say. */
  readonly progress: number | null;
}

/** After this many failures of an answer an engine does not continue it. */
export const mostFailures = 2;
/** How long to wait for an engine that broke while it generated, in milliseconds: it may be back soon. */
const patienceMs = 15_000;
const loadingNewsMs = 500;

/** From here on this engine writes. */
interface WriterEvent {
  readonly type: "writer";
  readonly engine: string;
  readonly model: string;
  readonly modelHash: string | null;
}

/** It has given its slot up to others, and waits to be resumed: until then no engine works for it. */
interface PauseEvent {
  readonly type: "pause";
}

/** The engine that wrote it before the pause continues it. */
interface ResumeEvent {
  readonly type: "resume";
}

export type TurnEvent = WriterEvent | PauseEvent | ResumeEvent | ChatEvent;

/** Takes an event; one that takes a while is waited for. */
type OnTurnEvent = (event: TurnEvent) => Promise<void> | undefined;

/**
 * Makes one answer, and reports each event of it; `finish` last. Fails over silently, before the first token and in mid-answer, and
 * pauses while others who have waited have its slot: it is resumed from its last token.
 * @throws what the last engine threw when none is left; signal.reason when aborted
 */
export async function runTurn(
  turn: Turn,
  engines: EngineSource,
  signal: AbortSignal,
  on: OnTurnEvent,
): Promise<void> {
  const failures = new Map<string, number>();
  let failure: unknown = null;
  let wasReady = false;
  /** Who wrote it before others had its slot, or before a tool ran. */
  let before: WriterEvent | null = null;
  let wasPaused = false;
  for (;;) {
    if (wasPaused) await on({ type: "pause" });
    await turn.tools?.run(signal);
    const request: EngineRequest = {
      ...turn.request,
      failures,
      patienceMs: wasReady ? patienceMs : 0,
      isResumable: true,
      wasPaused: wasPaused || before !== null,
    };
    const isPaused = wasPaused;
    const onPosition = (position: number) => turn.onPosition(position, isPaused);
    const lease = await engines.acquire(request, onPosition, signal).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw failure ?? cause;
    });
    using _slot = lease;
    const { engine } = lease;
    wasReady = false;
    try {
      await readyWithNews(engine, turn, signal);
      wasReady = true;
      // It may have been given another model while it was waited for.
      if (turn.request.isNamed && engine.status().model !== turn.request.model) continue;
      const messages = await turn.prompt(engine, signal);
      const { model, modelHash } = engine.status();
      const writer: WriterEvent = {
        type: "writer",
        engine: engine.name,
        model: model ?? engine.name,
        modelHash,
      };
      await on(Bun.deepEquals(writer, before) ? { type: "resume" } : writer);
      before = writer;
      wasPaused = await isPausedAfter(turn, lease, messages, { signal, on });
      if (!wasPaused && !turn.tools?.isCalled()) return;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UnsupportedRequestError && turn.tools?.refusedBy(engine, error)) continue;
      if (!isEnginesFault(error)) throw error;
      before = null;
      failures.set(engine.name, (failures.get(engine.name) ?? 0) + 1);
      failure = error;
    }
  }
}

/** Has the engine write. @returns whether the answer was paused; otherwise it has ended */
async function isPausedAfter(
  turn: Turn,
  { engine, yielding, sliceMs }: EngineLease,
  messages: readonly ChatMessage[],
  { signal, on }: { readonly signal: AbortSignal; readonly on: OnTurnEvent },
): Promise<boolean> {
  const slice = new TimeSlice(sliceMs, { mayEndInThought: continuesExactly(engine) });
  const mayPause = canResume(turn, engine);
  for (;;) {
    let isCut = false;
    for await (const event of engine.generate(requestOf(turn, engine, messages), signal)) {
      // Most are taken at once, and there is one for each token of each answer: only what takes a while is awaited.
      const taken = on(event);
      if (taken !== undefined) await taken;
      const isOver = slice.isOverAfter(event);
      if (mayPause && isOver && yielding.aborted) return true;
      isCut = event.type === "reasoning" && turn.endsThought?.() === true;
      if (isCut) break;
    }
    if (!isCut) return false;
  }
}

function requestOf(turn: Turn, engine: Engine, messages: readonly ChatMessage[]): GenerateRequest {
  const continueFrom = turn.written();
  return {
    generationId: turn.generationId,
    conversationId: turn.request.conversationId,
    messages,
    sampling: turn.sampling,
    ...turn.asked,
    ...turn.tools?.round(engine),
    ...(continueFrom === null ? {} : { continueFrom }),
    ...(turn.withoutDigits ? { withoutDigits: turn.withoutDigits } : {}),
  };
}

/** From token ids, in its text and in its thought. */
const continuesExactly = (engine: Engine) => engine.status().modelHash !== null;

/** Only an engine that continues exactly is certain to keep a form: others generate the answer again. */
const canResume = ({ asked }: Turn, engine: Engine) =>
  asked?.format === undefined || (continuesExactly(engine) && engine.beginsFormsAnew !== true);

async function readyWithNews(engine: Engine, turn: Turn, signal: AbortSignal): Promise<void> {
  const tell = () => {
    const { state, phase, progress } = engine.status();
    if (state === "starting") turn.onLoading({ phase, progress });
  };
  const timer = setInterval(tell, loadingNewsMs);
  try {
    tell();
    await engine.ensureReady(signal);
  } finally {
    clearInterval(timer);
  }
}

/** Another engine may do better; a prompt that is too long is too long for all. */
function isEnginesFault(error: unknown): boolean {
  return (
    error instanceof EngineFailedError ||
    error instanceof EngineUnavailableError ||
    error instanceof ModelUnusableError ||
    error instanceof UnsupportedRequestError
  );
}
