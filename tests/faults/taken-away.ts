/**
 * The database is deleted, moved, replaced or restored over under the running server, while programs write: whatever was
 * acknowledged is in the rescued copy, nothing that was asked afterwards is acknowledged, and no start makes an empty
 * database of what is left.
 */
import { Database } from "bun:sqlite";
import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backUp, restoreBackup } from "../../src/store/backup.ts";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { type RealServer, startRealServer } from "../real-server.ts";
import { type Fault, type FaultResult, Losses } from "./fault.ts";
import { newDataFolder } from "./server-under-test.ts";

interface Way {
  readonly name: string;
  /** Takes the database of this folder away from its server, in one moment. */
  readonly away: (dataDir: string) => void;
  /** Another database is in its place then, and a start is right to open it. */
  readonly leavesAnother: boolean;
}

const nameIn = (dataDir: string) => join(dataDir, "assistant.db");
const replacement = (dataDir: string) => join(dataDir, "another");

const ways: readonly Way[] = [
  { name: "deleted", away: (dataDir) => rmSync(nameIn(dataDir)), leavesAnother: false },
  {
    name: "moved",
    away: (dataDir) => renameSync(nameIn(dataDir), join(dataDir, "moved.db")),
    leavesAnother: false,
  },
  {
    name: "replaced",
    away: (dataDir) => renameSync(replacement(dataDir), nameIn(dataDir)),
    leavesAnother: true,
  },
  {
    name: "restored over",
    away: (dataDir) => void restoreBackup(dataDir, replacement(dataDir), new Date()),
    leavesAnother: true,
  },
];

/** One fault for each way. */
export const takenAway: readonly Fault[] = ways.map((way) => ({
  name: `a database that is ${way.name} under the server`,
  times: { long: 50, short: 2 },
  run: (times, random) => takeAway(way, times, random),
}));

async function takeAway(way: Way, times: number, random: () => number): Promise<FaultResult> {
  const losses = new Losses();
  await using vllm = await startFakeVllm({ paceMs: 1 });
  for (let time = 0; time < times; time++) {
    const dataDir = newDataFolder();
    const add = (problem: string) => losses.add(`round ${time}: ${problem}`);
    const server = await startRealServer({ dataDir, environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
    try {
      await oneRound(way, server, random, add);
    } finally {
      await server[Symbol.asyncDispose]();
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
  return losses.result(times);
}

async function oneRound(way: Way, server: RealServer, random: () => number, add: (problem: string) => void) {
  const { dataDir } = server;
  await remember(server, "the first of all");
  backUp(dataDir, replacement(dataDir));
  if ((await command(dataDir, "restore", replacement(dataDir))).code !== 1)
    add("restore is not refused while the server runs");

  const acknowledged = new Set(["the first of all"]);
  const state = { isAway: false, isOver: false };
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let index = 0; !state.isOver; index++) {
      const key = `${writer}-${index}`;
      const wasAway = state.isAway;
      const done = await (index % 4 === 3 ? ask(server, key) : remember(server, key));
      if (done && wasAway) add(`${key} was asked after the database was ${way.name}, and acknowledged`);
      if (done) acknowledged.add(key);
    }
  });
  await Bun.sleep(random() * 250);
  way.away(dataDir);
  state.isAway = true;
  await until(async () => (await storageOf(server)).includes("./run.sh")).catch(() =>
    add("/health does not say what to do"),
  );
  state.isOver = true;
  await Promise.all(writers);

  // Killed, too: what is rescued was rescued when it was noticed.
  if (random() < 0.5) await server.kill();
  else if ((await server.stop()) !== 0) add("the server did not end as asked");

  const [rescued = "", ...more] = rescuedIn(dataDir);
  if (rescued === "" || more.length > 0) add(`${more.length + (rescued === "" ? 0 : 1)} rescued copies`);
  if (!way.leavesAnother) {
    const { code, output } = await startAgain(dataDir);
    if (code !== 78 || !output.includes(`./run.sh restore ${rescued}`))
      add(`a start over what is left ended with ${code}: ${output.slice(-300)}`);
  }
  const restored = await command(dataDir, "restore", rescued);
  if (restored.code !== 0) add(`restore ended with ${restored.code}: ${restored.output}`);
  else findAll(dataDir, acknowledged, add);
}

function findAll(dataDir: string, acknowledged: ReadonlySet<string>, add: (problem: string) => void): void {
  using database = new Database(nameIn(dataDir), { readonly: true });
  const integrity = database.query("PRAGMA integrity_check").values().flat().join();
  if (integrity !== "ok") add(`integrity_check: ${integrity}`);
  const stored = new Set<unknown>(
    ['SELECT "key" FROM memories', "SELECT content FROM messages WHERE role = 'user'"].flatMap((sql) =>
      database.query(sql).values().flat(),
    ),
  );
  for (const key of acknowledged) if (!stored.has(key) && !stored.has(`say: ${key}`)) add(`${key} is lost`);
}

async function remember({ url }: RealServer, key: string): Promise<boolean> {
  const { status, body } = await post(`${url}/memorize`, { key, value: `the value of ${key}` });
  return status === 200 && body.includes('"success":true');
}

async function ask({ url }: RealServer, key: string): Promise<boolean> {
  const { status, body } = await post(`${url}/chat`, { message: `say: ${key}`, memory_context: 0 });
  return status === 200 && body.includes(key);
}

async function post(url: string, body: unknown): Promise<{ status: number; body: string }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.text() };
}

async function storageOf({ url }: RealServer): Promise<string> {
  const { storage } = await (await fetch(`${url}/health`)).json();
  return storage;
}

const rescuedIn = (dataDir: string) =>
  readdirSync(join(dataDir, "snapshots"))
    .filter((name) => name.startsWith("rescued-"))
    .map((name) => join(dataDir, "snapshots", name));

const command = (dataDir: string, ...words: string[]) =>
  ended(["src/cli/backup.ts", ...words], { DATA_DIR: dataDir });

const startAgain = (dataDir: string) =>
  ended(["src/server.ts"], { DATA_DIR: dataDir, PORT: "0", ENGINE: "llama", MODEL: "none" });

async function ended(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = Bun.spawn([process.execPath, ...words], {
    cwd: join(import.meta.dir, "../.."),
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A start that is not refused would serve for ever.
  const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const [code, ...texts] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  clearTimeout(timer);
  return { code, output: texts.join("") };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error("It did not come to be.");
    await Bun.sleep(25);
  }
}
