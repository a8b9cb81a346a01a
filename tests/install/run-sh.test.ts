/**
 * run.sh itself, in a folder of its own and with a PATH that holds only what a test puts there: programs
 * that are missing, too old, or fail. What it starts is written down instead of being run.
 */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePidFile } from "../../src/process/pid-file.ts";
import { identifyProcess } from "../../src/process/process-identity.ts";

const projectRoot = join(import.meta.dir, "../..");
/** What every system has. */
const usual = ["sh", "dirname", "basename", "mkdir", "rm", "tail", "cat", "cksum", "awk", "ls"];
const plentyOfSpace = "echo 'Filesystem 1024-blocks'; echo '/dev/x 9 9 90000000 1% /'";
/** Writes its arguments down; its name tells which Bun it is. */
const fakeBun = (version: string) =>
  `if [ "$1" = --version ]; then echo ${version}; else echo "bun $*" >>"$CALLS"; fi`;

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "a folder with spaces "));
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "project"));
  for (const name of ["run.sh", "bun.lock"])
    copyFileSync(join(projectRoot, name), join(folder, "project", name));
  for (const name of usual) symlinkSync(Bun.which(name) ?? `/bin/${name}`, join(folder, "bin", name));
  program("df", plentyOfSpace);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string, place = join(folder, "bin")): void {
  mkdirSync(place, { recursive: true });
  const path = join(place, name);
  rmSync(path, { force: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function run(...words: string[]) {
  const calls = join(folder, "calls");
  rmSync(calls, { force: true });
  const child = Bun.spawnSync([join(folder, "project/run.sh"), ...words], {
    cwd: folder,
    env: { PATH: join(folder, "bin"), CALLS: calls, HOME: folder, FETCH_PATIENCE_SECONDS: "5" },
  });
  return {
    code: child.exitCode,
    out: child.stdout.toString().trim().split("\n"),
    errors: child.stderr.toString().trim().split("\n"),
    calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [],
  };
}

describe("without Bun", () => {
  test("and without npm or curl, one sentence says what to install", () => {
    const { code, out, errors } = run("start");
    expect(code).toBe(1);
    expect(errors).toEqual([
      "Bun is missing, and neither npm nor curl is there to install it. Install one of them, or Bun itself (https://bun.sh).",
    ]);
    expect(out.join()).not.toContain("rror");
  });

  test("npm brings it into the project's folder; npm may have left its launcher broken", () => {
    program(
      "npm",
      `echo "npm $*" >>"$CALLS"
       mkdir -p "$3/node_modules/.bin" "$3/node_modules/@oven/bun-linux-x64/bin"
       printf '#!/bin/sh\\nexit 1\\n' >"$3/node_modules/.bin/bun"
       cp "$(dirname "$0")/../bun-of-npm" "$3/node_modules/@oven/bun-linux-x64/bin/bun"
       chmod +x "$3"/node_modules/.bin/bun`,
    );
    for (const name of ["cp", "chmod"])
      symlinkSync(Bun.which(name) ?? `/bin/${name}`, join(folder, "bin", name));
    program("bun-of-npm", fakeBun("1.4.5"), folder);
    const { code, errors, calls } = run("models", "list");
    expect(errors).toEqual([""]);
    expect(code).toBe(0);
    expect(calls).toEqual([
      "npm install --prefix .bun --no-audit --no-fund --no-update-notifier --loglevel=error bun@1.4.5",
      "bun install --frozen-lockfile --production",
      "bun src/cli/models.ts list",
    ]);
  });

  test("when npm fails, its last lines and one sentence are shown, and nothing is left behind", () => {
    program("npm", "echo 'npm error code ENOTFOUND'; exit 1");
    const { code, errors } = run("start");
    expect(code).toBe(1);
    expect(errors).toEqual([
      "npm error code ENOTFOUND",
      "Bun could not be installed. Check the network (and the npm registry), then start again.",
    ]);
    expect(existsSync(join(folder, "project/.bun"))).toBeFalse();
  });

  test("where nothing comes, npm is ended after a short while and one sentence names the network", () => {
    for (const name of ["sleep", "setsid"])
      symlinkSync(Bun.which(name) ?? `/bin/${name}`, join(folder, "bin", name));
    program("npm", `echo $$ >"$CALLS"; sleep 600 & sleep 600`);
    const begun = performance.now();
    const { code, errors, calls } = run("start");
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(code).toBe(1);
    expect(errors.at(-1)).toBe(
      "Bun could not be installed. Check the network (and the npm registry), then start again.",
    );
    expect(errors.join()).toContain("Nothing has come for");
    expect(identifyProcess(Number(calls[0]))).toBeNull();
  }, 40_000);

  test("where something comes slowly, it is waited for, and how much has come is said", () => {
    for (const name of ["sleep", "setsid", "cp", "chmod"])
      symlinkSync(Bun.which(name) ?? `/bin/${name}`, join(folder, "bin", name));
    program(
      "npm",
      `for part in 1 2 3 4 5 6; do sleep 2; echo part >>"$3/part"; done
       mkdir -p "$3/node_modules/@oven/bun-linux-x64/bin"
       cp "$(dirname "$0")/../bun-of-npm" "$3/node_modules/@oven/bun-linux-x64/bin/bun"`,
    );
    program("bun-of-npm", fakeBun("1.4.5"), folder);
    const { code, out } = run("models", "list");
    expect(code).toBe(0);
    expect(out.join()).toContain("MB so far");
  }, 40_000);

  test("a disk that is too full is found out first", () => {
    program("df", "echo 'Filesystem 1024-blocks'; echo '/dev/x 9 9 102400 99% /'");
    program("npm", 'echo "npm $*" >>"$CALLS"');
    const { code, errors, calls } = run("start");
    expect(code).toBe(1);
    expect(errors[0]).toStartWith("Bun needs 400 MB, and 100 MB are free in ");
    expect(calls).toEqual([]);
  });

  test("what was never installed does not run", () => {
    for (const command of ["stop", "status", "logs"]) {
      const { code, out } = run(command);
      expect(code).toBe(3);
      expect(out).toEqual(["It is not running: it has not been installed yet. ./run.sh start does that."]);
    }
  });
});

describe.skipIf(process.platform !== "linux")("a program that runs though Bun cannot be found", () => {
  const children: Bun.Subprocess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** @param command what runs; it is named as the data folder's owner, or somebody who had its pid before */
  function runs(command: readonly string[], isOwner = true): Bun.Subprocess {
    const child = Bun.spawn([...command], { stdio: ["ignore", "ignore", "ignore"] });
    children.push(child);
    const identity = identifyProcess(child.pid);
    mkdirSync(join(folder, "project/data"), { recursive: true });
    writePidFile(join(folder, "project/data/orchestrator.pid"), {
      pid: child.pid,
      started: isOwner ? (identity?.started ?? "") : `${identity?.started}0`,
      marker: "m",
      since: 0,
      url: "http://127.0.0.1:8080",
    });
    return child;
  }

  beforeEach(() => symlinkSync(Bun.which("sleep") ?? "/bin/sleep", join(folder, "bin/sleep")));

  test("is said to run, and is stopped (it was said not to be installed)", async () => {
    const child = runs(["sleep", "60"]);
    expect(run("status")).toMatchObject({
      code: 0,
      out: [
        `It is running (process ${child.pid}). More can be told when ./run.sh start has brought what is missing here.`,
      ],
    });
    expect(run("logs")).toMatchObject({ code: 1, errors: [expect.stringContaining("cannot be asked")] });
    expect(run("stop")).toMatchObject({ code: 0, out: ["Stopped."] });
    expect(await child.exited).not.toBe(0);
    expect(child.signalCode).toBe("SIGTERM");
  });

  test("is asked with the Bun that it runs with, when only that is missing", () => {
    const child = runs([process.execPath, "-e", "setInterval(() => {}, 1000)"]);
    mkdirSync(join(folder, "project/node_modules"), { recursive: true });
    mkdirSync(join(folder, "project/src/cli"), { recursive: true });
    writeFileSync(join(folder, "project/src/cli/control.ts"), "console.log(process.argv.slice(2).join(' '))");
    expect(run("status")).toMatchObject({ code: 0, out: ["status"] });
    expect(child.exitCode).toBeNull();
  });

  test("is not somebody else who was given its pid", () => {
    const child = runs(["sleep", "60"], false);
    for (const command of ["stop", "status"]) expect(run(command).code).toBe(3);
    expect(child.exitCode).toBeNull();
    expect(child.signalCode).toBeNull();
  });

  test("is nobody when what names it cannot be read", () => {
    mkdirSync(join(folder, "project/data"), { recursive: true });
    for (const text of ["", "{", '{"pid":1,"started":""}', '{"pid":"x"}']) {
      writeFileSync(join(folder, "project/data/orchestrator.pid"), text);
      expect(run("stop").code).toBe(3);
    }
  });
});

describe("with Bun", () => {
  beforeEach(() => program("bun", fakeBun("1.4.5")));

  test("start installs what is missing once, prepares a model, and starts", () => {
    const start = ["bun src/cli/models.ts prepare", "bun src/cli/control.ts start"];
    expect(run("start").calls).toEqual(["bun install --frozen-lockfile --production", ...start]);
    expect(run("start").calls).toEqual(start);
    expect(run("start", "--foreground").calls).toEqual([start[0] ?? "", "bun src/main.ts"]);
  });

  test("start waits for the best model when it is told to, and refuses what it does not know", () => {
    run("start");
    const patient = "bun src/cli/models.ts prepare --wait-for-model";
    expect(run("start", "--wait-for-model").calls).toEqual([patient, "bun src/cli/control.ts start"]);
    expect(run("start", "--foreground", "--wait-for-model").calls).toEqual([patient, "bun src/main.ts"]);
    const { code, errors } = run("start", "--wait");
    expect([code, errors]).toEqual([1, ['start knows --foreground and --wait-for-model, and not "--wait".']]);
  });

  test("a new bun.lock is installed, and so is what the tests need, but not twice", () => {
    run("start");
    writeFileSync(join(folder, "project/bun.lock"), "another");
    expect(run("chat").calls[0]).toBe("bun install --frozen-lockfile --production");
    expect(run("test").calls).toEqual(["bun install --frozen-lockfile", "bun tests/install/suite.ts"]);
    expect(run("start").calls[0]).toBe("bun src/cli/models.ts prepare");
  });

  test("packages that cannot be installed are one sentence, and are tried again the next time", () => {
    program(
      "bun",
      'if [ "$1" = --version ]; then echo 1.4.5; else echo "bun $*" >>"$CALLS"; echo "error: ConnectionRefused" >&2; exit 1; fi',
    );
    for (let turn = 0; turn < 2; turn++) {
      const { code, errors, calls } = run("start");
      expect(code).toBe(1);
      expect(errors).toEqual([
        "error: ConnectionRefused",
        "The packages could not be installed. Check the network (and the npm registry), then start again.",
      ]);
      expect(calls).toEqual(["bun install --frozen-lockfile --production"]);
    }
  });

  test("one that is too old is left alone, and another is installed", () => {
    program("bun", fakeBun("1.3.9"));
    program("npm", 'echo "npm $*" >>"$CALLS"; exit 1');
    expect(run("start").calls).toHaveLength(1);
    for (const [version, accepted] of [
      ["1.10.0", true],
      ["2.0.1", true],
      ["0.9.9", false],
      ["not-a-version", false],
    ] as const) {
      program("bun", fakeBun(version));
      expect([version, run("models", "list").code === 0]).toEqual([version, accepted]);
    }
  });

  test("what a command is given is passed on", () => {
    run("start");
    expect(run("logs", "-f").calls).toEqual(["bun src/cli/control.ts logs -f"]);
    expect(run("models", "pull", "phi3").calls).toEqual(["bun src/cli/models.ts pull phi3"]);
    expect(run("setup-vllm", "--cpu").calls).toEqual(["bun src/cli/setup-vllm.ts --cpu"]);
    expect(run("restart").calls.at(-1)).toBe("bun src/cli/control.ts restart");
  });

  test("a program that refuses passes on its exit code", () => {
    program(
      "bun",
      'if [ "$1" = --version ]; then echo 1.4.5; elif [ "$1" != install ]; then echo "PORT must be a number." >&2; exit 78; fi',
    );
    expect(run("start")).toMatchObject({ code: 78, errors: ["PORT must be a number."] });
  });
});

test("help is shown when it is asked for, and when the command is unknown", () => {
  expect(run()).toMatchObject({ code: 0 });
  expect(run("help").out[0]).toBe("Usage: ./run.sh COMMAND");
  const unknown = run("dance");
  expect(unknown.code).toBe(2);
  expect(unknown.errors[0]).toBe('There is no command "dance".');
});
