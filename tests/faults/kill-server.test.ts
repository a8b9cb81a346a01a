/** The fault test itself must be able to fail: it is tried on a small server with and without faults. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

async function killServer(forgetful: string): Promise<{ code: number; output: string }> {
  // What it finds at fault it keeps for whoever looks into it: here nobody does.
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "kill-server.ts"),
      ...["--times", "4", "--seed", "3", "--server", join(import.meta.dir, "fixtures/tiny-server.ts")],
    ],
    { env: { ...process.env, FORGETFUL: forgetful, TMPDIR: folder }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const [code, out, errors] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  rmSync(folder, { recursive: true, force: true });
  return { code, output: `${out}${errors}` };
}

test("a server that keeps its promise passes", async () => {
  const { code, output } = await killServer("");
  expect(output).toMatch(/characters shown but not saved +0$/m);
  expect(output).toMatch(/other faults +0$/m);
  expect(code).toBe(0);
});

test("one that shows text before it is on disk is found out", async () => {
  const { code, output } = await killServer("shows-first");
  expect(code).toBe(1);
  expect(output).toMatch(/characters shown but not saved +[1-9]/);
});

test("one that leaves answers unfinished is found out", async () => {
  const { code, output } = await killServer("stops-at-a-crash");
  expect(code).toBe(1);
  expect(output).toMatch(/stuck rows +[1-9]/);
});
