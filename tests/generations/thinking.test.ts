/** Whether a model thinks, and how long, as its owner chose it. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thinkingFields } from "../../src/server/thinking-fields.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { held, read, words } from "./read-answer.ts";

const folders: string[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

describe("How long a model thinks", () => {
  test("is told to its template, and stands in the receipt", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({ engines: [engine], templateFieldsOf: () => thinkingFields("low") });
    const { id } = await program.generations.ask(ask("What is gold?"));
    await read(program.generations, id);
    const templateFields = { enable_thinking: true, reasoning_effort: "low" };
    expect(engine.requests[0]?.templateFields).toEqual(templateFields);
    expect(program.generations.get(id)?.receipt?.templateFields).toEqual(templateFields);
  });

  test("is the template's own where nothing was chosen", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({
      engines: [engine],
      templateFieldsOf: () => thinkingFields("model"),
    });
    const { id } = await program.generations.ask(ask("What is gold?"));
    await read(program.generations, id);
    expect(engine.requests[0]).not.toHaveProperty("templateFields");
    expect(program.generations.get(id)?.receipt).not.toHaveProperty("templateFields");
  });

  test("stays as it was for an answer that is resumed after another choice", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "thinking-"));
    folders.push(dataDir);
    const { engine, reached } = held(words(6), 3);
    const first = openAnswering({
      dataDir,
      engines: [engine],
      templateFieldsOf: () => thinkingFields("off"),
    });
    const { id } = await first.generations.ask(ask("What is gold?"));
    await reached;
    await first[Symbol.asyncDispose]();
    const later = new ScriptedEngine({ script: () => ({ answer: words(6) }) });
    await using second = openAnswering({
      ...{ dataDir, engines: [later] },
      templateFieldsOf: () => thinkingFields("high"),
    });
    second.generations.recover();
    await read(second.generations, id);
    expect(later.requests[0]?.templateFields).toEqual({ enable_thinking: false });
  });
});
