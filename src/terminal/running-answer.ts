/**
 * One answer, from the question to its end. It belongs to the server: a connection that breaks, also over a restart, is
 * taken up again from the last event that was read, so that nothing is lost and nothing comes twice. It knows nothing of
 * how an answer is shown.
 */
import { Value } from "@sinclair/typebox/value";
import { readEvents } from "../sse/read-events.ts";
import { RefusedError, UnreachableError } from "./client-errors.ts";
import { liveBytes } from "./live-bytes.ts";
import { NewsSocket } from "./news-socket.ts";
import { progressSentence } from "./progress-sentence.ts";
import type { ServerClient } from "./server-client.ts";
import { WhyNoText } from "./why-no-text.ts";
import { Chunk, StopReply } from "./wire.ts";

/** A new question, or an answer that is there already, from after a cursor on. */
export type AnswerSource =
  | { readonly question: QuestionBody }
  | { readonly ids: AnswerIds; readonly after: number };

export interface QuestionBody {
  readonly message: string;
  readonly model?: string;
  readonly conversation_id?: string;
}

export interface AnswerIds {
  readonly generationId: string;
  readonly conversationId: string;
}

export interface AnswerListener {
  /** Once, before any text, when it was a question. */
  readonly begun?: (ids: AnswerIds) => void;
  readonly text: (piece: string) => void;
  /** What keeps the next piece away; null: nothing any more. */
  readonly news: (sentence: string | null) => void;
}

export interface AnswerEnd {
  /** `left`: nobody reads on here, and the server goes on. */
  readonly state: "ended" | "stopped" | "left";
  readonly finishReason: string | null;
  readonly model: string | null;
  readonly usage: Readonly<Record<string, unknown>> | null;
  /** It failed; what was written until then is kept. */
  readonly error: { readonly message: string; readonly code: string } | null;
}

export interface Patience {
  /** How long the first contact is tried when nothing answers; 0: once. */
  readonly firstContactMs: number;
  /** How long a connection that broke is tried again. */
  readonly reconnectMs: number;
  /** A heartbeat comes every 15 s: a connection that is silent for so long is dead. */
  readonly silenceMs: number;
  /** So long without a piece of text, and it is said why. */
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
/** A connection that brought nothing new in so long was none. */
const shortestConnectionMs = 5_000;

export class RunningAnswer {
  readonly #client: ServerClient;
  readonly #listener: AnswerListener;
  readonly #patience: Patience;
  readonly #question: QuestionBody | null;
  readonly #idempotencyKey = crypto.randomUUID();
  readonly #left = new AbortController();
  #ids: AnswerIds | null = null;
  /** The id of the last event that was read; -1: none. */
  #cursor = -1;
  #hasText = false;
  #finishReason: string | null = null;
  #model: string | null = null;
  #usage: Readonly<Record<string, unknown>> | null = null;
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
   * Reads to the end, over as many connections as it takes.
   * @throws UnreachableError when there was no contact for too long, or RefusedError
   */
  async run(): Promise<AnswerEnd> {
    let lastContact = performance.now();
    let patienceMs = this.#patience.firstContactMs;
    let failures = 0;
    for (;;) {
      let problem: UnreachableError | RefusedError = new UnreachableError(
        `The connection to ${this.#client.url} breaks again and again. The answer is kept there; "./run.sh status" tells more.`,
      );
      try {
        const response = await this.#connect();
        patienceMs = this.#patience.reconnectMs;
        const connectedAt = performance.now();
        const before = this.#cursor;
        if (await this.#readFrom(response)) {
          // A refusal was told to whoever asked for the stop.
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
      this.#listener.news(
        this.#ids === null
          ? `Nothing answers at ${this.#client.url}. It is tried again; "./run.sh start" starts it …`
          : "The connection broke. It is taken up again …",
      );
      await this.#pause(pauses[failures] ?? longestPause);
      failures += 1;
    }
  }

  /**
   * Asks the server to end it; what is written until then, and the end, still come. A server that is away is told when
   * it is back. @throws RefusedError
   */
  async stop(): Promise<void> {
    this.#isStopAsked = true;
    this.#stopReply = this.#tellStop();
    await this.#stopReply;
  }

  /** Reads no further. The server goes on. */
  leave(): void {
    this.#left.abort();
  }

  async #connect(): Promise<Response> {
    const { signal } = this.#left;
    if (this.#ids === null) {
      // The same key again is the same answer: a question whose reply was lost is not asked twice.
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
    if (this.#isStopAsked) this.stop().catch((refusal: Error) => this.#listener.news(refusal.message));
    using why = new WhyNoText(this.#patience.sayWhyAfterMs, this.#listener.news, (say) => {
      return new NewsSocket(this.#client, generationId, (progress) =>
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
      throw new UnreachableError(`What answers at ${this.#client.url} is not this assistant.`);
    this.#ids = { generationId, conversationId };
    this.#listener.begun?.(this.#ids);
    return this.#ids;
  }

  /** @returns the text that the event brings */
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
    this.#error = chunk.error ?? this.#error;
    if (choice?.delta.reasoning_content) this.#listener.news("Thinking …");
    return choice?.delta.content ?? "";
  }

  async #tellStop(): Promise<void> {
    if (this.#ids === null) return;
    try {
      const path = `/generations/${this.#ids.generationId}/stop`;
      const { stopped } = await this.#client.read(StopReply, path, { method: "POST" });
      this.#wasStopped ||= stopped;
    } catch (error) {
      // It is told with the next connection.
      if (!(error instanceof UnreachableError)) throw error;
    }
  }

  #end(state: "ended" | "left"): AnswerEnd {
    return {
      state: state === "ended" && this.#wasStopped ? "stopped" : state,
      finishReason: this.#finishReason,
      model: this.#model,
      usage: this.#usage,
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

/** A server that is away, or goes, may come back. */
const isPassing = (error: unknown): error is UnreachableError | RefusedError =>
  error instanceof UnreachableError || (error instanceof RefusedError && error.code === "shutting_down");

function bodyOf({ body }: Response): ReadableStream<Uint8Array> {
  return body ?? new ReadableStream({ start: (controller) => controller.close() });
}
