/** Starts the fake vLLM as a process of its own, on a free port. */
import { join } from "node:path";
import type { Scenario } from "./fake-vllm.ts";
import { saidAddress } from "./said-address.ts";

export interface FakeVllm extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Answers that it is writing at present. */
  running(): Promise<number>;
  setScenarios(...names: readonly Scenario[]): Promise<void>;
  kill(): Promise<void>;
}

export async function startFakeVllm(
  options: {
    readonly scenarios?: readonly Scenario[];
    readonly paceMs?: number;
    /** What it answers, whatever it is asked. */
    readonly answer?: string;
    readonly port?: number;
  } = {},
): Promise<FakeVllm> {
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "fake-vllm.ts"),
      ...["serve", "fake", "--served-model-name", "fake-model", "--port", String(options.port ?? 0)],
    ],
    {
      env: {
        ...process.env,
        FAKE_VLLM: (options.scenarios ?? []).join(","),
        ...(options.answer === undefined ? {} : { FAKE_VLLM_ANSWER: options.answer }),
        FAKE_VLLM_PACE_MS: String(options.paceMs ?? 0),
      },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const base = await saidAddress(child.stdout, /running on (http:\S+)/);
  return {
    url: base,
    pid: child.pid,
    running: async () => (await (await fetch(`${base}/fake/running`)).json()).running,
    setScenarios: async (...names) => {
      await fetch(`${base}/fake/scenario`, { method: "POST", body: names.join(",") });
    },
    kill: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
