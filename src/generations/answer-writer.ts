/**
 * Writes one answer: recalls what its prompt needs, takes what the engines write, has it logged before it is shown, and says
 * how that ended. It knows nothing of how an end is stored, nor of other answers.
 */
import { withoutMessages } from "../chat/api-request.ts";
import type { FinishEvent } from "../chat/chat-event.ts";
import { type EngineSource, runTurn, type Turn, type TurnEvent } from "../chat/run-turn.ts";
import { AppError, EngineUnavailableError, ModelUnusableError, UnsupportedRequestError } from "../errors.ts";
import type { DeskAnswer } from "../finance/desk/desk-answer.ts";
import { LetterSlots, slotInstructions } from "../finance/desk/letter-slots.ts";
import type { Log } from "../log.ts";
import type { ContextReceipt, Generation, LoggedToken, OwnerId } from "../store/schema.ts";
import type { TokenBatch } from "../store/token-log.ts";
import type { FigureDeps } from "./answer-figures.ts";
import { type Ending, failedWith, finishWithout } from "./ending.ts";
import { ShutdownRequest, StopRequest } from "./generation-errors.ts";
import type { Progress } from "./generation-update.ts";
import type { LiveRun } from "./live-run.ts";
import { givenPrompt } from "./new-rows.ts";
import { openRounds, type RoundsDeps } from "./open-rounds.ts";
import { withoutInstructions } from "./project-receipts.ts";
import { type PromptDeps, promptFor, promptOfRequest, recallForQuestion } from "./prompt-of.ts";
import { defaultSampling } from "./question.ts";
import { RewrittenCalls } from "./rewritten-calls.ts";
import { ThinkingTime } from "./thinking-time.ts";
import { isThoughtAtEnd, thoughtEnd } from "./thought-limit.ts";
import type { TokenWriter } from "./token-writer.ts";
import type { ToolRounds } from "./tool-rounds.ts";
import { continuationOf, countOf, usageSoFar } from "./written-text.ts";

/**
 * Answers what can be computed without a model. It never guesses: null where it cannot answer.
 * @param question in the user's own words
 */
export type AskDesk = (
  question: string,
  options: Pick<Generation, "questionId" | "conversationId"> & {
    readonly ownerId: OwnerId;
    /** The id of the model that the answer is to have. */
    readonly model: string;
    readonly signal: AbortSignal;
  },
) => Promise<DeskAnswer | null>;

export interface AnswerWriterDeps extends PromptDeps, Omit<RoundsDeps, "store"> {
  readonly store: PromptDeps["store"] & FigureDeps;
  /** Values for the model's template in an owner's chat; left out, or empty: the template's own. */
  readonly templateFieldsOf?: (ownerId: OwnerId) => NonNullable<ContextReceipt["templateFields"]>;
  /** Left out: every answer is a model's. */
  readonly askDesk?: AskDesk;
  readonly engines: EngineSource;
  readonly log: Log;
}

export class AnswerWriter {
  readonly #deps: AnswerWriterDeps;
  readonly #log: TokenWriter;
  readonly #run: LiveRun;
  /** Every token that was taken, whether or not it is on disk yet. */
  readonly #taken: LoggedToken[];
  /** Set when the model may write no digit: it fills what the model writes in place of figures. */
  #slots: LetterSlots<LoggedToken> | null = null;
  #calls = new RewrittenCalls([]);
  /** Set when a model may call tools of the program. */
  #rounds: ToolRounds | null = null;
  /** The number of the models' tokens that it had before it was resumed. */
  readonly tokensBefore: number;
  #generation: Generation;
  #receipt: ContextReceipt | null = null;
  #finish: FinishEvent | null = null;
  #storageFailure: unknown = null;
  #startedAt: number | null = null;
  #firstTokenAt: number | null = null;
  readonly #thinking: ThinkingTime;
  readonly #onLogged = {
    onCommitted: ({ tokens }: TokenBatch) => this.#run.publish(tokens),
    onFailed: (error: unknown) => {
      this.#storageFailure = error;
    },
  };

  /** @param run has its tokens on disk, and reports a stop */
  constructor(deps: AnswerWriterDeps, log: TokenWriter, queued: Generation, run: LiveRun) {
    const given = givenPrompt(queued);
    const project = deps.project === undefined ? {} : { project: withoutInstructions(deps.project) };
    this.#deps = given === null ? deps : { ...deps, systemPrompt: given, ...project };
    this.#log = log;
    this.#run = run;
    this.#generation = queued;
    this.#taken = [...run.committed];
    this.#thinking = new ThinkingTime(this.#taken);
    this.tokensBefore = countOf(this.#taken);
  }

  /** The row as it is now. */
  get generation(): Generation {
    return this.#generation;
  }

  /** performance.now() when an engine first began it since it was resumed; null: none did. */
  get startedAt(): number | null {
    return this.#startedAt;
  }

  /** performance.now() of the first token since it was resumed; null: there was none. */
  get firstTokenAt(): number | null {
    return this.#firstTokenAt;
  }

  /** @returns when nothing more comes; a ShutdownRequest when the next start is to resume it */
  async write(): Promise<Ending | ShutdownRequest> {
    const end = await this.#written();
    if (end instanceof ShutdownRequest) return end;
    await this.#log.settled(this.#generation.id);
    // A stop stands, even if text that nobody saw could not be saved.
    return this.#storageFailure !== null && end.state !== "stopped" ? failedWith(this.#storageFailure) : end;
  }

  async #written(): Promise<Ending | ShutdownRequest> {
    const { signal } = this.#run;
    try {
      const desk = await this.#askDesk(signal);
      if (desk?.wantsProse === false && !this.#hasProse()) {
        this.#finish = finishWithout(usageSoFar(this.#generation, this.#taken), "stop");
        return { state: "done", finish: this.#finish, error: null };
      }
      this.#openSlots(desk?.withoutDigits ?? false);
      if (desk === null) await this.#openRounds();
      if (this.#generation.request === null)
        this.#generation = await recallForQuestion(
          this.#promptDeps,
          this.#generation,
          this.#run.ownerId,
          signal,
        );
      this.#tell({ type: "reading", progress: 0 });
      // Nothing follows a call: one that is in the log was the end, which the server did not live to write.
      if (this.#taken.some(({ toolCall }) => toolCall !== undefined))
        this.#finish = finishWithout(usageSoFar(this.#generation, this.#taken), "tool_calls");
      else await runTurn(this.#turn(), this.#deps.engines, signal, (event) => this.#on(event));
      return { state: "done", finish: this.#finish, error: null };
    } catch (error) {
      if (error instanceof ShutdownRequest) return error;
      if (error instanceof StopRequest) return { state: "stopped", finish: null, error: null };
      // The question is answered: that no model can add to it is no failure.
      const isWithoutModel =
        error instanceof EngineUnavailableError ||
        error instanceof ModelUnusableError ||
        (this.#slots !== null && error instanceof UnsupportedRequestError);
      if (isWithoutModel && this.#isAnsweredByCard())
        return {
          state: "done",
          finish: finishWithout(usageSoFar(this.#generation, this.#taken), "stop"),
          error: null,
        };
      if (!(error instanceof AppError))
        this.#deps.log.error("defect", { generation: this.#generation.id, error });
      return failedWith(error);
    }
  }

  /**
   * The desk answers first, before any engine is asked and before memories are recalled: its facts, then its card, in one
   * transaction, so that there is never a part of them. An answer that has text already has got its card, or none.
   */
  async #askDesk(signal: AbortSignal): Promise<DeskAnswer | null> {
    const { askDesk, store } = this.#deps;
    const { id, request, ...asked } = this.#generation;
    if (askDesk === undefined || request !== null) return null;
    const hasCard = this.#taken.some(({ card }) => card) && this.#generation.writers[0]?.engine === "desk";
    if (this.#taken.length > 0 && !hasCard) return null;
    const question = store.messages.get(asked.questionId)?.content ?? "";
    const { ownerId } = this.#run;
    const answer = await askDesk(question, { ...asked, ownerId, signal });
    if (answer === null || hasCard) return answer;
    const { facts } = answer;
    const writer = { engine: "desk", model: "desk", modelHash: null, fromToken: 0 };
    await this.#begin(writer, () =>
      store.facts.insert({ ownerId, generationId: id, facts, createdAt: Date.now() }),
    );
    if (facts.length > 0) this.#take({ text: "", ids: [], facts });
    for (const line of answer.card.split(/(?<=\n)/)) this.#take({ text: line, ids: [], card: true });
    return answer;
  }

  /** A prompt that was made once decides: a resumed answer has the same prompt, whatever the setting is now. */
  #openSlots(withoutDigits: boolean): void {
    const facts = this.#taken.flatMap((token) => token.facts ?? []);
    const begun = givenPrompt(this.#generation) === null ? this.#generation.receipt?.systemPrompt : undefined;
    const isStrict = begun?.includes(slotInstructions(facts)) ?? withoutDigits;
    if (isStrict && facts.length > 0) this.#slots = new LetterSlots(facts);
  }

  /** A chat's answer that the desk has not begun. */
  async #openRounds(): Promise<void> {
    this.#rounds = await openRounds(this.#deps, {
      ...{ ownerId: this.#run.ownerId, signal: this.#run.signal, taken: this.#taken },
      generation: () => this.#generation,
      take: (entry) => this.#take(entry),
      store: (patch, alsoStore) => this.#store(patch, alsoStore),
      settled: () => this.#settled(),
      rest: () => this.#pause(),
    });
  }

  /** @throws StorageError when something of it was not stored */
  async #settled(): Promise<void> {
    await this.#log.settled(this.#generation.id);
    if (this.#storageFailure !== null) throw this.#storageFailure;
  }

  get #promptDeps(): PromptDeps {
    if (this.#slots === null) return this.#deps;
    const facts = this.#taken.flatMap((token) => token.facts ?? []);
    return { ...this.#deps, systemPrompt: `${this.#deps.systemPrompt}\n\n${slotInstructions(facts)}` };
  }

  /** Whether a model wrote a part of it. */
  #hasProse(): boolean {
    return countOf(this.#taken) > 0;
  }

  #isAnsweredByCard(): boolean {
    return !this.#hasProse() && this.#taken.some(({ facts }) => facts);
  }

  #turn(): Turn {
    const { id, sampling, model, namesModel: isNamed, conversationId, request } = this.#generation;
    return {
      generationId: id,
      sampling,
      request: {
        ...{ model, isNamed, conversationId },
        ownerId: this.#run.ownerId,
        // Engines weigh an answer without a limit of its own by this.
        tokens: Math.min(sampling.maxTokens, defaultSampling.maxTokens),
      },
      asked: request === null ? this.#askedInChat() : withoutMessages(request),
      ...(this.#slots === null ? {} : { withoutDigits: true }),
      ...(this.#rounds === null ? {} : { tools: this.#rounds }),
      prompt: async (engine, signal) => {
        const room = await this.#rounds?.room(engine, signal);
        const prompt =
          request === null
            ? await promptFor(this.#promptDeps, this.#generation, engine, { signal, room })
            : await promptOfRequest(this.#deps, { request, sampling }, engine, signal);
        this.#receipt = {
          ...prompt.receipt,
          ...(request === null ? this.#askedInChat() : {}),
          ...this.#rounds?.receipt(engine),
        };
        return this.#rounds?.after(prompt.context.messages) ?? prompt.context.messages;
      },
      endsThought: () => this.#taken.at(-1) === thoughtEnd,
      written: () => continuationOf(this.#taken, this.#generation.writers),
      onPosition: (position, isPaused) =>
        this.#tell({ type: "waiting", position, ...(isPaused ? { paused: true } : {}) }),
      onLoading: (loading) => this.#tell({ type: "loading", ...loading }),
    };
  }

  /** A prompt that was made once is made in the same way again. */
  #askedInChat(): Pick<ContextReceipt, "templateFields"> {
    const { receipt } = this.#generation;
    const wasMade = receipt !== null && receipt.promptTokens !== null;
    const templateFields = wasMade
      ? receipt.templateFields
      : this.#deps.templateFieldsOf?.(this.#run.ownerId);
    return templateFields === undefined || Object.keys(templateFields).length === 0 ? {} : { templateFields };
  }

  /** @returns what is to be waited for */
  #on(event: TurnEvent): Promise<void> | undefined {
    switch (event.type) {
      case "writer": {
        const { type: _, ...engine } = event;
        this.#slots?.reset();
        this.#calls = new RewrittenCalls(this.#taken);
        return this.#begin({ ...engine, fromToken: this.#taken.length });
      }
      case "pause":
        this.#slots?.reset();
        this.#thinking.pause();
        return this.#pause();
      case "resume":
        this.#calls = new RewrittenCalls(this.#taken);
        return this.#store({ state: "running" });
      case "prompt-progress":
        this.#tell({
          type: "reading",
          progress: event.processed / event.total,
          tokens: { processed: event.processed, total: event.total, cached: event.cached },
        });
        return;
      case "prompt-tokens":
        // An engine that takes over reads the prompt again.
        if (!this.#taken.some(({ echoed }) => echoed))
          this.#take({ text: "", ids: [], echoed: event.tokens });
        return;
      case "token": {
        const { type: _, ...token } = event;
        const separator = this.#rounds?.separator ?? "";
        if (separator !== "") this.#take({ text: separator, ids: [], card: true });
        for (const filled of this.#slots?.push(token) ?? [token]) this.#take(filled);
        return;
      }
      case "reasoning":
        this.#take({ text: event.text, ids: event.ids, reasoning: true });
        if (isThoughtAtEnd(this.#taken, this.#generation.sampling, this.#run)) this.#take(thoughtEnd);
        return;
      case "tool-call-piece": {
        const { type: _, ...piece } = event;
        // No reader executes a call of the program's own tools: it is shown when it is whole.
        if (this.#rounds !== null) return;
        const toolPiece = this.#calls.newOf(piece);
        if (toolPiece !== null) this.#take({ text: "", ids: [], toolPiece });
        return;
      }
      case "tool-call": {
        const { type: _, ...toolCall } = event;
        if (this.#rounds !== null)
          this.#take({
            ...{ text: "", ids: [] },
            toolUse: { ...toolCall, id: this.#rounds.idOf(toolCall.id) },
          });
        else this.#take({ text: "", ids: [], toolCall: this.#calls.whole(toolCall) });
        return;
      }
      case "finish":
        for (const held of this.#slots?.end() ?? []) this.#take(held);
        this.#calls.end();
        this.#finish = this.#thinking.on(this.#rounds?.ended(event) ?? event);
        return;
      default:
        event satisfies never;
    }
  }

  /** From here on this engine writes. @param alsoStore in the same transaction */
  async #begin(writer: Generation["writers"][number], alsoStore?: () => void): Promise<void> {
    this.#startedAt ??= performance.now();
    const { writers, startedAt } = this.#generation;
    // An engine that broke before its first token did not write it.
    const wrote = writers.filter(({ fromToken }) =>
      this.#taken
        .slice(fromToken)
        .some(
          (token) => token.card || token.toolPiece || token.toolUse || token.echoed || countOf([token]) > 0,
        ),
    );
    const started = {
      state: "running",
      receipt: this.#receipt ?? this.#generation.receipt,
      writers: [...wrote, writer],
      startedAt: startedAt ?? Date.now(),
    } as const;
    await this.#store(started, alsoStore);
    this.#run.writers = started.writers;
  }

  /** No engine works for it: a crash of the server is not its fault, and must not count against it. */
  async #pause(): Promise<void> {
    try {
      await this.#store({ state: "queued" });
    } catch (error) {
      // It is resumed all the same; should the server crash meanwhile, it counts as one of its crashes.
      this.#deps.log.error("pause-not-stored", { generation: this.#generation.id, error });
    }
  }

  async #store(patch: Partial<Omit<Generation, "id">>, alsoStore = () => {}): Promise<void> {
    const { store } = this.#deps;
    await store.commit(() => {
      store.generations.update(this.#generation.id, patch);
      alsoStore();
    });
    this.#generation = { ...this.#generation, ...patch };
  }

  #take(token: LoggedToken): void {
    if (this.#storageFailure !== null) throw this.#storageFailure;
    this.#firstTokenAt ??= performance.now();
    this.#thinking.take(token);
    this.#log.append(this.#generation.id, this.#taken.length, token, this.#onLogged);
    this.#taken.push(token);
  }

  #tell(progress: Progress): void {
    // A reader gets what was written before the news first; what is committed after it would take it back.
    if (this.#taken.length > this.#run.committed.length) this.#log.flush();
    this.#run.showProgress(progress);
  }
}
