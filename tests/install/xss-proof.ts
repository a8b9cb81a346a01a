/**
 * Proves that the scan for unsafe HTML finds what it should: with another version of TypeScript it is known
 * to crash and exit with 0, and a check that cannot fail says nothing.
 */
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The bad page is kept under another ending, so that no other check stumbles over it. */
const fixture = join(import.meta.dir, "xss-fixture/unsafe-page.tsx.txt");

/** @returns what is wrong with the scan, or null when it finds the unsafe page */
export async function proveXssScan(projectRoot: string): Promise<string | null> {
  const folder = join(projectRoot, "tests/install/.xss-proof");
  const page = join(folder, "unsafe-page.tsx");
  mkdirSync(folder, { recursive: true });
  try {
    copyFileSync(fixture, page);
    const scan = Bun.spawn([process.execPath, "x", "xss-scan", page], {
      cwd: projectRoot,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [code, out, errors] = await Promise.all([
      scan.exited,
      new Response(scan.stdout).text(),
      new Response(scan.stderr).text(),
    ]);
    const found = code === 1 && `${out}${errors}`.includes("unsafe-page.tsx");
    return found ? null : `The scan misses the unsafe page (exit code ${code}).\n${out}${errors}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
