/**
 * Reads what can still be read of a damaged database into a new one, row by row, as SQLite's `.recover` does for a
 * database of any kind. The damaged one is only read. It knows the tables, and nothing of what they mean.
 */
import { Database, type SQLQueryBindings } from "bun:sqlite";
import { StorageError } from "../errors.ts";
import { openConnection } from "./connection.ts";
import { applyMigrations, knownMigrations } from "./migrate.ts";
import { searchIndexes } from "./search-index.ts";
import { sqliteCodeOf, storing } from "./sqlite-errors.ts";

/** Rows that were saved, by table. */
export type Salvaged = Readonly<Record<string, number>>;

type Row = SQLQueryBindings[];

/** Where not even the largest row's number can be read. */
const assumedRows = 2 ** 24;
/** Each costs some microseconds; a table of which nothing at all can be read is given up after so many. */
const mostFailures = 200_000;

/**
 * @param damaged the database, with its WAL beside it
 * @param target a file that is not there yet
 * @throws StorageError when nothing can be read of it, or the target cannot be written
 */
export function salvage(damaged: string, target: string): Salvaged {
  using source = new Database(damaged, { readonly: true });
  const { $client: copy } = storing(() => openConnection(target, "FULL"));
  try {
    applyMigrations(copy, knownMigrations());
    copy.run("PRAGMA foreign_keys = OFF");
    const saved = storing(() => copy.transaction(() => copyTables(source, copy)).immediate());
    copy.run("PRAGMA wal_checkpoint(TRUNCATE)");
    copy.run("PRAGMA journal_mode = DELETE");
    return saved;
  } finally {
    copy.close();
  }
}

function copyTables(source: Database, copy: Database): Salvaged {
  const saved = Object.fromEntries(
    tablesOf(copy).map((table) => [table, copyTable(table, source, copy)] as const),
  );
  if (Object.values(saved).every((count) => count === 0))
    throw new StorageError(
      "Nothing can be read of this database. Put a copy in its place: ./run.sh restore FILE, with a FILE of the snapshots folder.",
    );
  mendReferences(copy);
  return saved;
}

function tablesOf(client: Database): string[] {
  const indexes = searchIndexes(client);
  return client
    .query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .values()
    .flat()
    .map(String)
    .filter((name) => name !== "__drizzle_migrations")
    .filter((name) => !indexes.some((index) => name === index || name.startsWith(`${index}_`)));
}

/** @returns how many rows were saved */
function copyTable(table: string, source: Database, copy: Database): number {
  const there = new Set(columnsOf(source, table));
  const columns = columnsOf(copy, table).filter((column) => there.has(column));
  if (columns.length === 0) return 0;
  const numbered = isWithoutRowId(copy, table) ? columns : ["rowid", ...columns];
  const names = numbered.map((name) => `"${name}"`).join(", ");
  // A row that the damage has made nonsense of breaks a constraint, and is left out.
  const insert = copy.prepare<unknown, Row>(
    `INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${numbered.map(() => "?").join(", ")})`,
  );
  let saved = 0;
  const save = (row: Row) => {
    saved += insert.run(...row).changes > 0 ? 1 : 0;
  };
  if (isWithoutRowId(copy, table)) {
    // From both ends: what lies between is the damage, or beside it.
    for (const direction of ["", "DESC"]) readWhileReadable(source, names, table, direction, save);
    return saved;
  }
  const select = source.prepare<Row, [number, number]>(
    `SELECT ${names} FROM "${table}" NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid`,
  );
  readRanges(lastRowOf(source, table), (from, to) => {
    for (const row of select.values(from, to) as Row[]) save(row);
  });
  return saved;
}

/** In the order of the key, until a row cannot be read. */
function readWhileReadable(
  source: Database,
  names: string,
  table: string,
  direction: string,
  save: (row: Row) => void,
): void {
  const key = source
    .query("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
    .values(table)
    .map(([name]) => `"${name}" ${direction}`)
    .join(", ");
  const rows = source.prepare<Record<string, Row[number]>, []>(
    `SELECT ${names} FROM "${table}" ORDER BY ${key}`,
  );
  try {
    for (const row of rows.iterate()) save(Object.values(row));
  } catch (error) {
    if (sqliteCodeOf(error)?.startsWith("SQLITE_CORRUPT") !== true) throw error;
  }
}

const isWithoutRowId = (client: Database, table: string) =>
  client.query("SELECT wr FROM pragma_table_list WHERE name = ?").values(table).flat()[0] === 1;

/** Reads 1 to `last` in ranges; one that cannot be read is halved, until what is left is the damage alone. */
function readRanges(last: number, read: (from: number, to: number) => void): void {
  const step = 1_000;
  const waiting: [from: number, to: number][] = [[1, last]];
  let failures = 0;
  for (let range = waiting.pop(); range !== undefined && failures < mostFailures; range = waiting.pop()) {
    const [from, to] = range;
    if (to - from >= step && last !== assumedRows) {
      waiting.push([from + step, to]);
      waiting.push([from, from + step - 1]);
      continue;
    }
    try {
      read(from, to);
    } catch (error) {
      if (error instanceof StorageError) throw error;
      failures += 1;
      if (from === to) continue;
      const middle = Math.floor((from + to) / 2);
      waiting.push([middle + 1, to], [from, middle]);
    }
  }
}

/** What hangs on a row that is lost: conversations are made anew for their messages, owners become nobody, the rest goes. */
function mendReferences(copy: Database): void {
  for (const table of ["conversations", "memories", "datasets", "data_imports", "documents"])
    copy.run(`UPDATE ${table} SET ownerId = NULL WHERE ownerId NOT IN (SELECT id FROM users)`);
  copy.run(`
    INSERT INTO conversations (id, title, createdAt, updatedAt)
    SELECT conversationId, 'Salvaged', min(createdAt), max(createdAt) FROM messages
    WHERE conversationId NOT IN (SELECT id FROM conversations) GROUP BY conversationId`);
  for (const table of ["summaries", "generations"])
    copy.run(`DELETE FROM ${table} WHERE conversationId NOT IN (SELECT id FROM conversations)`);
  copy.run("DELETE FROM summaries WHERE messageId NOT IN (SELECT id FROM messages)");
  for (const table of ["token_log", "compact_log"])
    copy.run(`DELETE FROM ${table} WHERE generationId NOT IN (SELECT id FROM generations)`);
  for (const column of ["systemPromptId", "writersId"])
    copy.run(
      `UPDATE generations SET ${column} = NULL WHERE ${column} NOT IN (SELECT id FROM repeated_texts)`,
    );
  copy.run(`
    DELETE FROM repeated_texts WHERE id NOT IN (
      SELECT systemPromptId FROM generations WHERE systemPromptId IS NOT NULL
      UNION SELECT writersId FROM generations WHERE writersId IS NOT NULL)`);
  copy.run(`DELETE FROM memory_conflicts
    WHERE memoryId NOT IN (SELECT id FROM memories) OR otherId NOT IN (SELECT id FROM memories)`);
  mendFiles(copy);
  mendDocuments(copy);
  mendSeries(copy);
  copy.run("DELETE FROM preferences WHERE ownerId NOT IN (SELECT id FROM users)");
  for (const table of ["sessions", "api_keys"])
    copy.run(`DELETE FROM ${table} WHERE userId NOT IN (SELECT id FROM users)`);
}

/** Bytes of which a piece is lost are no file any more. */
function mendFiles(copy: Database): void {
  copy.run(`
    DELETE FROM contents WHERE size <> (
      SELECT coalesce(sum(length(bytes)), 0) FROM content_pieces WHERE contentId = contents.id)`);
  copy.run("DELETE FROM content_pieces WHERE contentId NOT IN (SELECT id FROM contents)");
  for (const table of ["files", "generation_pictures", "data_imports", "documents"])
    copy.run(`DELETE FROM ${table} WHERE contentId NOT IN (SELECT id FROM contents)`);
  copy.run("DELETE FROM generation_pictures WHERE generationId NOT IN (SELECT id FROM generations)");
  copy.run("UPDATE files SET ownerId = NULL WHERE ownerId NOT IN (SELECT id FROM users)");
  copy.run(`
    DELETE FROM message_files
    WHERE fileId NOT IN (SELECT id FROM files) OR messageId NOT IN (SELECT id FROM messages)`);
}

/** Of a document whose passages are not all there the file is read again. */
function mendDocuments(copy: Database): void {
  copy.run("DELETE FROM passages WHERE documentId NOT IN (SELECT id FROM documents)");
  copy.run(`UPDATE documents SET state = 'waiting' WHERE state = 'ready'
    AND passages <> (SELECT count(*) FROM passages WHERE documentId = documents.id)`);
  copy.run(`DELETE FROM conversation_documents
    WHERE documentId NOT IN (SELECT id FROM documents) OR conversationId NOT IN (SELECT id FROM conversations)`);
  copy.run(`DELETE FROM message_passages
    WHERE documentId NOT IN (SELECT id FROM documents) OR messageId NOT IN (SELECT id FROM messages)`);
}

/** A series has the bars of which the chunk is there. */
function mendSeries(copy: Database): void {
  copy.run("DELETE FROM data_imports WHERE datasetId NOT IN (SELECT id FROM datasets)");
  copy.run("DELETE FROM dataset_chunks WHERE datasetId NOT IN (SELECT id FROM datasets)");
  const places = `SELECT value FROM json_each(datasets.chunks)
    WHERE value ->> 'id' IN (SELECT id FROM dataset_chunks WHERE datasetId = datasets.id)`;
  copy.run(`
    UPDATE datasets SET
      chunks = (SELECT json_group_array(json(value)) FROM (${places} ORDER BY key)),
      rows = (SELECT coalesce(sum(value ->> 'rows'), 0) FROM (${places}))`);
}

function columnsOf(client: Database, table: string): string[] {
  try {
    return client.query("SELECT name FROM pragma_table_info(?)").values(table).flat().map(String);
  } catch {
    // Not even the schema can be read.
    return [];
  }
}

function lastRowOf(client: Database, table: string): number {
  try {
    const [last] = client.query(`SELECT max(rowid) FROM "${table}"`).values().flat();
    return Number(last ?? 0);
  } catch {
    return assumedRows;
  }
}
