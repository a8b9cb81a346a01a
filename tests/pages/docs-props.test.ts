import { describe, expect, test } from "bun:test";
import { type TProperties, Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { jsonReply, openApiDetail } from "../../src/http/openapi/openapi-detail.ts";
import { openApiDocument } from "../../src/http/openapi/openapi-document.ts";
import { plain } from "../../src/http/openapi/schemas-by-name.ts";
import { docsProps } from "../../src/pages/docs-props.ts";
import { fieldsOf, resolveIn } from "../../src/pages/schema-fields.ts";

const fields = (schema: object) =>
  fieldsOf(plain(schema), resolveIn({})).map(({ name, form, required }) => [name, form, required]);

test("Fields are told in words, those of objects and lists in them with their place", () => {
  expect(
    fields(
      t.Object({
        count: t.Integer({ minimum: 1, maximum: 9 }),
        name: t.Optional(t.Union([t.String({ minLength: 1, maxLength: 5 }), t.Null()])),
        role: t.Union([t.Literal("user"), t.Literal("assistant")]),
        lines: t.Array(t.Object({ text: t.String() })),
      }),
    ),
  ).toEqual([
    ["count", "a whole number from 1 to 9", true],
    ["name", "a text of 1 to 5 characters, or null", false],
    ["role", '"user" or "assistant"', true],
    ["lines", "a list of object", true],
    ["lines[].text", "a text", true],
  ]);
  expect(fields(t.Array(t.Object({ key: t.String() })))).toEqual([["[].key", "a text", true]]);
});

test("A schema that refers to itself ends", () => {
  const tree = { type: "object", properties: { child: { $ref: "#/components/schemas/Tree" } } };
  expect(fieldsOf(tree, resolveIn({ Tree: tree })).length).toBeLessThan(10);
});

describe("The curl of an operation", () => {
  const app = new Elysia({ tags: ["chat"] }).post("/it's/:id", () => "", {
    params: t.Object({ id: t.String({ examples: ["a b"] }) }),
    body: t.Object({ text: t.String() }, { examples: [{ text: "What's up?" }] }),
    detail: openApiDetail({ summary: "Say something", replies: { 200: jsonReply("Said.", t.Object({})) } }),
  });
  const curl = (hasLogins: boolean) => {
    const document = openApiDocument(app, { version: "1", cookie: "session", hasLogins });
    return docsProps(document, { origin: "http://localhost:1", hasLogins }).groups[0]?.operations[0]?.curl;
  };

  test("can be pasted into a shell whatever stands in it", async () => {
    const { stdout } = Bun.spawnSync(["sh", "-c", (curl(false) ?? "").replace("curl", "printf '%s\\n'")]);
    expect(stdout.toString().split("\n").slice(0, -1)).toEqual([
      "http://localhost:1/it's/a%20b",
      "-H",
      "Content-Type: application/json",
      "-d",
      '{"text":"What\'s up?"}',
    ]);
  });

  test("brings a key where there are logins", () => {
    expect(curl(true)).toContain("-H 'Authorization: Bearer YOUR_KEY'");
  });
});

test("Two schemas of one name that differ are a defect, not a silent choice", () => {
  const reply = (schema: TProperties) => ({
    detail: openApiDetail({
      summary: "Something",
      replies: { 200: jsonReply("It.", t.Object(schema, { title: "Same" })) },
    }),
  });
  const app = new Elysia()
    .get("/a", () => "", reply({ a: t.String() }))
    .get("/b", () => "", reply({ b: t.String() }));
  expect(() => openApiDocument(app, { version: "1", cookie: "session", hasLogins: false })).toThrow(
    "Two schemas are called Same.",
  );
});
