import { expect, test } from "bun:test";
import { realVllmPlace, whyNoRealVllm } from "./real-vllm-place.ts";

test("the tests' vLLM is kept in the user's cache, a folder for each release", () => {
  expect(realVllmPlace({ XDG_CACHE_HOME: "/caches" })).toEqual({
    environment: "/caches/local-financial-assistant/vllm-0.32.0+cpu",
    weights: "/caches/local-financial-assistant/smollm2-135m-instruct-b179c952",
  });
});

test("a test of it is skipped with a reason", () => {
  expect(whyNoRealVllm({ LFA_SKIP_REAL_VLLM: "1" })).toBe("LFA_SKIP_REAL_VLLM is 1.");
});
