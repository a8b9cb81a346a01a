/** The launcher over the fake vLLM: what is asked of it while it is still busy with what was asked before. */
import { afterEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LaunchLine } from "../../src/ipc/orchestrator-message.ts";
import { LoadSupersededError } from "../../src/launch/engine-launcher.ts";
import { freePort } from "../../src/process/port.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { VllmLauncher } from "../../src/vllm/vllm-launcher.ts";
import { TestFolder } from "../process/started-program.ts";

const fakeVllm = `${process.execPath} ${join(import.meta.dir, "../fakes/fake-vllm.ts")}`;
const patienceMs = 20_000;
const open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});

const served = (model: string) => ({ model, names: [model], contextSize: null });

/** A launcher whose model "a" is ready; what `environment` says counts for the next vLLM that is made. */
async function launched() {
  const folder = new TestFolder();
  const environment: Record<string, string | undefined> = { ...process.env };
  const port = await freePort();
  const launcher = new VllmLauncher({
    settings: readSettings(folder.environment({ VLLM_COMMAND: fakeVllm }), folder.path),
    served: served("a"),
    machine: { hasCudaGpu: false, cores: 1, exists: () => true, which: Bun.which },
    port,
    environment,
    timings: { probeIntervalMs: 20 },
  });
  open.push(launcher, { [Symbol.asyncDispose]: async () => folder[Symbol.dispose]() });
  launcher.start();
  await lineThat(launcher, ({ state }) => state === "ready");
  return { launcher, environment, port };
}

/** Rejects late rather than never. */
function lineThat(launcher: VllmLauncher, fits: (line: LaunchLine) => boolean): Promise<LaunchLine> {
  const { promise, resolve, reject } = Promise.withResolvers<LaunchLine>();
  const late = setTimeout(() => reject(new Error(JSON.stringify(launcher.line()))), patienceMs);
  const look = (line: LaunchLine) => fits(line) && resolve(line);
  launcher.onChange(look);
  look(launcher.line());
  return promise.finally(() => clearTimeout(late));
}

/** As `launched`, with "b" asked for, which runs and does not become ready. */
async function loading() {
  const { launcher, environment, port } = await launched();
  environment.FAKE_VLLM = "never-healthy";
  const load = outcome(launcher.load(served("b")));
  await lineThat(launcher, ({ model, pid }) => model === "b" && pid !== null);
  environment.FAKE_VLLM = "";
  return { launcher, load, port };
}

/** Handled at once: a rejection that is looked at later is none that nobody handles. */
const outcome = (asked: Promise<void>) =>
  asked.then(
    () => "done",
    (error: unknown) => (error instanceof LoadSupersededError ? "given up" : String(error)),
  );

/** @returns how many processes listen, or mean to listen, on this port */
function processesOn(port: number): number {
  const commands = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(commandOf);
  return commands.filter(
    (words) => words.includes("serve") && words[words.indexOf("--port") + 1] === `${port}`,
  ).length;
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // It has just ended.
    return [];
  }
}

describe("The launcher of vLLM", () => {
  test("stays stopped when it is stopped in mid-load (the former model was started again)", async () => {
    const { launcher, load, port } = await loading();
    await launcher.act("stop");
    expect(await load).toBe("given up");
    expect(launcher.line()).toMatchObject({ state: "stopped", model: "b", pid: null });
    expect(processesOn(port)).toBe(0);
  });

  test("stays ended when the program ends in mid-load (the former model was started again)", async () => {
    const { launcher, load, port } = await loading();
    await launcher[Symbol.asyncDispose]();
    expect(await load).toBe("given up");
    expect(launcher.line()).toMatchObject({ state: "stopped", model: "b", pid: null });
    expect(processesOn(port)).toBe(0);
  });

  test("stopped before the load has begun, it does not start the model", async () => {
    const { launcher, port } = await launched();
    const load = outcome(launcher.load(served("b")));
    await launcher.act("stop");
    expect(await load).toBe("given up");
    expect(launcher.line()).toMatchObject({ state: "stopped", model: "b", pid: null });
    expect(processesOn(port)).toBe(0);
  });

  test("of two loads close together the last one counts, and no vLLM is left behind (the first was forgotten, alive)", async () => {
    const { launcher, port } = await launched();
    const loads = [launcher.load(served("b")), launcher.load(served("c"))].map(outcome);
    expect(await Promise.all(loads)).toEqual(["given up", "done"]);
    expect(launcher.line()).toMatchObject({ state: "ready", model: "c", restarts: 0 });
    expect(processesOn(port)).toBe(1);
    await launcher[Symbol.asyncDispose]();
    expect(processesOn(port)).toBe(0);
  });

  test("serves the former model again when the new one does not come up, and can then be given another", async () => {
    const { launcher, environment } = await launched();
    environment.FAKE_VLLM = "exits-at-once";
    const load = launcher.load(served("b"));
    await lineThat(launcher, ({ model, pid }) => model === "b" && pid !== null);
    environment.FAKE_VLLM = "";
    await load;
    await lineThat(launcher, ({ model, state }) => model === "a" && state === "ready");
    await launcher.load(served("c"));
    expect(launcher.line()).toMatchObject({ state: "ready", model: "c" });
  });

  test("asked for nothing more, it starts nothing once it has ended", async () => {
    const { launcher, port } = await launched();
    await launcher[Symbol.asyncDispose]();
    expect(await outcome(launcher.load(served("b")))).toBe("given up");
    await launcher.act("start");
    await launcher.act("restart");
    expect(launcher.line()).toMatchObject({ state: "stopped", pid: null });
    expect(processesOn(port)).toBe(0);
  });
});
