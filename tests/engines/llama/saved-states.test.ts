/** KV caches on disk: found by what they begin with, within their bound, and harmless when damaged. */
import { afterEach, expect, test } from "bun:test";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  forgetStates,
  type SavableSequence,
  SavedStates,
  type SavedStatesOptions,
} from "../../../src/engines/llama/saved-states.ts";
import { createLog } from "../../../src/log.ts";

const silent = createLog("error", () => {});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), "states-"));
  folders.push(parent);
  return join(parent, "kv-states");
}

const statesIn = (folder: string, change: Partial<SavedStatesOptions> = {}) =>
  new SavedStates({ folder, dependsOn: { model: "m" }, log: silent, mostBytes: 1_000_000, ...change });

/** Tokens that begin with the same as all others of their seed. */
const tokens = (seed: number, count: number) => Array.from({ length: count }, (_, at) => seed * 100_000 + at);

class Sequence implements SavableSequence {
  constructor(
    public cachedTokens: number[] = [],
    public conversationId: string | null = null,
  ) {}
  async saveState(path: string): Promise<void> {
    writeFileSync(path, JSON.stringify(this.cachedTokens));
  }
  async loadState(path: string): Promise<void> {
    this.cachedTokens = JSON.parse(readFileSync(path, "utf8"));
  }
}

const filesOf = (folder: string) =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
    .map(String)
    .filter((name) => name.includes("/"));
const statesOf = (folder: string) => filesOf(folder).filter((name) => name.endsWith(".state"));

/** What a prompt finds, as a sequence has it then. */
async function brought(states: SavedStates, prompt: readonly number[], more = 0): Promise<Sequence | null> {
  const found = states.find(prompt, more);
  if (found === null) return null;
  const sequence = new Sequence();
  await states.load(found, sequence);
  return sequence;
}

test("a prompt finds the state that begins as it does, again and again, after a start too", async () => {
  const folder = newFolder();
  const states = statesIn(folder);
  await states.save(new Sequence(tokens(1, 300), "gold"));
  await states.save(new Sequence(tokens(2, 300), "silver"));
  await states.save(new Sequence(tokens(3, 20), "too short"));
  expect(statesOf(folder)).toHaveLength(2);
  const prompt = [...tokens(2, 300), 7, 8, 9];
  for (const each of [states, states, statesIn(folder)]) {
    const sequence = await brought(each, prompt);
    expect(sequence?.cachedTokens).toEqual(tokens(2, 300));
    expect(sequence?.conversationId).toBe("silver");
  }
  expect(states.find(tokens(3, 300), 0)).toBeNull();
  expect(states.find(prompt, 300)).toBeNull();
});

test("one that merely begins alike is another conversation; one that is cut by little is not", async () => {
  const folder = newFolder();
  const states = statesIn(folder);
  await states.save(new Sequence([...tokens(1, 128), ...tokens(2, 400)], "a"));
  expect(states.find([...tokens(1, 128), ...tokens(3, 400)], 0)).toBeNull();
  expect(states.find([...tokens(1, 128), ...tokens(2, 300), 5], 0)).toMatchObject({ common: 384 });
});

test("the state of a conversation takes the place of its former one, and one without a name that of its beginning", async () => {
  const folder = newFolder();
  const states = statesIn(folder);
  for (const count of [100, 200, 150]) await states.save(new Sequence(tokens(1, count), "a"));
  expect(statesOf(folder)).toHaveLength(1);
  expect((await brought(states, tokens(1, 500)))?.cachedTokens).toHaveLength(150);
  for (const count of [128, 200]) await states.save(new Sequence(tokens(2, count)));
  expect(statesOf(folder)).toHaveLength(2);
});

test("what is on the disk is not written again", async () => {
  const folder = newFolder();
  const states = statesIn(folder);
  const sequence = new Sequence(tokens(1, 100), "a");
  await states.save(sequence);
  const [before] = statesOf(folder);
  expect(states.isKept(sequence)).toBe(true);
  await states.save(sequence);
  expect(statesOf(folder)).toEqual([String(before)]);
  sequence.cachedTokens.push(1);
  expect(states.isKept(sequence)).toBe(false);
});

test("a state of another model or of other settings is never found", async () => {
  const folder = newFolder();
  await statesIn(folder).save(new Sequence(tokens(1, 100)));
  expect(statesIn(folder, { dependsOn: { model: "n" } }).find(tokens(1, 100), 0)).toBeNull();
});

test("1,000 damaged or cut states: each is tried by nobody, and all others are found", async () => {
  const folder = newFolder();
  const states = statesIn(folder);
  for (let seed = 0; seed < 4; seed++) await states.save(new Sequence(tokens(seed, 100), `c${seed}`));
  const [path = ""] = statesOf(folder).map((name) => join(folder, name));
  const label = JSON.parse(readFileSync(`${path}.json`, "utf8"));
  const seed = Number(label.conversationId.slice(1));
  const whole = readFileSync(path);
  for (let change = 0; change < 1_000; change++) {
    const bytes = Buffer.from(whole);
    const at = (change * 7919) % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (change % 8));
    writeFileSync(path, change % 10 === 0 ? whole.subarray(0, at) : bytes);
    writeFileSync(`${path}.json`, JSON.stringify(label));
    const loaded = await brought(statesIn(folder), tokens(seed, 100));
    expect(loaded?.cachedTokens).toEqual([]);
    expect(existsSync(path)).toBe(false);
  }
  writeFileSync(`${path}.json`, "{ nothing of");
  writeFileSync(path, whole);
  const after = statesIn(folder);
  expect(after.find(tokens(seed, 100), 0)).toBeNull();
  for (const other of [0, 1, 2, 3].filter((each) => each !== seed))
    expect((await brought(after, tokens(other, 100)))?.cachedTokens).toEqual(tokens(other, 100));
});

test("one that crashes the process is not tried again by the next start", async () => {
  const folder = newFolder();
  const states = statesIn(folder);
  await states.save(new Sequence(tokens(1, 100)));
  const found = states.find(tokens(1, 100), 0);
  class Crashing extends Sequence {
    override async loadState(): Promise<void> {
      // What the disk holds at the moment of the crash is what the next start finds.
      expect(statesIn(folder).find(tokens(1, 100), 0)).toBeNull();
      throw new Error("a crash");
    }
  }
  if (found !== null) await states.load(found, new Crashing());
  expect(found).not.toBeNull();
  expect(states.find(tokens(1, 100), 0)).toBeNull();
  expect(filesOf(folder)).toEqual([]);
});

test("all states of all models stay within their bound: what was not used for longest goes", async () => {
  const folder = newFolder();
  const size = JSON.stringify(tokens(1, 100)).length;
  const bound = { mostBytes: size * 3 };
  const [one, other] = [statesIn(folder, bound), statesIn(folder, { ...bound, dependsOn: { model: "n" } })];
  await one.save(new Sequence(tokens(1, 100), "a"));
  await one.save(new Sequence(tokens(2, 100), "b"));
  for (const [index, name] of statesOf(folder).entries())
    utimesSync(join(folder, name), index + 1, index + 1);
  const first = JSON.parse(readFileSync(join(folder, `${statesOf(folder)[0]}.json`), "utf8")).conversationId;
  await other.save(new Sequence(tokens(3, 100), "c"));
  await other.save(new Sequence(tokens(4, 100), "d"));
  expect(statesOf(folder)).toHaveLength(3);
  expect((await brought(one, tokens(first === "a" ? 1 : 2, 100)))?.cachedTokens ?? []).toEqual([]);
  expect((await brought(one, tokens(first === "a" ? 2 : 1, 100)))?.cachedTokens).toHaveLength(100);
  for (const seed of [3, 4])
    expect((await brought(other, tokens(seed, 100)))?.cachedTokens).toHaveLength(100);
});

test("a state that will not fit, as the one before it shows, is not even written", async () => {
  const written: number[] = [];
  class Watched extends Sequence {
    override async saveState(path: string): Promise<void> {
      written.push(this.cachedTokens.length);
      await super.saveState(path);
    }
  }
  const states = statesIn(newFolder(), { mostBytes: 2_000 });
  await states.save(new Watched(tokens(1, 100)));
  await states.save(new Watched(tokens(2, 1_000)));
  expect(written).toEqual([100]);
});

test("a folder that cannot be written costs nothing but the states", async () => {
  const folder = newFolder();
  writeFileSync(folder, "a file");
  const states = statesIn(join(folder, "below"));
  await states.save(new Sequence(tokens(1, 100)));
  expect(states.find(tokens(1, 100), 0)).toBeNull();
});

test("the states of conversations that are deleted leave the disk, of any model; those of others stay", async () => {
  const folder = newFolder();
  const states = statesIn(folder);
  await states.save(new Sequence(tokens(1, 100), "kept"));
  await states.save(new Sequence(tokens(2, 100), "deleted"));
  await statesIn(folder, { dependsOn: { model: "n" } }).save(new Sequence(tokens(2, 100), "deleted"));
  forgetStates(folder, (id) => id === "deleted");
  expect(statesOf(folder)).toHaveLength(1);
  expect((await brought(states, tokens(2, 100)))?.cachedTokens ?? []).toEqual([]);
  expect((await brought(states, tokens(1, 100)))?.cachedTokens).toEqual(tokens(1, 100));
  forgetStates(folder, () => true);
  expect(filesOf(folder)).toEqual([]);
});

test("a change of models erased the states of the one that had left: they wait for its return", async () => {
  const folder = newFolder();
  const of = (model: string) => statesIn(folder, { dependsOn: { model } });
  await of("m").save(new Sequence(tokens(1, 100), "a"));
  await of("n").save(new Sequence(tokens(1, 200), "a"));
  expect((await brought(of("n"), tokens(1, 300)))?.cachedTokens).toHaveLength(200);
  expect((await brought(of("m"), tokens(1, 300)))?.cachedTokens).toHaveLength(100);
});
