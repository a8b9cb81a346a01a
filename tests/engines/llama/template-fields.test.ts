/** `chat_template_kwargs` (enable_thinking, …) was thrown away: a template that knows a field gets it. */
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { type ChatWrapper, getLlama, JinjaTemplateChatWrapper, QwenChatWrapper } from "node-llama-cpp";
import { withTemplateFields } from "../../../src/engines/llama/template-fields.ts";
import { requestBody } from "../../../src/engines/vllm/request-body.ts";
import { request } from "../../contract/engine-contract.ts";

const modelPath = join(import.meta.dir, "../../../models/SmolLM2-135M-Instruct.Q4_1.gguf");
const llama = await getLlama({ build: "never", gpu: false });
const model = await llama.loadModel({ modelPath, vocabOnly: true });
afterAll(async () => {
  await model.dispose();
  await llama.dispose();
});

const template = [
  "{%- if enable_thinking is defined and enable_thinking is false %}<no_think>{% endif %}",
  "{%- if style is defined %}<{{ style }}>{% endif %}",
  "{%- for message in messages %}<|{{ message.role }}|>{{ message.content }}{% endfor %}",
].join("");
const jinja = new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
const prompt = (wrapper: ChatWrapper, fields: Record<string, unknown>) =>
  withTemplateFields(wrapper, fields, model)
    .generateContextState({
      chatHistory: [
        { type: "user", text: "Hi" },
        { type: "model", response: [""] },
      ],
    })
    .contextText.toString();

test("a template in Jinja gets every field", () => {
  expect(prompt(jinja, {})).not.toContain("no_think");
  expect(prompt(jinja, { enable_thinking: false, style: "short" })).toContain("<no_think><short>");
  expect(withTemplateFields(jinja, {}, model)).toBe(jinja);
});

test("a model of Qwen's form does not think where that is switched off", () => {
  const qwen = new QwenChatWrapper();
  const quiet = prompt(qwen, { enable_thinking: false });
  expect(quiet).not.toBe(prompt(qwen, {}));
  expect(quiet).toMatch(/<think>\s*<\/think>|no_think/);
  expect(prompt(qwen, { enable_thinking: true })).toBe(prompt(qwen, {}));
});

test("a vLLM gets them as they came", () => {
  const asked = request("What is gold?", {}, { templateFields: { enable_thinking: false } });
  expect(requestBody("m", asked, 10)).toMatchObject({ chat_template_kwargs: { enable_thinking: false } });
});
