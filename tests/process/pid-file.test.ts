import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Instance, instanceFile, runningInstance } from "../../src/process/instance.ts";
import {
  endOrphans,
  type PidRecord,
  RUN_MARKER,
  readPidFile,
  runningFrom,
  writePidFile,
} from "../../src/process/pid-file.ts";
import { AlreadyRunningError } from "../../src/process/process-errors.ts";
import { identifyProcess, isAlive } from "../../src/process/process-identity.ts";

let folder = "";
let path = "";
const sleepers: Bun.Subprocess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pid-"));
  path = join(folder, "deep/child.pid");
});

afterEach(() => {
  for (const sleeper of sleepers.splice(0)) sleeper.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** A process that leads its own group and carries a marker, as supervised children do. */
function sleeper(command = ["sleep", "1000"], marker = "ours"): { child: Bun.Subprocess; record: PidRecord } {
  const child = Bun.spawn(command, {
    detached: true,
    env: { ...process.env, [RUN_MARKER]: marker },
    stdio: ["ignore", "pipe", "ignore"],
  });
  sleepers.push(child);
  const identity = identifyProcess(child.pid);
  if (identity === null) throw new Error("it does not run");
  return { child, record: { ...identity, marker, since: 1, url: null } };
}

describe("a pid file", () => {
  test("is read as it was written, and nothing else lies beside it", () => {
    const { record } = sleeper();
    writePidFile(path, record);
    expect(readPidFile(path)).toEqual(record);
    expect(readdirSync(join(folder, "deep"))).toEqual(["child.pid"]);
  });

  test("that is missing, empty, cut short or of another form names nobody", () => {
    expect(readPidFile(path)).toBeNull();
    for (const text of [
      "",
      '{"pid": 12',
      "12\n",
      '{"pid": 1, "started": "", "marker": "", "since": 0, "url": null}',
    ]) {
      writeFileSync(join(folder, "odd.pid"), text);
      expect(readPidFile(join(folder, "odd.pid"))).toBeNull();
    }
  });

  test("names a running process only while that very process lives", async () => {
    const { child, record } = sleeper();
    writePidFile(path, record);
    expect(runningFrom(path)).toEqual(record);
    writePidFile(path, { ...record, started: "at another time" });
    expect(runningFrom(path)).toBeNull();
    writePidFile(path, record);
    child.kill("SIGKILL");
    await child.exited;
    expect(runningFrom(path)).toBeNull();
  });
});

describe("ending orphans", () => {
  test("ends the process that the file names, and removes the file", async () => {
    const { child, record } = sleeper();
    writePidFile(path, record);
    expect(await endOrphans(path, 5_000)).toBe(1);
    await child.exited;
    expect(child.signalCode).toBe("SIGTERM");
    expect(readPidFile(path)).toBeNull();
  });

  test.skipIf(process.platform !== "linux")(
    "ends what is left of a group whose leader is dead (only Linux tells what a process's environment is)",
    async () => {
      const { child, record } = sleeper(["sh", "-c", "sleep 1000 & echo $!; wait"]);
      if (!(child.stdout instanceof ReadableStream)) throw new Error("no output");
      const { value } = await child.stdout.getReader().read();
      const grandchild = identifyProcess(Number(new TextDecoder().decode(value)));
      if (grandchild === null) throw new Error("no grandchild");
      child.kill("SIGKILL");
      await child.exited;
      expect(isAlive(grandchild)).toBeTrue();
      writePidFile(path, record);
      expect(await endOrphans(path, 5_000)).toBe(1);
      expect(isAlive(grandchild)).toBeFalse();
    },
  );

  test("leaves a stranger alone who got the pid of a process that is dead", async () => {
    const { child, record } = sleeper(undefined, "somebody else's");
    writePidFile(path, { ...record, started: "long ago", marker: "ours" });
    expect(await endOrphans(path, 5_000)).toBe(0);
    expect(child.signalCode).toBeNull();
    expect(readPidFile(path)).toBeNull();
  });

  test("does nothing without a file", async () => {
    expect(await endOrphans(path, 5_000)).toBe(0);
  });
});

describe("an instance", () => {
  test("owns its data folder until it is disposed of", () => {
    {
      using instance = Instance.claim(folder);
      expect(() => Instance.claim(folder)).toThrow(AlreadyRunningError);
      instance.announce("http://127.0.0.1:1234");
      expect(runningInstance(folder)).toMatchObject({ pid: process.pid, url: "http://127.0.0.1:1234" });
      expect(() => Instance.claim(folder)).toThrow("at http://127.0.0.1:1234");
    }
    expect(runningInstance(folder)).toBeNull();
  });

  test("takes over from a dead owner, and from a file that was never written to its end", () => {
    writePidFile(instanceFile(folder), { pid: 4_000_000, started: "gone", marker: "", since: 0, url: null });
    Instance.claim(folder)[Symbol.dispose]();
    writeFileSync(instanceFile(folder), '{"pid":');
    Instance.claim(folder)[Symbol.dispose]();
    expect(readdirSync(folder)).toEqual(["owner.lock"]);
  });
});
