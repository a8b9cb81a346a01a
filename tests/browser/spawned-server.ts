/** A server of a browser test's own, as a process that ends with its input. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface SpawnedServer extends AsyncDisposable {
  readonly url: string;
}

/**
 * @param file in this folder; it writes its address first
 * @param environment beside this process's own
 */
export async function spawnServer(
  file: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<SpawnedServer> {
  const bun = process.versions.bun ? process.execPath : "bun";
  const child = spawn(bun, [join(import.meta.dirname, file)], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const { value: url } = await lines[Symbol.asyncIterator]().next();
  if (typeof url !== "string") throw new Error("The server ended before it listened.");
  child.stdout.resume();
  return { url, [Symbol.asyncDispose]: async () => void child.stdin.end() };
}
