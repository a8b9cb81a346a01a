/** The exam about one's own prices in short form (`bun run exam data`). */
import { expect, test } from "bun:test";
import { dataPart } from "../../exam/data/data-part.ts";

test("of generated questions about series at least 95 % are answered rightly, and every other goal is met", async () => {
  const { rows, faults } = await dataPart.take({ isShort: true, seed: 2 });
  expect(faults).toEqual([]);
  expect(rows.filter(({ isMet }) => !isMet)).toEqual([]);
}, 60_000);
