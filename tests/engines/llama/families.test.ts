/**
 * The engine on models of today's families: some look back over a window, some keep a state in place of keys and values. Neither
 * can be cut anywhere, so that a chat was read anew in each turn: always by the second kind, and after an edit by the first.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChatMessage } from "../../../src/chat/engine.ts";
import { LlamaEngine } from "../../../src/engines/llama/llama-engine.ts";
import { checkpointIn } from "../../../src/engines/llama/prompt-blocks.ts";
import { createLog } from "../../../src/log.ts";
import { collect, never, request } from "../../contract/engine-contract.ts";
import { writeRandomModel } from "../../models/random-model.ts";

const folder = mkdtempSync(join(tmpdir(), "families-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openOn = (path: string, { parallel = 1, states }: { parallel?: number; states?: string } = {}) =>
  new LlamaEngine({
    threads: 1,
    parallel,
    contextSize: 2048,
    gpu: false,
    resolveModel: async () => ({ id: "random", path, sha256: "of-this-file" }),
    log: createLog("error", () => {}),
    ...(states === undefined ? {} : { stateFolder: states }),
  });

/** Some hundred tokens each. */
const questions = ["gold", "silver", "copper"].map(
  (metal) => `${`What moved the price of ${metal} in the last year? `.repeat(8)}Name what you build on.`,
);
/** ChatML whose answers begin in a thought, which later turns leave out: all that these models write is thought. */
const thinkingTemplate = [
  "{%- for message in messages -%}",
  "{{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' -}}",
  "{%- endfor -%}",
  "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\n<think>\n' -}}{%- endif -%}",
].join("");
const said = (role: ChatMessage["role"], content: string): ChatMessage => ({ role, content });

async function answered(engine: LlamaEngine, messages: readonly ChatMessage[]) {
  // A prompt is counted once for each list: another turn has a list of its own.
  const asked = request("", { maxTokens: 24, temperature: 0 }, { messages: [...messages] });
  const { events, finish } = await collect(engine.generate(asked, never));
  const text = events.map((event) => (event.type === "reasoning" ? event.text : "")).join("");
  expect(text).not.toBe("");
  return { text, cached: finish?.usage.cachedTokens ?? 0, prompt: finish?.usage.promptTokens ?? 0 };
}

for (const family of ["gemma3", "qwen35"] as const)
  describe(`A random ${family}`, () => {
    const path = join(folder, `${family}.gguf`);
    beforeAll(() => writeRandomModel(path, { family, template: thinkingTemplate }));

    test("answers each turn as it would have without a cache, and reads little of the earlier ones again", async () => {
      await using engine = openOn(path);
      const messages: ChatMessage[] = [];
      let promptBefore = 0;
      for (const question of questions) {
        messages.push(said("user", question));
        const asked = await answered(engine, messages);
        await using other = openOn(path);
        const anew = await answered(other, messages);
        expect(anew.cached).toBe(0);
        expect(asked.text).toBe(anew.text);
        expect(asked.cached).toBeGreaterThanOrEqual(checkpointIn(promptBefore, 64));
        promptBefore = asked.prompt;
        // As a thought is left out: the cache has to be cut behind the question.
        messages.push(said("assistant", "It rose."));
      }
    });

    test("answers at once when its thought is ended, from what the cache has of it", async () => {
      await using engine = openOn(path);
      const messages = [said("user", questions[0] ?? "")];
      const { text, prompt } = await answered(engine, messages);
      const continueFrom = { text: "", thought: [{ text, ids: [] }], isThoughtOver: true as const };
      const asked = request("", { maxTokens: 48, temperature: 0 }, { messages, continueFrom });
      const { events, finish } = await collect(engine.generate(asked, never));
      expect(events.filter(({ type }) => type === "reasoning")).toEqual([]);
      expect(events.some(({ type }) => type === "token")).toBe(true);
      expect(finish?.usage.cachedTokens).toBeGreaterThanOrEqual(checkpointIn(prompt, 64));
    });

    test("asked again, and after an edit of the last question, reads the turns before it no more", async () => {
      await using engine = openOn(path);
      const talk = [said("user", questions[0] ?? ""), said("assistant", "It rose.")];
      const first = await answered(engine, [...talk, said("user", questions[1] ?? "")]);
      const again = await answered(engine, [...talk, said("user", questions[1] ?? "")]);
      expect(again.text).toBe(first.text);
      expect(again.cached).toBeGreaterThan(again.prompt - 100);
      await answered(engine, [...talk.slice(0, 1)]);
      const edited = await answered(engine, [
        ...talk.slice(0, 1),
        said("assistant", "It fell."),
        said("user", "Why?"),
      ]);
      expect(edited.cached).toBeGreaterThanOrEqual(64);
    });

    test("finds the conversation on the disk after a restart, and answers from there as it would anew", async () => {
      const states = mkdtempSync(join(folder, "states-"));
      const talk = [said("user", questions.join(" "))];
      {
        await using engine = openOn(path, { states });
        await answered(engine, talk);
      }
      await using engine = openOn(path, { states });
      const next = [...talk, said("assistant", "It rose."), said("user", questions[1] ?? "")];
      const asked = await answered(engine, next);
      await using other = openOn(path);
      expect(asked.text).toBe((await answered(other, next)).text);
      expect(asked.cached).toBeGreaterThanOrEqual(64);
    });

    test("writes two answers at once, each as it would alone", async () => {
      await using engine = openOn(path, { parallel: 2 });
      const alone = [];
      for (const question of questions.slice(0, 2)) {
        await using one = openOn(path);
        alone.push((await answered(one, [said("user", question)])).text);
      }
      const together = await Promise.all(
        questions.slice(0, 2).map((question) => answered(engine, [said("user", question)])),
      );
      expect(together.map(({ text }) => text)).toEqual(alone);
    });
  });
