/**
 * Imports a file: our own archive or another program's export, told apart by what is in it. Each conversation is
 * stored whole or not at all; one that is refused keeps none of the others away.
 */
import { followProject, followSource } from "../../generations/quoted-memories.ts";
import { resultInSlices, WorkSlices } from "../../loop/work-slices.ts";
import type { Store } from "../../store/database.ts";
import type { OwnerId } from "../../store/schema.ts";
import { say } from "../../texts/say.ts";
import {
  type ArchiveConversation,
  type ArchiveMemory,
  type ArchivePreset,
  archiveFormat,
  archiveVersion,
  longestTitle,
} from "./archive-format.ts";
import { archiveOfImported } from "./archive-of-imported.ts";
import { claudeExport } from "./claude-export.ts";
import { withDocumentsHere } from "./documents-here.ts";
import { fieldOf, listIn, textIn } from "./foreign-json.ts";
import { importSteps } from "./import-conversation.ts";
import { type DocumentBounds, importingDocument, isRefusal } from "./import-document.ts";
import { importMemory } from "./import-memory.ts";
import { importPresets } from "./import-presets.ts";
import { importProject, memoryHere, withProjectsHere } from "./import-projects.ts";
import type { ForeignFormat } from "./imported-conversation.ts";
import { cutJson, type JsonPieces } from "./json-pieces.ts";
import { libreChatExport } from "./librechat-export.ts";
import { openWebuiExport } from "./open-webui-export.ts";
import { openaiExport } from "./openai-export.ts";
import {
  readArchiveMemory,
  readArchivePreset,
  readArchiveProject,
  readingConversation,
  readingDocument,
} from "./read-archive.ts";
import { stableId } from "./stable-id.ts";
import { ImportRefusedError, UnreadableError } from "./transfer-errors.ts";

/** A further format is a file and a line here. */
const foreignFormats: readonly ForeignFormat[] = [
  openaiExport,
  openWebuiExport,
  claudeExport,
  libreChatExport,
];

export interface ImportReport {
  /** The ids that the conversations have now. */
  readonly imported: readonly string[];
  /** Of those that exist already. */
  readonly skipped: readonly string[];
  readonly refused: readonly { readonly title: string; readonly reason: string }[];
  /** How many memories were added. */
  readonly memories: number;
  /** How many presets were added. */
  readonly presets: number;
  /** How many documents were added. */
  readonly documents: number;
  /** How many projects were added. */
  readonly projects: number;
}

const mostConversations = 100_000;
const memoriesOfTransaction = 50;
/** How a ZIP file begins. */
const zip = [0x50, 0x4b, 0x03, 0x04];

/** Those of a program without settings of its own. */
const usualBounds: DocumentBounds = { largest: 20_000_000, mostStored: 2_000_000_000 };

/**
 * @param ownerId the new owner
 * @throws ImportRefusedError when it is no file of a known format: nothing is stored then; StorageError when the disk
 *   refuses to store more: what was stored before stays, and the same file brings the rest
 */
export async function importFile(
  store: Store,
  ownerId: OwnerId,
  bytes: Uint8Array,
  bounds: DocumentBounds = usualBounds,
): Promise<ImportReport> {
  if (zip.every((byte, index) => bytes[index] === byte))
    throw new ImportRefusedError(
      say`This is a ZIP file. Unpack it, and import the conversations.json in it.`,
    );
  const pieces = await cutJson(withoutTrailingZeros(bytes));
  const slices = new WorkSlices();
  const source = await sourceOf(pieces, slices);
  if (source.conversations.length > mostConversations)
    throw new ImportRefusedError(say`The file has more than ${mostConversations} conversations. Split it.`);

  const imported: string[] = [];
  const skipped: string[] = [];
  const refused: { title: string; reason: string }[] = [];
  let isKnown = !source.isForeign || source.conversations.length === 0;
  let unreadable: ImportRefusedError | null = null;
  // Before the conversations, which point at them.
  const documentsHere = new Map<string, string>();
  let documents = 0;
  for (const [index, entry] of source.documents.entries()) {
    let title = `Document ${index + 1}`;
    try {
      const value = await pieces.atInSlices(entry, slices);
      title = textIn(value, "name")?.slice(0, longestTitle) || title;
      const document = await resultInSlices(readingDocument(value), slices);
      const outcome = await resultInSlices(importingDocument(store, ownerId, document, bounds), slices);
      documentsHere.set(document.id, outcome.id);
      if (outcome.imported) documents++;
    } catch (error) {
      if (!(error instanceof ImportRefusedError || isRefusal(error))) throw error;
      refused.push({ title, reason: error.message });
    }
    await otherWork();
  }
  const projectsHere = new Map<string, string>();
  let projects = 0;
  for (const entry of source.projects)
    try {
      const project = readArchiveProject(pieces.at(entry));
      const outcome = store.transaction(() => importProject(store, ownerId, project, documentsHere));
      if (outcome === null) continue;
      projectsHere.set(project.id, outcome.id);
      if (outcome.isNew) projects++;
    } catch (error) {
      if (!(error instanceof ImportRefusedError)) throw error;
      refused.push({ title: "A project", reason: error.message });
    }
  /** Of each conversation of the file the id that it has here. */
  const idsHere = new Map<string, string>();
  for (const [index, entry] of source.conversations.entries()) {
    let title = `Conversation ${index + 1}`;
    try {
      const value = await pieces.atInSlices(entry, slices);
      title = titleOf(value) ?? title;
      isKnown ||= formatOf(value) !== undefined;
      const read = await resultInSlices(source.read(value), slices);
      const named = withProjectsHere(read, projectsHere);
      const conversation = await resultInSlices(withDocumentsHere(named, documentsHere), slices);
      const outcome = await resultInSlices(importSteps(store, ownerId, conversation), slices);
      (outcome.imported ? imported : skipped).push(outcome.id);
      idsHere.set(conversation.id, outcome.id);
    } catch (error) {
      if (!(error instanceof ImportRefusedError)) throw error;
      refused.push({ title, reason: error.message });
      unreadable ??= error instanceof UnreadableError ? error : null;
    }
    await otherWork();
  }

  // Of a file that is no export at all nothing has been stored.
  if (!isKnown) throw unreadable ?? new ImportRefusedError(unknown);

  let memories = 0;
  for (let first = 0; first < source.memories.length; first += memoriesOfTransaction) {
    store.transaction(() => {
      for (const entry of source.memories.slice(first, first + memoriesOfTransaction))
        try {
          const memory = memoryHere(readArchiveMemory(pieces.at(entry)), projectsHere);
          if (memory !== null && importMemory(store, ownerId, withIdsHere(memory, idsHere))) memories++;
        } catch (error) {
          if (!(error instanceof ImportRefusedError)) throw error;
          refused.push({ title: "A memory", reason: error.message });
        }
    });
    await otherWork();
  }
  // What was remembered of one that was in the trash is there again; of one that still is, it is not.
  store.transaction(() => {
    for (const id of new Set(idsHere.values())) followSource(store, id, Date.now());
    for (const id of new Set(projectsHere.values())) followProject(store, id, Date.now());
  });
  const presets = store.transaction(() =>
    importPresets(store, ownerId, readablePresets(pieces, source, refused)),
  );
  return { imported, skipped, refused, memories, presets, documents, projects };
}

function* readablePresets(
  pieces: JsonPieces,
  { presets }: Source,
  refused: { title: string; reason: string }[],
): Generator<ArchivePreset, void, undefined> {
  for (const entry of presets)
    try {
      yield readArchivePreset(pieces.at(entry));
    } catch (error) {
      if (!(error instanceof ImportRefusedError)) throw error;
      refused.push({ title: "A preset", reason: error.message });
    }
}

/** What a copied conversation is called here, and the messages in it. */
function withIdsHere(memory: ArchiveMemory, idsHere: ReadonlyMap<string, string>): ArchiveMemory {
  const { conversationId, messageId = null, ...said } = memory;
  if (conversationId === null) return memory;
  const idHere = idsHere.get(conversationId) ?? conversationId;
  const isCopy = idHere !== conversationId;
  return {
    ...said,
    conversationId: idHere,
    messageId: messageId !== null && isCopy ? stableId(idHere, messageId) : messageId,
  };
}

interface Source {
  readonly conversations: readonly unknown[];
  readonly memories: readonly unknown[];
  readonly presets: readonly unknown[];
  readonly documents: readonly unknown[];
  readonly projects: readonly unknown[];
  /** @throws ImportRefusedError */
  read(conversation: unknown): Generator<void, ArchiveConversation, undefined>;
  /** Not of this program: what it is shows in its entries, of which each may be of another kind. */
  readonly isForeign: boolean;
}

async function sourceOf(pieces: JsonPieces, slices: WorkSlices): Promise<Source> {
  const { outline } = pieces;
  if (textIn(outline, "format") === archiveFormat) {
    if (fieldOf(outline, "version") !== archiveVersion)
      throw new ImportRefusedError(say`The file is of a newer version of this program. Update it first.`);
    const [conversations, memories] = [listIn(outline, "conversations"), listIn(outline, "memories")];
    const [presets, documents] = [listIn(outline, "presets"), listIn(outline, "documents")];
    const projects = listIn(outline, "projects");
    const lists = { conversations, memories, presets, documents, projects };
    return { ...lists, read: readingConversation, isForeign: false };
  }
  const isOne = formatOf(outline) !== undefined;
  const wrapped = listIn(outline, "conversations");
  const conversations = isOne
    ? [await pieces.wholeInSlices(slices)]
    : Array.isArray(outline)
      ? outline
      : wrapped;
  // An empty list is everything that can be exported before anything was said.
  if (conversations.length === 0 && !Array.isArray(outline)) throw new ImportRefusedError(unknown);
  const none = { memories: [], presets: [], documents: [], projects: [] };
  return { conversations, ...none, read: readForeign, isForeign: true };
}

const unknown = say`This is no export that can be imported: neither one of this program, nor one of ChatGPT, Claude, Open WebUI or LibreChat.`;

const formatOf = (conversation: unknown) => foreignFormats.find((format) => format.recognises(conversation));

function* readForeign(conversation: unknown): Generator<void, ArchiveConversation, undefined> {
  const format = formatOf(conversation);
  if (format === undefined) throw new ImportRefusedError(say`It is no conversation of a known format.`);
  const read = yield* readingConversation(yield* archiveOfImported(format, yield* format.read(conversation)));
  if (read.messages.length === 0) throw new ImportRefusedError(say`It has no messages.`);
  return read;
}

function titleOf(value: unknown): string | null {
  const title = textIn(value, "title") ?? textIn(fieldOf(value, "chat"), "title") ?? textIn(value, "name");
  return title === null || title.trim() === "" ? null : title.trim().slice(0, longestTitle);
}

/** As a C string's end. */
function withoutTrailingZeros(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

const otherWork = () => new Promise<void>((resolve) => setImmediate(resolve));
