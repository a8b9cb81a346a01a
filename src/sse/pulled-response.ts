/**
 * A reply that is sent in pieces as they are made. It pulls: nothing is made for a reader that does not read, and such a
 * reader is dropped after a while. It knows nothing of the content of pieces.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { MovingDeadline } from "./moving-deadline.ts";
import { nextTurn } from "./next-turn.ts";
import { type Read, readOf } from "./read-ahead.ts";
import { type StreamEnd, type StreamKind, streamBegun } from "./stream-life.ts";

interface PulledResponseOptions {
  /** Gets the error of the source; the connection is then reset, so that the reader notices. */
  readonly onDefect?: ((error: unknown) => void) | undefined;
  /** Milliseconds after which a reader that takes nothing is dropped: its connection is reset. */
  readonly stallMs?: number;
}

/** Sent at once, about this many UTF-16 units at most; then others get their turn, and garbage can be collected. */
export const mostAtOnce = 64 * 1024;

/** @param pieces text, in order; its `return` is called once when the reader leaves or is dropped */
export function pulledResponse(
  pieces: AsyncIterable<string>,
  contentType: string,
  { onDefect = console.error, stallMs = 60_000 }: PulledResponseOptions = {},
): Response {
  const source = pieces[Symbol.asyncIterator]();
  const body = pulledBody(source, { kind: "pieces", source, onDefect, stallMs });
  return new Response(body, {
    headers: { "content-type": contentType, "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}

interface PulledBodyOptions {
  readonly kind: StreamKind;
  /** Its `return` is called once when the reader leaves or is dropped. */
  readonly source: AsyncIterator<unknown>;
  /** Aborted when the reader has left. */
  readonly reader?: AbortSignal;
  readonly onDefect: (error: unknown) => void;
  readonly stallMs: number;
}

/** @param pieces what is sent, made of the source */
export function pulledBody(
  pieces: AsyncIterator<string>,
  options: PulledBodyOptions,
): ReadableStream<Uint8Array> {
  const stream = new PulledStream(pieces, options);
  const body = new ReadableStream<Uint8Array>(stream, { highWaterMark: 0 });
  stream.begin(streamBegun(body, options.kind));
  return body;
}

class PulledStream implements UnderlyingDefaultSource<Uint8Array> {
  readonly #pieces: AsyncIterator<string>;
  readonly #options: PulledBodyOptions;
  readonly #encoder = new TextEncoder();
  /** Pieces are made in the context of the request, such as its reader's language, whoever's event asks for the next one. */
  readonly #inContext = AsyncLocalStorage.snapshot();
  readonly #stall = new MovingDeadline(() => this.#drop());
  #reportEnd: (how: StreamEnd) => void = () => {};
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #isOver = false;
  #isCancelled = false;
  #sentInThisTurn = 0;
  /** Ends the wait for the next piece. */
  #wake = () => {};
  readonly #onAbort = () => this.#leave("left");

  constructor(pieces: AsyncIterator<string>, options: PulledBodyOptions) {
    this.#pieces = pieces;
    this.#options = options;
  }

  /** Called once the body exists. */
  begin(reportEnd: (how: StreamEnd) => void): void {
    const { reader } = this.#options;
    this.#reportEnd = reportEnd;
    if (reader?.aborted) this.#leave("left");
    else reader?.addEventListener("abort", this.#onAbort, { once: true });
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    this.#stall.lift();
    // Otherwise a long replay would run in one turn of the event loop: others would wait, and all of its garbage, ten times
    // the sent bytes, would be kept until then.
    if (this.#sentInThisTurn >= mostAtOnce) {
      this.#sentInThisTurn = 0;
      await nextTurn();
    }
    const next = this.#isOver ? null : await this.#nextPiece();
    if (next === null || this.#isOver) return this.#close(controller);
    switch (next.type) {
      case "item":
        controller.enqueue(this.#encoder.encode(next.item));
        this.#sentInThisTurn += next.item.length;
        this.#stall.expectWithin(this.#options.stallMs);
        return;
      case "done":
        this.#end("done");
        return this.#close(controller);
      case "broken":
        this.#end("broken");
        this.#options.onDefect(next.error);
        // Without a reason: Bun resets the connection in any case, and would print one beside the log.
        return controller.error();
      default:
        next satisfies never;
    }
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#leave("left");
  }

  /** @returns null when the reader leaves before it comes */
  #nextPiece(): Promise<Read<string> | null> {
    const soonest = Promise.withResolvers<Read<string> | null>();
    this.#wake = () => soonest.resolve(null);
    void this.#inContext(() => readOf(this.#pieces)).then(soonest.resolve);
    return soonest.promise;
  }

  #close(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (!this.#isCancelled) controller.close();
  }

  #drop(): void {
    if (this.#leave("stalled")) this.#controller?.error();
  }

  /** @returns false when it was over already */
  #leave(how: StreamEnd): boolean {
    if (!this.#end(how)) return false;
    this.#wake();
    // A waiting generator notices only when its own signal has woken it; nobody waits for that here.
    this.#options.source.return?.().catch(this.#options.onDefect);
    return true;
  }

  /** @returns false when it was over already */
  #end(how: StreamEnd): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#reportEnd(how);
    this.#stall[Symbol.dispose]();
    this.#options.reader?.removeEventListener("abort", this.#onAbort);
    return true;
  }
}
