import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { LlamaServerClient } from "../../../src/engines/llama-server/llama-server-client.ts";
import { LlamaServerEngine } from "../../../src/engines/llama-server/llama-server-engine.ts";
import type { LaunchStatus } from "../../../src/engines/upstream/launch-status.ts";
import { EngineFailedError, EngineUnavailableError, UnsupportedRequestError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { collect, describeEngine, never, request } from "../../contract/engine-contract.ts";
import { type FakeLlamaServer, startFakeLlamaServer } from "../../fakes/fake-llama-server-process.ts";

const launched: LaunchStatus = {
  ...{ state: "ready" as const, since: 1, problem: null, progress: null, phase: null },
  ...{ retryAt: null, details: {} },
};

const engineAt = (baseUrl: string) =>
  new LlamaServerEngine({
    name: "llama-server",
    client: new LlamaServerClient({ baseUrl, apiKey: null }),
    slots: 4,
    launched: () => launched,
    hashOf: async () => "hash",
    replace: async () => ({ loaded: Promise.resolve() }),
    probeIntervalMs: 20,
    log: createLog("error", () => {}),
  });

let contractServer: FakeLlamaServer;
beforeAll(async () => {
  contractServer = await startFakeLlamaServer();
});
afterAll(() => contractServer[Symbol.asyncDispose]());
describeEngine("llama-server, against a fake one that speaks real HTTP", async () =>
  engineAt(contractServer.url),
);

describe("A llama-server", () => {
  test("tells the ids of all tokens, so that an answer is continued from exactly these", async () => {
    await using engine = engineAt(contractServer.url);
    const { tokens, ids } = await collect(engine.generate(request("What is gold?"), never));
    expect(ids).toHaveLength(tokens.length);
    expect(engine.status().modelHash).toBe("hash");
    // A text that its tokenizer would cut otherwise is continued all the same.
    const asked = request("say: one two three four", { temperature: 0 });
    const odd = await collect(engine.generate(asked, never));
    const continueFrom = { text: "one tw", tokens: { modelHash: "hash", ids: odd.ids.slice(0, 2) } };
    const rest = await collect(engine.generate({ ...asked, continueFrom }, never));
    expect(rest.text).toBe(
      odd.tokens
        .slice(2)
        .map(({ text }) => text)
        .join(""),
    );
  });

  test("splits-characters: where the id of a token is not told, none of that piece is, and the text is whole", async () => {
    await using server = await startFakeLlamaServer("splits-characters");
    await using engine = engineAt(server.url);
    const asked = request("say: one two three four five six", { temperature: 0 });
    const { text, tokens } = await collect(engine.generate(asked, never));
    expect(text).toBe("one two three four five six");
    expect(tokens.map(({ ids }) => ids.length)).toContain(0);
    expect(tokens.flatMap(({ ids }) => ids)).not.toContain(-1);
  });

  test("exits-in-mid-answer: the answer fails with a named error after the tokens that came", async () => {
    await using server = await startFakeLlamaServer("exits-in-mid-answer");
    await using engine = engineAt(server.url);
    let tokens = 0;
    const reading = (async () => {
      for await (const event of engine.generate(request("What is gold?"), never))
        if (event.type === "token") tokens += 1;
    })();
    const error = await reading.catch((cause: unknown) => cause);
    expect(error instanceof EngineFailedError || error instanceof EngineUnavailableError).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining("llama-server") });
    expect(tokens).toBe(5);
    expect(engine.status().busySlots).toBe(0);
  });

  test("refuses pictures where its model has no projector, and log-probabilities of a prompt", async () => {
    await using engine = engineAt(contractServer.url);
    const image = { type: "image", url: "data:image/png;base64,AAAA" } as const;
    const messages = [{ role: "user", content: "", parts: [image] }] as const;
    const refused = [
      request("", {}, { messages }),
      { ...request("", { topLogprobs: 1 }), messages: [], prompt: "One", echo: true as const },
    ];
    for (const one of refused)
      await expect(collect(engine.generate(one, never))).rejects.toBeInstanceOf(UnsupportedRequestError);
  });
});
