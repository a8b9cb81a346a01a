/** Rows pass to the first user, and lose their owner with the last one: in every table that has owners, also in one made tomorrow. */

import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { temporaryStore } from "./temporary-store.ts";

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}

/** A row without an owner that says nothing, whatever the table holds. */
function insertAny(database: Database, table: string): void {
  const columns = database.query<Column, []>(`SELECT * FROM pragma_table_info('${table}')`).all();
  const needed = columns.filter(({ notnull, pk, name }) => (notnull || pk) && name !== "ownerId");
  const value = ({ type }: Column) =>
    /int|real/i.test(type) ? 1 : /blob/i.test(type) ? new Uint8Array(1) : "[]";
  database
    .query(
      `INSERT INTO ${table} (${needed.map(({ name }) => name).join(", ")}) VALUES (${needed.map(() => "?").join(", ")})`,
    )
    .run(...needed.map(value));
}

test("The first user takes over the rows of every table that has owners, and the last one leaves them", () => {
  using store = temporaryStore();
  store.users.insert({ id: "ben", name: "ben", passwordHash: "x", role: "admin", createdAt: 1 });
  using database = new Database(join(store.dataDir, "assistant.db"));
  database.exec("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
  const tables = database
    .query<{ name: string }, []>(
      "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'ownerId'",
    )
    .all()
    .map(({ name }) => name);
  expect(tables).toContain("conversations");
  for (const table of tables) insertAny(database, table);
  const owners = () =>
    Object.fromEntries(
      tables.map((table) => [
        table,
        database.query<{ ownerId: string | null }, []>(`SELECT ownerId FROM ${table}`).get()?.ownerId,
      ]),
    );
  store.users.adopt("ben");
  expect(owners()).toEqual(Object.fromEntries(tables.map((table) => [table, "ben"])));
  store.users.release("ben");
  expect(owners()).toEqual(Object.fromEntries(tables.map((table) => [table, null])));
});
