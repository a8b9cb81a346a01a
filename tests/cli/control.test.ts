/** src/cli/control.ts as a real process: what ./run.sh start, stop, status and logs do, and their exit codes. */
import { afterEach, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runningInstance } from "../../src/process/instance.ts";
import { runningFrom } from "../../src/process/pid-file.ts";
import { identifyProcess } from "../../src/process/process-identity.ts";
import { type Ended, StartedProgram, TestFolder, until } from "../process/started-program.ts";

const stub = join(import.meta.dir, "../process/fixtures/stub-server.ts");
const folders: TestFolder[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    await control(folder, ["stop"]);
    folder[Symbol.dispose]();
  }
});

function newFolder(): TestFolder {
  const folder = new TestFolder();
  folders.push(folder);
  return folder;
}

function control(
  folder: TestFolder,
  words: readonly string[],
  change: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new StartedProgram("src/cli/control.ts", words, folder.environment(change)).ended();
}

test("start, start again, status, restart and stop", async () => {
  const folder = newFolder();
  const first = await control(folder, ["start", stub]);
  expect(first.code).toBe(0);
  const address = first.lines[0];
  expect(address).toStartWith("The assistant is at http://127.0.0.1:");
  const url = address?.slice("The assistant is at ".length) ?? "";

  const again = await control(folder, ["start", stub]);
  expect(again).toMatchObject({ code: 0, lines: [`It is already running at ${url}`] });

  const status = await control(folder, ["status"]);
  expect(status.code).toBe(0);
  expect(status.lines).toContain(`Address:  ${url}`);
  expect(status.lines.slice(2)).toEqual([
    expect.stringMatching(/^Engine: {3}stub: failed for \d+ s$/),
    "  model   stub-model",
    "  slots   1 of 4 busy, restarted 2 times",
    "  speed   12.3 tokens/s, first token after 81 ms",
    "  details gpu layers 3",
    "  problem The stub has no model.",
    "  log     the stub's log",
    "Answers:  3 unfinished (2 waiting), 5 done, 1 stopped, 0 failed",
    "Memory:   500 MB of 16000 MB",
  ]);

  expect((await control(folder, ["engine", "stub", "restart"])).code).toBe(0);
  expect(await control(folder, ["engine", "other", "restart"])).toMatchObject({
    code: 1,
    lines: ["There is no such engine."],
  });
  expect((await control(folder, ["load", "phi3"])).lines[0]).toStartWith("stub loads phi3");

  const logs = await control(folder, ["logs"]);
  expect(logs.code).toBe(0);
  expect(logs.lines[0]).toContain('"event":"listening"');

  const before = runningInstance(join(folder.path, "data"))?.pid;
  const restarted = await control(folder, ["restart", stub]);
  expect(restarted.code).toBe(0);
  expect(restarted.lines[0]).toBe("Stopped.");
  expect(runningInstance(join(folder.path, "data"))?.pid).not.toBe(before);

  const stopped = await control(folder, ["stop"]);
  expect(stopped).toMatchObject({ code: 0, lines: ["Stopped."] });
});

test("what does not run has exit code 3, for status and for stop", async () => {
  const folder = newFolder();
  const notRunning = { code: 3, lines: ["It is not running."] };
  expect(await control(folder, ["status"])).toMatchObject(notRunning);
  expect(await control(folder, ["stop"])).toMatchObject(notRunning);
});

test("a pid file of a process that is gone, or of a stranger with its pid, does not count as running", async () => {
  const folder = newFolder();
  const data = join(folder.path, "data");
  expect((await control(folder, ["start", stub])).code).toBe(0);
  const instance = runningInstance(data);
  const server = runningFrom(join(data, "server.pid"));
  if (instance === null || server === null) throw new Error("nothing runs");
  process.kill(instance.pid, "SIGKILL");
  await until(
    () => identifyProcess(server.pid),
    (found) => found === null,
  );
  expect((await control(folder, ["status"])).code).toBe(3);

  writeFileSync(join(data, "orchestrator.pid"), JSON.stringify({ ...instance, pid: process.pid }));
  expect((await control(folder, ["status"])).code).toBe(3);
  expect((await control(folder, ["stop"])).code).toBe(3);
  expect((await control(folder, ["start", stub])).code).toBe(0);
});

test("a start that is refused passes on the sentence and the exit code", async () => {
  const refused = await control(newFolder(), ["start", stub], { STUB: "refuse" });
  expect(refused).toMatchObject({ code: 78, lines: ["The stub refuses."] });
});

test("a server that ends at once is an exit code other than 0, with its last words", async () => {
  const crashed = await control(newFolder(), ["start", stub], { STUB: "crash" });
  expect(crashed.code).toBe(1);
  expect(crashed.lines.join("\n")).toContain("the stub's last words");
});

test("a wrong setting is one sentence and exit code 78, for every command", async () => {
  const folder = newFolder();
  for (const command of ["start", "status"]) {
    const end = await control(folder, [command], { PORT: "many" });
    expect(end).toMatchObject({
      code: 78,
      lines: ['PORT must be a whole number from 0 to 65535, not "many".'],
    });
  }
});

test("an engine that does not run cannot be steered", async () => {
  const folder = newFolder();
  expect((await control(folder, ["engine", "llama", "stop"])).code).toBe(3);
  expect((await control(folder, ["load"])).code).toBe(2);
  expect((await control(folder, ["logs", "nobody"])).code).toBe(2);
});

test("an unknown command is wrong use", async () => {
  expect((await control(newFolder(), ["dance"])).code).toBe(2);
});
