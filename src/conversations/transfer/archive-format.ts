/**
 * The format of our own exports, one document for a single conversation and for all of them:
 *
 *     {
 *       "format": "local-financial-assistant/archive", "version": 1, "exportedAt": 1790000000000,
 *       "conversations": [{
 *         "id", "title", "createdAt", "updatedAt", "titledBy", "leafId", "folder", "pinnedAt", "archivedAt", "forkedFrom",
 *         "instructions"?, "settings"?: { "preset", "instructions"?, "model"?, "temperature"?, "top_p"?, "max_tokens"?, "recall"? },
 *         "documents"?: [ids of those that it is asked about], "projectId"?,
 *         "messages": [{ "id", "parentId", "role", "content", "promptContext", "createdAt",
 *           "files"?: [{ "name", "kind", "mediaType", "size" }], "rating"?,
 *           "passages"?: [{ "documentId", "number", "score" }] in the order by which the answer cites them }],
 *         "generations": [{ "id", "questionId", "messageId", "state", "model", "sampling", "memoryContext", "receipt",
 *           "writers", "finishReason", "usage", "timings", "error", "crashes", "createdAt", "startedAt", "endedAt",
 *           "tokens": [{ "text", "ids", "logprob"?, "alternatives"?, "reasoning"?, "continued"?, "toolPiece"?, "toolCall"?,
 *             "toolUse"?, "toolStep"?, "toolResult"?, "facts"?, "echoed"?, "card"? }] }]
 *       }],
 *       "memories": [{ "id", "key", "value", "category", "kind", "source", "place", "conversationId", "messageId", "createdAt",
 *         "validFrom", "validTo", "confidence", "supersededBy", "dismissals", "projectId"? }],
 *       "projects"?: [{ "id", "name", "instructions", "usesGeneralMemory", "createdAt", "documents"?: [ids] }],
 *       "presets"?: [{ "name", "choices": { as "settings" } }],
 *       "documents"?: [{ "id", "name", "title", "kind", "mediaType", "size", "pages", "isCut", "createdAt",
 *         "passages": [{ "number", "page", "sheet", "cells", "start", "end", "heading", "text" }],
 *         "bytes": [["base64 of a part of the file"]], "sha256" }]
 *     }
 *
 * Fields mean what those of src/store/schema.ts mean; times are milliseconds since 1970. Messages, of all branches, and
 * generations stand oldest first, and of two of one age the one stored first. Files are named; what is in them
 * is not there. Documents are there with their bytes, and with their passages when they were read: a citation names one. Nothing that was deleted is in it, no vectors, and neither idempotency keys nor what a client of /v1 sent: those lie between one client and one server. Unknown fields are passed over.
 */
import { type ArrayOptions, type Static, type TSchema, Type as t } from "@sinclair/typebox";

export const archiveFormat = "local-financial-assistant/archive";
export const archiveVersion = 1;

/** In characters; an answer of the largest context has less than half of it. */
const longestText = 2_000_000;
export const longestTitle = 1_000;
export const mostMessages = 50_000;
const mostTokens = 1_000_000;
/** The last millisecond that a date can name: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const lastTime = 8.64e15;

const listOf = <Item extends TSchema>(item: Item, options?: ArrayOptions) =>
  t.Unsafe<readonly Static<Item>[]>(t.Array(item, options));
const orNull = <Some extends TSchema>(some: Some) => t.Union([some, t.Null()]);

/** They stand in addresses and in selectors of pages. */
const id = t.String({ pattern: "^[A-Za-z0-9_-]{1,100}$" });
const name = t.String({ maxLength: longestTitle });
/** In passages; a document of two million characters has some thousands. */
export const mostPassages = 100_000;
const text = t.String({ maxLength: longestText });
const time = t.Integer({ minimum: 0, maximum: lastTime });
const count = t.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

const fileKind = t.Union([
  t.Literal("text"),
  t.Literal("csv"),
  t.Literal("xlsx"),
  t.Literal("pdf"),
  t.Literal("image"),
]);

const fact = t.Object({
  id: name,
  name,
  label: name,
  value: orNull(name),
  unit: orNull(name),
  subject: orNull(name),
  asOf: orNull(t.Object({ instant: name, zone: name })),
  kind: t.Literal("computed"),
  formula: t.Object({
    id: name,
    version: count,
    words: text,
    steps: text,
    source: text,
    parameters: t.Record(t.String({ maxLength: 100 }), t.Union([t.String(), t.Number(), t.Boolean()])),
  }),
  inputs: listOf(
    t.Object({
      name,
      title: name,
      value: text,
      unit: orNull(name),
      from: t.Union([t.Literal("user"), t.Literal("default"), t.Literal("data")]),
    }),
    { maxItems: 1_000 },
  ),
  inputsHash: name,
  warnings: listOf(text, { maxItems: 100 }),
  assumptions: t.Optional(listOf(text, { maxItems: 100 })),
});

const ArchiveToken = t.Object({
  text,
  ids: listOf(t.Integer()),
  logprob: t.Optional(t.Number()),
  alternatives: t.Optional(listOf(t.Object({ text, logprob: t.Number() }))),
  reasoning: t.Optional(t.Literal(true)),
  thoughtOver: t.Optional(t.Literal(true)),
  continued: t.Optional(t.Union([t.Literal("failed"), t.Literal("stopped"), t.Literal("length")])),
  toolPiece: t.Optional(t.Object({ id: name, name: t.Optional(name), arguments: text })),
  toolCall: t.Optional(t.Object({ id: name, name, arguments: text })),
  toolUse: t.Optional(t.Object({ id: name, name, arguments: text })),
  toolStep: t.Optional(
    t.Object({
      id: name,
      step: t.Union([t.Literal("asked"), t.Literal("allowed"), t.Literal("refused"), t.Literal("begun")]),
      call: t.Optional(
        t.Object({
          ...{ server: name, tool: name, hash: name, readsOnly: t.Boolean() },
          why: t.Optional(t.Union([t.Literal("changed"), t.Literal("tainted")])),
          origins: listOf(
            t.Object({
              ...{ path: name, value: text, name: t.Optional(name), isPart: t.Optional(t.Literal(true)) },
              from: t.Union([
                ...[t.Literal("user"), t.Literal("document"), t.Literal("memory")],
                ...[t.Literal("tool"), t.Literal("model")],
              ]),
            }),
          ),
        }),
      ),
      by: t.Optional(t.Union([t.Literal("person"), t.Literal("rule")])),
    }),
  ),
  toolResult: t.Optional(
    t.Object({ id: name, content: text, failed: t.Optional(t.Literal(true)), from: t.Optional(name) }),
  ),
  facts: t.Optional(listOf(fact, { maxItems: 1_000 })),
  echoed: t.Optional(
    listOf(
      t.Object({
        text,
        logprob: t.Optional(t.Number()),
        alternatives: t.Optional(listOf(t.Object({ text, logprob: t.Number() }))),
      }),
    ),
  ),
  card: t.Optional(t.Literal(true)),
});

export const ArchiveMessage = t.Object({
  id,
  parentId: orNull(id),
  role: t.Union([t.Literal("user"), t.Literal("assistant")]),
  content: text,
  promptContext: text,
  createdAt: time,
  files: t.Optional(listOf(t.Object({ name, kind: fileKind, mediaType: name, size: count }))),
  rating: t.Optional(t.Union([t.Literal("good"), t.Literal("bad")])),
  passages: t.Optional(
    listOf(t.Object({ documentId: id, number: count, score: orNull(t.Number()) }), { maxItems: 1_000 }),
  ),
});
export type ArchiveMessage = Static<typeof ArchiveMessage>;

export const ArchiveGeneration = t.Object({
  id,
  questionId: id,
  messageId: id,
  state: t.Union([
    t.Literal("queued"),
    t.Literal("running"),
    t.Literal("done"),
    t.Literal("stopped"),
    t.Literal("failed"),
  ]),
  model: name,
  sampling: t.Object({
    temperature: t.Number(),
    topP: t.Number(),
    maxTokens: count,
    seed: count,
    stop: listOf(t.String({ maxLength: longestTitle })),
    topLogprobs: orNull(count),
    presencePenalty: t.Optional(t.Number()),
    frequencyPenalty: t.Optional(t.Number()),
    topK: t.Optional(t.Integer()),
    minP: t.Optional(t.Number()),
    repeatPenalty: t.Optional(t.Number()),
    thoughtTokens: t.Optional(t.Integer()),
    logitBias: t.Optional(t.Record(t.String({ maxLength: 20 }), t.Number())),
  }),
  memoryContext: count,
  receipt: orNull(
    t.Object({
      systemPrompt: text,
      project: t.Optional(t.Object({ id, name, from: count, to: count })),
      messageIds: listOf(name),
      droppedMessageIds: listOf(name),
      memories: listOf(
        t.Object({
          id: name,
          key: text,
          value: t.Optional(text),
          kind: t.Optional(t.Literal("exchange")),
          score: t.Number(),
          isForgotten: t.Optional(t.Literal(true)),
        }),
      ),
      promptTokens: orNull(count),
      budgetTokens: orNull(count),
      passages: t.Optional(
        listOf(t.Object({ documentId: id, number: count, page: orNull(count), score: orNull(t.Number()) })),
      ),
      files: t.Optional(
        listOf(
          t.Object({
            id: name,
            name,
            kind: fileKind,
            readCharacters: count,
            characters: count,
          }),
        ),
      ),
      templateFields: t.Optional(t.Record(t.String({ maxLength: 100 }), t.Union([t.Boolean(), name]))),
      tools: t.Optional(listOf(name, { maxItems: 1_000 })),
      toolCalls: t.Optional(count),
      summary: t.Optional(t.Object({ messageId: name, content: text, model: name })),
    }),
  ),
  writers: listOf(t.Object({ engine: name, model: name, modelHash: orNull(name), fromToken: count })),
  finishReason: orNull(t.Union([t.Literal("stop"), t.Literal("length"), t.Literal("tool_calls")])),
  usage: orNull(
    t.Object({
      ...{ promptTokens: count, cachedTokens: count, completionTokens: count },
      stopString: t.Optional(t.String()),
    }),
  ),
  timings: orNull(
    t.Object({
      promptMs: t.Number(),
      promptPerSecond: t.Number(),
      decodeMs: t.Number(),
      decodePerSecond: t.Number(),
      timeToFirstTokenMs: t.Number(),
      thinkingMs: t.Optional(orNull(t.Number())),
    }),
  ),
  error: orNull(t.Object({ code: name, message: text })),
  crashes: count,
  createdAt: time,
  startedAt: orNull(time),
  endedAt: orNull(time),
  tokens: listOf(ArchiveToken, { maxItems: mostTokens }),
});
export type ArchiveGeneration = Static<typeof ArchiveGeneration>;

const choices = {
  instructions: t.Optional(t.String({ minLength: 1, maxLength: 20_000 })),
  model: t.Optional(t.String({ minLength: 1, maxLength: 200 })),
  temperature: t.Optional(t.Number({ minimum: 0, maximum: 2 })),
  top_p: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
  max_tokens: t.Optional(t.Integer({ minimum: 1, maximum: 131_072 })),
  recall: t.Optional(t.Integer({ minimum: 0, maximum: 20 })),
};

export const ArchivePreset = t.Object({ name, choices: t.Object(choices) });
export type ArchivePreset = Static<typeof ArchivePreset>;

export const ArchiveProject = t.Object({
  id,
  name,
  instructions: t.Optional(text),
  usesGeneralMemory: t.Optional(t.Boolean()),
  createdAt: time,
  documents: t.Optional(listOf(id, { maxItems: 1_000 })),
});
export type ArchiveProject = Static<typeof ArchiveProject>;

/** What a conversation is without what is said in it. */
export const ArchiveHead = t.Object({
  id,
  title: name,
  createdAt: time,
  updatedAt: time,
  titledBy: t.Union([t.Literal("question"), t.Literal("model"), t.Literal("user")]),
  leafId: orNull(id),
  folder: name,
  pinnedAt: orNull(time),
  archivedAt: orNull(time),
  forkedFrom: orNull(id),
  instructions: t.Optional(text),
  settings: t.Optional(t.Object({ preset: name, ...choices })),
  documents: t.Optional(listOf(id, { maxItems: 1_000 })),
  projectId: t.Optional(orNull(id)),
});

export const ArchiveConversation = t.Object({
  ...ArchiveHead.properties,
  messages: listOf(ArchiveMessage, { maxItems: mostMessages }),
  generations: listOf(ArchiveGeneration, { maxItems: mostMessages }),
});
export type ArchiveConversation = Static<typeof ArchiveConversation>;

export const ArchiveMemory = t.Object({
  id,
  key: text,
  value: text,
  category: name,
  conversationId: orNull(id),
  /** Archives of earlier versions have none. */
  messageId: t.Optional(orNull(id)),
  createdAt: time,
  /** Archives of earlier versions have none of the following. */
  kind: t.Optional(t.Union([t.Literal("fact"), t.Literal("exchange")])),
  source: t.Optional(
    t.Union((["entered", "said", "picked", "exchange", "imported"] as const).map((how) => t.Literal(how))),
  ),
  place: t.Optional(orNull(text)),
  validFrom: t.Optional(orNull(time)),
  validTo: t.Optional(orNull(time)),
  confidence: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
  supersededBy: t.Optional(orNull(id)),
  dismissals: t.Optional(count),
  projectId: t.Optional(orNull(id)),
});
export type ArchiveMemory = Static<typeof ArchiveMemory>;

export const ArchivePassage = t.Object({
  number: t.Integer({ minimum: 1, maximum: mostPassages }),
  page: orNull(count),
  sheet: orNull(name),
  cells: orNull(name),
  start: count,
  end: count,
  heading: name,
  text,
});
export type ArchivePassage = Static<typeof ArchivePassage>;

/** What a document is without what stands in it. */
export const ArchiveDocumentHead = t.Object({
  id,
  name: t.String({ minLength: 1, maxLength: longestTitle }),
  title: name,
  kind: t.Union((["text", "html", "csv", "xlsx", "pdf"] as const).map((kind) => t.Literal(kind))),
  mediaType: name,
  size: count,
  pages: count,
  isCut: t.Boolean(),
  createdAt: time,
  sha256: t.String({ pattern: "^[0-9a-f]{64}$" }),
});

/** A part of a file in base64, as a list of one text: so it is parsed alone. */
export const ArchivePart = listOf(t.String({ maxLength: longestText }), { minItems: 1, maxItems: 1 });

export const ArchiveDocument = t.Object({
  ...ArchiveDocumentHead.properties,
  /** None of one that was not read yet, or could not be. */
  passages: listOf(ArchivePassage, { maxItems: mostPassages }),
  bytes: listOf(ArchivePart, { maxItems: mostPassages }),
});
export type ArchiveDocument = Static<typeof ArchiveDocument>;

export const Archive = t.Object({
  format: t.Literal(archiveFormat),
  version: t.Literal(archiveVersion),
  exportedAt: time,
  conversations: listOf(ArchiveConversation),
  memories: listOf(ArchiveMemory),
  /** Archives of earlier versions, and those of some conversations, have neither. */
  projects: t.Optional(listOf(ArchiveProject)),
  presets: t.Optional(listOf(ArchivePreset)),
  /** Archives of earlier versions have none. */
  documents: t.Optional(listOf(ArchiveDocument)),
});
export type Archive = Static<typeof Archive>;
