import { describe, expect, test } from "bun:test";
import { SequenceCache } from "../../../src/engines/llama/sequence-cache.ts";

const sequence = (name: string, ...cachedTokens: number[]) => ({
  name,
  cachedTokens,
  conversationId: name,
  async truncate(length: number) {
    this.cachedTokens = this.cachedTokens.slice(0, length);
  },
});

describe("The choice of a sequence", () => {
  test("is the one with the longest common prefix", () => {
    const cache = new SequenceCache([sequence("a", 1, 2), sequence("b", 1, 2, 3, 4), sequence("c")]);
    const lease = cache.acquire([1, 2, 3, 4, 5]);
    expect([lease?.sequence.name, lease?.commonPrefix]).toEqual(["b", 4]);
  });

  test("spares a conversation that shares only the system prompt, and takes the one used longest ago", () => {
    const cache = new SequenceCache([sequence("long", 1, 2, 3, 4, 5, 6, 7, 8), sequence("empty")]);
    cache.acquire([1, 2, 3, 4, 5, 6, 7, 8])?.[Symbol.dispose]();
    expect(cache.acquire([1, 2, 9, 9])?.sequence.name).toBe("empty");
  });

  test("a new conversation after a restart takes an empty one, not one whose saved state was just loaded", () => {
    const cache = new SequenceCache([sequence("loaded", 1, 2, 3, 4, 5, 6), sequence("empty")]);
    expect(cache.acquire([1, 9, 9, 9])?.sequence.name).toBe("empty");
  });

  test("is none while all are busy, and one again when a lease ends", () => {
    const cache = new SequenceCache([sequence("only", 1)]);
    const lease = cache.acquire([1]);
    expect(cache.busy).toBe(1);
    expect(cache.acquire([1])).toBeNull();
    lease?.[Symbol.dispose]();
    expect(cache.acquire([1])?.sequence.name).toBe("only");
  });

  test("never finds what a conversation that was deleted has said, and drops it", async () => {
    const [a, b] = [sequence("a", 1, 2, 3), sequence("b", 1, 2, 3, 4)];
    const cache = new SequenceCache([a, b]);
    cache.forget((id) => id === "b");
    expect(cache.byRecency().map(({ name }) => name)).toEqual(["a"]);
    using lease = cache.acquire([1, 2, 3, 4]);
    expect(lease?.sequence.name).toBe("a");
    using other = cache.acquire([1, 2, 3, 4]);
    expect([other?.sequence.name, other?.commonPrefix]).toEqual(["b", 0]);
    await other?.emptied;
    expect(b.cachedTokens).toEqual([]);
  });

  test("drops it at the end of the answer that is still being written", async () => {
    const only = sequence("only", 1, 2, 3);
    const cache = new SequenceCache([only]);
    const lease = cache.acquire([1, 2, 3, 4]);
    cache.forget((id) => id === "only");
    expect(only.cachedTokens).toEqual([1, 2, 3]);
    lease?.[Symbol.dispose]();
    expect(cache.byRecency()).toEqual([]);
    await cache.acquire([1])?.emptied;
    expect(only.cachedTokens).toEqual([]);
  });

  test("what is written after that is kept", () => {
    const cache = new SequenceCache([sequence("only", 1, 2, 3)]);
    cache.forget(() => true);
    cache.acquire([1, 2])?.[Symbol.dispose]();
    cache.forget((id) => id === "another");
    expect(cache.acquire([1, 2])).not.toBeNull();
  });
});
