import { expect, test } from "bun:test";
import fc from "fast-check";
import { cutJson, type JsonPieces } from "../../../src/conversations/transfer/json-pieces.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Puts the pieces back: in the outline of a list they are its elements, in that of an object they stand in its fields. */
function joined(pieces: JsonPieces): unknown {
  const { outline } = pieces;
  if (Array.isArray(outline)) return outline.map((entry) => pieces.at(entry));
  if (typeof outline !== "object" || outline === null) return outline;
  const within = (field: unknown): unknown => {
    if (Array.isArray(field)) return field.map((entry) => pieces.at(entry));
    if (typeof field !== "object" || field === null) return field;
    return Object.fromEntries(Object.entries(field).map(([name, entry]) => [name, pieces.at(entry)]));
  };
  return Object.fromEntries(Object.entries(outline).map(([name, field]) => [name, within(field)]));
}

test("outline and pieces together are the document, however it is spaced", async () => {
  const key = fc.string({ unit: "binary" }).filter((name) => name !== "__proto__");
  const document = fc.oneof(
    fc.array(fc.jsonValue({ noUnicodeString: false })),
    fc.dictionary(key, fc.jsonValue({ noUnicodeString: false })),
    fc.constantFrom(['\\"', { a: '\\\\"[' }], { a: [{ b: "}" }, "]", 3] }, "[", 7, null),
  );
  await fc.assert(
    fc.asyncProperty(document, fc.constantFrom("", "  ", "\n\t"), async (value, space) => {
      const text = ` ${JSON.stringify(value, null, space)}\n`;
      const pieces = await cutJson(bytesOf(text));
      const same: unknown = JSON.parse(text);
      expect(joined(pieces)).toEqual(same);
      expect(pieces.whole()).toEqual(same);
    }),
  );
});

test("a number of the document is not taken for a piece", async () => {
  const pieces = await cutJson(bytesOf('[0, {"a": 1}, 0]'));
  expect(joined(pieces)).toEqual([0, { a: 1 }, 0]);
});

test("a document of very many small parts is refused before they are parsed", async () => {
  const numbers = bytesOf(`[${"1,".repeat(17_000_000)}1]`);
  expect(cutJson(numbers)).rejects.toThrow("too many small parts");
});
