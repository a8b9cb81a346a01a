/**
 * Writes archives piece by piece, a row at a time, so that neither a large library nor a large conversation need fit into
 * memory, nor into a turn of the event loop. A piece may be empty: others may have their turn there.
 */

import type { OwnerId } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { thoseThere } from "../outlined-path.ts";
import {
  archiveGenerationOf,
  archiveHeadOf,
  archiveMessageOf,
  archiveTokensOf,
} from "./archive-conversation.ts";
import { archiveDocument } from "./archive-document.ts";
import { archiveFormat, archiveVersion } from "./archive-format.ts";

type Pieces<Result = void> = Generator<string, Result, undefined>;

/** Everything of one owner's that is not deleted. @param exportedAt milliseconds since 1970 */
export function* archiveOfAll(reading: StoreSnapshot, ownerId: OwnerId, exportedAt: number): Pieces {
  yield beginning(exportedAt);
  yield* list(conversationsOf(reading, reading.wholeConversations.ids(ownerId)));
  yield ',\n"memories":';
  yield* list(inJson(reading.memories.inOrder(ownerId)));
  yield ',\n"projects":';
  yield* list(inJson(projectsOf(reading, ownerId)));
  yield ',\n"presets":';
  yield* list(
    inJson(
      reading.presets
        .list(ownerId)
        .values()
        .map(({ name, choices }) => ({ name, choices })),
    ),
  );
  yield* documentsOf(reading, reading.documents.ids(ownerId));
  yield "}\n";
}

function* projectsOf({ projects, documents }: StoreSnapshot, ownerId: OwnerId) {
  for (const { ownerId: _, deletedAt: __, ...project } of projects.list(ownerId))
    yield { ...project, documents: documents.ofProject(project.id).map(({ id }) => id) };
}

/** These conversations with the documents that they are about, without memories and projects. */
export function* archiveOf(reading: StoreSnapshot, ids: readonly string[], exportedAt: number): Pieces {
  const documentIds = new Set<string>();
  yield beginning(exportedAt);
  yield* list(conversationsOf(reading, ids, { onDocument: (id) => documentIds.add(id), isAlone: true }));
  yield ',\n"memories":[]';
  yield* documentsOf(reading, documentIds);
  yield "}\n";
}

/** Nothing at all when there are none. */
function* documentsOf(reading: StoreSnapshot, ids: Iterable<string>): Pieces {
  const all = [...ids];
  if (all.length === 0) return;
  yield ',\n"documents":';
  yield* list(all.map((id) => archiveDocument(reading, id)));
}

/** Runs work that writes nothing. @returns its result */
function* silently<Result>(work: Generator<unknown, Result, undefined>): Pieces<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield "";
  }
}

function beginning(exportedAt: number): string {
  const head = { format: archiveFormat, version: archiveVersion, exportedAt };
  return `${JSON.stringify(head).slice(0, -1)},\n"conversations":`;
}

/** The pieces of each item of a list. */
function* list(items: Iterable<Iterable<string>>): Pieces {
  yield "[";
  let separator = "\n";
  for (const item of items) {
    yield separator;
    yield* item;
    separator = ",\n";
  }
  yield "]";
}

function* inJson(rows: Iterable<unknown>): Generator<readonly [string], void, undefined> {
  for (const row of rows) yield [JSON.stringify(row)];
}

function* conversationsOf(
  reading: StoreSnapshot,
  ids: readonly string[],
  options: ConversationOptions = {},
): Generator<Pieces, void, undefined> {
  for (const id of ids) yield conversationOf(reading, id, options);
}

interface ConversationOptions {
  /** Told each document that it names. */
  readonly onDocument?: (id: string) => void;
  /** Its project is not in the archive. */
  readonly isAlone?: boolean;
}

function* conversationOf(
  reading: StoreSnapshot,
  id: string,
  { onDocument = () => {}, isAlone = false }: ConversationOptions,
): Pieces {
  const { wholeConversations: stored } = reading;
  const found = stored.head(id);
  const conversation = found && isAlone ? { ...found, projectId: null } : found;
  if (conversation === undefined) throw new Error("A conversation of a snapshot is not there.");
  const outline = yield* silently(stored.outline(id));
  const there = thoseThere(outline.messages);
  const messages = outline.messages.filter((message) => there.has(message.id));
  const generations = outline.generations.filter(({ messageId }) => there.has(messageId));
  const documents = reading.documents.ofConversation(id).map((document) => document.id);
  documents.forEach(onDocument);
  yield `${openObject(archiveHeadOf(conversation, there, documents))},"messages":`;
  yield* list(messages.values().map((message) => messageOf(reading, message.id, onDocument)));
  yield ',"generations":';
  yield* list(generations.values().map((generation) => generationOf(stored, generation.id)));
  yield "}";
}

type Stored = StoreSnapshot["wholeConversations"];

function* messageOf(
  { wholeConversations: stored, documents, files, ratings }: StoreSnapshot,
  id: string,
  onDocument: (id: string) => void,
): Pieces {
  const message = stored.message(id);
  if (message === undefined) return;
  const passages = documents.ofMessages([id]).get(id) ?? [];
  for (const { documentId } of passages) onDocument(documentId);
  const attached = files.ofMessages([id]).get(id) ?? [];
  yield JSON.stringify(archiveMessageOf(message, attached, ratings.of(id), passages));
}

function* generationOf(stored: Stored, id: string): Pieces {
  const generation = stored.generation(id);
  if (generation === undefined) return;
  yield `${openObject(archiveGenerationOf(generation))},"tokens":[`;
  let separator = "";
  for (const tokens of stored.tokens(id)) {
    yield separator + JSON.stringify(archiveTokensOf(tokens)).slice(1, -1);
    separator = ",";
  }
  yield "]}";
}

/** An object whose last field is still to come. */
const openObject = (value: object) => JSON.stringify(value).slice(0, -1);
