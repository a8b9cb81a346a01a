/** What ends the server: a signal, or the end of the orchestrator that started it. */
import { createInterface } from "node:readline";

interface StopSignals {
  /** Resolves with the source of the stop: a signal, or orchestrator-gone. */
  readonly asked: Promise<string>;
  /** The end of the orchestrator; it may also come while the server stops. */
  readonly orchestratorEnd: { readonly promise: Promise<void>; isGone: boolean };
}

/**
 * @param orchestrated standard input belongs to the orchestrator, and ends with it
 * @param onLine gets each line that the orchestrator writes
 */
export function stopSignals(orchestrated: boolean, onLine: (text: string) => void): StopSignals {
  const { promise: asked, resolve } = Promise.withResolvers<string>();
  const gone = Promise.withResolvers<void>();
  const orchestratorEnd = { promise: gone.promise, isGone: false };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => resolve(signal));
  if (orchestrated) {
    const input = createInterface({ input: process.stdin });
    input.on("line", onLine);
    input.on("close", () => {
      orchestratorEnd.isGone = true;
      gone.resolve();
      resolve("orchestrator-gone");
    });
  }
  return { asked, orchestratorEnd };
}
