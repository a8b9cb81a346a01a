import { expect, test } from "bun:test";
import { InvalidRequestError } from "../../src/errors.ts";
import { refuseUnsafe } from "../../src/http/json-body.ts";

test("a million values are refused before anything else looks at each of them (it took three seconds)", () => {
  const many = Array.from({ length: 200_001 }, () => 0);
  expect(() => refuseUnsafe(many)).toThrow("more than 200000 values");
  const keys = Object.fromEntries(many.map((value, index) => [`k${index}`, value]));
  expect(() => refuseUnsafe({ metadata: keys })).toThrow(InvalidRequestError);
  expect(() => refuseUnsafe({ input: Array.from({ length: 2_048 }, () => "text") })).not.toThrow();
});

test("deep nesting and keys that change a prototype are refused, wherever they stand", () => {
  let deep: unknown = 0;
  for (let level = 0; level < 70; level++) deep = [deep];
  expect(() => refuseUnsafe({ a: deep })).toThrow("levels deep");
  expect(() => refuseUnsafe(JSON.parse('{"a": [{"__proto__": 1}]}'))).toThrow("__proto__");
});
