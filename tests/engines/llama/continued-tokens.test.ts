import { expect, test } from "bun:test";
import type { Continuation, GenerateRequest } from "../../../src/chat/engine.ts";
import { closingOf, continuedTokens, opensThought } from "../../../src/engines/llama/continued-tokens.ts";
import { AnswerForm } from "../../../src/engines/llama/template/answer-form.ts";

/** Every character is a token, by its number. */
const idsOf = (text: string) => [...text].map((letter) => letter.codePointAt(0) ?? 0);
const textOf = (ids: readonly number[]) => String.fromCodePoint(...ids);
const form = new AnswerForm(undefined, { bos: null, eos: null });
const runtime = { textTokens: idsOf, formTokens: idsOf, detokenize: textOf, form };
const tokens = { modelHash: "one", ids: idsOf("GOLD") };

function continued(
  continueFrom: Continuation | undefined,
  { prompt = "Q:", ...asked }: { readonly prompt?: string } & Partial<Omit<GenerateRequest, "prompt">> = {},
) {
  const request = { ...asked, ...(continueFrom === undefined ? {} : { continueFrom }) };
  const found = continuedTokens(runtime, request, { modelHash: "one", asked: idsOf(prompt) });
  return [textOf(found.continued), found.isThinking] as const;
}
const thought = [
  { text: "Hm", ids: idsOf("HM") },
  { text: ".", ids: [] },
];

test("An answer that goes on has its thought before its text, by the ids that are known", () => {
  expect(continued(undefined)).toEqual(["", false]);
  expect(continued({ text: "gold" })).toEqual(["gold", false]);
  expect(continued({ text: "gold", tokens })).toEqual(["GOLD", false]);
  expect(continued({ text: "gold", tokens: { ...tokens, modelHash: "another" } })).toEqual(["gold", false]);
  expect(continued({ text: "", thought, tokens })).toEqual(["<think>HM.", true]);
  expect(continued({ text: "", thought })).toEqual(["<think>Hm.", true]);
  expect(continued({ text: "gold", thought, tokens })).toEqual(["<think>HM.</think>\n\nGOLD", false]);
});

test("A thought that was ended is closed before a text has begun", () => {
  expect(continued({ text: "", thought, tokens, isThoughtOver: true })).toEqual([
    "<think>HM.</think>\n\n",
    false,
  ]);
  const prompt = "Q:<think>\n";
  expect(continued({ text: "", thought, isThoughtOver: true }, { prompt })).toEqual([
    "Hm.</think>\n\n",
    false,
  ]);
});

test("A prompt that opens the thought itself has its mark once, and a text after it closes the thought", () => {
  const prompt = "Q:<think>\n";
  expect(continued(undefined, { prompt })).toEqual(["", true]);
  expect(continued({ text: "", thought }, { prompt })).toEqual(["Hm.", true]);
  expect(continued({ text: "gold" }, { prompt })).toEqual(["</think>\n\ngold", false]);
});

test("What has a form from its first token on has no thought", () => {
  const tools = [{ name: "price", parameters: {} }];
  const forms: Partial<Omit<GenerateRequest, "prompt">>[] = [
    { format: { type: "json" } },
    { tools, toolChoice: "required" },
  ];
  for (const form of forms) expect(continued({ text: "", thought }, form)).toEqual(["", false]);
  expect(continued({ text: "", thought }, { toolChoice: "required" })).toEqual(["<think>Hm.", true]);
});

test("A thought that the prompt opens is known, so that it is closed before an answer whose form is given", () => {
  expect(opensThought(runtime, idsOf("Q:<think>\n"))).toBe(true);
  expect(opensThought(runtime, idsOf("Q:<think>\n\n</think>\n\n"))).toBe(false);
  expect(textOf(closingOf(runtime))).toBe("</think>\n\n");
});
