/** What the banner says while an engine waits to be started again. */
import { expect, test } from "bun:test";
import { summarizeEngine } from "../../src/status/engine-summary.ts";
import { EngineBanner } from "../../views/fragments/engine-banner.tsx";

const summary = { ...summarizeEngine([], []), problem: "vLLM crashed (exit code 1)." };
const banner = (change: object) => String(EngineBanner({ engine: { ...summary, ...change } }));

test("it counts down for the eyes alone, and tells readers once that it will be tried again", () => {
  const html = banner({ state: "starting", retryInSeconds: 8 });
  expect(html).toContain("vLLM crashed (exit code 1).");
  expect(html).toContain(
    '<span aria-hidden="true">Trying again in <span class="countdown">8</span> s.</span>',
  );
  expect(html).toContain('<span class="visually-hidden">Trying again soon.</span>');
  expect(html).toContain('hx-swap="outerMorph"');
  expect(html).toContain('hx-trigger="every 1s, engine from:#live"');
});

test("once it is started it says that it tries; one that gave up does not", () => {
  expect(banner({ state: "starting", retryInSeconds: 0 })).toContain("Trying again…");
  expect(banner({ state: "failed", retryInSeconds: null })).not.toContain("Trying again");
});
