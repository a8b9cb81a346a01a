/**
 * What one owner has of the program: their conversations, answers and memories, and nobody else's. Routes get this in
 * place of the store, so that no route can forget whose something is. What is not theirs is exactly as what is not
 * there. It knows nothing of HTTP, nor of how an owner is known.
 */
import { UnauthenticatedError } from "../accounts/account-errors.ts";
import type { StreamKind, UsageLimits } from "../accounts/usage-limits.ts";
import type { ConversationLibrary, LibraryChange, OnDelete } from "../conversations/library.ts";
import { NotFoundError } from "../errors.ts";
import { type AnswerFigures, answerFigures } from "../generations/answer-figures.ts";
import type { Generations } from "../generations/generations.ts";
import type { Draft, PreviewPrompt, PromptPreview } from "../generations/preview-prompt.ts";
import type { AnswerSettings, Question } from "../generations/question.ts";
import { outcomeOf } from "../generations/read-answers.ts";
import type { ContinueOptions, RetryOptions } from "../generations/store-question.ts";
import { wholePicture } from "../generations/stored-pictures.ts";
import type { OwnPreferences, Preferences } from "../preferences/preferences.ts";
import type { SpeechServers } from "../speech/speech-servers.ts";
import type { Store } from "../store/database.ts";
import type { MessageQueries, PathOptions } from "../store/messages.ts";
import type { Conversation, Generation, Message, OwnerId } from "../store/schema.ts";
import type { ThreadEntry } from "../store/thread.ts";
import { say } from "../texts/say.ts";
import type { ToolServers } from "../tools-elsewhere/tool-servers.ts";
import { type BatchesOfOwner, batchesOf } from "./batches.ts";
import { datasetsOf, type OwnDatasets } from "./datasets.ts";
import { type DocumentsOfAll, documentsOf, type OwnDocuments } from "./documents.ts";
import { defaultFileLimits, type FileLimits, filesOf, type OwnFiles } from "./files.ts";
import { type Finance, financeOf } from "./finance.ts";
import { guardedReading } from "./guarded-reading.ts";
import { type StreamsOfOwner, streamsOf } from "./kept-streams.ts";
import { type MemoryOfAll, memoryOf, type OwnMemory } from "./memory.ts";
import { type OwnPresets, presetsOf } from "./presets.ts";
import { type OwnProjects, projectsOf } from "./projects.ts";
import { type OwnProposals, proposalsOf } from "./proposals.ts";
import { type QueueOfOwner, queueOf, type WorkspaceQueue } from "./queue.ts";
import { type OwnRatings, ratingsOf } from "./ratings.ts";
import { type OwnRequestBatches, requestBatchesOf } from "./request-batches.ts";
import { type OwnSeriesFigures, seriesFiguresOf } from "./series-figures.ts";
import { type OwnSpeech, speechOf } from "./speech.ts";
import { type StoredCompletions, storedCompletionsOf } from "./stored-completions.ts";
import { type OwnToolsElsewhere, toolsElsewhereOf } from "./tools-elsewhere.ts";
import { type OwnTransfer, transferOf } from "./transfer.ts";
import { type OwnData, ownDataOf } from "./wipe.ts";
import type { WorkspaceGenerations } from "./workspace-generations.ts";

export type { MemoryChange } from "../memory/memory.ts";

interface WorkspaceDeps {
  readonly store: Store;
  readonly generations: WorkspaceGenerations & Partial<Pick<Generations, "answerCall">>;
  readonly queue: WorkspaceQueue;
  readonly limits?: UsageLimits;
  readonly fileLimits?: FileLimits;
  /** Whether a model that runs may be able to see pictures. */
  readonly seesPictures?: () => boolean;
  /** What writes speech down and reads texts aloud; left out: nothing does. */
  readonly speech?: SpeechServers;
  readonly library: ConversationLibrary;
  readonly preferences: Preferences;
  readonly memory: MemoryOfAll;
  readonly documents: DocumentsOfAll;
  /** Servers of other programs' tools; left out: there are none. */
  readonly toolServers?: ToolServers;
  /** Left out: nobody can say it. */
  readonly previewPrompt?: PreviewPrompt;
  /** The shown path of a conversation, of any owner. */
  readonly thread: (id: string, options?: PathOptions) => readonly ThreadEntry[];
}

interface WorkspaceOptions {
  /** Called for what they delete and restore. */
  readonly onDelete?: OnDelete;
  /** Whether the owner may still use it. */
  readonly isStillKnown?: () => boolean;
  /** For tests. */
  readonly lookAgainMs?: number;
}

/** That a login has ended is noticed so soon, in milliseconds, in a stream or a socket that it had opened. */
const lookAgain = 5_000;

/** One lasts as long as a request. */
export class Workspace {
  readonly ownerId: OwnerId;
  readonly library: ConversationLibrary;
  /** Calculators, facts and instruments. */
  readonly finance: Finance;
  /** Price series, and what is computed over them. */
  readonly datasets: OwnDatasets;
  readonly seriesFigures: OwnSeriesFigures;
  /** Their settings. */
  readonly personal: OwnPreferences;
  /** What they attach to questions. */
  readonly files: OwnFiles;
  /** What their questions can be asked about. */
  readonly documents: OwnDocuments;
  /** What they dictate. */
  readonly speech: OwnSpeech;
  /** Everything of theirs, as a whole. */
  readonly data: OwnData;
  /** Questions that wait for the answer before them. */
  readonly queue: QueueOfOwner;
  readonly memory: OwnMemory;
  /** What is proposed to be remembered. */
  readonly proposals: OwnProposals;
  readonly presets: OwnPresets;
  /** Conversations with instructions, documents and memory of their own. */
  readonly projects: OwnProjects;
  /** What their programs have answered in the background. */
  readonly requestBatches: OwnRequestBatches;
  readonly ratings: OwnRatings;
  /** Other programs' tools. */
  readonly tools: OwnToolsElsewhere;
  /** Conversations as files. */
  readonly transfer: OwnTransfer;
  readonly #deps: WorkspaceDeps;
  /** Answers that were found to be theirs: a stream asks at every token. */
  readonly #theirs = new Set<string>();
  /** Whether they may still do so: a stream or a socket may outlast a login. */
  readonly #isStillKnown: () => boolean;
  readonly #lookAgainMs: number;
  #lookedAt = Date.now();
  #isOut = false;

  constructor(
    deps: WorkspaceDeps,
    ownerId: OwnerId,
    { onDelete, isStillKnown = () => true, lookAgainMs = lookAgain }: WorkspaceOptions = {},
  ) {
    this.#deps = deps;
    this.ownerId = ownerId;
    this.library = deps.library.ofOwner(ownerId, onDelete);
    this.finance = financeOf(deps.store, ownerId);
    this.datasets = datasetsOf({ store: deps.store }, ownerId);
    this.seriesFigures = seriesFiguresOf({ store: deps.store, datasets: this.datasets, ownerId });
    this.personal = deps.preferences.ofOwner(ownerId);
    this.memory = memoryOf(deps.memory, ownerId, this.personal);
    const tell = (change: LibraryChange) => deps.library.tell(change);
    this.proposals = proposalsOf({ store: deps.store, memory: deps.memory, tell }, ownerId);
    const conversation = (id: string) => this.library.get(id);
    this.presets = presetsOf({ store: deps.store, personal: this.personal, conversation, tell }, ownerId);
    this.files = filesOf(
      {
        store: deps.store,
        limits: deps.fileLimits ?? defaultFileLimits,
        seesPictures: deps.seesPictures ?? (() => true),
      },
      ownerId,
    );
    this.documents = documentsOf(
      {
        ...{ documents: deps.documents, stored: deps.store.documents },
        limits: deps.fileLimits ?? defaultFileLimits,
        isTheirs: (id) => this.#isTheirs(id),
      },
      ownerId,
    );
    const { documents } = this;
    this.projects = projectsOf(
      { store: deps.store, library: this.library, checkDocuments: (ids) => documents.check(ids), onDelete },
      ownerId,
    );
    this.requestBatches = requestBatchesOf(
      { stored: deps.store.requestBatches, limits: deps.fileLimits ?? defaultFileLimits },
      ownerId,
    );
    this.speech = speechOf({ transcriber: null, voice: null, ...deps.speech, limits: deps.limits }, ownerId);
    this.data = ownDataOf({ store: deps.store, generations: deps.generations, onDelete }, ownerId);
    this.queue = queueOf({
      queue: deps.queue,
      isThere: (id) => this.library.get(id) !== undefined,
      owned: (question) => this.#owned(question),
      refuseLoggedOut: () => this.refuseLoggedOut(),
      openStream: () => this.openStream("answer"),
    });
    this.ratings = ratingsOf(deps.store, this, tell);
    this.tools = toolsElsewhereOf(
      { ...deps, ownerId },
      (id) => this.#isTheirs(id),
      (id) => this.#has(id),
    );
    this.transfer = transferOf({
      ...{ store: deps.store, ownerId, documents: deps.documents },
      documentLimits: deps.fileLimits ?? defaultFileLimits,
      openStream: () => this.openStream("file"),
      beginImport: () => deps.limits?.beginImport(ownerId) ?? (() => {}),
      tell,
      mayGoOn: () => this.#mayGoOn(),
    });
    this.#isStillKnown = isStillKnown;
    this.#lookAgainMs = lookAgainMs;
  }

  readonly conversations = {
    /** undefined also for one that was deleted. */
    get: (id: string): Conversation | undefined => this.library.get(id),
    thread: (id: string, options?: PathOptions): readonly ThreadEntry[] =>
      this.#isTheirs(id) ? this.#deps.thread(id, options) : [],
  };

  readonly messages = {
    get: (id: string): Message | undefined => {
      const message = this.#deps.store.messages.get(id);
      return message !== undefined && this.#isTheirs(message.conversationId) ? message : undefined;
    },
    path: (conversationId: string, options?: PathOptions): Message[] =>
      this.#isTheirs(conversationId) ? this.#deps.store.messages.path(conversationId, options) : [],
    isThere: (id: string): boolean =>
      this.messages.get(id) !== undefined && this.#deps.store.messages.isThere(id),
    siblingIds: (message: Message): readonly string[] =>
      this.#isTheirs(message.conversationId) ? this.#deps.store.messages.siblingIds(message) : [],
    /** The generation that writes, or wrote, this message. */
    generationOf: (id: string): Generation | undefined =>
      this.messages.get(id) === undefined ? undefined : this.#deps.store.generations.forMessage(id),
  } satisfies Partial<MessageQueries> & { generationOf: unknown };

  readonly generations: WorkspaceGenerations = {
    ask: (question: Question) =>
      this.#answering(async () => {
        const generation = await this.#deps.generations.ask(this.#owned(question));
        this.#theirs.add(generation.id);
        return generation;
      }),
    askBoth: (question: Question, second: AnswerSettings) =>
      // Two answers of those that one may have at once.
      this.#answering(() =>
        this.#answering(async () => this.#deps.generations.askBoth(this.#owned(question), second)),
      ),
    retry: (id: string, options: RetryOptions = {}) =>
      this.#answering(() =>
        this.#deps.generations.retry(this.#require(id), { ...options, ...this.#scoped(options) }),
      ),
    continue: (id: string, options: ContinueOptions = {}) =>
      this.#answering(() => this.#deps.generations.continue(this.#require(id), options)),
    get: (id: string) => (this.#has(id) ? this.#deps.generations.get(id) : undefined),
    textSoFar: (id: string) =>
      this.#has(id) ? this.#deps.generations.textSoFar(id) : { text: "", cursor: 0 },
    tokenCount: (id: string) => (this.#has(id) ? this.#deps.generations.tokenCount(id) : 0),
    tokens: (id: string, from: number) => (this.#has(id) ? this.#deps.generations.tokens(id, from) : []),
    follow: (id: string, after: number, signal: AbortSignal) =>
      this.#has(id) ? this.#reading(id, after, signal) : nothing(),
    ended: (id: string, signal: AbortSignal) => {
      const { generations } = this;
      return outcomeOf(generations.follow(id, generations.tokenCount(id), signal));
    },
    stop: (id: string) => this.#has(id) && this.#deps.generations.stop(id),
    answerNow: (id: string) => this.#has(id) && this.#deps.generations.answerNow(id),
    outcome: (generation: Generation) =>
      this.#has(generation.id) ? this.#deps.generations.outcome(generation) : null,
    stopWhenAbandoned: (id: string, reader: AbortSignal, graceMs: number) => {
      if (this.#has(id)) this.#deps.generations.stopWhenAbandoned(id, reader, graceMs);
    },
  };

  /** Several questions at once. */
  readonly batches: BatchesOfOwner = batchesOf({
    ...{ conversations: this.conversations, messages: this.messages, generations: this.generations },
    withKeys: (from, to) => this.#withKeys(from, to),
  });

  /** Answers that a program finds again by its own name for the conversation. */
  readonly streams: StreamsOfOwner = streamsOf({
    generations: this.generations,
    isThere: (messageId) => this.messages.isThere(messageId),
    withKeys: (from, to) => this.#withKeys(from, to),
    forgetKey: (id) => void this.#deps.store.generations.update(id, { idempotencyKey: null }),
  });

  /** The figures of an answer of a chat; null for one that a client of /v1 asked for, or that is not theirs. */
  readonly figuresOf = (generation: Generation): AnswerFigures | null =>
    generation.request === null && this.#has(generation.id)
      ? answerFigures(this.#deps.store, generation)
      : null;

  /** How much of a model's context a question would take; null when nobody can say it. */
  readonly previewPrompt = async (draft: Draft, signal: AbortSignal): Promise<PromptPreview | null> => {
    const { conversationId } = draft;
    if (conversationId !== null && !this.#isTheirs(conversationId)) return null;
    return (await this.#deps.previewPrompt?.(this.ownerId, draft, signal)) ?? null;
  };

  /** Stops an answer; a question that waits is removed. @returns whether there was something to stop */
  async stop(id: string): Promise<boolean> {
    if (this.generations.stop(id)) return true;
    const queued = this.queue.get(id);
    if (queued === undefined) return false;
    await this.queue.remove(queued.conversationId, id);
    return true;
  }

  /** A picture of a request, with what is in it. */
  readonly pictureAt = (url: string): string => wholePicture(this.#deps.store, url);

  /** Chat completions of /v1 that were to be stored. */
  readonly completions: StoredCompletions = storedCompletionsOf(() => this.#deps.store, this);

  /** @throws UnauthenticatedError when the login that opened this has ended; noticed within seconds */
  refuseLoggedOut(): void {
    if (!this.#mayGoOn()) throw new UnauthenticatedError();
  }

  /** How many answers more than now they may have at once, and read. */
  get answersLeft(): number {
    const { limits } = this.#deps;
    return limits?.answersLeft(this.ownerId, this.#countUnfinished) ?? Number.POSITIVE_INFINITY;
  }

  readonly #countUnfinished = (): number =>
    this.ownerId === null ? 0 : this.#deps.store.users.unfinishedAnswers(this.ownerId).length;

  /** @returns ends it; more than once is as good as once @throws TooManyRequestsError */
  openStream(kind: StreamKind): () => void {
    return this.#deps.limits?.openStream(this.ownerId, kind) ?? (() => {});
  }

  /** @throws UnauthenticatedError, or TooManyRequestsError */
  async #answering<T>(ask: () => Promise<T>): Promise<T> {
    const { limits } = this.#deps;
    this.refuseLoggedOut();
    return limits === undefined ? ask() : limits.answering(this.ownerId, this.#countUnfinished, ask);
  }

  /** @throws TooManyRequestsError */
  #reading(id: string, after: number, signal: AbortSignal): ReturnType<Generations["follow"]> {
    const { generations } = this.#deps;
    // The local owner is neither counted nor logged out.
    if (this.ownerId === null) return generations.follow(id, after, signal);
    const end = this.openStream("answer");
    return guardedReading(generations.follow(id, after, signal), {
      mayGoOn: () => this.#mayGoOn(),
      end,
      // A stream's connection is reset; on reconnecting, its reader must log in.
      gone: () => new UnauthenticatedError(say`The login that asked for this has ended. Log in again.`),
    });
  }

  #mayGoOn(): boolean {
    const now = Date.now();
    if (now - this.#lookedAt >= this.#lookAgainMs) {
      this.#lookedAt = now;
      this.#isOut ||= !this.#isStillKnown();
    }
    return !this.#isOut;
  }

  /** Deleted ones too, which can be brought back. */
  #isTheirs(conversationId: string): boolean {
    return this.#deps.store.conversations.getAny(conversationId)?.ownerId === this.ownerId;
  }

  #has(generationId: string): boolean {
    if (this.#theirs.has(generationId)) return true;
    const generation = this.#deps.store.generations.get(generationId);
    if (generation === undefined || !this.#isTheirs(generation.conversationId)) return false;
    this.#theirs.add(generationId);
    return true;
  }

  #require(generationId: string): string {
    if (this.#has(generationId)) return generationId;
    throw new NotFoundError(say`There is no such answer.`);
  }

  /** As it is asked: theirs, with files that are theirs. @throws what `files.check` throws */
  #owned(question: Question): Question {
    this.files.check(question.files ?? []);
    this.documents.check(question.documents ?? []);
    if (question.projectId !== undefined) this.projects.require(question.projectId);
    return { ...question, ...this.#scoped(question), ownerId: this.ownerId };
  }

  /** The same key of two users names two answers. */
  #scoped({ idempotencyKey }: { readonly idempotencyKey?: string }): { readonly idempotencyKey?: string } {
    return idempotencyKey === undefined ? {} : { idempotencyKey: this.#keyOf(idempotencyKey) };
  }

  #withKeys(from: string, to: string): readonly Generation[] {
    return this.#deps.store.generations
      .withKeys(this.#keyOf(from), this.#keyOf(to))
      .filter(({ conversationId }) => this.#isTheirs(conversationId));
  }

  #keyOf(key: string): string {
    return this.ownerId === null ? key : `user:${this.ownerId}:${key}`;
  }
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}
