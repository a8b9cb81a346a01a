/**
 * Stores what a person asks for: a new question with its empty answer, the same question asked again, and an answer
 * that is continued. It decides whether each may be asked; it knows nothing of how an answer is made.
 */
import { IdempotencyKeyReusedError, InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, Generation, LoggedToken, Message, OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { markOf, queuedAgain, refuseToContinue, wasContinuedBy } from "./continue-answer.ts";
import { FileGoneError, QuestionGoneError } from "./generation-errors.ts";
import { answerMessage, earlierMessages, newGeneration, receiptWith, titleFrom } from "./new-rows.ts";
import type { AnswerSettings, Question } from "./question.ts";

export interface StoreQuestionDeps {
  readonly store: Store;
  /** The id of the model to ask for what a client named. @throws UnknownModelError */
  readonly resolveModel: (name: string) => string;
  /** Whether a name means its own model and no other; left out: an answer takes what runs. */
  readonly namesModel?: ((name: string) => boolean) | undefined;
  readonly isLive: (generationId: string) => boolean;
  /** @throws QueueFullError or ShuttingDownError */
  readonly refuseWhenFull: () => void;
  /** @throws ConversationBusyError */
  readonly refuseWhenBusy: (conversationId: string) => void;
}

export interface RetryOptions {
  readonly idempotencyKey?: string;
  /** In place of the conversation's: as a client names it. */
  readonly model?: string;
  /** Without what is remembered, though the first time it was recalled. */
  readonly withoutMemory?: boolean;
  /** With the same instructions, model, sampling and seed as the first time: the same engine writes the same words. */
  readonly replay?: boolean;
  /** With the probability of each token and of its alternatives. */
  readonly measured?: boolean;
  /** The first entries of the old answer's log, and a text in place of the next one: the model continues from there. */
  readonly beginning?: { readonly entries: number; readonly text: string };
}

/** How many alternatives to each token a measured answer has. */
const alternatives = 4;

export interface ContinueOptions {
  /** Of this answer alone: the same key continues it once. */
  readonly idempotencyKey?: string;
}

/** What is stored, and what is left to do about it. */
export interface Stored {
  readonly generation: Generation;
  readonly ownerId: OwnerId;
  /** false: an answer that exists already, because of its idempotency key or because it is being written. */
  readonly isNew: boolean;
  /** What the log holds of it. */
  readonly tokens: readonly LoggedToken[];
}

export interface StoredBoth {
  readonly first: Stored;
  /** null: only one was asked for. */
  readonly second: Stored | null;
}

/**
 * Inside a transaction. The same idempotency key gives the generation that it gave before.
 * @param generationId of the answer, when it is new
 * @throws UnknownModelError, NotFoundError, ConversationBusyError, QueueFullError; nothing is stored then.
 *   IdempotencyKeyReusedError when a program sent the key before with another request
 */
export function storeQuestion(
  deps: StoreQuestionDeps,
  question: Question,
  generationId: string = Bun.randomUUIDv7(),
): Stored {
  const { store } = deps;
  const ownerId = question.ownerId ?? null;
  const key = question.idempotencyKey;
  const earlier = key === undefined ? undefined : store.generations.byIdempotencyKey(key);
  if (earlier !== undefined) {
    if (!isForRequestOf(earlier, question)) throw new IdempotencyKeyReusedError();
    return known(earlier, ownerId);
  }
  const named = modelNamed(deps, question.model);
  deps.refuseWhenFull();

  const now = Date.now();
  const conversationId = question.conversationId ?? Bun.randomUUIDv7();
  const isNew = question.conversationId === undefined;
  if (!isNew) requireConversation(store, conversationId, ownerId);
  const { request, isKept = false } = question;
  const origin = isNew ? originOf(question) : store.conversations.get(conversationId)?.origin;
  // A program may continue from one answer several times at once: its conversation shows no path.
  if (request === undefined) deps.refuseWhenBusy(conversationId);

  const before = isNew && isKept ? earlierMessages(request, conversationId, now) : [];
  const asked: Message = {
    id: Bun.randomUUIDv7(),
    conversationId,
    parentId: isNew ? (before.at(-1)?.id ?? null) : parentOf(store, question, conversationId),
    role: "user",
    content: question.message,
    promptContext: "",
    createdAt: now,
    deletedAt: null,
  };
  const { seed = randomSeed(), ...sampling } = question.sampling;
  const generation = newGeneration({
    id: generationId,
    conversationId,
    questionId: asked.id,
    ...named,
    sampling: { ...sampling, seed },
    memoryContext: origin === "temporary" ? 0 : question.memoryContext,
    idempotencyKey: key ?? null,
    createdAt: now,
    request: request ?? null,
    receipt: question.systemPrompt === undefined ? null : receiptWith(question.systemPrompt),
    ...(question.mayWait ? { mayWait: true } : {}),
  });
  if (isNew)
    store.conversations.insert({
      id: conversationId,
      ownerId,
      origin: originOf(question),
      title: titleFrom(question.message),
      settings: question.settings ?? null,
      projectId: question.projectId ?? null,
      createdAt: now,
      updatedAt: now,
      leafId: generation.messageId,
    });
  else {
    // One that was begun without a question has no name yet.
    const isUnnamed =
      asked.parentId === null &&
      question.after === undefined &&
      store.conversations.get(conversationId)?.titledBy === "question";
    const title = isUnnamed ? { title: titleFrom(question.message) } : {};
    store.conversations.update(conversationId, { updatedAt: now, leafId: generation.messageId, ...title });
  }
  for (const message of [...before, asked, answerMessage(generation)]) store.messages.insert(message);
  if (question.documents !== undefined) store.documents.chooseFor(conversationId, question.documents);
  if (question.toolServers !== undefined) store.toolServers.chooseFor(conversationId, question.toolServers);
  store.files.attach(asked.id, filesFor(store, question, ownerId));
  store.generations.insert(generation);
  return { generation, ownerId, isNew: true, tokens: [] };
}

function originOf({ request, isKept = false, isTemporary = false }: Question): Conversation["origin"] {
  if (request !== undefined && !isKept) return "api";
  return isTemporary ? "temporary" : "chat";
}

/**
 * Inside a transaction: a question with two answers, the second one a version beside the first, which is shown.
 * @throws what `storeQuestion` throws; nothing is stored then
 */
export function storeBoth(deps: StoreQuestionDeps, question: Question, second: AnswerSettings): StoredBoth {
  const { store } = deps;
  const first = storeQuestion(deps, question);
  const idempotencyKey = question.idempotencyKey === undefined ? null : `${question.idempotencyKey}:second`;
  const { conversationId, questionId, createdAt } = first.generation;
  if (!first.isNew) {
    const earlier = idempotencyKey === null ? undefined : store.generations.byIdempotencyKey(idempotencyKey);
    return { first, second: earlier === undefined ? null : known(earlier, first.ownerId) };
  }
  const { systemPrompt, memoryContext } = second;
  const { seed = randomSeed(), ...sampling } = second.sampling;
  const generation = newGeneration({
    ...{ conversationId, questionId, createdAt, memoryContext, idempotencyKey },
    ...modelNamed(deps, second.model),
    sampling: { ...sampling, seed },
    receipt: systemPrompt === undefined ? null : receiptWith(systemPrompt),
  });
  store.messages.insert(answerMessage(generation));
  store.generations.insert(generation);
  return { first, second: { ...first, generation } };
}

/** @throws NotFoundError when it is not there, or another owner's */
export function requireConversation(
  { conversations }: Pick<Store, "conversations">,
  id: string,
  ownerId: OwnerId,
): void {
  if (conversations.get(id)?.ownerId === ownerId) return;
  throw new NotFoundError(
    say`There is no conversation with this conversation_id. Leave it out to begin a new one.`,
    { param: "conversation_id" },
  );
}

/**
 * Inside a transaction: a question leaves its conversation's queue and is asked, in the words that it has now.
 * @throws QuestionGoneError, or what `storeQuestion` throws
 */
export function storeQueuedQuestion(deps: StoreQuestionDeps, id: string): Stored {
  const { conversations, queuedQuestions } = deps.store;
  const queued = queuedQuestions.get(id);
  if (queued === undefined) throw new QuestionGoneError();
  const { conversationId, content: message, idempotencyKey } = queued;
  const { model, memoryContext, sampling, files, mayWait } = queued;
  const question: Question = {
    ...{ message, conversationId, model, memoryContext, sampling, files, mayWait },
    ownerId: conversations.get(conversationId)?.ownerId ?? null,
    ...(idempotencyKey === null ? {} : { idempotencyKey }),
  };
  const stored = storeQuestion(deps, question, id);
  queuedQuestions.take(id);
  return stored;
}

/**
 * A new answer beside an old one, shown in its place.
 * @throws NotFoundError, ConversationBusyError, QueueFullError or StorageError
 */
export function storeRetry(
  deps: StoreQuestionDeps,
  generationId: string,
  { idempotencyKey, model, withoutMemory = false, replay = false, measured = false, beginning }: RetryOptions,
): Stored {
  const { store } = deps;
  const earlier =
    idempotencyKey === undefined ? undefined : store.generations.byIdempotencyKey(idempotencyKey);
  const wasDeleted = earlier !== undefined && !store.messages.isThere(earlier.messageId);
  if (earlier !== undefined && !wasDeleted) return known(earlier, null);
  const old = store.generations.get(generationId);
  if (old === undefined || !store.messages.isThere(old.questionId))
    throw new NotFoundError(say`There is no such answer.`);
  const ownerId = ownerOfKept(store, old.conversationId);
  if (deps.isLive(generationId)) return known(old, ownerId);
  deps.refuseWhenBusy(old.conversationId);
  deps.refuseWhenFull();
  const tokens = beginning === undefined ? [] : begunWith(store.tokenLog.read(old.id), beginning, old);
  const chosen = model ?? store.conversations.get(old.conversationId)?.settings?.model ?? "auto";
  const sampling = measured ? { ...old.sampling, topLogprobs: alternatives } : old.sampling;
  const generation = newGeneration({
    conversationId: old.conversationId,
    questionId: old.questionId,
    ...modelNamed(deps, replay ? (old.writers.at(-1)?.model ?? old.model) : chosen),
    sampling: replay ? sampling : { ...sampling, seed: randomSeed() },
    memoryContext: withoutMemory ? 0 : old.memoryContext,
    idempotencyKey: idempotencyKey ?? null,
    createdAt: Date.now(),
    request: old.request,
    ...(old.mayWait ? { mayWait: true } : {}),
    ...(replay ? { receipt: old.receipt } : {}),
    ...(tokens.length === 0 ? {} : { writers: old.writers }),
  });
  store.transaction(() => {
    // An answer that was deleted since is not the one that is asked for.
    if (wasDeleted) store.generations.update(earlier.id, { idempotencyKey: null });
    const { createdAt: updatedAt, messageId: leafId } = generation;
    store.conversations.update(old.conversationId, { updatedAt, leafId });
    store.messages.insert(answerMessage(generation));
    store.generations.insert(generation);
  });
  if (tokens.length > 0) store.tokenLog.append([{ generationId: generation.id, firstIndex: 0, tokens }]);
  return { generation, ownerId, isNew: true, tokens };
}

/** @throws InvalidRequestError where the log holds more than a model's text, which cannot be continued from its middle */
function begunWith(
  log: readonly LoggedToken[],
  { entries, text }: { readonly entries: number; readonly text: string },
  { request }: Generation,
): readonly LoggedToken[] {
  const kept = log.slice(0, entries);
  const isPlain = kept.every((token) => Object.keys(token).every((name) => plainFields.has(name)));
  if (request === null && isPlain && entries < log.length) return [...kept, { text, ids: [] }];
  throw new InvalidRequestError(say`This answer cannot go on from there. Ask again instead.`);
}

const plainFields = new Set(["text", "ids", "logprob", "alternatives"]);

/**
 * Queues the last answer of a conversation again, to be continued from the text that it has.
 * @throws NotFoundError, ConversationBusyError, InvalidRequestError, QueueFullError or StorageError
 */
export function storeContinuation(
  deps: StoreQuestionDeps,
  generationId: string,
  { idempotencyKey }: ContinueOptions,
): Stored {
  const { store } = deps;
  const ended = store.generations.get(generationId);
  if (ended === undefined || !store.messages.isThere(ended.messageId))
    throw new NotFoundError(say`There is no such answer.`);
  const ownerId = ownerOfKept(store, ended.conversationId);
  if (deps.isLive(generationId)) return known(ended, ownerId);
  const written = store.tokenLog.read(generationId);
  if (idempotencyKey !== undefined && wasContinuedBy(idempotencyKey, ended, written))
    return known(ended, ownerId);
  deps.refuseWhenBusy(ended.conversationId);
  if (store.messages.lastOfPath(ended.conversationId)?.id !== ended.messageId)
    throw new InvalidRequestError(
      say`Only the last answer of a conversation can be continued: what follows builds on the others.`,
    );
  refuseToContinue(ended, written.length);
  deps.refuseWhenFull();

  // The marker comes first: a row that was queued without it would give the end's cursor to a token.
  const mark = markOf(ended, idempotencyKey);
  store.tokenLog.append([{ generationId, firstIndex: written.length, tokens: [mark] }]);
  const tokens = [...written, mark];
  const again = queuedAgain(ended, tokens);
  store.transaction(() => {
    store.conversations.touch(ended.conversationId, Date.now());
    store.generations.update(generationId, again);
    store.summaries.forgetFrom(ended.messageId);
  });
  return { generation: { ...ended, ...again }, ownerId, isNew: true, tokens };
}

const modelNamed = ({ resolveModel, namesModel }: StoreQuestionDeps, name: string) => ({
  model: resolveModel(name),
  namesModel: namesModel?.(name) ?? false,
});

const known = (generation: Generation, ownerId: OwnerId): Stored => ({
  generation,
  ownerId,
  isNew: false,
  tokens: [],
});

/** @throws NotFoundError when the conversation was deleted */
function ownerOfKept({ conversations }: Store, conversationId: string): OwnerId {
  const conversation = conversations.get(conversationId);
  if (conversation === undefined)
    throw new NotFoundError(say`This conversation was deleted. Bring it back from the trash first.`);
  return conversation.ownerId;
}

/** The message that a question follows. @throws NotFoundError when it is not there, or in another conversation */
function parentOf({ messages }: Store, { after }: Question, conversationId: string): string | null {
  if (after === undefined) return messages.lastOfPath(conversationId)?.id ?? null;
  if (after === null) return null;
  const parent = messages.get(after);
  if (parent?.conversationId === conversationId && messages.isThere(after)) return after;
  throw new NotFoundError(say`There is no such message in this conversation. It may have been deleted.`);
}

/** @throws FileGoneError */
function filesFor({ files }: Store, { files: ids = [], filesOf }: Question, ownerId: OwnerId) {
  const kept = filesOf === undefined ? [] : (files.ofMessages([filesOf]).get(filesOf) ?? []);
  const added = ids.filter((id) => kept.every((file) => file.id !== id));
  for (const id of added) if (files.get(id)?.ownerId !== ownerId) throw new FileGoneError();
  return [...kept.map(({ id }) => ({ id })), ...new Set(added).values().map((id) => ({ id }))];
}

/** Whether an answer is one to what a program asks for now; questions of a chat are not compared. */
function isForRequestOf({ request, sampling }: Generation, question: Question): boolean {
  if (question.request === undefined) return true;
  const { seed = sampling.seed, ...wished } = question.sampling;
  return Bun.deepEquals(request, question.request) && Bun.deepEquals(sampling, { ...wished, seed });
}

export const randomSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
