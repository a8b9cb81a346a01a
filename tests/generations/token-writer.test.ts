import { describe, expect, test } from "bun:test";
import { TokenWriter } from "../../src/generations/token-writer.ts";
import type { TokenBatch } from "../../src/store/token-log.ts";

const token = (text: string) => ({ text, ids: [1] });
const ignore = { onCommitted: () => {}, onFailed: () => {} };

describe("The write-ahead log", () => {
  test("commits an answer's first token at once, and gathers what all answers write after it", async () => {
    const commits: (readonly TokenBatch[])[] = [];
    const committed = Promise.withResolvers<void>();
    const writer = new TokenWriter((batches) => void commits.push(batches));
    writer.append("a", 0, token("A"), ignore);
    expect(commits).toHaveLength(1);
    writer.append("b", 0, token("B"), ignore);
    expect(commits).toHaveLength(2);
    writer.append("a", 1, token("a1"), ignore);
    writer.append("b", 1, token("b1"), { ...ignore, onCommitted: () => committed.resolve() });
    writer.append("a", 2, token("a2"), ignore);
    expect(commits).toHaveLength(2);
    await committed.promise;
    expect(commits[2]).toEqual([
      { generationId: "a", firstIndex: 1, tokens: [token("a1"), token("a2")] },
      { generationId: "b", firstIndex: 1, tokens: [token("b1")] },
    ]);
  });

  test("tells nobody of tokens that the disk refused, and tells the answer that they are lost", () => {
    const told: string[] = [];
    const writer = new TokenWriter(() => {
      throw new Error("disk full");
    });
    writer.append("a", 0, token("A"), {
      onCommitted: () => told.push("committed"),
      onFailed: (error) => told.push(String(error)),
    });
    expect(told).toEqual(["Error: disk full"]);
  });
});
