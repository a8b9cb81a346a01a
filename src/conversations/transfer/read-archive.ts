/** Reads what an archive holds: its form by the schema, and beyond it what the program relies on everywhere. */
import type { Static, TSchema } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler";
import { say } from "../../texts/say.ts";
import {
  type ArchiveConversation,
  type ArchiveDocument,
  ArchiveDocumentHead,
  ArchiveGeneration,
  ArchiveHead,
  ArchiveMemory,
  ArchiveMessage,
  ArchivePart,
  ArchivePassage,
  ArchivePreset,
  ArchiveProject,
  mostMessages,
  mostPassages,
} from "./archive-format.ts";
import { fieldOf } from "./foreign-json.ts";
import { knownPart } from "./known-part.ts";
import { lengthOfLongestPath } from "./longest-path.ts";
import { ImportRefusedError } from "./transfer-errors.ts";
import { visibleText } from "./visible-text.ts";

const longestPath = 20_000;

/** Each is short. */
type Steps<Result = void> = Generator<void, Result, undefined>;

const headForm = lazy(() => TypeCompiler.Compile(ArchiveHead));
const messageForm = lazy(() => TypeCompiler.Compile(ArchiveMessage));
const generationForm = lazy(() => TypeCompiler.Compile(ArchiveGeneration));
const presetForm = lazy(() => TypeCompiler.Compile(ArchivePreset));
const projectForm = lazy(() => TypeCompiler.Compile(ArchiveProject));
const memoryForm = lazy(() => TypeCompiler.Compile(ArchiveMemory));
const documentForm = lazy(() => TypeCompiler.Compile(ArchiveDocumentHead));
const passageForm = lazy(() => TypeCompiler.Compile(ArchivePassage));
const partForm = lazy(() => TypeCompiler.Compile(ArchivePart));

/** In steps, of which each is short. @throws ImportRefusedError which says where it is not as it must be */
export function* readingConversation(value: unknown): Generator<void, ArchiveConversation, undefined> {
  const head = knownPart(ArchiveHead, value);
  const form = headForm();
  if (!form.Check(head)) throw refusedAt(form.Errors(head).First()?.path);
  const messages = yield* readingList(value, "messages", ArchiveMessage, messageForm());
  const generations = yield* readingList(value, "generations", ArchiveGeneration, generationForm());
  const conversation: ArchiveConversation = { ...head, messages, generations };
  yield* checkMessages(conversation);
  yield* checkGenerations(conversation);
  return conversation;
}

function* readingList<Schema extends TSchema>(
  value: unknown,
  name: "messages" | "generations" | "passages" | "bytes",
  schema: Schema,
  form: TypeCheck<Schema>,
  most = mostMessages,
): Generator<void, Static<Schema>[], undefined> {
  const list = fieldOf(value, name);
  // Before anything looks at each of them.
  if (!Array.isArray(list) || list.length > most) throw refusedAt(`/${name}`);
  const read: Static<Schema>[] = [];
  for (const [index, each] of list.entries()) {
    const row = knownPart(schema, each);
    if (!form.Check(row)) throw refusedAt(`/${name}/${index}${form.Errors(row).First()?.path ?? ""}`);
    read.push(row);
    yield;
  }
  return read;
}

/** @throws ImportRefusedError which says where it is not as it must be */
export function readArchiveMemory(value: unknown): ArchiveMemory {
  const memory = knownPart(ArchiveMemory, value);
  const form = memoryForm();
  if (!form.Check(memory)) throw refusedAt(form.Errors(memory).First()?.path);
  return memory;
}

/** @throws ImportRefusedError which says where it is not as it must be */
export function readArchivePreset(value: unknown): ArchivePreset {
  const preset = knownPart(ArchivePreset, value);
  const form = presetForm();
  if (!form.Check(preset)) throw refusedAt(form.Errors(preset).First()?.path);
  return preset;
}

/** @throws ImportRefusedError which says where it is not as it must be */
export function readArchiveProject(value: unknown): ArchiveProject {
  const project = knownPart(ArchiveProject, value);
  const form = projectForm();
  if (!form.Check(project)) throw refusedAt(form.Errors(project).First()?.path);
  return project;
}

/** In steps, of which each is short. @throws ImportRefusedError which says where it is not as it must be */
export function* readingDocument(value: unknown): Generator<void, ArchiveDocument, undefined> {
  const head = knownPart(ArchiveDocumentHead, value);
  const form = documentForm();
  if (!form.Check(head)) throw refusedAt(form.Errors(head).First()?.path);
  const passages = yield* readingList(value, "passages", ArchivePassage, passageForm(), mostPassages);
  for (const [index, { number }] of passages.entries())
    if (number !== index + 1) throw refused(`passages[${index}].number`, "is not the next one");
  const bytes = yield* readingList(value, "bytes", ArchivePart, partForm(), mostPassages);
  return { ...head, passages, bytes };
}

/** A tree in which every answer follows a question. */
function* checkMessages({ messages, leafId }: ArchiveConversation): Steps {
  const byId = yield* uniquely(messages, "messages");
  for (const [index, { parentId, role }] of messages.entries()) {
    const parent = parentId === null ? undefined : byId.get(parentId);
    if (parentId !== null && parent === undefined)
      throw refused(`messages[${index}]`, "follows a message that is not there");
    if (role === "assistant" && parent?.role !== "user")
      throw refused(`messages[${index}]`, "is an answer that follows no question");
    yield;
  }
  if (leafId !== null && !byId.has(leafId)) throw refused("leafId", "names a message that is not there");
  const length = yield* lengthOfLongestPath(new Map(messages.map(({ id, parentId }) => [id, parentId])));
  if (length > longestPath) throw refused("messages", `has a path of more than ${longestPath} messages`);
}

/** One or more for every answer, and the text that is shown is the text that later prompts repeat. */
function* checkGenerations({ messages, generations }: ArchiveConversation): Steps {
  yield* uniquely(generations, "generations");
  const byId = new Map(messages.map((message) => [message.id, message]));
  const newest = new Map<string, { readonly index: number; readonly generation: ArchiveGeneration }>();
  for (const [index, generation] of generations.entries()) {
    const answer = byId.get(generation.messageId);
    if (answer?.role !== "assistant" || answer.parentId !== generation.questionId)
      throw refused(`generations[${index}]`, "belongs to no answer and its question");
    yield void newest.set(answer.id, { index, generation });
  }
  for (const [index, message] of messages.entries()) {
    if (message.role === "user") continue;
    const made = newest.get(message.id);
    if (made === undefined) throw refused(`messages[${index}]`, "is an answer without a generation");
    if (!saysTheSame(message, made.generation))
      throw refused(`generations[${made.index}].tokens`, "say something else than their message");
    yield;
  }
}

function saysTheSame({ content }: ArchiveMessage, { state, tokens }: ArchiveGeneration): boolean {
  // The message gets its text when the answer ends; one that was continued has that of its former end until then. An
  // answer that was copied while it was being written may have none.
  return state === "queued" || state === "running" || content === "" || visibleText(tokens) === content;
}

function* uniquely<Row extends { readonly id: string }>(
  rows: readonly Row[],
  of: string,
): Steps<Map<string, Row>> {
  const byId = new Map<string, Row>();
  for (const [index, row] of rows.entries()) {
    if (byId.has(row.id)) throw refused(`${of}[${index}].id`, "stands there twice");
    yield void byId.set(row.id, row);
  }
  return byId;
}

const refused = (where: string, what: string) => new ImportRefusedError(`${where} ${what}.`);

/** @param path "/messages/3/role" */
const refusedAt = (path = "") =>
  path === ""
    ? new ImportRefusedError(say`It is no object.`)
    : refused(
        path
          .slice(1)
          .replaceAll(/\/(\d+)/g, "[$1]")
          .replaceAll("/", "."),
        "is missing, of another form than an archive's, or too long",
      );

/** Compiling a schema takes milliseconds: only an import needs it. */
function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
