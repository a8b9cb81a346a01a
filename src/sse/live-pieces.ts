/**
 * The pieces of a reply that is made while it is read: frames that are ready together leave in one write, and silence is filled, so
 * that no proxy takes the stream for dead. It knows nothing of the content of frames.
 */
import { MovingDeadline } from "./moving-deadline.ts";
import { type Read, ReadAhead } from "./read-ahead.ts";

interface LivePiecesOptions {
  /** Left out: silence is silence. */
  readonly silence?: {
    /** A whole frame that readers ignore. */
    readonly beat: string;
    /** Milliseconds of silence before each beat. */
    readonly intervalMs: number;
  };
  /** Frames are joined up to about this many UTF-16 units. */
  readonly most: number;
  /** The first piece: headers leave with it. */
  readonly greeting?: string;
}

/**
 * Each frame with those that are ready in the same turn of the event loop; a frame is never split. One object in place of a
 * generator for each of these tasks: every token of every reader passes here.
 */
export class LivePieces implements AsyncIterator<string, void> {
  readonly #ahead: ReadAhead<string>;
  readonly #options: LivePiecesOptions;
  readonly #silence = new MovingDeadline(() => this.#onSilence());
  #onSilence = () => {};
  #greeting: string;

  constructor(frames: AsyncIterator<string>, options: LivePiecesOptions) {
    this.#ahead = new ReadAhead(frames);
    this.#options = options;
    this.#greeting = options.greeting ?? "";
  }

  /** @throws what the frames throw, after the frames before it */
  async next(): Promise<IteratorResult<string, void>> {
    const greeting = this.#greeting;
    this.#greeting = "";
    if (greeting !== "") return { done: false, value: greeting };
    const first = await this.#firstOrSilence();
    if (first === null) return { done: false, value: this.#options.silence?.beat ?? "" };
    if (first.type === "item") return { done: false, value: await this.#withOthers(first.item) };
    this.#silence[Symbol.dispose]();
    if (first.type === "broken") throw first.error;
    return { done: true, value: undefined };
  }

  /** @returns null when none has come for a while */
  #firstOrSilence(): Promise<Read<string> | null> {
    const { promise, resolve } = Promise.withResolvers<Read<string> | null>();
    this.#onSilence = () => resolve(null);
    this.#silence.expectWithin(this.#options.silence?.intervalMs ?? Number.POSITIVE_INFINITY);
    void this.#ahead.peek().then((read) => {
      this.#silence.lift();
      resolve(read);
    });
    return promise;
  }

  async #withOthers(first: string): Promise<string> {
    this.#ahead.take();
    let together = first;
    const turn = Promise.withResolvers<null>();
    setImmediate(turn.resolve, null);
    while (together.length < this.#options.most) {
      const more = await Promise.race([this.#ahead.peek(), turn.promise]);
      if (more?.type !== "item") break;
      this.#ahead.take();
      together += more.item;
    }
    return together;
  }
}
