import { afterEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

function states(change: Partial<SavedStatesOptions> = {}) {
  const parent = mkdtempSync(join(tmpdir(), "states-"));
  folders.push(parent);
  const folder = change.folder ?? join(parent, "kv-states");
  return {
    folder,
    states: new SavedStates({ folder, dependsOn: { model: "m" }, log: silent, ...change }),
  };
}

class Sequence implements SavableSequence {
  constructor(
    public content: string,
    public length = 100,
    public conversationId: string | null = null,
  ) {}
  async saveState(path: string): Promise<void> {
    writeFileSync(path, this.content);
  }
  async loadState(path: string): Promise<void> {
    if (this.content === "crash") throw new Error("a crash");
    this.content = readFileSync(path, "utf8");
  }
}

const contents = (sequences: readonly Sequence[]) => sequences.map(({ content }) => content);
const empty = (count: number) => Array.from({ length: count }, () => new Sequence(""));
const filesOf = (folder: string) => (existsSync(folder) ? readdirSync(folder, { recursive: true }) : []);

test("what was saved is loaded, the most recently used first, and only once", async () => {
  const { folder, states: saved } = states();
  await saved.save([new Sequence("recent"), new Sequence("older"), new Sequence("too short", 10)]);
  const sequences = empty(3);
  await saved.load(sequences);
  expect(contents(sequences)).toEqual(["recent", "older", ""]);
  expect(filesOf(folder)).toEqual([]);
});

test("a state of another model or of other settings is never loaded", async () => {
  const { folder, states: saved } = states();
  await saved.save([new Sequence("of m")]);
  const sequences = empty(1);
  await states({ folder, dependsOn: { model: "n" } }).states.load(sequences);
  expect(contents(sequences)).toEqual([""]);
});

test("a state that was damaged or cut is not loaded, and the others are", async () => {
  const { folder, states: saved } = states();
  await saved.save([new Sequence("first"), new Sequence("second"), new Sequence("third")]);
  const at = (name: string) => join(folder, String(readdirSync(folder)[0]), name);
  writeFileSync(at("0.state"), "fIrst");
  writeFileSync(at("1.state"), "sec");
  const sequences = empty(3);
  await saved.load(sequences);
  expect(contents(sequences)).toEqual(["third", "", ""]);
});

test("one that crashes the process is not tried again by the next start", async () => {
  const { folder, states: saved } = states();
  await saved.save([new Sequence("poison")]);
  const place = join(folder, String(readdirSync(folder)[0]));
  class Crashing extends Sequence {
    override async loadState(): Promise<void> {
      // What the disk holds at the moment of the crash is what the next start finds.
      expect(readdirSync(place).filter((name) => name.endsWith(".state"))).toEqual([]);
      throw new Error("a crash");
    }
  }
  await saved.load([new Crashing("")]);
  const sequences = empty(1);
  await saved.load(sequences);
  expect(contents(sequences)).toEqual([""]);
});

test("all states together stay within their bound", async () => {
  const { folder, states: saved } = states({ mostBytes: 10 });
  await saved.save([new Sequence("12345678"), new Sequence("12345678")]);
  expect(filesOf(folder).filter((name) => String(name).includes(".state"))).toHaveLength(2);
  const sequences = empty(2);
  await saved.load(sequences);
  expect(contents(sequences)).toEqual(["12345678", ""]);
});

test("a state that will not fit, as the one before it shows, is not even written", async () => {
  const { states: saved } = states({ mostBytes: 200 });
  const written: string[] = [];
  class Watched extends Sequence {
    override async saveState(path: string): Promise<void> {
      written.push(this.content.slice(0, 1));
      await super.saveState(path);
    }
  }
  // A byte a token.
  await saved.save([new Watched("a".repeat(90), 90), new Watched("b".repeat(150), 150)]);
  expect(written).toEqual(["a"]);
});

test("a folder that cannot be written costs nothing but the states", async () => {
  const { folder } = states();
  writeFileSync(folder, "a file");
  const { states: saved } = states({ folder: join(folder, "below"), log: silent });
  await saved.save([new Sequence("lost")]);
  await saved.load(empty(1));
});

test("the states of conversations that are deleted leave the disk, and the others know whose they are", async () => {
  const { folder, states: saved } = states();
  await saved.save([new Sequence("kept", 100, "a"), new Sequence("deleted", 100, "b")]);
  forgetStates(folder, (id) => id === "b");
  const left = filesOf(folder).map(String);
  expect(left.filter((name) => name.includes(".state")).map((name) => name.split("/").at(-1))).toEqual(
    expect.arrayContaining(["0.state", "0.state.json"]),
  );
  expect(left.filter((name) => name.includes("1.state"))).toEqual([]);
  const sequences = empty(2);
  await saved.load(sequences);
  expect(sequences.map(({ content, conversationId }) => [content, conversationId])).toEqual([
    ["kept", "a"],
    ["", null],
  ]);
  forgetStates(folder, () => true);
});

test("a change of models erased the states of the one that had left: they wait for its return", async () => {
  const { folder, states: first } = states();
  const of = (model: string) => states({ folder, dependsOn: { model } }).states;
  await first.save([new Sequence("of m")]);
  await of("n").save([new Sequence("of n")]);
  await of("n").load(empty(1));
  const sequences = empty(1);
  await first.load(sequences);
  expect(contents(sequences)).toEqual(["of m"]);
  expect(filesOf(folder)).toEqual([]);
});

test("of other models the newest states stay, as far as half of the bound has room for them", async () => {
  const label = 120;
  const { folder } = states();
  const of = (model: string) => states({ folder, dependsOn: { model }, mostBytes: 2 * (label + 100) }).states;
  for (const model of ["old", "newer"]) {
    await of(model).save([new Sequence("x".repeat(100))]);
    await Bun.sleep(20);
  }
  await of("present").save([new Sequence("x".repeat(100))]);
  expect(readdirSync(folder)).toHaveLength(2);
  const sequences = empty(1);
  await of("newer").load(sequences);
  expect(sequences[0]?.content).toHaveLength(100);
});
