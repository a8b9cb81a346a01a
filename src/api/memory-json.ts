/** What the API takes and says of a memory. */
import { t } from "elysia";
import { seenSign } from "../http/blank.ts";
import { nullable, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import type { Memory as StoredMemory } from "../store/schema.ts";
import type { OwnMemory } from "../workspace/memory.ts";
import { instantField } from "./dataset-json.ts";

export const MemorizeRequest = t.Object(
  {
    key: t.String({
      minLength: 1,
      maxLength: 500,
      description: "What it is about.",
      "x-takes": { type: "string", minLength: 1, maxLength: 500, pattern: seenSign },
    }),
    value: t.String({
      minLength: 1,
      maxLength: 20_000,
      "x-takes": { type: "string", minLength: 1, maxLength: 20_000, pattern: seenSign },
    }),
    category: t.Optional(t.Union([t.String({ minLength: 1, maxLength: 100, default: "general" }), t.Null()])),
  },
  {
    title: "MemorizeRequest",
    examples: [{ key: "savings goal", value: "A house in ten years", category: "goals" }],
  },
);
export const MemorizeReply = t.Object(
  { success: t.Literal(true), message: t.String(), timestamp: time() },
  {
    title: "Memorized",
    examples: [
      { success: true, message: 'Remembered "savings goal".', timestamp: "2026-03-01T09:30:00.000Z" },
    ],
  },
);
export const exampleId = "019a5f3c-7c1e-7000-8000-3f6e2b7c9d10";
const Memory = t.Object(
  { id: t.String(), key: t.String(), value: t.String(), category: t.String(), timestamp: time() },
  {
    title: "Memory",
    examples: [
      {
        id: exampleId,
        key: "savings goal",
        value: "A house in ten years",
        category: "goals",
        timestamp: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const kind = t.Union([t.Literal("fact"), t.Literal("exchange")], {
  description: "A fact was stated by the user; an exchange is a question with its answer.",
});
const Source = nullable(
  t.Object(
    {
      kind: t.Union([
        t.Literal("said"),
        t.Literal("picked"),
        t.Literal("exchange"),
        t.Literal("imported"),
        t.Literal("entered"),
      ]),
      conversation_id: nullable(t.String()),
      message_id: nullable(t.String()),
      place: nullable(t.String({ description: "Of an imported file its name and the entry." })),
    },
    { title: "MemorySource", description: "Where it was taken from; null: it was stated by itself." },
  ),
);
export const MemoryDetail = t.Object(
  {
    ...Memory.properties,
    kind,
    source: Source,
    conversation_id: nullable(t.String({ description: "The conversation it was taken from." })),
    project_id: nullable(t.String({ description: "The project in which alone it is recalled." })),
    valid_from: nullable(time("Since when it holds; null: since ever.")),
    valid_to: nullable(time("Until when it holds, itself excluded; null: it has no end.")),
    confidence: t.Number({ minimum: 0, maximum: 1 }),
    is_current: t.Boolean({ description: "Whether it holds now and was not superseded." }),
    superseded_by: nullable(t.String({ description: "The memory that has taken its place." })),
    contradicts: t.Array(t.String(), {
      description: "Facts that may contradict it: much the same words, and other figures.",
    }),
  },
  {
    title: "MemoryDetail",
    examples: Memory.examples?.map((example: object) => ({
      ...{ ...example, kind: "fact", source: null, conversation_id: null, project_id: null },
      ...{ valid_from: null, valid_to: null },
      ...{ confidence: 1, is_current: true, superseded_by: null, contradicts: [] },
    })),
  },
);
export const Memories = t.Array(Memory, { title: "Memories", examples: [Memory.examples ?? []] });
export const MemoryPatch = t.Object(
  {
    key: t.Optional(MemorizeRequest.properties.key),
    value: t.Optional(MemorizeRequest.properties.value),
    category: t.Optional(
      t.String({
        minLength: 1,
        maxLength: 100,
        "x-takes": { type: "string", minLength: 1, maxLength: 100, pattern: seenSign },
      }),
    ),
    valid_from: t.Optional(t.Union([instantField("Since when it holds"), t.Null()])),
    valid_to: t.Optional(t.Union([instantField("Until when it holds"), t.Null()])),
    confidence: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
  },
  { title: "MemoryPatch", minProperties: 1, examples: [{ value: "A flat in five years" }] },
);
const FoundMemory = t.Object(
  {
    ...Memory.properties,
    score: t.Number({ description: "0 to 1; comparable within one search." }),
    kind,
    source: Source,
  },
  {
    title: "FoundMemory",
    examples: Memory.examples?.map((example: object) => ({
      ...example,
      ...{ score: 0.71, kind: "fact", source: null },
    })),
  },
);
export const FoundMemories = t.Array(FoundMemory, {
  title: "FoundMemories",
  examples: [FoundMemory.examples ?? []],
});
const timeOf = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());

export const memoryJson = ({ id, key, value, category, createdAt }: StoredMemory) => ({
  id,
  key,
  value,
  category,
  timestamp: new Date(createdAt).toISOString(),
});

function sourceJson({ source, conversationId, messageId, place }: StoredMemory) {
  if (source === "entered" && conversationId === null && messageId === null) return null;
  return { kind: source, conversation_id: conversationId, message_id: messageId, place };
}

type SearchHit = Awaited<ReturnType<OwnMemory["search"]>>[number];
export const foundJson = ({ memory, score }: SearchHit): StaticReply<typeof FoundMemory> => ({
  ...memoryJson(memory),
  score,
  kind: memory.kind,
  source: sourceJson(memory),
});

export function detailJson(own: OwnMemory, memory: StoredMemory): StaticReply<typeof MemoryDetail> {
  const isCurrent = own.isCurrent(memory.id);
  return {
    ...memoryJson(memory),
    kind: memory.kind,
    source: sourceJson(memory),
    conversation_id: memory.conversationId,
    project_id: memory.projectId,
    valid_from: timeOf(memory.validFrom),
    valid_to: timeOf(memory.validTo),
    confidence: memory.confidence,
    is_current: isCurrent,
    superseded_by: own.successorOf(memory)?.id ?? null,
    contradicts: own.contradicting(memory.id).map(({ id }) => id),
  };
}
