/** An answer that the desk begins: facts and a card before any engine is asked. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnsupportedRequestError } from "../../src/errors.ts";
import type { AskDesk } from "../../src/generations/answer-writer.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { growth } from "../finance/facts/growth.ts";
import { held, read, words } from "./read-answer.ts";

const folders: string[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const { facts } = growth();
const card = "**9.86 %** growth a year\n\n(16000 ÷ 10000)^(1 ÷ 5) − 1\n\n";
const desk =
  (wantsProse: boolean): AskDesk =>
  async (question) =>
    question.includes("CAGR") ? { facts, card, wantsProse } : null;
const question = ask("What is the CAGR from 10,000 to 16,000 in 5 years?");

describe("A question that the desk can answer", () => {
  test("is answered without an engine, when no prose is wanted", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({ engines: [engine], askDesk: desk(false) });
    const generation = await program.generations.ask(question);
    const { text, outcome, updates } = await read(program.generations, generation.id);
    expect(text).toBe(card);
    expect(engine.requests).toHaveLength(0);
    expect(outcome).toMatchObject({
      state: "done",
      finishReason: "stop",
      usage: { completionTokens: 0 },
      writers: [{ engine: "desk", model: "desk", fromToken: 0 }],
    });
    const tokens = updates.flatMap((update) => (update.type === "tokens" ? update.tokens : []));
    expect(tokens[0]?.facts).toEqual(facts);
    expect(program.store.messages.get(generation.messageId)?.content).toBe(card);
    expect(program.store.facts.get(facts[0].id, null)).toEqual(facts[0]);
    expect(program.store.facts.get(facts[0].id, "somebody")).toBeUndefined();
  });

  test("gets the model's prose after the card, and its facts and card stand before it in the log", async () => {
    const engine = new ScriptedEngine({ script: () => ({ answer: "Good growth." }) });
    await using program = openAnswering({ engines: [engine], askDesk: desk(true) });
    const { id } = await program.generations.ask(question);
    const { text, outcome } = await read(program.generations, id);
    expect(text.startsWith(card)).toBe(true);
    expect(engine.requests[0]?.continueFrom?.text).toBe(card);
    expect(outcome?.writers.map(({ engine }) => engine)).toEqual(["desk", "scripted"]);
    // Read again from any cursor it is the same.
    const count = outcome?.tokenCount ?? 0;
    for (let after = 0; after <= count; after++) {
      const again = await read(program.generations, id, after);
      expect(text.endsWith(again.text)).toBe(true);
    }
  });

  test("is answered by its card, when no engine can answer", async () => {
    await using program = openAnswering({ engines: [], askDesk: desk(true) });
    const { id } = await program.generations.ask(question);
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe(card);
    expect(outcome).toMatchObject({ state: "done", error: null });
  });

  test("gets the card once, however often the server ends while the prose is written", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "desk-"));
    folders.push(dataDir);
    const { engine, reached } = held(`${words(6)}`, 3);
    const first = openAnswering({ engines: [engine], dataDir, askDesk: desk(true) });
    const { id } = await first.generations.ask(question);
    await reached;
    await first[Symbol.asyncDispose]();
    await using second = openAnswering({
      engines: [new ScriptedEngine({ script: () => ({ answer: words(6) }) })],
      dataDir,
      askDesk: desk(true),
    });
    second.generations.recover();
    const { text, outcome } = await read(second.generations, id);
    expect(outcome?.state).toBe("done");
    expect(text.split(card)).toHaveLength(2);
    expect(second.store.tokenLog.read(id).filter(({ facts }) => facts)).toHaveLength(1);
  });

  describe("in strict prose", () => {
    const strictDesk: AskDesk = async (text, options) => {
      const answer = await desk(true)(text, options);
      return answer === null ? null : { ...answer, withoutDigits: true };
    };
    const filled = "It grew by 9.86 % a year, that is (no such fact).";
    const asWritten = "It grew by [[A]] a year, that is [[ZZ]].";

    test("has the facts' figures in place of slots, in the log too, and none of the model's", async () => {
      const engine = new ScriptedEngine({ script: () => ({ answer: `${asWritten} Not 42.` }) });
      await using program = openAnswering({ engines: [engine], askDesk: strictDesk });
      const { id, messageId } = await program.generations.ask(question);
      const { text, outcome } = await read(program.generations, id);
      expect(text).toBe(`${card}${filled} Not nn.`);
      expect(program.store.messages.get(messageId)?.content).toBe(text);
      expect(program.store.generations.get(id)?.receipt?.systemPrompt).toContain(`[[A]] ${facts[0].label}`);
      expect(engine.requests[0]).toMatchObject({ withoutDigits: true });
      expect(engine.requests[0]?.messages[0]?.content).toContain(`[[A]] ${facts[0].label}`);
      const logged = program.store.tokenLog.read(id).find((token) => token.text.includes("9.86 % a"));
      expect(logged ?? { ids: [] }).toMatchObject({ ids: [] });
      // Read again from any cursor it is the same.
      for (let after = 0; after <= (outcome?.tokenCount ?? 0); after++)
        expect(text.endsWith((await read(program.generations, id, after)).text)).toBe(true);
    });

    test("is resumed before a slot that the server's end cut, with the same prompt under another setting", async () => {
      const dataDir = mkdtempSync(join(tmpdir(), "desk-"));
      folders.push(dataDir);
      const reached = Promise.withResolvers<void>();
      let tokens = 0;
      const begun = new ScriptedEngine({
        cut: (text) => text.split(/(\[\[|\]\])/),
        script: () => ({
          answer: asWritten,
          pace: async (_, signal) => {
            // "It grew by " and the brackets have been written, the letter has not.
            if (tokens++ < 2) return;
            reached.resolve();
            await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
          },
        }),
      });
      const first = openAnswering({ engines: [begun], dataDir, askDesk: strictDesk });
      const { id } = await first.generations.ask(question);
      await reached.promise;
      await first[Symbol.asyncDispose]();
      const next = new ScriptedEngine({
        script: ({ continueFrom }) => ({ answer: `${continueFrom?.text}[[A]] a year, that is [[ZZ]].` }),
      });
      await using second = openAnswering({ engines: [next], dataDir, askDesk: desk(true) });
      second.generations.recover();
      const { text, outcome } = await read(second.generations, id);
      expect(outcome).toMatchObject({ state: "done" });
      expect(text).toBe(card + filled);
      expect(next.requests[0]?.continueFrom?.text).toBe(`${card}It grew by `);
      expect(next.requests[0]?.withoutDigits).toBe(true);
      expect(next.requests[0]?.messages).toEqual(begun.requests[0]?.messages ?? []);
    });

    test("is its card alone, when the engine cannot hold digits back", async () => {
      const refusal = new UnsupportedRequestError("It cannot.");
      const script = { answer: "Good.", failAt: { token: 0, error: refusal } };
      const engine = new ScriptedEngine({ script: () => script });
      await using program = openAnswering({ engines: [engine], askDesk: strictDesk });
      const { id } = await program.generations.ask(question);
      const { text, outcome } = await read(program.generations, id);
      expect(text).toBe(card);
      expect(outcome).toMatchObject({ state: "done", error: null });
    });
  });

  test("leaves other questions to the model", async () => {
    await using program = openAnswering({ askDesk: desk(true) });
    const { id } = await program.generations.ask(ask("What is a bond?"));
    const { outcome } = await read(program.generations, id);
    expect(outcome?.writers.map(({ engine }) => engine)).toEqual(["scripted"]);
    expect(program.store.facts.newest(null, 10)).toEqual([]);
  });
});
