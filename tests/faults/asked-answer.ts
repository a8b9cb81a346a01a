/**
 * One question that was asked of a server that may die at any moment, everything that its reader was shown,
 * and the proof that none of it was lost.
 */
import { type Frame, readFrames, shownText } from "./answer-frames.ts";

/** How long an answer may take to end after a restart; on a slow machine with four at once it does take a while. */
const endDeadlineMs = 180_000;

export type AnswerEnd = "done" | "failed";

export class AskedAnswer {
  /** Null when the server died before it had accepted the question. */
  generationId: string | null = null;
  /** Frames shown by any connection, by their cursor. */
  readonly #shown = new Map<number, Frame>();

  /** Asks, and reads until the connection breaks or the answer ends. @param onFrame after each frame */
  async ask(url: string, question: Readonly<Record<string, unknown>>, onFrame: () => void): Promise<void> {
    const response = await fetch(`${url}/chat/stream`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(question),
    }).catch(() => null);
    if (response === null) return;
    if (!response.ok || response.body === null)
      throw new Error(`The server refused a question: ${response.status} ${await response.text()}`);
    this.generationId = response.headers.get("x-generation-id");
    if (this.generationId === null) throw new Error("The answer has no X-Generation-Id.");
    await this.#read(response.body, onFrame);
  }

  get shownFrames(): number {
    return this.#shown.size;
  }

  /**
   * Reads the answer from its beginning to its end, as a page does that was loaded anew, and compares it with
   * everything that was shown before.
   * @param onFrame after each frame
   * @returns how it ended and what is wrong; null when the connection broke before the end
   */
  async replay(url: string, onFrame: () => void = () => {}): Promise<Replay | null> {
    const before = new Map(this.#shown);
    const response = await this.#open(`${url}/generations/${this.generationId}/events?after=0`);
    if (response === null) return null;
    const frames = await this.#read(response, onFrame);
    if (frames.at(-1)?.kind !== "done") return null;
    return { ...compare(before, frames), text: shownText(frames) };
  }

  /** Goes on from a cursor, as a page does whose connection broke; the rest must be what a whole reading has. */
  async resumesAt(url: string, cursor: number): Promise<boolean> {
    const path = `${url}/generations/${this.generationId}/events`;
    const all = await this.#open(`${path}?after=0`);
    const rest = await this.#open(path, { "last-event-id": String(cursor) });
    if (all === null || rest === null) return false;
    const expected = (await this.#read(all)).filter(({ id }) => id === null || id > cursor);
    const found = await this.#read(rest);
    return textOf(expected) === textOf(found);
  }

  async #open(url: string, headers: Record<string, string> = {}): Promise<ReadableStream<Uint8Array> | null> {
    const signal = AbortSignal.timeout(endDeadlineMs);
    const response = await fetch(url, { headers, signal }).catch(() => null);
    if (response === null) return null;
    if (!response.ok || response.body === null)
      throw new Error(`The answer cannot be read again: ${response.status} ${await response.text()}`);
    return response.body;
  }

  async #read(body: ReadableStream<Uint8Array>, onFrame: () => void = () => {}): Promise<Frame[]> {
    const frames: Frame[] = [];
    for await (const frame of readFrames(body)) {
      frames.push(frame);
      if (frame.id !== null && !this.#shown.has(frame.id)) this.#shown.set(frame.id, frame);
      onFrame();
    }
    return frames;
  }
}

export interface Replay {
  readonly end: AnswerEnd;
  readonly text: string;
  /** Characters that a reader had seen and that are not there again, or not the same. */
  readonly lostCharacters: number;
  /** Sentences on what is wrong besides. */
  readonly faults: readonly string[];
}

function compare(before: ReadonlyMap<number, Frame>, frames: readonly Frame[]): Omit<Replay, "text"> {
  const faults: string[] = [];
  const byId = new Map(frames.flatMap((frame) => (frame.id === null ? [] : [[frame.id, frame] as const])));
  let lostCharacters = 0;
  for (const [id, shown] of before) {
    // The role delta has the cursor 0: a replay after 0 begins behind it.
    if (id === 0) continue;
    const again = byId.get(id);
    if (again?.raw === shown.raw) continue;
    if (again?.text !== shown.text) lostCharacters += Math.max(1, shown.text.length);
    else faults.push(`frame ${id} was shown as ${shown.raw} and is now ${again.raw}`);
  }
  const ids = [...byId.keys()];
  if (ids.some((id, index) => id !== index + 1))
    faults.push(`the cursors are not 1, 2, 3 …: ${ids.join(" ")}`);
  const ends = frames.filter(({ kind }) => kind === "end" || kind === "error");
  if (ends.length !== 1) faults.push(`there are ${ends.length} ends`);
  if (frames.filter(({ kind }) => kind === "done").length !== 1)
    faults.push("[DONE] is not there exactly once");
  return { end: ends[0]?.kind === "error" ? "failed" : "done", lostCharacters, faults };
}

function textOf(frames: readonly Frame[]): string {
  return frames.map(({ raw }) => raw).join("\n\n");
}
