/** Forms that programs of llama.cpp and vLLM ask for were ignored (`grammar`, `guided_…`, `structured_outputs`): a real model keeps them. */
import { afterAll, describe, expect, test } from "bun:test";
import { requestBody } from "../../src/engines/vllm/request-body.ts";
import { checkFormat } from "../../src/engines/vllm/without-digits.ts";
import { UnsupportedRequestError } from "../../src/errors.ts";
import { request } from "../contract/engine-contract.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { openSmallModel } from "../fakes/small-model.ts";

const engine = openSmallModel({ parallel: 2, contextSize: 512 });
const app = openAnsweringApp({ engines: [engine] });
afterAll(() => app[Symbol.asyncDispose]());

async function asked(address: "chat/completions" | "completions", body: object) {
  const question = "Is gold a metal, a fruit or an animal? Write much.";
  const what =
    address === "completions" ? { prompt: question } : { messages: [{ role: "user", content: question }] };
  const reply = await fetch(`${app.url}/v1/${address}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "auto", max_tokens: 60, ...what, ...body }),
  });
  const { choices, error } = await reply.json();
  const [choice] = choices ?? [];
  return {
    status: reply.status,
    error,
    ignored: reply.headers.get("x-ignored-fields"),
    text: choice?.message?.content ?? choice?.text,
    reason: choice?.finish_reason,
  };
}

const list = String.raw`root ::= "1. " word "\n2. " word # two of them
word ::= [a-z]{2,6} | "gold"`;
const forms: readonly (readonly [name: string, body: object, kept: RegExp])[] = [
  ["grammar", { grammar: list }, /^1\. [a-z]{2,6}\n2\. [a-z]{2,6}$/],
  ["guided_grammar", { guided_grammar: 'root ::= ("yes" | "no") "!"' }, /^(?:yes|no)!$/],
  ["structured_outputs.grammar", { structured_outputs: { grammar: 'root ::= "ok"' } }, /^ok$/],
  ["guided_regex", { guided_regex: String.raw`\d{4}-\d{2}\n(up|down)` }, /^\d{4}-\d{2}\n(?:up|down)$/],
  ["structured_outputs.regex", { structured_outputs: { regex: "^[A-C]{3}$" } }, /^[A-C]{3}$/],
  ["guided_choice", { guided_choice: ["fruit", 'a "metal"\n', "金"] }, /^(?:fruit|a "metal"\n|金)$/],
  ["structured_outputs.choice", { structured_outputs: { choice: ["metal"] } }, /^metal$/],
  [
    "structured_outputs.json",
    { structured_outputs: { json: { type: "object", properties: { a: { const: 1 } }, required: ["a"] } } },
    /^\{\s*"a"\s*:\s*1\s*\}$/,
  ],
];
for (const address of ["chat/completions", "completions"] as const)
  for (const [name, body, kept] of forms)
    test(`${name} constrains the answer at /v1/${address}, whatever the temperature`, async () => {
      const { status, text, ignored, reason } = await asked(address, { ...body, temperature: 2 });
      expect({ status, ignored, reason }).toEqual({ status: 200, ignored: null, reason: "stop" });
      expect(text).toMatch(kept);
    });

test("what of structured_outputs is not known is named", async () => {
  const { ignored } = await asked("chat/completions", {
    structured_outputs: { choice: ["a"], structural_tag: "x" },
  });
  expect(ignored).toBe("structured_outputs.structural_tag");
});

describe("What cannot be constrained is refused, with what to do", () => {
  const refused: readonly (readonly [name: string, body: object, param: string, says: RegExp])[] = [
    ["two forms", { grammar: 'root ::= "a"', guided_choice: ["a"] }, "guided_choice", /one form/],
    [
      "a form beside response_format",
      { guided_regex: "a", response_format: { type: "json_object" } },
      "guided_regex",
      /one form/,
    ],
    ["what is no grammar", { grammar: "root ::= (" }, "grammar", /GBNF/],
    ["a grammar without root", { grammar: 'begin ::= "a"' }, "grammar", /named root/],
    ["a rule that nobody wrote", { grammar: "root ::= word" }, "grammar", /GBNF/],
    ["a rule that begins with itself", { grammar: 'root ::= root "a" | "b"' }, "grammar", /too large|GBNF/],
    ["a pattern that looks around", { guided_regex: "(?=a)b" }, "guided_regex", /looks around/],
  ];
  for (const [name, body, param, says] of refused)
    test(name, async () => {
      const { status, error } = await asked("chat/completions", body);
      expect({ status, param: error?.param }).toEqual({ status: 400, param });
      expect(error.message).toMatch(says);
    });

  test("a form together with tools that may be called", async () => {
    const tools = [{ type: "function", function: { name: "f", parameters: {} } }];
    const { status, error } = await asked("chat/completions", { grammar: 'root ::= "a"', tools });
    expect({ status, param: error?.param }).toEqual({ status: 400, param: "tools" });
  });
});

test("grammars that keep llama.cpp busy for minutes stopped everybody's answers: they are refused at once", async () => {
  const manyWays = Array.from({ length: 10 }, (_, at) => `[a-z${at}]`).join(" | ");
  for (const body of [
    { grammar: 'root ::= ("a"? "b"? "c"?){0,60}' },
    { grammar: `root ::= ${"y ".repeat(300)}\ny ::= [a-z]?` },
    { grammar: `root ::= "so " (${manyWays})+ "!"` },
    { grammar: 'root ::= ("a"?)*' },
    { grammar: `root ::= ${"(".repeat(300)}"a"${")".repeat(300)}` },
    { guided_regex: "(a?b?c?){0,60}" },
  ]) {
    const { status, error } = await asked("chat/completions", body);
    expect({ body, status }).toEqual({ body, status: 400 });
    expect(error.message).toMatch(/readings/);
  }
  // The same by a schema's pattern: it is passed over as what no grammar can hold.
  const startedAt = performance.now();
  const { status } = await asked("chat/completions", {
    max_tokens: 8,
    guided_json: { type: "object", properties: { a: { type: "string", pattern: "^(a?b?c?){0,60}$" } } },
  });
  expect(status).toBe(200);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
});

test("a vLLM is asked by its own names, another server not at all", () => {
  for (const [format, sent] of [
    [{ type: "grammar", grammar: "root ::= x" }, { grammar: "root ::= x" }],
    [{ type: "regex", pattern: "a+" }, { regex: "a+" }],
    [{ type: "choice", choices: ["a"] }, { choice: ["a"] }],
  ] as const) {
    const wanted = request("What is gold?", {}, { format });
    expect(requestBody("m", wanted, 10)).toMatchObject({ structured_outputs: sent });
    expect(() => checkFormat(wanted, true)).not.toThrow();
    expect(() => checkFormat(wanted, false)).toThrow(UnsupportedRequestError);
  }
});
