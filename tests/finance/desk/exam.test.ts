/** The exam in short form (`bun run exam`): the desk answers nearly all, nothing wrongly, and near-misses not at all. */
import { expect, test } from "bun:test";
import { takeExam } from "../../exam/take-exam.ts";

test("of generated questions at least 95 % are answered rightly, none wrongly, and no near-miss gets a card", async () => {
  const marks = await takeExam({ count: 120, seed: 2 });
  expect(marks.wrong).toEqual([]);
  expect(marks.cardsOnNearMisses).toEqual([]);
  expect({ unanswered: marks.unanswered, enough: marks.right >= 0.95 * marks.asked }).toMatchObject({
    enough: true,
  });
});
