/** What a model takes is known before it is loaded. */
import { expect, test } from "bun:test";
import { join } from "node:path";

test.each([
  [4, 2_048],
  [4, 8_192],
  [1, 8_192],
])("with %p sequences of %p tokens within a tenth of what it then takes", async (sequences, contextSize) => {
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "fixtures/memory-of-model.ts"),
      String(sequences),
      String(contextSize),
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const { predicted, resident } = JSON.parse(await new Response(child.stdout).text());
  expect(predicted / resident).toBeGreaterThan(0.9);
  expect(predicted / resident).toBeLessThan(1.1);
});
