/**
 * The messages of the path of a conversation that is shown, one after the other, each with its text, its author and its files:
 * what the documents are made of that a person keeps or shares. It knows nothing of their formats.
 */
import {
  type AnswerFigures,
  answerFigures,
  longestPath,
  quotesOf,
} from "../../generations/answer-figures.ts";
import type { AttachedFile } from "../../store/files.ts";
import type { Conversation, Generation, Message, Rating } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { pathTo, thoseThere } from "../outlined-path.ts";
import { visibleText } from "./visible-text.ts";

export interface ShownMessage {
  readonly message: Message;
  /** What wrote an answer; null: a question, or an answer that only its text is known of. */
  readonly generation: Generation | null;
  /** Of an answer that is being written, as far as it has come. */
  readonly text: string;
  /** null: there are none to be known. */
  readonly figures: AnswerFigures | null;
  readonly files: readonly AttachedFile[];
  /** What the user thinks of it. */
  readonly rating: Rating | null;
}

/** Oldest first. Where it yields null others may have their turn. */
export function* shownMessages(
  reading: StoreSnapshot,
  { id, leafId }: Conversation,
): Generator<ShownMessage | null, void, undefined> {
  const { wholeConversations: stored, files } = reading;
  const outlining = stored.outline(id);
  let outline = outlining.next();
  for (; !outline.done; outline = outlining.next()) yield null;
  const there = thoseThere(outline.value.messages);
  /** The user's last words. */
  const said: Message[] = [];
  for (const messageId of pathTo(outline.value, leafId)) {
    const message = there.has(messageId) ? stored.message(messageId) : undefined;
    if (message === undefined) continue;
    const attached = files.ofMessages([messageId]).get(messageId) ?? [];
    if (message.role === "user") {
      if (said.push(message) > longestPath / 2) said.shift();
      yield {
        message,
        generation: null,
        text: message.content,
        figures: null,
        files: attached,
        rating: null,
      };
      continue;
    }
    const generation = stored.newestGenerationOf(messageId) ?? null;
    const text =
      generation !== null && isUnfinished(generation) ? logged(reading, generation) : message.content;
    const figures =
      generation === null || text === ""
        ? null
        : answerFigures(reading, generation, () => quotesOf(reading, said));
    yield { message, generation, text, figures, files: attached, rating: reading.ratings.of(messageId) };
  }
}

export const isUnfinished = ({ state }: Generation) => state === "queued" || state === "running";

const logged = ({ wholeConversations: stored }: StoreSnapshot, { id }: Generation) =>
  [...stored.tokens(id)].map(visibleText).join("");

/** The models that wrote an answer, each once; the one that was asked for while none has. */
export function modelsOf({ writers, model }: Generation): readonly string[] {
  const models = new Set(writers.map((writer) => writer.model));
  return models.size === 0 ? [model] : [...models];
}
