/** README's table of other programs' libraries is what suite.ts wants to have seen. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { checksOf, rows, shownTable, wantedTable } from "./clients/table.ts";

test("README's table of programs is the one that the tests fail by", async () => {
  const readme = await Bun.file(join(import.meta.dir, "../../README.md")).text();
  expect(shownTable(readme)).toBe(wantedTable());
});

test("no program stands in two rows, and each is tried with something", () => {
  const runs = rows.flatMap((row) => row.runs);
  expect(new Set(runs).size).toBe(runs.length);
  for (const row of rows) expect(checksOf(row)).not.toBeEmpty();
});
