/**
 * Memories from a file, JSON or CSV, as src/memory/export-memories.ts writes them and as other programs may. What comes twice is
 * stored once; an entry that cannot be read is named, and the others are stored. An import is one thing that can be undone.
 */
import { AppError, InvalidRequestError } from "../errors.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { recordsOfCsv } from "./csv-records.ts";
import type { AssistantMemory, NewMemory } from "./memory.ts";

export interface MemoryFile {
  /** '' when it has none. */
  readonly name: string;
  readonly text: string;
}

export interface MemoryImport {
  readonly id: string;
  readonly added: number;
  /** How many were there already. */
  readonly known: number;
  readonly refused: readonly { readonly entry: number; readonly reason: string }[];
}

/** In bytes. */
export const largestMemoryFile = 20 * 1024 * 1024;
const mostEntries = 20_000;
const mostRefused = 100;
const lengths = { key: 500, value: 20_000, category: 100 } as const;
/** So many are stored at the same time: they share a transaction. */
const atOnce = 200;

/** @throws InvalidRequestError when the file as a whole cannot be read, or StorageError */
export async function importMemories(
  memory: Pick<AssistantMemory, "memorize" | "getAny" | "bringBackInto">,
  ownerId: OwnerId,
  { name, text }: MemoryFile,
): Promise<MemoryImport> {
  const entries = entriesOf(text);
  const importId = Bun.randomUUIDv7();
  const refused: { entry: number; reason: string }[] = [];
  const read: (Read & NewMemory & { readonly id: string })[] = [];
  /** By the ids of the file. */
  const idsHere = new Map<string, string>();
  for (const [index, entry] of entries.entries()) {
    try {
      const said = memoryOf(entry);
      const place = [name.slice(0, 200), `${index + 1}`].filter((part) => part !== "").join(", ");
      const id = idOf(ownerId, said);
      idsHere.set(said.idInFile ?? id, id);
      read.push({ ...said, id, ownerId, importId, source: "imported", place });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (refused.length < mostRefused) refused.push({ entry: index + 1, reason: error.message });
    }
  }
  const distinct = [...new Map(read.map((one) => [one.id, one])).values()];
  const fresh = distinct.filter(({ id }) => memory.getAny(id) === undefined);
  for (let first = 0; first < fresh.length; first += atOnce)
    await Promise.all(
      fresh.slice(first, first + atOnce).map(({ supersededBy, idInFile: _, ...one }) =>
        memory.memorize({
          ...one,
          supersededBy: supersededBy === null ? null : (idsHere.get(supersededBy) ?? null),
        }),
      ),
    );
  // What was forgotten since is there again.
  const forgotten = distinct.map(({ id }) => id).filter((id) => memory.getAny(id)?.deletedAt != null);
  await memory.bringBackInto(ownerId, forgotten, importId);
  const added = fresh.length + forgotten.length;
  return { id: importId, added, known: read.length - added, refused };
}

/** @throws InvalidRequestError */
function entriesOf(text: string): readonly unknown[] {
  const trimmed = text.trim();
  const entries = /^[[{]/.test(trimmed) ? entriesOfJson(trimmed) : recordsOfCsv(trimmed);
  if (entries.length === 0 && trimmed !== "[]") throw new InvalidRequestError(say`The file has no memories.`);
  if (entries.length > mostEntries)
    throw new InvalidRequestError(say`The file has more than ${mostEntries} memories. Send it in parts.`);
  return entries;
}

function entriesOfJson(text: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new InvalidRequestError(say`The file is neither JSON nor CSV.`, {}, { cause });
  }
  if (Array.isArray(parsed)) return parsed;
  const listed = isRecord(parsed) ? parsed.memories : undefined;
  if (Array.isArray(listed)) return listed;
  throw new InvalidRequestError(say`The file must be a list of memories, or have one under “memories”.`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

interface Read extends Omit<NewMemory, "ownerId" | "id"> {
  readonly idInFile: string | null;
  /** By its id in the file. */
  readonly supersededBy: string | null;
}

/** @throws InvalidRequestError */
function memoryOf(entry: unknown): Read {
  if (!isRecord(entry)) throw new InvalidRequestError(say`It is not an object with key and value.`);
  const createdAt = momentOf(entry, "timestamp");
  return {
    idInFile: nameIn(entry.id),
    supersededBy: nameIn(entry.superseded_by),
    key: textOf(entry, "key"),
    value: textOf(entry, "value"),
    category: entry.category == null || entry.category === "" ? "general" : textOf(entry, "category"),
    kind: kindOf(entry.kind),
    validFrom: momentOf(entry, "valid_from"),
    validTo: momentOf(entry, "valid_to"),
    confidence: confidenceOf(entry.confidence),
    ...(createdAt === null ? {} : { createdAt }),
  };
}

const nameIn = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

function textOf(entry: Readonly<Record<string, unknown>>, field: keyof typeof lengths): string {
  const value = entry[field];
  const text = typeof value === "string" ? value.trim() : "";
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text))
    throw new InvalidRequestError(say`${{ verbatim: field }} must be a text.`);
  if (text.length > lengths[field])
    throw new InvalidRequestError(say`${{ verbatim: field }} may have at most ${lengths[field]} characters.`);
  return text;
}

function momentOf(entry: Readonly<Record<string, unknown>>, field: string): number | null {
  const value = entry[field];
  if (value == null || value === "") return null;
  const moment = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(moment) || moment < 0)
    throw new InvalidRequestError(say`${{ verbatim: field }} must be a time, such as 2024-03-01T12:00:00Z.`);
  return moment;
}

/** An exchange stays one: what a model wrote does not become a fact by a file. */
function kindOf(kind: unknown): Memory["kind"] {
  if (kind == null || kind === "" || kind === "fact") return "fact";
  if (kind === "exchange") return kind;
  throw new InvalidRequestError(say`kind must be fact or exchange.`);
}

function confidenceOf(given: unknown): number {
  if (given == null || given === "") return 1;
  const confidence = Number(given);
  if (!(confidence >= 0 && confidence <= 1))
    throw new InvalidRequestError(say`confidence must be a number from 0 to 1.`);
  return confidence;
}

function idOf(ownerId: OwnerId, { key, value, category, createdAt }: Read): string {
  const hash = new Bun.CryptoHasher("sha256").update(
    JSON.stringify(["imported", ownerId, key, value, category, createdAt ?? null]),
  );
  return `i${hash.digest("hex").slice(0, 31)}`;
}
