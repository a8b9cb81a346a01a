import { describe, expect, test } from "bun:test";
import type { ReasoningEvent, TokenEvent } from "../../../src/chat/chat-event.ts";
import { parseChunk, TextEvents } from "../../../src/engines/vllm/upstream-chunk.ts";

/** As a vLLM of version 0.32 sends it. */
function chunk(content: string, token_ids: readonly number[], logprobs: readonly string[] | null = null) {
  const entry = (token: string) => ({
    token,
    logprob: -0.5,
    bytes: [],
    top_logprobs: [{ token, logprob: -0.5, bytes: [] }],
  });
  const choice = {
    index: 0,
    delta: { content },
    logprobs: logprobs === null ? null : { content: logprobs.map(entry) },
    finish_reason: null,
    token_ids,
  };
  return parseChunk(JSON.stringify({ id: "chatcmpl-1", choices: [choice] }));
}

function eventsOf(...chunks: readonly ReturnType<typeof chunk>[]): (TokenEvent | ReasoningEvent)[] {
  const texts = new TextEvents();
  return chunks.flatMap((one) => texts.of(one));
}

describe("The chunks of a vLLM", () => {
  test("a character of several tokens is one event with the ids of all (they were lost)", () => {
    expect(eventsOf(chunk("", [10813]), chunk("", [230]), chunk("🌍", [231]), chunk("!", [17]))).toEqual([
      { type: "token", text: "🌍", ids: [10813, 230, 231] },
      { type: "token", text: "!", ids: [17] },
    ]);
    const [event] = eventsOf(chunk("", [10813], [""]), chunk("", [230], [""]), chunk("🌍", [231], ["🌍"]));
    expect(event).toEqual({ type: "token", text: "🌍", ids: [10813, 230, 231], logprob: -1.5 });
  });

  test("several tokens in one chunk become an event each where their log-probabilities tell them apart", () => {
    expect(eventsOf(chunk(" is a", [314, 253], [" is", " a"]))).toEqual([
      {
        type: "token",
        text: " is",
        ids: [314],
        logprob: -0.5,
        alternatives: [{ text: " is", logprob: -0.5 }],
      },
      { type: "token", text: " a", ids: [253], logprob: -0.5, alternatives: [{ text: " a", logprob: -0.5 }] },
    ]);
    expect(eventsOf(chunk(" is a", [314, 253]))).toEqual([{ type: "token", text: " is a", ids: [314, 253] }]);
  });

  test("log-probabilities that are not those of the text are kept as a sum", () => {
    expect(eventsOf(chunk(" is", [], [" is", " a"]))).toEqual([
      { type: "token", text: " is", ids: [], logprob: -1 },
    ]);
  });

  test("the token that ends an answer has no text, and is no event", () => {
    expect(eventsOf(chunk("Gold", [1]), chunk("", [2]))).toHaveLength(1);
  });
});

test("a chunk in which the reasoning ends brings the answer's first words too (they were lost)", () => {
  const delta = { reasoning: "so 4.", content: "The answer" };
  const both = parseChunk(JSON.stringify({ choices: [{ delta, token_ids: [1, 2, 3] }] }));
  expect(new TextEvents().of(both)).toEqual([
    { type: "reasoning", text: "so 4.", ids: [] },
    { type: "token", text: "The answer", ids: [] },
  ]);
});
