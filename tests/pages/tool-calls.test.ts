/** What an answer shows of its calls, whatever its log holds. */
import { describe, expect, test } from "bun:test";
import { toolCallsOf } from "../../src/pages/tool-calls.ts";

const toolUse = { id: "call_1", name: "position-size", arguments: "{}" };
const entry = (more: object) => ({ text: "", ids: [], ...more });

describe("A call of a tool", () => {
  test("that has no result runs, and will have none when its answer has ended", () => {
    expect(toolCallsOf([entry({ toolUse })], false, "answer")).toMatchObject([
      { title: "Position size", result: null },
    ]);
    expect(toolCallsOf([entry({ toolUse })], true, "answer")).toMatchObject([
      { result: { problem: "The answer ended before that." } },
    ]);
  });

  test.each([
    ["The tool took too long.", "The tool took too long."],
    ["null", "null"],
    ['{"error":{"code":1}}', '{"error":{"code":1}}'],
    ['{"error":"No."}', "No."],
  ])("of an imported answer that failed with %s is shown", (content, problem) => {
    const toolResult = { id: "call_1", content, failed: true as const };
    expect(toolCallsOf([entry({ toolUse }), entry({ toolResult })], true, "answer")).toMatchObject([
      { result: { problem } },
    ]);
  });
});
