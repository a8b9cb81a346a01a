/** Tool calls as vLLM streams them: first the name, then the arguments bit by bit. */
import type { ToolCallEvent, ToolCallPieceEvent } from "../../chat/chat-event.ts";
import { EngineFailedError } from "../../errors.ts";
import type { UpstreamChunk } from "./upstream-chunk.ts";

interface BegunCall {
  id: string;
  name: string;
  arguments: string;
  /** How much of the arguments has been passed on; null: not even the name. */
  shown: number | null;
}

/** Most chunks have none. */
const none: readonly ToolCallPieceEvent[] = [];

export class ToolCallPieces {
  readonly #calls = new Map<number, BegunCall>();

  /** What a chunk adds. A call is shown from its first argument on: some servers send its name in pieces. */
  take(chunk: UpstreamChunk): readonly ToolCallPieceEvent[] {
    const pieces = chunk.choices[0]?.delta.tool_calls;
    if (!pieces) return none;
    return pieces.flatMap((piece) => {
      const { index } = piece;
      const call = this.#calls.get(index) ?? { id: "", name: "", arguments: "", shown: null };
      this.#calls.set(index, call);
      if (call.shown === null) {
        call.id ||= piece.id ?? "";
        call.name += piece.function?.name ?? "";
      }
      call.arguments += piece.function?.arguments ?? "";
      return call.name === "" || call.arguments === "" ? [] : newIn(call, index);
    });
  }

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  /** What was kept back, then the whole calls, in order. @throws EngineFailedError when one has no name */
  events(): (ToolCallPieceEvent | ToolCallEvent)[] {
    const calls = [...this.#calls].toSorted(([a], [b]) => a - b);
    if (calls.some(([, { name }]) => name === ""))
      throw new EngineFailedError("vLLM called a tool without naming it. Try again.");
    return [
      ...calls.flatMap(([index, call]) => newIn(call, index)),
      ...calls.map(([, { id, name, arguments: text }]): ToolCallEvent => {
        return { type: "tool-call", id, name, arguments: text };
      }),
    ];
  }
}

/** What has not been passed on of a call; from then on it has. */
function newIn(call: BegunCall, index: number): ToolCallPieceEvent[] {
  call.id ||= `call_${index}`;
  const { id, name, shown } = call;
  const fresh = call.arguments.slice(shown ?? 0);
  call.shown = call.arguments.length;
  return [
    ...(shown === null ? [{ type: "tool-call-piece", id, name, arguments: "" } as const] : []),
    ...(fresh === "" ? [] : [{ type: "tool-call-piece", id, arguments: fresh } as const]),
  ];
}
