/**
 * The rounds of an answer in which a model calls tools of the program: what it called and what came of it stands in the answer's
 * log, from which the next prompt follows, also after a crash. Facts are logged before the text that may cite them. It knows
 * nothing of engines' forms of calls, nor of what a tool computes.
 */
import type { FinishEvent } from "../chat/chat-event.ts";
import type { ChatMessage, Engine, GenerateRequest, Sampling, ToolCall } from "../chat/engine.ts";
import type { TurnTools } from "../chat/run-turn.ts";
import { type UnsupportedRequestError, UnsupportedToolError } from "../errors.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { ContextReceipt, LoggedToken, ToolResult } from "../store/schema.ts";
import type { ForeignCalls } from "./foreign-calls.ts";
import { notComputed, type OwnTools, type ToolLimits } from "./own-tools.ts";
import { longestTold, toldOf } from "./told-results.ts";
import { countOf, startOfRound, textOf } from "./written-text.ts";

/** The answer that has the rounds. */
interface AnswerInRounds {
  readonly sampling: Sampling;
  /** Every entry that was taken. */
  readonly taken: readonly LoggedToken[];
  take(entry: LoggedToken): void;
  /** Stores what a call gave, before it is taken. @param textOffset from where on the text may cite it, in UTF-16 units */
  store(facts: readonly Fact[], textOffset: number): Promise<void>;
  /** Whether the sources of the answer so far have every figure of a text. */
  isKnown(text: string): boolean;
  /** null: no tool of another program is among the tools. */
  readonly foreign: ForeignCalls | null;
}

/** How long a call may take, in milliseconds. */
const callDeadlineMs = 30_000;
/** Of an engine's context that tools and their results may take. */
const largestShare = 1 / 3;

export class ToolRounds implements TurnTools {
  readonly #own: OwnTools;
  readonly #answer: AnswerInRounds;
  /** How many tools an engine takes at most, by its name; 0: none. */
  readonly #most = new Map<string, number>();
  /** Engines with the tools whose form they cannot hold. */
  readonly #refused = new Set<string>();
  /** Of the model that wrote last. */
  #limits: ToolLimits | null = null;
  /** The models' tokens of the rounds that have ended, those of the calls included. */
  #spent: number;
  /** As much of another program's result as the engine that writes bears, in UTF-16 units. */
  #longestTold = longestTold(null);

  constructor(own: OwnTools, answer: AnswerInRounds) {
    this.#own = own;
    this.#answer = answer;
    // Of rounds before a restart the tokens of their calls are not known.
    this.#spent = countOf(answer.taken.slice(0, startOfRound(answer.taken)));
  }

  /** The id of a call in this answer: some servers count the calls of each reply anew. */
  idOf(id: string): string {
    return this.#answer.taken.some(({ toolUse }) => toolUse?.id === id) ? crypto.randomUUID() : id;
  }

  /** What the receipt of a prompt for this engine says of them. */
  receipt(engine: Engine): Pick<ContextReceipt, "tools" | "toolCalls"> {
    const tools = this.#toolsFor(engine);
    return { ...(tools.length === 0 ? {} : { tools: tools.map(({ name }) => name) }), ...this.called() };
  }

  called(): Pick<ContextReceipt, "toolCalls"> {
    const toolCalls = this.#answer.taken.filter(({ toolUse }) => toolUse !== undefined).length;
    return toolCalls === 0 ? {} : { toolCalls };
  }

  round(engine: Engine): Partial<GenerateRequest> {
    const tools = this.#toolsFor(engine);
    const { sampling } = this.#answer;
    const left = Math.max(1, sampling.maxTokens - this.#spent);
    const shorter = { sampling: { ...sampling, maxTokens: left } };
    if (tools.length === 0) return shorter;
    this.#limits = this.#own.limits(modelOf(engine));
    const { rounds, parallel } = this.#limits;
    // One call too many is told so, with the prompt's beginning still the same; the next one is not possible.
    return this.#rounds().length > rounds
      ? { ...shorter, tools, toolChoice: "none" }
      : { ...shorter, tools, parallelToolCalls: parallel };
  }

  isCalled(): boolean {
    return this.#waiting().length > 0 && this.#hasTokensLeft && !this.#isDeaf;
  }

  /** It was told that no more can be called, and calls all the same. */
  get #isDeaf(): boolean {
    return this.#limits !== null && this.#rounds().length > this.#limits.rounds + 1;
  }

  get #hasTokensLeft(): boolean {
    return this.#spent < this.#answer.sampling.maxTokens;
  }

  async run(signal: AbortSignal): Promise<void> {
    const isTooMany = this.#limits !== null && this.#rounds().length > this.#limits.rounds;
    for (const call of this.#waiting()) {
      signal.throwIfAborted();
      const { facts, ...toolResult } = isTooMany
        ? { ...noMoreCalls, id: call.id }
        : await this.#resultOf(call, signal);
      await this.#answer.store(facts, textOf(this.#answer.taken).length);
      if (facts.length > 0) this.#answer.take({ text: "", ids: [], facts });
      this.#answer.take({ text: "", ids: [], toolResult });
    }
  }

  async #resultOf(
    call: ToolCall,
    signal: AbortSignal,
  ): Promise<ToolResult & { readonly facts: readonly Fact[] }> {
    const { foreign } = this.#answer;
    if (foreign?.isMeant(call)) return { ...(await foreign.result(call, signal)), facts: [] };
    return { ...(await this.#called(call, signal)), id: call.id };
  }

  refusedBy({ name }: Engine, refusal: UnsupportedRequestError): boolean {
    if (this.#own.tools.length === 0 || this.#most.get(name) === 0) return false;
    const refused = refusal instanceof UnsupportedToolError ? `${name} ${refusal.tool}` : null;
    if (refused !== null && !this.#refused.has(refused)) {
      this.#refused.add(refused);
      return true;
    }
    this.#most.set(name, 0);
    return true;
  }

  /** A round has ended. @returns how the answer would end with it */
  ended({ reason, usage, ...event }: FinishEvent): FinishEvent {
    this.#spent += usage.completionTokens;
    const last = this.#hasTokensLeft ? "stop" : "length";
    const isLast = reason === "tool_calls" && !this.isCalled();
    return {
      ...event,
      reason: isLast ? last : reason,
      usage: { ...usage, completionTokens: this.#spent },
    };
  }

  /** Before the first text of a round, when there is text before it: paragraphs are apart. */
  get separator(): string {
    const { taken } = this.#answer;
    const start = startOfRound(taken);
    const isFirst = start > 0 && textOf(taken.slice(start)) === "";
    return isFirst && textOf(taken) !== "" ? "\n\n" : "";
  }

  /** The prompt with what the rounds so far add to it; without any the very same messages, which an engine may have counted. */
  after(prompt: readonly ChatMessage[]): readonly ChatMessage[] {
    const called = this.#messages();
    return called.length === 0 ? prompt : [...prompt, ...called];
  }

  /** The calls, and what came of them. */
  #messages(): readonly ChatMessage[] {
    return this.#rounds().flatMap(({ text, calls, results }) => [
      { role: "assistant" as const, content: text, toolCalls: calls },
      ...results.map((result) => ({
        ...{ role: "tool" as const, content: toldOf(result, this.#longestTold), toolCallId: result.id },
      })),
    ]);
  }

  /**
   * The tokens that the tools and the rounds take of an engine's context. An engine in which they would take too much is offered
   * fewer, or none; what was called already stays.
   */
  async room(engine: Engine, signal: AbortSignal): Promise<number> {
    this.#longestTold = longestTold(engine.status().contextSize);
    const rounds = this.#messages();
    const spoken = rounds.length === 0 ? 0 : await engine.countTokens(rounds, signal);
    for (;;) {
      const tools = this.#toolsFor(engine);
      if (tools.length === 0) return spoken;
      const content = JSON.stringify(tools);
      const limit = () => {
        const { contextSize } = engine.status();
        return contextSize === null ? null : contextSize * largestShare - spoken;
      };
      const listed = await engine.countTokens([{ role: "system", content }], signal, limit());
      // A vLLM tells it when it is first asked for something.
      if (listed <= (limit() ?? listed)) return spoken + listed;
      this.#most.set(engine.name, Math.floor(tools.length / 2));
    }
  }

  #toolsFor(engine: Engine) {
    const { offered } = this.#own.limits(modelOf(engine));
    return this.#own.tools
      .filter(({ name }) => !this.#refused.has(`${engine.name} ${name}`))
      .slice(0, Math.min(offered, this.#most.get(engine.name) ?? offered));
  }

  #waiting(): readonly ToolCall[] {
    const { taken } = this.#answer;
    const answered = new Set(
      taken.flatMap(({ toolResult }) => (toolResult === undefined ? [] : [toolResult.id])),
    );
    return taken.flatMap(({ toolUse }) =>
      toolUse === undefined || answered.has(toolUse.id) ? [] : [toolUse],
    );
  }

  #rounds() {
    return roundsOf(this.#answer.taken);
  }

  async #called(call: ToolCall, signal: AbortSignal) {
    const { promise: late, resolve, reject } = Promise.withResolvers<typeof tookTooLong>();
    const timer = setTimeout(() => resolve(tookTooLong), callDeadlineMs);
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([this.#own.call(call, (text) => this.#answer.isKnown(text)), late]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", leave);
    }
  }
}

const modelOf = (engine: Engine) => engine.status().model ?? engine.name;

const noMoreCalls = notComputed("No more tools can be called for this answer. Answer with what you have.");
const tookTooLong = notComputed("The tool took too long. Answer without it.");

interface Round {
  /** What the model said before it called. */
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly results: readonly ToolResult[];
}

/** The rounds that have their calls, oldest first. */
function roundsOf(taken: readonly LoggedToken[]): readonly Round[] {
  const rounds: { text: string; calls: ToolCall[]; results: Round["results"][number][] }[] = [];
  let text = "";
  let isOpen = false;
  for (const entry of taken) {
    const { toolUse, toolResult } = entry;
    if (toolUse !== undefined) {
      if (!isOpen) rounds.push({ text, calls: [], results: [] });
      isOpen = true;
      text = "";
      rounds.at(-1)?.calls.push(toolUse);
    } else if (toolResult !== undefined) {
      isOpen = false;
      rounds.at(-1)?.results.push(toolResult);
    } else if (!entry.card) text += textOf([entry]);
  }
  return rounds;
}
