/** Tool calls as OpenAI streams them: the name with an index first, then the arguments piece by piece. */
import type { LoggedToken } from "../store/schema.ts";

export interface CallDelta {
  /** Which of the answer's calls it is, from 0. */
  readonly index: number;
  readonly id?: string;
  readonly type?: "function";
  readonly function: { readonly name?: string; readonly arguments: string };
}

export class CallDeltas {
  #count = 0;
  /** The calls that have come in part, by their ids. */
  readonly #begun = new Map<string, number>();

  /** What an entry of the log adds; null for what is no call, and for a whole one whose pieces were sent. */
  of({ toolPiece, toolCall }: LoggedToken): CallDelta | null {
    const call = toolPiece ?? toolCall;
    if (call === undefined) return null;
    if (toolCall !== undefined && this.#begun.delete(toolCall.id)) return null;
    const { id, name, arguments: given } = call;
    if (name === undefined) return { index: this.#begun.get(id) ?? 0, function: { arguments: given } };
    const index = this.#count++;
    if (toolPiece !== undefined) this.#begun.set(id, index);
    return { index, id, type: "function", function: { name, arguments: given } };
  }
}
