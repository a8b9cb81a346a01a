import { describe, expect, test } from "bun:test";
import { labelledSentences } from "../../exam/labelled-sentences.ts";

describe("The classes of figures in sentences that a person labelled", () => {
  const result = labelledSentences();

  test("are those of at least 500 sentences", () => {
    expect(result.sentences).toBeGreaterThanOrEqual(500);
  });

  test("call no figure supported that nothing proves", () => {
    expect(result.falselySupported).toEqual([]);
  });

  test("call at most 2 % of the proved figures unsupported", () => {
    expect(result.falselyUnsupported.length / result.supported).toBeLessThanOrEqual(0.02);
  });

  test("name the right proof", () => {
    expect(result.otherClass).toEqual([]);
  });
});
