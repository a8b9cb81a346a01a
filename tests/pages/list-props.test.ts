import { expect, test } from "bun:test";
import { groupOf } from "../../src/pages/list-props.ts";

const now = new Date(2026, 2, 31, 10, 30).getTime();
const at = (day: number, hour: number, month = 2) => new Date(2026, month, day, hour).getTime();

test.each([
  [at(31, 0), "Today"],
  [at(31, 10), "Today"],
  [at(30, 23), "Yesterday"],
  [at(30, 0), "Yesterday"],
  [at(29, 23), "Previous 7 days"],
  [at(24, 0), "Previous 7 days"],
  [at(23, 23), "March 2026"],
  [at(5, 5, 0), "January 2026"],
])("a conversation is grouped by the day on which something was last said", (time, group) => {
  expect(groupOf(time, now)).toBe(group);
});
