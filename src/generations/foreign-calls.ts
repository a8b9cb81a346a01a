/**
 * Calls of other programs' tools in an answer: decided by a rule, or by a person for whom the call waits; each step stands in the log
 * before the next one, so that a crash repeats nothing that may have happened. It knows nothing of how tools are reached.
 */
import type { ToolCall } from "../chat/engine.ts";
import type { AskedCall, LoggedToken, ToolResult, ToolStep } from "../store/schema.ts";
import { argumentOrigins } from "./argument-origins.ts";
import { argumentsIn, noArguments } from "./call-arguments.ts";
import type { ForeignTool, ForeignTools } from "./foreign-tools.ts";
import type { TurnSources } from "./turn-sources.ts";
import type { WaitingCalls } from "./waiting-calls.ts";

/** The answer that has the calls. */
interface CallingAnswer {
  readonly id: string;
  /** Every entry that was taken. */
  readonly taken: readonly LoggedToken[];
  take(entry: LoggedToken): void;
  /** Resolves when all that was taken is on the disk. @throws StorageError */
  settled(): Promise<void>;
  /** No engine works for it, and none is asked to: a crash meanwhile is not its fault. */
  rest(): Promise<void>;
  sources(): TurnSources;
  readonly waiting: WaitingCalls;
}

export class ForeignCalls {
  readonly #tools: ForeignTools;
  readonly #answer: CallingAnswer;

  constructor(tools: ForeignTools, answer: CallingAnswer) {
    this.#tools = tools;
    this.#answer = answer;
  }

  /** Whether this call is, or was, one of another program's tool. */
  isMeant({ id, name }: ToolCall): boolean {
    return this.#tools.find(name) !== null || this.#stepsOf(id).length > 0;
  }

  /** @throws the signal's reason, or StorageError */
  async result(call: ToolCall, signal: AbortSignal): Promise<ToolResult> {
    const { id } = call;
    const tool = this.#tools.find(call.name);
    const steps = this.#stepsOf(id);
    const asked = steps.find((step) => step.call !== undefined)?.call;
    const from = tool === null ? asked && `${asked.server}: ${asked.tool}` : `${tool.server}: ${tool.name}`;
    const failed = (content: string): ToolResult => ({
      ...{ id, content, failed: true },
      ...(from === undefined ? {} : { from }),
    });
    // The program ended while it ran. What only reads may be done again.
    const wasBegun = steps.some(({ step }) => step === "begun");
    if (wasBegun && !asked?.readsOnly) return failed(unknownEnd);
    if (tool === null) return failed("This tool is not there any more.");
    const given = argumentsIn(call.arguments);
    if (given === null) return failed(noArguments);
    const isAllowed = await this.#isAllowed(id, tool, given, signal);
    if (typeof isAllowed === "string") return failed(isAllowed);
    this.#step({ id, step: "begun" });
    await this.#answer.settled();
    // As it was when it was decided: what it has become since is another tool.
    const decided = { ...tool, hash: isAllowed.hash };
    const { text, ...rest } = await this.#tools.call(decided, given, signal);
    return { id, content: text, ...rest, from: `${tool.server}: ${tool.name}` };
  }

  /** @returns the call that was allowed, or why none was */
  async #isAllowed(
    id: string,
    tool: ForeignTool,
    given: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<AskedCall | string> {
    const steps = this.#stepsOf(id);
    const before = steps.find((step) => step.call !== undefined)?.call;
    const last = steps.findLast(({ step }) => step !== "begun")?.step;
    if (last === "allowed" && before !== undefined) return before;
    if (last === "refused") return refused;
    if (tool.rule === "never") {
      this.#step({ id, step: "refused", by: "rule", call: this.#asked(tool, given, this.#answer.sources()) });
      return "The user does not allow this tool. Answer without it.";
    }
    const sources = this.#answer.sources();
    const needs = before === undefined ? needOf(tool, sources) : "ask";
    const call = before ?? this.#asked(tool, given, sources);
    if (needs === "run") {
      this.#step({ id, step: "allowed", by: "rule", call });
      return call;
    }
    const said = await this.#said(id, tool, call, before === undefined, signal);
    return said === "refuse" ? refused : call;
  }

  /** Waits for a person, however long that takes. @param isNew it was not asked before a restart */
  async #said(id: string, tool: ForeignTool, call: AskedCall, isNew: boolean, signal: AbortSignal) {
    await this.#answer.rest();
    const failed = new AbortController();
    // It listens before anybody sees the question.
    const said = this.#answer.waiting.wait(
      this.#answer.id,
      id,
      AbortSignal.any([signal, failed.signal]),
      async (answer) => {
        if (answer === "always") this.#tools.allowAlways({ ...tool, hash: call.hash });
        this.#step({ id, step: answer === "refuse" ? "refused" : "allowed", by: "person" });
        await this.#answer.settled();
      },
    );
    said.catch(() => {});
    try {
      if (isNew) this.#step({ id, step: "asked", call });
      await this.#answer.settled();
    } catch (error) {
      failed.abort(error);
    }
    return await said;
  }

  #asked(tool: ForeignTool, given: Readonly<Record<string, unknown>>, sources: TurnSources): AskedCall {
    const { server, name, hash, readsOnly } = tool;
    const origins = argumentOrigins(given, sources);
    return { server, tool: name, hash, readsOnly, ...whyAsked(tool, sources), origins };
  }

  #step(toolStep: ToolStep): void {
    this.#answer.take({ text: "", ids: [], toolStep });
  }

  #stepsOf(id: string): readonly ToolStep[] {
    return this.#answer.taken.flatMap(({ toolStep }) => (toolStep?.id === id ? [toolStep] : []));
  }
}

const refused = "The user has refused this call. Do not repeat it.";
const unknownEnd =
  "The program was ended while this call ran. It is not known whether it was done. Do not repeat it, and tell the user.";

/**
 * A rule that allows a tool holds for what the user has asked for alone: a call that writes or sends is asked about when a text of
 * somebody else's may have led to it.
 */
const needOf = (tool: ForeignTool, sources: TurnSources): "run" | "ask" =>
  tool.rule === "allow" && (tool.readsOnly || !isTainted(tool, sources)) ? "run" : "ask";

/** What another server says of its tools is a text of somebody else's, too. */
const isTainted = ({ isBesideOthers }: ForeignTool, sources: TurnSources): boolean =>
  isBesideOthers || sources.isTainted;

function whyAsked(tool: ForeignTool, sources: TurnSources): Pick<AskedCall, "why"> {
  if (tool.rule === "changed") return { why: "changed" };
  return isTainted(tool, sources) && !tool.readsOnly ? { why: "tainted" } : {};
}
