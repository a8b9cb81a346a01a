/** "Remember this" on a message: a question becomes a fact, an answer is remembered with its question, as what was answered then. */
import { stableId } from "../conversations/transfer/stable-id.ts";
import { IdempotencyKeyReusedError, InvalidRequestError } from "../errors.ts";
import type { NewMemory } from "../memory/memory.ts";
import { exchangeOf, shortened } from "../memory/remember-exchange.ts";
import { statedFact } from "../memory/stated-fact.ts";
import type { Memory } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { type AskingParts, messageOf } from "./ask-again.ts";

const longestFact = 2_000;

interface Parts extends Pick<AskingParts, "conversations" | "messages" | "generations"> {
  readonly memory: {
    memorizeAs(id: string, memory: Omit<NewMemory, "ownerId" | "id">): Promise<Memory>;
    get(id: string): Memory | undefined;
    canBringBack(id: string): boolean;
    bringBack(id: string): Promise<Memory>;
  };
}

/** What was remembered of it before, and corrected or forgotten since, is that. @throws NotFoundError or InvalidRequestError */
export async function rememberMessage(parts: Parts, messageId: string): Promise<Memory> {
  const { memory } = parts;
  const id = stableId("picked", messageId);
  if (memory.canBringBack(id)) return memory.bringBack(id);
  const said = pickedOf(parts, messageId);
  if (said === null) throw new InvalidRequestError(say`There is nothing to remember in this message.`);
  try {
    return await memory.memorizeAs(id, { ...said, source: "picked" });
  } catch (error) {
    const present = memory.get(id);
    if (error instanceof IdempotencyKeyReusedError && present !== undefined) return present;
    throw error;
  }
}

function pickedOf(parts: Parts, messageId: string): Omit<NewMemory, "ownerId" | "id"> | null {
  const { conversationId, role, content, parentId } = messageOf(parts, messageId);
  if (role === "assistant") {
    const question = parentId === null ? "" : (parts.messages.get(parentId)?.content ?? "");
    return exchangeOf({ conversationId, messageId, question, answer: content });
  }
  const text = shortened(content, longestFact);
  return text === "" ? null : { ...statedFact(text), conversationId, messageId, kind: "fact" };
}
