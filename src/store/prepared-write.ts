/**
 * Prepared INSERT and UPDATE of one row. Drizzle builds the SQL of each call again, which takes longer than SQLite's own
 * work. The columns and their encoding come from the schema.
 */
import type { Database, SQLQueryBindings } from "bun:sqlite";
import { type Column, getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { StoreDatabase } from "./connection.ts";
import { storing } from "./sqlite-errors.ts";

/** @returns a function that inserts one row; a missing column gets its default */
export function preparedInsert<Row extends object>(
  { $client: client }: StoreDatabase,
  table: SQLiteTable & { readonly $inferInsert: Row },
): (row: Row) => void {
  const columns = columnsOf(table);
  return (row) => {
    const values = valuesOf(row, columns);
    const names = values.map(({ name }) => `"${name}"`).join(", ");
    const sql = `INSERT INTO "${getTableName(table)}" (${names}) VALUES (${values.map(() => "?").join(", ")})`;
    storing(() => prepared(client, sql).run(...values.map(({ binding }) => binding)));
  };
}

/** @returns a function that changes the columns of `patch` in the row with this id, and returns whether it exists */
export function preparedUpdate<Row extends { readonly id: string }>(
  { $client: client }: StoreDatabase,
  table: SQLiteTable & { readonly $inferSelect: Row },
): (id: string, patch: Partial<Omit<Row, "id">>) => boolean {
  const columns = columnsOf(table);
  return (id, patch) => {
    const values = valuesOf(patch, columns);
    const set = values.map(({ name }) => `"${name}" = ?`).join(", ") || '"id" = "id"';
    const sql = `UPDATE "${getTableName(table)}" SET ${set} WHERE "id" = ?`;
    return storing(() => prepared(client, sql).run(...values.map(({ binding }) => binding), id).changes > 0);
  };
}

/** The connection caches each statement by its text: one for each set of columns. */
const prepared = (client: Database, sql: string) => client.query<unknown, SQLQueryBindings[]>(sql);

const columnsOf = (table: SQLiteTable) =>
  new Map<string, Column>(Object.entries<Column>(getTableColumns(table)));

/** The columns that a row names, and the values to write. */
function valuesOf(row: object, columns: ReadonlyMap<string, Column>) {
  return Object.entries<unknown>({ ...row }).flatMap(([key, value]) => {
    const column = columns.get(key);
    if (column === undefined || value === undefined) return [];
    return [{ name: column.name, binding: written(column, value) }];
  });
}

function written(column: Column, value: unknown): SQLQueryBindings {
  const binding: unknown = value === null ? null : column.mapToDriverValue(value);
  if (
    binding === null ||
    typeof binding === "string" ||
    typeof binding === "number" ||
    binding instanceof Uint8Array
  )
    return binding;
  throw new TypeError(`The column ${column.name} cannot hold a ${typeof binding}.`);
}
