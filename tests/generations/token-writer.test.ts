import { describe, expect, test } from "bun:test";
import { StorageError } from "../../src/errors.ts";
import { TokenWriter } from "../../src/generations/token-writer.ts";
import type { TokenBatch } from "../../src/store/token-log.ts";

const token = (text: string) => ({ text, ids: [1] });
const ignore = { onCommitted: () => {}, onFailed: () => {} };

/** The next turn of the event loop. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("The write-ahead log", () => {
  test("commits first tokens with their turn of the event loop, and gathers what all answers write after them", async () => {
    const commits: (readonly TokenBatch[])[] = [];
    const committed = Promise.withResolvers<void>();
    const writer = new TokenWriter((batches) => void commits.push(batches));
    writer.append("a", 0, token("A"), ignore);
    writer.append("b", 0, token("B"), ignore);
    expect(commits).toHaveLength(0);
    await turn();
    expect(commits).toEqual([
      [
        { generationId: "a", firstIndex: 0, tokens: [token("A")] },
        { generationId: "b", firstIndex: 0, tokens: [token("B")] },
      ],
    ]);
    writer.append("a", 1, token("a1"), ignore);
    writer.append("b", 1, token("b1"), { ...ignore, onCommitted: () => committed.resolve() });
    writer.append("a", 2, token("a2"), ignore);
    expect(commits).toHaveLength(1);
    await committed.promise;
    expect(commits[1]).toEqual([
      { generationId: "a", firstIndex: 1, tokens: [token("a1"), token("a2")] },
      { generationId: "b", firstIndex: 1, tokens: [token("b1")] },
    ]);
  });

  test("rests after a transaction that took long, so that more is written at once", async () => {
    const begun: number[] = [];
    const committed: PromiseWithResolvers<void>[] = [];
    const writer = new TokenWriter(() => {
      begun.push(performance.now());
      Bun.sleepSync(20);
    });
    for (const index of [0, 1]) {
      const done = Promise.withResolvers<void>();
      committed.push(done);
      writer.append("a", index, token("A"), { ...ignore, onCommitted: () => done.resolve() });
      if (index === 0) await done.promise;
    }
    await committed[1]?.promise;
    expect((begun[1] ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(75);
  });

  test("writes what is pending when it is told to, and then nothing more by itself", async () => {
    const commits: (readonly TokenBatch[])[] = [];
    const writer = new TokenWriter((batches) => void commits.push(batches));
    writer.append("a", 0, token("A"), ignore);
    writer.flush();
    expect(commits).toHaveLength(1);
    await turn();
    expect(commits).toHaveLength(1);
  });

  test("lets answers that end wait for the transaction that all of them share", async () => {
    const commits: (readonly TokenBatch[])[] = [];
    const writer = new TokenWriter((batches) => void commits.push(batches));
    const committed: string[] = [];
    for (const id of ["a", "b"])
      writer.append(id, 0, token(id), { ...ignore, onCommitted: () => committed.push(id) });
    await Promise.all(["a", "b"].map((id) => writer.settled(id)));
    expect(committed).toEqual(["a", "b"]);
    expect(commits).toHaveLength(1);
    await writer.settled("a");
    expect(commits).toHaveLength(1);
  });

  test("an answer whose tokens the disk refused does not wait for ever", async () => {
    const told: string[] = [];
    const writer = new TokenWriter(() => {
      throw new Error("disk full");
    });
    writer.append("a", 0, token("A"), { ...ignore, onFailed: (error) => told.push(String(error)) });
    await writer.settled("a");
    expect(told).toEqual(["Error: disk full"]);
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
    writer.flush();
    expect(told).toEqual(["Error: disk full"]);
  });

  test("what the log refuses of one answer is no other answer's failure (all that were written together failed)", () => {
    const told: string[] = [];
    const writer = new TokenWriter((batches) => {
      if (batches.some(({ generationId }) => generationId === "erased")) throw new Error("no such answer");
    });
    for (const id of ["a", "erased", "b"])
      writer.append(id, 0, token("A"), {
        onCommitted: () => told.push(`${id} committed`),
        onFailed: (error) => told.push(`${id} ${error}`),
      });
    writer.flush();
    expect(told).toEqual(["a committed", "erased Error: no such answer", "b committed"]);
    expect(writer.written).toBe(2);
  });

  test("a storage that fails is every answer's failure, and is not asked again for each", () => {
    const told: unknown[] = [];
    let asked = 0;
    const failure = new StorageError("The disk is full.");
    const writer = new TokenWriter(() => {
      asked++;
      throw failure;
    });
    for (const id of ["a", "b"])
      writer.append(id, 0, token("A"), { ...ignore, onFailed: (error) => told.push(error) });
    writer.flush();
    expect([told, asked]).toEqual([[failure, failure], 1]);
  });
});
