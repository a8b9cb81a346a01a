/** src/main.ts as a real process, over a real server child that only keeps to the contract. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runningInstance } from "../../src/process/instance.ts";
import { runningFrom } from "../../src/process/pid-file.ts";
import { identifyProcess } from "../../src/process/process-identity.ts";
import { StartedProgram, TestFolder, until } from "./started-program.ts";

const stub = join(import.meta.dir, "fixtures/stub-server.ts");
const started: StartedProgram[] = [];
const folders: TestFolder[] = [];

afterEach(async () => {
  for (const program of started) program.kill("SIGTERM");
  await Promise.all(started.splice(0).map((program) => program.ended()));
  for (const folder of folders.splice(0)) folder[Symbol.dispose]();
});

function newFolder(): TestFolder {
  const folder = new TestFolder();
  folders.push(folder);
  return folder;
}

function orchestrate(folder: TestFolder, change: Readonly<Record<string, string>> = {}): StartedProgram {
  const program = new StartedProgram("src/main.ts", [stub], folder.environment(change));
  started.push(program);
  return program;
}

/** Resolves once the server is ready after it was started again so many times. */
function ready(program: StartedProgram, restarts: number): Promise<string> {
  return program.line((line) => line.includes('"state":"ready"') && line.includes(`"restarts":${restarts}`));
}

async function urlOf(program: StartedProgram): Promise<string> {
  const line = await program.line((text) => text.startsWith("The assistant is at "));
  return line.slice("The assistant is at ".length);
}

function serverPid(folder: TestFolder): number {
  const record = runningFrom(join(folder.environment().DATA_DIR ?? "", "server.pid"));
  if (record === null) throw new Error("no server runs");
  return record.pid;
}

describe("the orchestrator", () => {
  test("says where the server listens, and ends with it on TERM", async () => {
    const folder = newFolder();
    const program = orchestrate(folder);
    const url = await urlOf(program);
    await ready(program, 0);
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: "ok" });
    expect(runningInstance(join(folder.path, "data"))?.url).toBe(url);

    const server = serverPid(folder);
    program.kill("SIGTERM");
    expect((await program.ended()).code).toBe(0);
    expect(identifyProcess(server)).toBeNull();
    expect(runningInstance(join(folder.path, "data"))).toBeNull();
  });

  test("starts a server that was killed with -9 again, at the same address", async () => {
    const folder = newFolder();
    const program = orchestrate(folder);
    const url = await urlOf(program);
    await ready(program, 0);
    const first = serverPid(folder);
    process.kill(first, "SIGKILL");
    await ready(program, 1);
    const health = await (await fetch(`${url}/health`)).json();
    expect(health).toMatchObject({ status: "ok", pid: serverPid(folder) });
    expect(serverPid(folder)).not.toBe(first);
  });

  test("starts a server that listened on port 80 there again (it moved to 8080)", async () => {
    const folder = newFolder();
    const { lines } = await orchestrate(folder, { STUB: "port-80" }).ended();
    expect(lines).toContain("The assistant is at http://127.0.0.1:80");
    const log = readFileSync(join(folder.path, "data/logs/server.log"), "utf8");
    const ports = [...log.matchAll(/^started with port "(.*)"$/gm)].map(([, port]) => port);
    expect(ports.slice(0, 2)).toEqual(["0", "80"]);
  });

  test("killed with -9 it leaves no server behind, and the next start works", async () => {
    const folder = newFolder();
    const first = orchestrate(folder);
    await ready(first, 0);
    const server = serverPid(folder);
    first.kill("SIGKILL");
    await first.ended();
    await until(
      () => identifyProcess(server),
      (found) => found === null,
    );
    await ready(orchestrate(folder), 0);
  });

  test("ends a server that outlived its orchestrator, so that the port is free again", async () => {
    const folder = newFolder();
    const first = orchestrate(folder, { STUB: "outlive" });
    const url = await urlOf(first);
    await ready(first, 0);
    const orphan = serverPid(folder);
    first.kill("SIGKILL");
    await first.ended();
    expect(identifyProcess(orphan)).not.toBeNull();

    const next = orchestrate(folder, { PORT: new URL(url).port });
    await ready(next, 0);
    expect(identifyProcess(orphan)).toBeNull();
    expect(await urlOf(next)).toBe(url);
  });

  test("a second one for the same data folder is refused with the address of the first", async () => {
    const folder = newFolder();
    const first = orchestrate(folder);
    const url = await urlOf(first);
    await ready(first, 0);
    const second = await orchestrate(folder).ended();
    expect(second.code).toBe(1);
    expect(second.lines).toHaveLength(1);
    expect(second.lines[0]).toContain(`It is already running at ${url}`);
  });

  test("two for different data folders live side by side", async () => {
    const programs = [orchestrate(newFolder()), orchestrate(newFolder())];
    await Promise.all(programs.map((program) => ready(program, 0)));
    const [one, other] = await Promise.all(programs.map(urlOf));
    expect(one).not.toBe(other);
  });
});

test("of three starts at one moment over what a power cut left, one runs, and the others say that it does", async () => {
  const folder = newFolder();
  const dataDir = folder.environment().DATA_DIR ?? "";
  mkdirSync(dataDir, { recursive: true });
  const stale = JSON.stringify({ pid: 4_000_000, started: "gone", marker: "", since: 0, url: null });
  for (const name of ["orchestrator.pid", "server.pid"]) writeFileSync(join(dataDir, name), stale);
  writeFileSync(join(dataDir, "owner.lock"), "");
  const programs = [orchestrate(folder), orchestrate(folder), orchestrate(folder)];
  const running = await Promise.any(programs.map((program) => ready(program, 0).then(() => program)));
  const others = await Promise.all(
    programs.filter((program) => program !== running).map((program) => program.ended()),
  );
  expect(others.map(({ code }) => code)).toEqual([1, 1]);
  for (const { lines } of others) expect(lines.join()).toContain("It is already running");
  expect(runningInstance(dataDir)?.pid).toBe(running.pid);
});

describe("a start that cannot succeed ends with one sentence", () => {
  test("when the port is taken", async () => {
    using other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
    const end = await orchestrate(newFolder(), { PORT: String(other.port) }).ended();
    expect(end.code).toBe(78);
    expect(end.lines).toHaveLength(1);
    expect(end.lines[0]).toStartWith(
      `Port ${other.port} on 127.0.0.1 is in use by ${readFileSync("/proc/self/comm", "utf8").trim()}, process ${process.pid}.`,
    );
  });

  test("when config.json has a wrong value: it names the key", async () => {
    const folder = newFolder();
    writeFileSync(join(folder.path, "config.json"), JSON.stringify({ api_settings: { port: "eighty" } }));
    const end = await orchestrate(folder).ended();
    expect(end.code).toBe(78);
    expect(end.lines).toHaveLength(1);
    expect(end.lines[0]).toContain('"api_settings.port" must be a whole number from 0 to 65535');
  });

  test("when config.json is not JSON", async () => {
    const folder = newFolder();
    writeFileSync(join(folder.path, "config.json"), '{"language": ');
    const end = await orchestrate(folder).ended();
    expect(end.code).toBe(78);
    expect(end.lines).toHaveLength(1);
    expect(end.lines[0]).toContain("config.json is not valid JSON");
  });

  test("when the data folder cannot be made", async () => {
    const folder = newFolder();
    writeFileSync(join(folder.path, "data"), "a file where a folder should be");
    const end = await orchestrate(folder).ended();
    expect(end.code).toBe(78);
    expect(end.lines).toHaveLength(1);
    expect(end.lines[0]).toContain("Set DATA_DIR to a folder that you may write to.");
  });

  test("when the server refuses", async () => {
    const program = orchestrate(newFolder(), { STUB: "refuse" });
    const { code, lines } = await program.ended();
    expect(code).toBe(78);
    expect(lines.filter((line) => !line.startsWith("{"))).toEqual(["The stub refuses."]);
  });

  test("when the server crashes at every start: with its last words", async () => {
    const folder = newFolder();
    const program = orchestrate(folder, { STUB: "crash" });
    const { code, lines } = await program.ended();
    expect(code).toBe(1);
    const words = lines.filter((line) => !line.startsWith("{"));
    expect(words[0]).toContain("It has crashed too often to try again.");
    expect(words.at(-1)).toContain("the stub's last words");
    expect(readFileSync(join(folder.path, "data/logs/server.log"), "utf8")).toContain(
      "the stub's last words",
    );
  });
});
