/** The messages of a document that stands alone: with all that it shows of them, small pictures included. */
import type { AnswerFigures } from "../../generations/answer-figures.ts";
import type { AttachedFile } from "../../store/files.ts";
import type { Conversation, Generation, Rating } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { isUnfinished, modelsOf, type ShownMessage, shownMessages } from "./shown-messages.ts";

/** In bytes: a larger picture is only named, and so are those beyond what one document holds. */
const largestPicture = 500_000;
const mostPictures = 5_000_000;

export interface DocumentMessage {
  readonly id: string;
  readonly by: "user" | "assistant";
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly models: readonly string[];
  readonly text: string;
  /** null: none are known. */
  readonly figures: AnswerFigures | null;
  /** How it ended, unless it simply did. */
  readonly end: "unfinished" | "stopped" | "failed" | "length" | null;
  readonly rating: Rating | null;
  readonly files: readonly {
    readonly name: string;
    /** In bytes. */
    readonly size: number;
    /** As a data: URL; null: it is no picture, or not a small one. */
    readonly picture: string | null;
  }[];
}

/** Oldest first. Where it yields null others may have their turn. */
export function* documentMessages(
  reading: StoreSnapshot,
  conversation: Conversation,
): Generator<DocumentMessage | null, void, undefined> {
  let left = mostPictures;
  const pictureOf = (file: AttachedFile) => {
    if (file.kind !== "image" || file.size > Math.min(largestPicture, left)) return null;
    left -= file.size;
    return dataUrl(file, [...reading.contents.read(file.contentId)]);
  };
  for (const shown of shownMessages(reading, conversation))
    yield shown === null ? null : documentMessage(shown, pictureOf);
}

function documentMessage(
  { message, generation, text, figures, files, rating }: ShownMessage,
  pictureOf: (file: AttachedFile) => string | null,
): DocumentMessage {
  return {
    id: message.id,
    by: message.role === "user" ? "user" : "assistant",
    at: message.createdAt,
    models: generation === null ? [] : modelsOf(generation),
    text,
    figures,
    rating,
    end: generation === null ? null : endOf(generation),
    files: files.map((file) => ({ name: file.name, size: file.size, picture: pictureOf(file) })),
  };
}

function endOf(generation: Generation): DocumentMessage["end"] {
  if (isUnfinished(generation)) return "unfinished";
  if (generation.state === "stopped" || generation.state === "failed") return generation.state;
  return generation.finishReason === "length" ? "length" : null;
}

const dataUrl = ({ mediaType }: AttachedFile, bytes: readonly Uint8Array[]) =>
  `data:${mediaType};base64,${Buffer.concat(bytes).toString("base64")}`;
