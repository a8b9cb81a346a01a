/** The tool calls in an answer's log. It knows nothing of engines or of readers. */
import type { ToolCall } from "../chat/engine.ts";
import type { LoggedToken } from "../store/schema.ts";

export interface LoggedCall extends ToolCall {
  /** Otherwise the answer ended in it: these are the arguments as far as they came. */
  readonly isWhole: boolean;
}

/** What the pieces add up to; a call that came whole, or was logged before there were pieces, as it is. */
export function callsOf(tokens: readonly LoggedToken[]): readonly LoggedCall[] {
  const calls: LoggedCall[] = [];
  const places = new Map<string, number>();
  for (const { toolPiece, toolCall } of tokens) {
    if (toolPiece?.name !== undefined) {
      places.set(toolPiece.id, calls.length);
      calls.push({ ...toolPiece, name: toolPiece.name, isWhole: false });
    } else if (toolPiece !== undefined) {
      const at = places.get(toolPiece.id);
      const begun = at === undefined ? undefined : calls[at];
      if (at !== undefined && begun !== undefined)
        calls[at] = { ...begun, arguments: begun.arguments + toolPiece.arguments };
    } else if (toolCall !== undefined) {
      const whole = { ...toolCall, isWhole: true };
      const at = places.get(toolCall.id);
      if (at === undefined) calls.push(whole);
      else calls[at] = whole;
      places.delete(toolCall.id);
    }
  }
  return calls;
}
