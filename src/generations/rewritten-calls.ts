/**
 * Calls that an answer had begun when its engine broke off are written again from their beginning, with other ids. What readers
 * have of them is not logged twice: the same call goes on under its first id, and another one fails the answer, for what was
 * shown cannot be taken back.
 */
import type { ToolCallPiece } from "../chat/chat-event.ts";
import type { ToolCall } from "../chat/engine.ts";
import { EngineFailedError } from "../errors.ts";
import type { LoggedToken } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { continuedFrom } from "./continue-answer.ts";
import { callsOf } from "./logged-calls.ts";

export class RewrittenCalls {
  readonly #begun: readonly ToolCall[];
  /** By the id that the engine has for it now: the begun call, and what was written again of its arguments. */
  readonly #now = new Map<string, { readonly begun: ToolCall | null; arguments: string }>();

  /** @param logged the whole log; what was begun before an end that readers were told is not written again */
  constructor(logged: readonly LoggedToken[]) {
    this.#begun = callsOf(logged.slice(continuedFrom(logged)));
  }

  /** What is new in a piece; null: nothing. @throws EngineFailedError when another call is written */
  newOf(piece: ToolCallPiece): ToolCallPiece | null {
    const call = this.#call(piece.id, piece.name);
    const before = call.arguments.length;
    call.arguments += piece.arguments;
    if (call.begun === null) return piece;
    const { id, arguments: shown } = call.begun;
    if (!shown.startsWith(call.arguments) && !call.arguments.startsWith(shown)) throw anotherCall();
    const fresh = call.arguments.slice(Math.max(before, shown.length));
    return fresh === "" ? null : { id, arguments: fresh };
  }

  /** The whole call, by the id that readers know. @throws EngineFailedError when it is another one */
  whole(call: ToolCall): ToolCall {
    const { begun } = this.#call(call.id, call.name);
    if (begun === null) return call;
    if (!call.arguments.startsWith(begun.arguments)) throw anotherCall();
    return { ...call, id: begun.id };
  }

  /** @throws EngineFailedError when a call that was begun has not been written again */
  end(): void {
    if (this.#now.size < this.#begun.length) throw anotherCall();
  }

  #call(id: string, name: string | undefined) {
    const known = this.#now.get(id);
    if (known !== undefined) return known;
    const begun = this.#begun[this.#now.size] ?? null;
    if (begun !== null && begun.name !== name) throw anotherCall();
    const call = { begun, arguments: "" };
    this.#now.set(id, call);
    return call;
  }
}

const anotherCall = () =>
  new EngineFailedError(
    say`The model broke off in the call of a tool, and called otherwise when it was asked again. Ask again.`,
  );
