import { describe, expect, test } from "bun:test";
import { messagesOf } from "../../../src/chat/api-request.ts";
import type { ChatMessage } from "../../../src/chat/engine.ts";
import { requestBody } from "../../../src/engines/vllm/request-body.ts";
import { request } from "../../contract/engine-contract.ts";

const sent = (...messages: readonly ChatMessage[]) =>
  requestBody("gold-7b", { ...request("", {}), messages }, 10).messages;
const url = "data:image/png;base64,iVBORw0KGgo=";

describe("What a vLLM is asked", () => {
  test("has the parts of a message in their order (texts were glued, and pictures followed them), with the detail", () => {
    const parts = [
      { type: "image", url, detail: "low" },
      { type: "text", text: "first." },
      { type: "image", url },
      { type: "text", text: "Second" },
    ] as const;
    expect(sent({ role: "user", content: "first.\nSecond", parts })).toEqual([
      {
        role: "user",
        content: [
          { type: "image_url", image_url: { url, detail: "low" } },
          { type: "text", text: "first." },
          { type: "image_url", image_url: { url } },
          { type: "text", text: "Second" },
        ],
      },
    ]);
  });

  test("has system messages as they were sent, and instructions as one of their own: they were one", () => {
    const instructions = { instructions: "Be brief.", previous: null, metadata: {}, stored: true };
    const messages: readonly ChatMessage[] = [
      { role: "system", content: "Be kind." },
      { role: "system", content: "Be honest." },
      { role: "user", content: "What is gold?" },
    ];
    expect(sent(...messagesOf({ messages, response: instructions }))).toEqual([
      { role: "system", content: "Be brief." },
      ...messages,
    ]);
  });

  test("continues the beginning of an answer, and what was written after it, as one message: another turn was opened", () => {
    const begun = [
      { role: "user", content: "What is gold?" },
      { role: "assistant", content: "Gold is" },
    ] as const;
    const asked = { ...request("", {}), messages: begun };
    expect(requestBody("gold-7b", asked, 10)).toMatchObject({
      messages: begun,
      continue_final_message: true,
      add_generation_prompt: false,
    });
    expect(requestBody("gold-7b", { ...asked, continueFrom: { text: " a" } }, 10)).toMatchObject({
      messages: [begun[0], { role: "assistant", content: "Gold is a" }],
      continue_final_message: true,
    });
  });

  test("has the pictures of a message that was stored before there were parts", () => {
    expect(sent({ role: "user", content: "What is this?", images: [url] })).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url } },
        ],
      },
    ]);
  });
});
