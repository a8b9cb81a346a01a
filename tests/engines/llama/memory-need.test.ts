/** What a model takes is known before it is loaded. */
import { expect, test } from "bun:test";
import { join } from "node:path";

test.each([
  [4, 2_048, "f16"],
  [4, 8_192, "f16"],
  [1, 8_192, "f16"],
  [4, 8_192, "q8_0"],
])(
  "with %p sequences of %p tokens in %s within a tenth of what it then takes, and may take",
  async (...settings) => {
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, "fixtures/memory-of-model.ts"), ...settings.map(String)],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const { predicted, resident, untouched } = JSON.parse(await new Response(child.stdout).text());
    expect(predicted / (resident + untouched)).toBeGreaterThan(0.9);
    expect(predicted / (resident + untouched)).toBeLessThan(1.1);
    // Weights, tables and what the four prompts have written.
    if (process.platform === "linux") expect(resident).toBeLessThan(250e6);
  },
);
