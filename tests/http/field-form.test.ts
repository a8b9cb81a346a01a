import { describe, expect, test } from "bun:test";
import { type TSchema, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { refusalOf } from "../../src/http/field-form.ts";
import { ChatCompletionRequest } from "../../src/openai/chat-completion-request.ts";
import { ResponseRequest } from "../../src/openai/response-request.ts";

const refused = (schema: TSchema, value: unknown) => refusalOf(Value.Errors(schema, value).First());
const maybe = (schema: TSchema) => t.Optional(t.Union([schema, t.Null()]));

const messages = [{ role: "user", content: "What is gold?" }];
const asked = { model: "auto", messages };
const called = (given: unknown) => ({
  role: "assistant",
  tool_calls: [{ id: "call_1", function: { name: "price", arguments: given } }],
});

describe("A field that may be null, too, is refused by the place in it that is wrong (it was named as a whole)", () => {
  const tool = (name: string) => [{ type: "function", function: { name } }];
  const choice = '"none", "auto" or "required"';
  const cases: readonly (readonly [body: object, message: string])[] = [
    // Tools of other kinds are passed over by the route, and a function without its form is refused there.
    [{ tools: [{ type: 5 }] }, 'tools[0].type must be "function" or "custom".'],
    [{ tools: [{ type: "function", function: 5 }] }, "tools[0].function must be an object."],
    [{ tools: ["price"] }, "tools[0] must be an object."],
    [{ tools: {} }, "tools must be a list of 0 to 128 objects."],
    [
      { tools: tool("a b") },
      "tools[0].function.name must be a text of 1 to 64 characters that matches ^[a-zA-Z0-9_.-]{1,64}$.",
    ],
    [{ response_format: {} }, 'response_format.type must be "text", "json_object" or "json_schema".'],
    [
      { response_format: { type: "json_schema", json_schema: { schema: false } } },
      "response_format.json_schema.schema must be an object.",
    ],
    [
      { response_format: { type: "json_schema", json_schema: { name: "x".repeat(65) } } },
      "response_format.json_schema.name must be a text of 0 to 64 characters.",
    ],
    [{ response_format: "json" }, "response_format must be an object."],
    [{ logit_bias: { 1: 101 } }, "logit_bias[1] must be a number from -100 to 100."],
    [{ metadata: 5 }, "metadata must be an object of at most 64 fields."],
    [{ tool_choice: { type: "function", function: 5 } }, "tool_choice.function must be an object."],
    [{ tool_choice: 5 }, `tool_choice must be ${choice}, or an object.`],
    [{ stop: ["a", 5] }, "stop[1] must be a text of 0 to 200 characters."],
    [{ stop: 5 }, "stop must be a text of 0 to 200 characters, or a list of 0 to 8 texts."],
    [{ messages: [] }, "messages must be a list of 1 to 5000 objects."],
    [{ messages: ["Hello"] }, "messages[0] must be an object."],
    [
      { messages: [...messages, called({})] },
      "messages[1].tool_calls[0].function.arguments must be a text of 0 to 10000000 characters.",
    ],
    [
      { messages: [{ role: "user", content: [{ text: "Hello" }] }] },
      'messages[0].content[0].type must be "text", "input_text", "output_text", "refusal", "image_url" or "input_image".',
    ],
    [
      { messages: [{ role: "user", content: 5 }] },
      "messages[0].content must be a text of 0 to 10000000 characters, or a list of 0 to 1000 objects.",
    ],
    [{ temperature: 3 }, "temperature must be a number from 0 to 2."],
    [{ n: 0 }, "n must be a whole number from 1 to 8."],
  ];
  for (const [body, message] of cases)
    test(message, () => {
      const error = refused(ChatCompletionRequest, { ...asked, ...body });
      expect(error.message).toBe(message);
      expect(message).toStartWith(`${error.facts.param} must be `);
    });

  test("of /v1/responses, too", () => {
    const of = (body: object) => refused(ResponseRequest, { model: "auto", input: "Hello", ...body }).message;
    expect(of({ metadata: { a: 1 } })).toBe("metadata.a must be a text of 0 to 512 characters.");
    expect(of({ input: [{ role: 5 }] })).toStartWith("input[0].role must be ");
    expect(of({ text: { format: {} } })).toStartWith('text.format.type must be "text", ');
    expect(of({ tools: [{ type: "function", name: "a b" }] })).toStartWith("tools[0].name must be a text");
  });
});

test("what a client wrote is in no message: neither values nor names that are a text", () => {
  const error = refused(ResponseRequest, {
    model: "auto",
    input: "Hello",
    metadata: { "my wife's account": 7 },
  });
  expect(error.message).toBe("A field of metadata must be a text of 0 to 512 characters.");
  expect(error.facts.param).toBe("metadata");
  const valued = refused(ChatCompletionRequest, { ...asked, tools: [{ type: "my account" }] });
  expect(JSON.stringify(valued.toJSON())).not.toContain("account");
});

test("a form that is told from others by its kind alone is gone into, and several of one kind are told as a whole", () => {
  const either = t.Object({ a: maybe(t.Union([t.Object({ b: t.Number() }), t.Object({ c: t.Number() })])) });
  expect(refused(either, { a: { b: "x" } }).message).toBe("a must be an object, or an object.");
  const nested = t.Object({ a: maybe(t.Object({ b: maybe(t.Array(maybe(t.Object({ c: t.Boolean() })))) })) });
  expect(refused(nested, { a: { b: [null, { c: 1 }] } }).message).toBe("a.b[1].c must be true or false.");
});

test("a list says what is in it", () => {
  const of = (items: TSchema) => refused(t.Object({ a: t.Array(items) }), { a: 1 }).message;
  expect(of(t.String())).toBe("a must be a list of texts.");
  expect(of(t.Union([t.Integer(), t.Null()]))).toBe("a must be a list of whole numbers.");
  expect(of(t.Unknown())).toBe("a must be a list of values.");
});
