/**
 * Other programs that stand between a reader and an upstream, each in one process, so that what relaying costs is seen beside what
 * it costs them. None of them keeps what it passes on.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../src/process/port.ts";
import { pythonWith } from "../api/clients/python-with.ts";

/** By the name that the command takes: how it is called in the table. */
export const otherRelays = { fastapi: "FastAPI, httpx", litellm: "LiteLLM's proxy" } as const;
export type OtherRelayName = keyof typeof otherRelays;

export interface OtherRelay extends AsyncDisposable {
  readonly name: OtherRelayName;
  /** Of its chat completions. */
  readonly url: string;
  readonly pid: number;
}

/** FastAPI, uvicorn and httpx come with it. */
const packages = ["litellm[proxy]==1.108.7"];
const cache = join(homedir(), ".cache/local-financial-assistant/bench");
const longestStartMs = 120_000;
/** It asks nobody for prices, and takes requests without a key: nobody else reaches it. */
const quiet = {
  LITELLM_LOG: "ERROR",
  LITELLM_LOCAL_MODEL_COST_MAP: "True",
  LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY: "true",
};

/**
 * @param model of the upstream
 * @throws Error when it cannot be installed, or does not start
 */
export async function startOtherRelay(
  name: OtherRelayName,
  upstream: string,
  model: string,
): Promise<OtherRelay> {
  const { command, environment } = await pythonWith(packages, cache);
  const folder = mkdtempSync(join(tmpdir(), "relay-"));
  const config = join(folder, "config.yaml");
  const served = { model: `openai/${model}`, api_base: `${upstream}/v1`, api_key: "none" };
  writeFileSync(config, JSON.stringify({ model_list: [{ model_name: model, litellm_params: served }] }));
  const port = await freePort();
  const child = Bun.spawn(
    [...command, join(import.meta.dir, "relays.py"), name, String(port), upstream, config],
    { env: { ...environment, ...quiet }, stdio: ["ignore", "ignore", "ignore"] },
  );
  const end = async () => {
    child.kill("SIGKILL");
    await child.exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const base = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + longestStartMs;
  for (;;) {
    const reply = await fetch(`${base}/health/liveliness`).catch(() => null);
    if (reply?.ok) break;
    if (child.exitCode !== null || performance.now() > deadline) {
      await end();
      throw new Error(`${otherRelays[name]} does not start.`);
    }
    await Bun.sleep(100);
  }
  return { name, url: `${base}/v1/chat/completions`, pid: child.pid, [Symbol.asyncDispose]: end };
}
