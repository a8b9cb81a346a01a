import { afterEach, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPidFile, writePidFile } from "../../src/process/pid-file.ts";
import { ProcessUnavailableError } from "../../src/process/process-errors.ts";
import { identifyProcess } from "../../src/process/process-identity.ts";
import {
  type ProcessSpecification,
  type ProcessStatus,
  SupervisedProcess,
} from "../../src/process/supervised-process.ts";
import { until } from "./started-program.ts";

const child = join(import.meta.dir, "fixtures/child.ts");
const folders: string[] = [];
const running: SupervisedProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one[Symbol.asyncDispose]()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function supervise(behaviour: string, change: Partial<ProcessSpecification> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "supervised-"));
  const healthFile = join(folder, "healthy");
  folders.push(folder);
  const supervised = new SupervisedProcess({
    name: "The child",
    command: [process.execPath, child, behaviour, healthFile],
    directory: folder,
    environment: process.env,
    pidFile: join(folder, "child.pid"),
    logFile: join(folder, "child.log"),
    probe: async () => existsSync(healthFile),
    ...change,
    timings: { probeIntervalMs: 20, stopGraceMs: 5_000, firstDelayMs: 5, ...change.timings },
  });
  running.push(supervised);
  return { supervised, folder, healthFile };
}

function when(
  supervised: SupervisedProcess,
  fits: (status: ProcessStatus) => boolean,
): Promise<ProcessStatus> {
  if (fits(supervised.status())) return Promise.resolve(supervised.status());
  return new Promise((resolve) => {
    const unsubscribe = supervised.onChange((status) => {
      if (!fits(status)) return;
      unsubscribe();
      resolve(status);
    });
  });
}

function seen(supervised: SupervisedProcess): string[] {
  const states: string[] = [];
  supervised.onChange(({ state }) => {
    if (states.at(-1) !== state) states.push(state);
  });
  return states;
}

const patience = () => AbortSignal.timeout(20_000);

function pidOf(supervised: SupervisedProcess): number {
  const { pid } = supervised.status();
  if (pid === null) throw new Error("no child runs");
  return pid;
}

describe("starting", () => {
  test("many callers wait for one start", async () => {
    const { supervised } = supervise("healthy");
    const states = seen(supervised);
    await Promise.all([1, 2, 3].map(() => supervised.ensureReady(patience())));
    expect(supervised.status()).toMatchObject({ state: "ready", restarts: 0, problem: null });
    expect(states).toEqual(["starting", "ready"]);
  });

  test("a caller who gives up is told at once, and the start goes on", async () => {
    const { supervised } = supervise("never-healthy");
    const giveUp = new AbortController();
    const waiting = supervised.ensureReady(giveUp.signal);
    giveUp.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(supervised.status().state).toBe("starting");
  });

  test("a child that is never healthy is ended at the deadline", async () => {
    const { supervised } = supervise("never-healthy", { timings: { startDeadlineMs: 150, giveUpAfter: 1 } });
    await expect(supervised.ensureReady(patience())).rejects.toBeInstanceOf(ProcessUnavailableError);
    expect(supervised.status()).toMatchObject({ state: "failed", pid: null });
    expect(supervised.status().problem).toContain("was not ready within");
  });

  test("an exit while starting is noticed at once, not at the deadline", async () => {
    const { supervised } = supervise("exits", { timings: { startDeadlineMs: 60_000, giveUpAfter: 1 } });
    const began = performance.now();
    await expect(supervised.ensureReady(patience())).rejects.toThrow("exit code 3");
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("a program that does not exist is a failure with a sentence", async () => {
    const { supervised } = supervise("", { command: ["/no/such/program"], timings: { giveUpAfter: 1 } });
    await expect(supervised.ensureReady(patience())).rejects.toThrow("cannot be started");
  });

  test("a refusal is not tried again and is explained", async () => {
    const { supervised } = supervise("refuses", {
      refusalCode: 78,
      describeRefusal: () => "Choose another port.",
    });
    await expect(supervised.ensureReady(patience())).rejects.toThrow("Choose another port.");
    expect(supervised.status().restarts).toBe(0);
  });
});

describe("crashing", () => {
  test("a killed child is started again", async () => {
    const { supervised, healthFile } = supervise("healthy");
    await supervised.ensureReady(patience());
    const first = pidOf(supervised);
    rmSync(healthFile);
    process.kill(first, "SIGKILL");
    const { retryAt } = await when(supervised, (status) => status.retryAt !== null);
    expect(retryAt).toBeGreaterThan(0);
    await when(supervised, ({ state, restarts }) => state === "ready" && restarts === 1);
    expect(supervised.status().retryAt).toBeNull();
    expect(pidOf(supervised)).not.toBe(first);
    expect(supervised.status().lastExit).toEqual({ code: null, signal: "SIGKILL" });
  });

  test("a crash loop ends in failed, with the last words in the log, and can be tried again", async () => {
    const { supervised } = supervise("exits", { timings: { giveUpAfter: 3 } });
    await expect(supervised.ensureReady(patience())).rejects.toThrow("too often");
    expect(supervised.status()).toMatchObject({ state: "failed", restarts: 2 });
    expect(supervised.log.tail()).toEqual(["last words", "last words", "last words"]);
    supervised.start();
    expect(supervised.status().state).toBe("starting");
    await when(supervised, ({ state }) => state === "failed");
  });

  test("a child that no longer answers is degraded, then ended and started again", async () => {
    const { supervised } = supervise("falls-ill", {
      timings: { missesUntilDegraded: 2, missesUntilRestart: 5 },
    });
    const states = seen(supervised);
    await supervised.ensureReady(patience());
    process.kill(pidOf(supervised), "SIGUSR2");
    await when(supervised, ({ state, restarts }) => state === "ready" && restarts === 1);
    expect(states).toEqual(["starting", "ready", "degraded", "starting", "ready"]);
  });

  test("the grandchildren go with a child that was killed", async () => {
    const { promise: said, resolve: say } = Promise.withResolvers<string>();
    const { supervised } = supervise("has-children", { onLine: say });
    await supervised.ensureReady(patience());
    const grandchild = Number(/grandchild (\d+)/.exec(await said)?.[1]);
    expect(identifyProcess(grandchild)).not.toBeNull();
    process.kill(pidOf(supervised), "SIGKILL");
    await when(supervised, ({ lastExit }) => lastExit !== null);
    await until(
      () => identifyProcess(grandchild),
      (found) => found === null,
    );
  });
});

describe("stopping", () => {
  test("a child that ignores TERM is killed after the grace time", async () => {
    const { supervised, folder } = supervise("deaf", { timings: { stopGraceMs: 200 } });
    await supervised.ensureReady(patience());
    await supervised.stop();
    expect(supervised.status()).toMatchObject({ state: "stopped", pid: null });
    expect(supervised.status().lastExit?.signal).toBe("SIGKILL");
    expect(readPidFile(join(folder, "child.pid"))).toBeNull();
  });

  test("a start that is asked for while it is being stopped is not lost", async () => {
    const { supervised } = supervise("healthy");
    await supervised.ensureReady(new AbortController().signal);
    const first = supervised.status().pid;
    const stopping = supervised.stop();
    supervised.start();
    await stopping;
    await supervised.ensureReady(new AbortController().signal);
    expect(supervised.status().pid).not.toBe(first);
  });

  test("whoever waits for a stopped process is told", async () => {
    const { supervised } = supervise("never-healthy");
    // Bun's expect(…).rejects holds up the whole test until the promise is settled, so the stop comes first.
    const told = supervised.ensureReady(patience()).catch((cause: unknown) => cause);
    await supervised.stop();
    expect(await told).toBeInstanceOf(ProcessUnavailableError);
  });
});

describe("once it has been disposed of", () => {
  test("nothing starts it again, not even a restart that was under way (it was left running)", async () => {
    const { supervised } = supervise("healthy");
    await supervised.ensureReady(patience());
    const restarted = supervised.restart();
    await supervised[Symbol.asyncDispose]();
    await restarted;
    expect(supervised.status()).toMatchObject({ state: "stopped", pid: null });
    await expect(supervised.ensureReady(patience())).rejects.toBeInstanceOf(ProcessUnavailableError);
  });
});

describe("an orchestrator that was killed", () => {
  test("a child that reads its standard input ends with it", async () => {
    const orphanage = Bun.spawn([process.execPath, join(import.meta.dir, "fixtures/parent.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const { value } = await orphanage.stdout.getReader().read();
    const { pid, folder } = JSON.parse(new TextDecoder().decode(value));
    folders.push(folder);
    expect(identifyProcess(pid)).not.toBeNull();
    orphanage.kill("SIGKILL");
    await orphanage.exited;
    await until(
      () => identifyProcess(pid),
      (found) => found === null,
    );
  });

  test("the next start ends an orphan that does not", async () => {
    const first = supervise("healthy");
    await first.supervised.ensureReady(patience());
    const orphan = pidOf(first.supervised);
    const record = readPidFile(join(first.folder, "child.pid"));
    if (record === null) throw new Error("no pid file");

    const next = supervise("healthy");
    writePidFile(join(next.folder, "child.pid"), record);
    await next.supervised.ensureReady(patience());
    expect(identifyProcess(orphan)?.started).not.toBe(record.started);
  });

  test("a stranger who was given the same pid is left alone", async () => {
    const stranger = Bun.spawn(["sleep", "1000"], { detached: true, stdio: ["ignore", "ignore", "ignore"] });
    try {
      const { supervised, folder } = supervise("healthy");
      const record = { pid: stranger.pid, started: "long ago", marker: "ours", since: 0, url: null };
      writePidFile(join(folder, "child.pid"), record);
      await supervised.ensureReady(patience());
      expect(stranger.exitCode).toBeNull();
      expect(stranger.signalCode).toBeNull();
    } finally {
      stranger.kill("SIGKILL");
    }
  });
});

describe("the log", () => {
  test("a flood of output is kept in files of bounded size", async () => {
    const log = { maximumBytes: 200_000, keep: 2, tailLines: 3 };
    const { supervised, folder } = supervise("floods", { log });
    await supervised.ensureReady(patience());
    await supervised.stop();
    const files = readdirSync(folder).filter((name) => name.startsWith("child.log"));
    expect(files.sort()).toEqual(["child.log", "child.log.1", "child.log.2"]);
    for (const name of files) expect(readFileSync(join(folder, name)).length).toBeLessThanOrEqual(200_000);
    expect(supervised.log.tail().at(-1)).toStartWith("line 19999 ");
  });
});
