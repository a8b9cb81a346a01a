import { expect, test } from "bun:test";
import { closeSync, openSync } from "node:fs";
import { ProcessUsage } from "../../src/telemetry/process-usage.ts";

test("A block of the event loop is seen as lag", async () => {
  using usage = new ProcessUsage();
  expect(usage.loopLag).toBe(null);
  const until = performance.now() + 400;
  while (performance.now() < until);
  while ((usage.loopLag?.most ?? 0) < 0.1) await new Promise((resolve) => setImmediate(resolve));
  expect(usage.loopLag?.most).toBeLessThan(2);
});

test("Open files are counted where the system tells", () => {
  using usage = new ProcessUsage();
  if (process.platform !== "linux") return expect(usage.openDescriptors).toBe(null);
  const before = usage.openDescriptors ?? 0;
  const descriptor = openSync(import.meta.path, "r");
  expect(usage.openDescriptors).toBe(before + 1);
  closeSync(descriptor);
  expect(usage.mostDescriptors).toBeGreaterThan(before);
  expect(usage.cpuSeconds).toBeGreaterThan(0);
});
