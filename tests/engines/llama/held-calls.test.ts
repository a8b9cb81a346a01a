/**
 * Calls of tools by models of today's families: random weights, but each with its family's own template and marks. Whatever they
 * draw, a call that is asked for parses and fits its schema. `CALLS=500` asks for so many.
 */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { LlamaEngine } from "../../../src/engines/llama/llama-engine.ts";
import { createLog } from "../../../src/log.ts";
import { collect, never, request } from "../../contract/engine-contract.ts";
import { writeRandomModel } from "../../models/random-model.ts";
import { families, templateOf } from "./templates/conversations.ts";

const folder = mkdtempSync(join(tmpdir(), "held-calls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Price = t.Object({
  symbol: t.Union([t.Literal("XAUUSD"), t.Literal("EURUSD")]),
  days: t.Integer(),
  live: t.Optional(t.Boolean()),
});
const Order = t.Object({ lots: t.Number(), side: t.Union([t.Literal("buy"), t.Literal("sell")]) });
const tools = [
  {
    name: "get_price",
    description: "A price.",
    parameters: {
      type: "object",
      properties: {
        symbol: { type: "string", enum: ["XAUUSD", "EURUSD"] },
        days: { type: "integer" },
        live: { type: "boolean" },
      },
      required: ["symbol", "days"],
      additionalProperties: false,
    },
  },
  {
    name: "place_order",
    parameters: {
      type: "object",
      properties: { lots: { type: "number" }, side: { type: "string", enum: ["buy", "sell"] } },
      required: ["lots", "side"],
      additionalProperties: false,
    },
  },
];

/** Marks in a template that are one token each in its model's vocabulary. */
function marksIn(template: string) {
  const marks = new Set(template.match(/<\|[\w:]+\|>|\[\/?[A-Z_]{3,}\]|<\/?(?:think|tool_call)>/g) ?? []);
  const isShown = (mark: string) => mark.startsWith("<") && !mark.startsWith("<|");
  return { controls: [...marks].filter((mark) => !isShown(mark)), shown: [...marks].filter(isShown) };
}

const inAll = Number(process.env.CALLS ?? 52);

for (const [seed, family] of families.entries())
  describe(family, () => {
    test("calls what it must, whole and as its schema says", async () => {
      const template = templateOf(family);
      const { controls, shown } = marksIn(template);
      const path = await writeRandomModel(join(folder, `${family}.gguf`), {
        ...{ family: "llama", template, shown, seed: seed + 1 },
        controls: [...new Set([...controls, "<|end of text|>"])],
        eos: "<|end of text|>",
      });
      await using engine = new LlamaEngine({
        ...{ threads: 1, parallel: 1, contextSize: 4096, gpu: false },
        resolveModel: async () => ({ id: family, path, sha256: null }),
        log: createLog("error", () => {}),
      });
      for (let count = 0; count < inAll / families.length; count++) {
        const asked = request("Buy gold.", { maxTokens: 400, temperature: 1, seed: count });
        const { events, finish } = await collect(
          engine.generate(
            { ...asked, tools, toolChoice: "required", parallelToolCalls: count % 2 === 0 },
            never,
          ),
        );
        const calls = events.filter((event) => event.type === "tool-call");
        expect(calls.length).toBeGreaterThan(0);
        // What opens the call was not asked: while the prompt is read, it is as long as it is at the end.
        const told = events.findLast((event) => event.type === "prompt-progress");
        expect(told?.total).toBe(finish?.usage.promptTokens);
        // One that was cut by the limit is given as far as it came.
        const whole = finish?.reason === "length" ? calls.slice(0, -1) : calls;
        for (const call of whole) {
          const schema = call.name === "get_price" ? Price : Order;
          expect([
            family,
            call.name,
            call.arguments,
            Value.Check(schema, JSON.parse(call.arguments)),
          ]).toEqual([family, call.name, call.arguments, true]);
        }
      }
    });
  });
