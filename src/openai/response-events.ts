/**
 * An answer as the events of OpenAI's Responses. The events follow from what is stored alone, so that the same answer read
 * again has the same sequence numbers: a reader comes back with the last one that it has.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
import type { ToolCallPiece } from "../chat/chat-event.ts";
import type { ToolCall } from "../chat/engine.ts";
import { modelOf } from "../dialects/answer.ts";
import { progressComment } from "../dialects/answer-stream.ts";
import type { GenerationUpdate, Outcome } from "../generations/generation-update.ts";
import { encodeFrame } from "../sse/event-stream.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { customNames, InputPieces } from "./custom-tools.ts";
import {
  callItem,
  messageItem,
  messageItemId,
  type ResponseStatus,
  reasoningItem,
  reasoningItemId,
  reasoningPart,
  responseObject,
  statusOf,
  textPart,
} from "./response-object.ts";
import { logprobsOf } from "./v1-choice-facts.ts";

interface ResponseEventSource {
  readonly generation: Generation;
  /** From the answer's beginning. */
  readonly updates: AsyncIterable<GenerationUpdate>;
  /** Events up to and including this sequence number are not sent again; -1: all are. */
  readonly after: number;
}

/** Yields whole frames; the last one has the answer's outcome. */
export async function* responseFrames(source: ResponseEventSource): AsyncGenerator<string, void, undefined> {
  const { generation, updates, after } = source;
  const writer = new EventWriter(generation, after);
  // A later reader gets the same: neither its state then nor the model that takes it is known yet.
  const beginning = { ...generation, state: "running" } as const;
  const begun = { response: responseObject(beginning, null, [], generation.model) };
  writer.add("response.created", begun);
  writer.add("response.in_progress", begun);
  const first = writer.take();
  if (first !== "") yield first;
  for await (const update of updates) {
    if (update.type !== "tokens" && update.type !== "end") {
      yield progressComment(update);
      continue;
    }
    if (update.type === "tokens") for (const token of update.tokens) writer.token(token);
    else writer.end(update.outcome, modelOf(generation, update.outcome));
    const frames = writer.take();
    if (frames !== "") yield frames;
    if (update.type === "end") return;
  }
}

interface BegunCall {
  /** Which of the answer's calls it is, and which of its items. */
  readonly index: number;
  readonly outputIndex: number;
  readonly call: ToolCall;
  /** Of a tool that takes a text. */
  readonly input: InputPieces | null;
}

type OpenItem = "reasoning" | "message" | null;

class EventWriter {
  readonly #generation: Generation;
  readonly #after: number;
  #sequence = 0;
  #frames = "";
  #open: OpenItem = null;
  #outputIndex = 0;
  #calls = 0;
  /** The calls that have come in part, by their ids. */
  readonly #begun = new Map<string, BegunCall>();
  #logged: LoggedToken[] = [];
  /** Of the item that is open. */
  #text = "";
  #tokens: LoggedToken[] = [];

  constructor(generation: Generation, after: number) {
    this.#generation = generation;
    this.#after = after;
  }

  add(type: string, fields: Readonly<Record<string, unknown>>): void {
    const sequence_number = this.#sequence++;
    if (sequence_number <= this.#after) return;
    this.#frames += encodeFrame({ event: type, data: JSON.stringify({ type, sequence_number, ...fields }) });
  }

  take(): string {
    const frames = this.#frames;
    this.#frames = "";
    return frames;
  }

  token(token: LoggedToken): void {
    this.#logged.push(token);
    if (token.continued || token.thoughtOver) return;
    const { toolPiece, toolCall } = token;
    if (toolPiece !== undefined) this.#piece(toolPiece);
    else if (toolCall !== undefined) this.#call(toolCall);
    else this.#textToken(token);
  }

  #textToken(token: LoggedToken): void {
    this.#begin(token.reasoning ? "reasoning" : "message");
    this.#text += token.text;
    this.#tokens.push(token);
    if (token.reasoning) this.add("response.reasoning_text.delta", { ...this.#place(), delta: token.text });
    else
      this.add("response.output_text.delta", {
        ...this.#place(),
        delta: token.text,
        logprobs: this.#logprobs([token]),
      });
  }

  end(outcome: Outcome, model: string): void {
    const status = statusOf(this.#generation, outcome);
    this.#close(status);
    for (const begun of this.#begun.values()) this.#endCall(begun, "incomplete");
    // OpenAI's clients know no event for a response that was cancelled: it is complete as it is.
    const type = status === "cancelled" ? "completed" : status;
    const response = responseObject(this.#generation, outcome, this.#logged, model);
    this.add(`response.${type}`, { response });
  }

  #begin(item: "reasoning" | "message"): void {
    if (this.#open === item) return;
    this.#close();
    this.#open = item;
    const place = this.#place();
    const empty =
      item === "message"
        ? { ...messageItem(this.#generation, "", [], "in_progress"), status: "in_progress", content: [] }
        : { ...reasoningItem(this.#generation, ""), content: [] };
    this.add("response.output_item.added", { output_index: this.#outputIndex, item: empty });
    const part = item === "message" ? textPart("", []) : reasoningPart("");
    this.add("response.content_part.added", { ...place, part });
  }

  /** @param status of its text: whole, unless the answer ended in it */
  #close(status: ResponseStatus = "completed"): void {
    if (this.#open === null) return;
    const place = this.#place();
    const index = { output_index: this.#outputIndex };
    const text = this.#text;
    if (this.#open === "message") {
      const logprobs = this.#logprobs(this.#tokens);
      const part = { ...textPart(text, []), logprobs };
      this.add("response.output_text.done", { ...place, text, logprobs });
      this.add("response.content_part.done", { ...place, part });
      const item = { ...messageItem(this.#generation, text, [], status), content: [part] };
      this.add("response.output_item.done", { ...index, item });
    } else {
      this.add("response.reasoning_text.done", { ...place, text });
      this.add("response.content_part.done", { ...place, part: reasoningPart(text) });
      this.add("response.output_item.done", { ...index, item: reasoningItem(this.#generation, text) });
    }
    this.#open = null;
    this.#outputIndex += 1;
    this.#text = "";
    this.#tokens = [];
  }

  #piece({ id, name, arguments: delta }: ToolCallPiece): void {
    const known = name === undefined ? this.#begun.get(id) : this.#beginCall({ id, name, arguments: "" });
    if (known === undefined) return;
    const call = { ...known.call, arguments: known.call.arguments + delta };
    this.#begun.set(id, { ...known, call });
    const fresh = known.input === null ? delta : known.input.push(delta);
    if (fresh === "") return;
    const type = known.input === null ? "function_call_arguments" : "custom_tool_call_input";
    this.add(`response.${type}.delta`, { ...this.#placeOfCall(known), delta: fresh });
  }

  #call(call: ToolCall): void {
    if (!this.#begun.has(call.id)) this.#piece(call);
    const begun = this.#begun.get(call.id);
    this.#begun.delete(call.id);
    if (begun !== undefined) this.#endCall({ ...begun, call }, "completed");
  }

  #beginCall(call: ToolCall): BegunCall {
    this.#close();
    // Begun anew by the same id, after an end that readers were told.
    const abandoned = this.#begun.get(call.id);
    if (abandoned !== undefined) this.#endCall(abandoned, "incomplete");
    const input = customNames(this.#generation.request).has(call.name) ? new InputPieces() : null;
    const begun = { index: this.#calls++, outputIndex: this.#outputIndex++, call, input };
    const item = callItem(this.#generation, begun.index, call, "in_progress");
    this.add("response.output_item.added", { output_index: begun.outputIndex, item });
    return begun;
  }

  #endCall(begun: BegunCall, status: "completed" | "incomplete"): void {
    const item = callItem(this.#generation, begun.index, begun.call, status);
    const place = this.#placeOfCall(begun);
    if (item.type === "custom_tool_call")
      this.add("response.custom_tool_call_input.done", { ...place, input: item.input });
    else
      this.add("response.function_call_arguments.done", {
        ...place,
        name: item.name,
        arguments: item.arguments,
      });
    this.add("response.output_item.done", { output_index: begun.outputIndex, item });
  }

  #placeOfCall({ index, outputIndex, call }: BegunCall) {
    const { id } = callItem(this.#generation, index, call, "in_progress");
    return { item_id: id, output_index: outputIndex };
  }

  #place() {
    const item_id =
      this.#open === "reasoning" ? reasoningItemId(this.#generation) : messageItemId(this.#generation);
    return { item_id, output_index: this.#outputIndex, content_index: 0 };
  }

  #logprobs(tokens: readonly LoggedToken[]) {
    return this.#generation.sampling.topLogprobs === null ? [] : tokens.map(logprobsOf);
  }
}
