/** Starts the real server as a process of its own, on a free port and a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readServerLine } from "../src/ipc/server-message.ts";
import { readLines } from "./read-lines.ts";

const projectRoot = join(import.meta.dir, "..");

export interface RealServer extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Every line that it has written. */
  readonly lines: readonly string[];
  /** Ends it as it asks to be ended. */
  stop(): Promise<number>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Lets it find itself without an orchestrator, as when that was killed. */
  orphan(): Promise<number>;
}

export interface RealServerOptions {
  /** Kept afterwards; without it a new one is made, and removed. */
  readonly dataDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Returns when it listens, and not only when the model is loaded. */
  readonly whileLoading?: boolean;
}

/** The model is the small one and runs on one thread. */
export async function startRealServer(options: RealServerOptions = {}): Promise<RealServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "server-"));
  const child = Bun.spawn([process.execPath, join(projectRoot, "src/server.ts")], {
    cwd: projectRoot,
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      MODEL: "smollm2-135m-instruct",
      LLAMA_THREADS: "1",
      LLAMA_CONTEXT: "2048",
      ORCHESTRATED: "1",
      NODE_ENV: "production",
      ...options.environment,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const listening = Promise.withResolvers<string>();
  void readLines(child.stdout, (text) => {
    lines.push(text);
    const line = readServerLine(text);
    if (line?.event === "listening") listening.resolve(line.url);
    if (line?.event === "start-refused") listening.reject(new Error(line.message));
  });
  void child.exited.then((code) =>
    listening.reject(new Error(`The server ended with ${code}.\n${lines.join("\n")}`)),
  );
  const url = await listening.promise;
  if (!options.whileLoading) await untilHealthy(url);
  return {
    url,
    dataDir,
    pid: child.pid,
    lines,
    stop: async () => {
      child.kill("SIGTERM");
      return child.exited;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
    orphan: async () => {
      await child.stdin.end();
      return child.exited;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits until the model has been loaded, or has failed to. */
export async function untilHealthy(url: string, deadlineMs = 60_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    const { status } = await (await fetch(`${url}/health`)).json();
    if (status !== "loading") return;
    await Bun.sleep(25);
  }
  throw new Error(`${url} was not ready in time.`);
}
