/** All memories of an owner as a file: JSON or CSV, in pieces, in the form that src/memory/import-memories.ts reads. */
import type { MemoryText } from "../store/memories.ts";
import { csvLine } from "./csv-records.ts";

const columns = [
  ...["id", "key", "value", "category", "kind", "timestamp", "valid_from", "valid_to"],
  ...["confidence", "superseded_by", "conversation_id", "message_id", "place"],
] as const;

const exportedMemory = (memory: MemoryText) => ({
  id: memory.id,
  key: memory.key,
  value: memory.value,
  category: memory.category,
  kind: memory.kind,
  timestamp: timeOf(memory.createdAt),
  valid_from: memory.validFrom === null ? null : timeOf(memory.validFrom),
  valid_to: memory.validTo === null ? null : timeOf(memory.validTo),
  confidence: memory.confidence,
  superseded_by: memory.supersededBy,
  conversation_id: memory.conversationId,
  message_id: memory.messageId,
  place: memory.place,
});

const timeOf = (moment: number) => new Date(moment).toISOString();

export function* memoriesAsJson(memories: Iterable<MemoryText>): Generator<string, void, undefined> {
  let before = "[\n";
  for (const memory of memories) {
    yield `${before}${JSON.stringify(exportedMemory(memory))}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

export function* memoriesAsCsv(memories: Iterable<MemoryText>): Generator<string, void, undefined> {
  yield csvLine([...columns]);
  for (const memory of memories) {
    const row: Readonly<Record<string, string | number | null>> = exportedMemory(memory);
    yield csvLine(columns.map((name) => `${row[name] ?? ""}`));
  }
}
