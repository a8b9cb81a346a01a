/**
 * One answer, from the question to its end. It belongs to the server: after a broken connection, even over a restart, reading
 * resumes after the last event, so that nothing is lost and nothing comes twice. It knows nothing of how an answer is shown.
 */
import { Value } from "@sinclair/typebox/value";
import { readEvents } from "../sse/read-events.ts";
import { RefusedError, UnreachableError } from "./client-errors.ts";
import { liveBytes } from "./live-bytes.ts";
import { Chunk, type ShownFigure, StopReply } from "./messages.ts";
import { progressSentence } from "./progress-sentence.ts";
import { ProgressSocket } from "./progress-socket.ts";
import type { ServerClient } from "./server-client.ts";
import { WhyNoText } from "./why-no-text.ts";

/** A new question, or an existing answer from after a cursor on. */
export type AnswerSource =
  | { readonly question: QuestionBody }
  | { readonly ids: AnswerIds; readonly after: number };

interface QuestionBody {
  readonly message: string;
  readonly model?: string;
  readonly conversation_id?: string;
}

export interface AnswerIds {
  readonly generationId: string;
  readonly conversationId: string;
}

interface AnswerListener {
  /** Called once, before any text, when it was a question. */
  readonly begun?: (ids: AnswerIds) => void;
  readonly text: (piece: string) => void;
  /** The reason why the next piece does not come; null: none any more. */
  readonly progress: (sentence: string | null) => void;
}

export interface AnswerEnd {
  /** `left`: this client reads no further, and the server continues. */
  readonly state: "ended" | "stopped" | "left";
  readonly finishReason: string | null;
  readonly model: string | null;
  readonly usage: Readonly<Record<string, unknown>> | null;
  /** As the server sends them. */
  readonly facts: readonly unknown[];
  /** Of the whole text, also of what came before this client read it. */
  readonly figures: readonly ShownFigure[];
  /** It failed; the text so far is kept. */
  readonly error: { readonly message: string; readonly code: string } | null;
}

export interface Patience {
  /** How long the first contact is tried, in milliseconds; 0: once. */
  readonly firstContactMs: number;
  /** How long a broken connection is retried, in milliseconds. */
  readonly reconnectMs: number;
  /** A heartbeat comes every 15 s: a connection that is silent for longer than this is dead. */
  readonly silenceMs: number;
  /** Milliseconds without text until the reason is shown. */
  readonly sayWhyAfterMs: number;
}

export const usualPatience: Patience = {
  firstContactMs: 0,
  reconnectMs: 180_000,
  silenceMs: 45_000,
  sayWhyAfterMs: 700,
};

/** Milliseconds between attempts. */
const pauses = [100, 200, 400, 800, 1_600];
const longestPause = 2_000;
/** A connection without anything new in this time counts as failed. */
const shortestConnectionMs = 5_000;

export class RunningAnswer {
  readonly #client: ServerClient;
  readonly #listener: AnswerListener;
  readonly #patience: Patience;
  readonly #question: QuestionBody | null;
  readonly #idempotencyKey = crypto.randomUUID();
  readonly #left = new AbortController();
  #ids: AnswerIds | null = null;
  /** The id of the last event; -1: none. */
  #cursor = -1;
  #hasText = false;
  #finishReason: string | null = null;
  #model: string | null = null;
  #usage: Readonly<Record<string, unknown>> | null = null;
  #facts: unknown[] = [];
  #figures: readonly ShownFigure[] = [];
  #error: AnswerEnd["error"] = null;
  #isStopAsked = false;
  #wasStopped = false;
  /** The server's reply to the stop: the end of the answer may come before it. */
  #stopReply: Promise<void> = Promise.resolve();

  constructor(
    client: ServerClient,
    source: AnswerSource,
    listener: AnswerListener,
    patience: Patience = usualPatience,
  ) {
    this.#client = client;
    this.#listener = listener;
    this.#patience = patience;
    this.#question = "question" in source ? source.question : null;
    if ("question" in source) return;
    this.#ids = source.ids;
    this.#cursor = source.after;
  }

  get isStopAsked(): boolean {
    return this.#isStopAsked;
  }

  /**
   * Reads to the end, over as many connections as necessary.
   * @throws UnreachableError after too long without contact, or RefusedError
   */
  async run(): Promise<AnswerEnd> {
    let lastContact = performance.now();
    let patienceMs = this.#patience.firstContactMs;
    let failures = 0;
    for (;;) {
      let problem: UnreachableError | RefusedError = new UnreachableError(
        `The connection to ${this.#client.url} keeps breaking. The server keeps the answer; "./run.sh status" shows more.`,
      );
      try {
        const response = await this.#connect();
        patienceMs = this.#patience.reconnectMs;
        const connectedAt = performance.now();
        const before = this.#cursor;
        if (await this.#readFrom(response)) {
          // The caller of the stop gets the refusal.
          await this.#stopReply.catch(() => {});
          return this.#end("ended");
        }
        if (this.#cursor > before || performance.now() - connectedAt > shortestConnectionMs) {
          failures = 0;
          lastContact = performance.now();
        }
      } catch (error) {
        if (this.#left.signal.aborted) return this.#end("left");
        if (!isPassing(error)) throw error;
        problem = error;
      }
      if (this.#left.signal.aborted) return this.#end("left");
      if (performance.now() - lastContact >= patienceMs) throw problem;
      this.#listener.progress(
        this.#ids === null
          ? `Nothing answers at ${this.#client.url}. Trying again; "./run.sh start" starts it …`
          : "The connection broke. Reconnecting …",
      );
      await this.#pause(pauses[failures] ?? longestPause);
      failures += 1;
    }
  }

  /**
   * Asks the server to stop it; the text until then, and the end, still come. An unreachable server gets the stop when it is
   * back. @throws RefusedError
   */
  async stop(): Promise<void> {
    this.#isStopAsked = true;
    this.#stopReply = this.#tellStop();
    await this.#stopReply;
  }

  /** Reads no further. The server continues. */
  leave(): void {
    this.#left.abort();
  }

  async #connect(): Promise<Response> {
    const { signal } = this.#left;
    if (this.#ids === null) {
      // The same key again is the same answer: a question whose reply was lost is not sent twice.
      const headers = { "idempotency-key": this.#idempotencyKey };
      return this.#client.send("/chat/stream", { method: "POST", body: this.#question, headers, signal });
    }
    const headers: Record<string, string> = this.#cursor < 0 ? {} : { "last-event-id": String(this.#cursor) };
    return this.#client.send(`/generations/${this.#ids.generationId}/events`, { headers, signal });
  }

  /** @returns false when the stream was cut */
  async #readFrom(response: Response): Promise<boolean> {
    const { generationId } = this.#begin(response);
    // A server that died may have forgotten the stop.
    if (this.#isStopAsked) this.stop().catch((refusal: Error) => this.#listener.progress(refusal.message));
    using why = new WhyNoText(this.#patience.sayWhyAfterMs, this.#listener.progress, (say) => {
      return new ProgressSocket(this.#client, generationId, (progress) =>
        say(progressSentence(progress, this.#hasText)),
      );
    });
    for await (const { id, data } of readEvents(liveBytes(bodyOf(response), this.#patience.silenceMs))) {
      if (data === "[DONE]") return true;
      const text = this.#take(id, data);
      if (text === "") continue;
      why.isOver();
      this.#hasText = true;
      this.#listener.text(text);
    }
    return false;
  }

  #begin(response: Response): AnswerIds {
    if (this.#ids !== null) return this.#ids;
    const generationId = response.headers.get("x-generation-id");
    const conversationId = response.headers.get("x-conversation-id");
    if (generationId === null || conversationId === null)
      throw new UnreachableError(`The program at ${this.#client.url} is not this assistant.`);
    this.#ids = { generationId, conversationId };
    this.#listener.begun?.(this.#ids);
    return this.#ids;
  }

  /** @returns the text of the event */
  #take(id: string | null, data: string): string {
    const cursor = Number(id ?? -1);
    if (cursor <= this.#cursor) return "";
    const chunk: unknown = JSON.parse(data);
    if (!Value.Check(Chunk, chunk)) return "";
    this.#cursor = cursor;
    const [choice] = chunk.choices;
    this.#model = chunk.model;
    this.#finishReason = choice?.finish_reason ?? this.#finishReason;
    this.#usage = chunk.usage ?? this.#usage;
    this.#facts.push(...(chunk.facts ?? []));
    this.#figures = chunk.figures ?? this.#figures;
    this.#error = chunk.error ?? this.#error;
    if (choice?.delta.reasoning_content) this.#listener.progress("Thinking …");
    return choice?.delta.content ?? "";
  }

  async #tellStop(): Promise<void> {
    if (this.#ids === null) return;
    try {
      const path = `/generations/${this.#ids.generationId}/stop`;
      const { stopped } = await this.#client.read(StopReply, path, { method: "POST" });
      this.#wasStopped ||= stopped;
    } catch (error) {
      // The next connection sends it.
      if (!(error instanceof UnreachableError)) throw error;
    }
  }

  #end(state: "ended" | "left"): AnswerEnd {
    return {
      state: state === "ended" && this.#wasStopped ? "stopped" : state,
      finishReason: this.#finishReason,
      model: this.#model,
      usage: this.#usage,
      facts: this.#facts,
      figures: this.#figures,
      error: this.#error,
    };
  }

  async #pause(milliseconds: number): Promise<void> {
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, milliseconds);
    const { signal } = this.#left;
    signal.addEventListener("abort", () => over.resolve(), { once: true });
    if (!signal.aborted) await over.promise;
    clearTimeout(timer);
  }
}

/** An unreachable or stopping server may come back. */
const isPassing = (error: unknown): error is UnreachableError | RefusedError =>
  error instanceof UnreachableError || (error instanceof RefusedError && error.code === "shutting_down");

function bodyOf({ body }: Response): ReadableStream<Uint8Array> {
  return body ?? new ReadableStream({ start: (controller) => controller.close() });
}
