import { describe, expect, test } from "bun:test";
import type { GenerationUpdate } from "../../src/generations/generation-update.ts";
import { mostAtOnce } from "../../src/generations/generation-update.ts";
import { LiveRun } from "../../src/generations/live-run.ts";
import { never } from "./read-answer.ts";

const run = () => new LiveRun({ id: "g1", conversationId: "c1", messageId: "m1", writers: [] }, null);
const token = (text: string) => ({ text, ids: [] });
const shownBy = async (updates: AsyncGenerator<GenerationUpdate, void, undefined>) =>
  (await updates.next()).value ?? null;

describe("What keeps the next token away", () => {
  test("is told in mid-answer, after all that was written before it", async () => {
    const live = run();
    const reader = live.follow(0, never);
    live.publish([token("a"), token("b")]);
    live.showProgress({ type: "loading", phase: "loading weights", progress: 0.4 });
    expect(await shownBy(reader)).toMatchObject({ type: "tokens", from: 0 });
    expect(await shownBy(reader)).toEqual({ type: "loading", phase: "loading weights", progress: 0.4 });
    live.showProgress({ type: "waiting", position: 1 });
    expect(await shownBy(reader)).toEqual({ type: "waiting", position: 1 });
    await reader.return();
  });

  test("is told once to each reader, those who come later included", async () => {
    const live = run();
    live.publish([token("a")]);
    live.showProgress({ type: "waiting", position: 2 });
    for (const isNew of [true, false]) {
      const reader = live.follow(isNew ? 0 : live.committed.length, never);
      if (isNew) await reader.next();
      expect(await shownBy(reader)).toEqual({ type: "waiting", position: 2 });
      const next = shownBy(reader);
      live.publish([token("b")]);
      expect(await next).toMatchObject({ type: "tokens" });
      await reader.return();
      live.showProgress({ type: "waiting", position: 2 });
    }
  });

  test("is no news any more when the next token has come", async () => {
    const live = run();
    live.showProgress({ type: "reading", progress: 1 });
    live.publish([token("a")]);
    const reader = live.follow(1, never);
    const next = shownBy(reader);
    live.publish([token("b")]);
    expect(await next).toMatchObject({ type: "tokens", from: 1 });
    await reader.return();
  });
});

test("A reader is given a few tokens at once, however many there are: what it does not take is kept for it", async () => {
  const live = run();
  const tokens = Array.from({ length: 1000 }, (_, index) => token(`${index} `));
  live.publish(tokens);
  const seen: string[] = [];
  const reader = live.follow(3, never);
  while (seen.length < 997) {
    const { value } = await reader.next();
    if (value?.type !== "tokens") throw new Error("There are more tokens to come.");
    expect(value.tokens.length).toBeLessThanOrEqual(mostAtOnce);
    expect(value.from).toBe(3 + seen.length);
    seen.push(...value.tokens.map(({ text }) => text));
  }
  expect(seen.join("")).toBe(
    tokens
      .map(({ text }) => text)
      .slice(3)
      .join(""),
  );
  await reader.return();
});
