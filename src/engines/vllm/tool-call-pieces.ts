/** Puts tool calls together, which vLLM streams in pieces: first the name, then the arguments bit by bit. */
import type { ToolCallEvent } from "../../chat/chat-event.ts";
import { EngineFailedError } from "../../errors.ts";
import type { UpstreamChunk } from "./upstream-chunk.ts";

export class ToolCallPieces {
  readonly #calls = new Map<number, { id: string; name: string; arguments: string }>();

  take(chunk: UpstreamChunk): void {
    for (const piece of chunk.choices[0]?.delta.tool_calls ?? []) {
      const call = this.#calls.get(piece.index) ?? { id: "", name: "", arguments: "" };
      call.id ||= piece.id ?? "";
      call.name += piece.function?.name ?? "";
      call.arguments += piece.function?.arguments ?? "";
      this.#calls.set(piece.index, call);
    }
  }

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  /** The whole calls, in order. @throws EngineFailedError when one has no name */
  events(): ToolCallEvent[] {
    return [...this.#calls]
      .toSorted(([a], [b]) => a - b)
      .map(([index, { id, name, arguments: text }]) => {
        if (name === "") throw new EngineFailedError("vLLM called a tool without naming it. Try again.");
        return { type: "tool-call", id: id || `call_${index}`, name, arguments: text };
      });
  }
}
