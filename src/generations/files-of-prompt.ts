/**
 * Brings the files of questions into a prompt: their text before the question, their pictures after it. How much of a text the
 * question's own prompt has is decided once and stored with the question: later prompts repeat it to the letter, so that
 * caches of it stay valid.
 */
import { type AttachedText, filesBeforeQuestion, filesShare, fitTexts } from "../chat/attached-files.ts";
import { type PromptTurn, promptBudget } from "../chat/context.ts";
import type { ChatMessage } from "../chat/engine.ts";
import type { Store } from "../store/database.ts";
import type { AttachedFile } from "../store/files.ts";
import type { ContextReceipt, Message } from "../store/schema.ts";
import { inBase64 } from "./stored-pictures.ts";

type FileStore = Pick<Store, "files" | "contents" | "commit">;

interface FilesInput {
  readonly store: FileStore;
  /** Up to and including the question, oldest first. */
  readonly messages: readonly Message[];
  readonly systemPrompt: string;
  readonly contextSize: number | null;
  readonly maxTokens: number;
  /** How the files of the question were read when its prompt was made before: a resumed answer has the same. */
  readonly readBefore: ContextReceipt["files"];
  readonly countTokens: (messages: readonly ChatMessage[]) => Promise<number>;
}

interface PromptWithFiles {
  readonly turns: readonly PromptTurn[];
  /** For the receipt; undefined: the question has none. */
  readonly files: ContextReceipt["files"];
}

export async function withFiles(input: FilesInput): Promise<PromptWithFiles> {
  const { store, messages } = input;
  const byMessage = store.files.ofMessages(messages.map(({ id }) => id));
  const question = messages.at(-1);
  if (byMessage.size === 0 || question === undefined) return { turns: messages, files: undefined };
  const asked = byMessage.get(question.id) ?? [];
  const read = await readOf(input, question, asked);
  const turns: PromptTurn[] = [];
  for (const message of messages) {
    const files = message === question ? read : (byMessage.get(message.id) ?? []);
    turns.push(files.length === 0 ? message : await turnWith(store, message, files));
  }
  if (asked.length === 0) return { turns, files: undefined };
  await note(store, asked, read);
  return {
    turns,
    files: read.map(({ id, name, kind, readCharacters, characters }) => ({
      id,
      name,
      kind,
      readCharacters,
      characters,
    })),
  };
}

type ReadFile = Omit<AttachedFile, "readCharacters"> & { readonly readCharacters: number };

/** How much of each of the question's files its prompt has. */
async function readOf(
  { store, systemPrompt, contextSize, maxTokens, readBefore, countTokens }: FilesInput,
  question: Message,
  asked: readonly AttachedFile[],
): Promise<readonly ReadFile[]> {
  if (readBefore !== undefined) {
    const before = new Map(readBefore.map(({ id, readCharacters }) => [id, readCharacters]));
    return asked.map((file) => ({ ...file, readCharacters: before.get(file.id) ?? 0 }));
  }
  const texts = asked.map(({ id, kind }) => (kind === "image" ? "" : store.files.textOf(id)));
  const prompt = (before: string): readonly ChatMessage[] => [
    { role: "system", content: systemPrompt },
    { role: "user", content: before + question.promptContext + question.content },
  ];
  const budget = promptBudget(contextSize, maxTokens);
  const bare = budget === null ? 0 : await countTokens(prompt(""));
  const named = (read: readonly number[]): readonly AttachedText[] =>
    asked.flatMap(({ name, kind }, index) =>
      kind === "image" ? [] : [{ name, text: texts[index] ?? "", readCharacters: read[index] ?? 0 }],
    );
  const fitted = await fitTexts({
    texts,
    room: budget === null ? null : Math.floor(Math.min(budget * filesShare, budget - bare)),
    countTokens: async (read) => (await countTokens(prompt(filesBeforeQuestion(named(read))))) - bare,
  });
  return asked.map((file, index) => ({ ...file, readCharacters: fitted[index] ?? 0 }));
}

/** An earlier question whose prompt was never made has no answer: its files are not read. */
async function turnWith(
  store: FileStore,
  message: Message,
  files: readonly (AttachedFile | ReadFile)[],
): Promise<PromptTurn> {
  const texts: AttachedText[] = [];
  const pictures: string[] = [];
  for (const { id, contentId, kind, name, mediaType, readCharacters } of files) {
    if (kind === "image") pictures.push(`data:${mediaType};base64,${await inBase64(store, contentId)}`);
    else texts.push({ name, text: store.files.textOf(id), readCharacters: readCharacters ?? 0 });
  }
  return { ...message, promptContext: filesBeforeQuestion(texts) + message.promptContext, pictures };
}

/** @param asked as they stand in the database */
async function note(
  { commit, files }: FileStore,
  asked: readonly AttachedFile[],
  read: readonly ReadFile[],
): Promise<void> {
  const changed = read.filter(({ readCharacters }, index) => asked[index]?.readCharacters !== readCharacters);
  if (changed.length === 0) return;
  await commit(() => {
    for (const { messageId, id, readCharacters } of changed) files.setRead(messageId, id, readCharacters);
  });
}
