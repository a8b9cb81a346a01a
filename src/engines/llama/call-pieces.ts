/** The calls in what a model writes, while it writes them: piece by piece, and whole at the end. It knows nothing of grammars. */
import type { ToolCallEvent, ToolCallPieceEvent } from "../../chat/chat-event.ts";
import { beforeArguments, callClose, callsIn, nameIn } from "./tool-prompt.ts";

/** What follows a call's arguments: its brace, and the closing mark on a line of its own. */
const end = `}\n${callClose}`;

interface BegunCall {
  readonly id: string;
  /** Where its arguments begin in its own text. */
  readonly head: number;
  shown: number;
}

export class CallPieces {
  /** All that was written since the first opening. */
  #text = "";
  /** Of the call that is being written. */
  #own = "";
  #begun: BegunCall | null = null;
  readonly #ids: string[] = [];

  push(text: string): ToolCallPieceEvent[] {
    this.#text += text;
    this.#own += text;
    const pieces: ToolCallPieceEvent[] = [];
    for (;;) {
      const close = this.#own.indexOf(end, Math.max(0, this.#own.length - text.length - end.length));
      pieces.push(...this.#upTo(close < 0 ? this.#own.length - beginningOfEnd(this.#own) : close));
      if (close < 0) return pieces;
      this.#own = this.#own.slice(close + end.length);
      this.#begun = null;
    }
  }

  /**
   * What was kept back until it was clear, then all calls.
   * @param isCut whether one that was cut off is given as far as it came; its name must be whole
   */
  end(isCut: boolean): (ToolCallPieceEvent | ToolCallEvent)[] {
    const ids = [...this.#ids];
    const calls = callsIn(this.#text, () => ids.shift() ?? newId(), isCut);
    const last = calls.at(-1);
    if (this.#begun === null || last?.id !== this.#begun.id) return calls;
    const rest = last.arguments.slice(this.#begun.shown);
    return rest === "" ? calls : [{ type: "tool-call-piece", id: last.id, arguments: rest }, ...calls];
  }

  /** @param to the end of the arguments, as far as they are clear, in the call's own text */
  #upTo(to: number): ToolCallPieceEvent[] {
    const pieces: ToolCallPieceEvent[] = [];
    this.#begun ??= this.#begin(pieces);
    const begun = this.#begun;
    if (begun === null) return pieces;
    const from = begun.head + begun.shown;
    if (to <= from) return pieces;
    begun.shown += to - from;
    return [...pieces, { type: "tool-call-piece", id: begun.id, arguments: this.#own.slice(from, to) }];
  }

  #begin(pieces: ToolCallPieceEvent[]): BegunCall | null {
    const brace = this.#own.indexOf("{");
    const name = brace < 0 ? null : nameIn(this.#own.slice(brace));
    if (name === null) return null;
    const id = newId();
    this.#ids.push(id);
    pieces.push({ type: "tool-call-piece", id, name, arguments: "" });
    return { id, head: brace + beforeArguments(name).length, shown: 0 };
  }
}

const newId = () => `call_${crypto.randomUUID().replaceAll("-", "")}`;

/** The length of the longest end of `text` that may be the beginning of what follows the arguments. */
function beginningOfEnd(text: string): number {
  for (let length = Math.min(end.length - 1, text.length); length > 0; length--)
    if (text.endsWith(end.slice(0, length))) return length;
  return 0;
}
