/** Tells the thoughts from the answer in what llama-server writes as one text. It knows nothing of HTTP. */
import type { ChatEvent, TokenEvent } from "../../chat/chat-event.ts";
import { type ThoughtPiece, ThoughtSplit } from "../llama/thought-split.ts";
import { unknownId } from "./completion-chunk.ts";

/** @param isThinking the first token continues a thought; null: there are no thoughts in it */
export async function* withThoughts(
  events: AsyncIterable<ChatEvent>,
  isThinking: boolean | null,
): AsyncGenerator<ChatEvent, void, void> {
  const split = isThinking === null ? null : new ThoughtSplit<TokenEvent>({ isThinking });
  for await (const event of events) {
    if (event.type === "token") {
      const carried = event.ids.includes(unknownId) ? { ...event, ids: [] } : event;
      yield* split === null ? [carried] : split.push({ text: event.text, carried }).map(eventOf);
    } else {
      if (event.type === "finish" && split !== null) yield* split.flush().map(eventOf);
      yield event;
    }
  }
}

function eventOf({ text, reasoning, carried }: ThoughtPiece<TokenEvent>): ChatEvent {
  if (reasoning) return { type: "reasoning", text, ids: carried?.ids ?? [] };
  return carried ?? { type: "token", text, ids: [] };
}
