/** What a message is made of, in its order. It knows nothing of engines. */
import type { ChatMessage, MessagePart } from "./engine.ts";

/** A message of one text is that text alone. */
export function partsOf({ content, parts, images = [] }: ChatMessage): readonly MessagePart[] {
  return (
    parts ?? [{ type: "text", text: content }, ...images.map((url) => ({ type: "image", url }) as const)]
  );
}

export const showsPictures = (message: ChatMessage): boolean =>
  partsOf(message).some(({ type }) => type === "image");
