import { expect, test } from "bun:test";
import { join } from "node:path";
import { variables } from "../../src/settings/variables.ts";
import { shownTable, tables, wantedTable } from "./readme-table.ts";

test.each(tables)(
  "README's table is that of the %s: `bun tests/settings/readme-table.ts` writes it",
  async (table) => {
    const readme = await Bun.file(join(import.meta.dir, "../../README.md")).text();
    expect(shownTable(readme, table)).toBe(wantedTable(table));
  },
);

test("each variable has a name of its own, and says what it is for", () => {
  const all = Object.values(variables);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(all.filter(({ meaning }) => meaning.length < 10 || /[.\n]$/.test(meaning))).toEqual([]);
});
