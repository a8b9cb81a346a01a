/** The contract of an engine on a real llama-server with the real small model. */
import { afterAll, describe, expect, test } from "bun:test";
import { collect, describeEngine, never, request } from "../contract/engine-contract.ts";
import { startRealLlamaServer, whyNoLlamaServer } from "./real-llama-server.ts";

const why = whyNoLlamaServer();
if (why === null) {
  const started: Awaited<ReturnType<typeof startRealLlamaServer>>[] = [];
  afterAll(async () => {
    for (const one of started) await one[Symbol.asyncDispose]();
  });
  const create = async () => {
    const real = await startRealLlamaServer();
    started.push(real);
    return real.engine;
  };
  describeEngine("a real llama-server", create, {
    drawsAnew: "llama-server begins its random numbers anew with each request",
    callsNone: "the template of the small model knows no tools",
  });

  describe("A real llama-server", () => {
    test("holds an answer to a schema, and to a grammar, a pattern and a choice", async () => {
      const { engine } = started[0] ?? (await startRealLlamaServer());
      const ask = (format: NonNullable<Parameters<typeof request>[2]>["format"]) =>
        collect(
          engine.generate(request("Name a currency.", { maxTokens: 60 }, format ? { format } : {}), never),
        );
      const schema = {
        type: "object",
        properties: { code: { type: "string", enum: ["EUR", "USD"] } },
        required: ["code"],
        additionalProperties: false,
      };
      const { text } = await ask({ type: "json-schema", name: "currency", schema });
      expect(["EUR", "USD"]).toContain(JSON.parse(text).code);
      expect((await ask({ type: "grammar", grammar: 'root ::= "gold" | "silver"' })).text).toMatch(
        /^(gold|silver)$/,
      );
      expect((await ask({ type: "regex", pattern: "[A-Z]{3}" })).text).toMatch(/^[A-Z]{3}$/);
      expect((await ask({ type: "choice", choices: ["yes", "no"] })).text).toMatch(/^(yes|no)$/);
    });

    test("reads a prompt that it has read before from its cache", async () => {
      const { engine } = started[0] ?? (await startRealLlamaServer());
      const asked = request("What is a dividend? Answer in one sentence.", { maxTokens: 4 });
      await collect(engine.generate(asked, never));
      const { finish } = await collect(engine.generate(asked, never));
      expect(finish?.usage.cachedTokens).toBeGreaterThan(10);
    });
  });
} else test.skip(`the contract on a real llama-server is left out: ${why}`, () => {});
