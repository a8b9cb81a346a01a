/** What every engine must do, as one suite: each implementation's test file calls it with its own engine. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ChatEvent, FinishEvent, TokenEvent } from "../../src/chat/chat-event.ts";
import type { Engine, GenerateRequest, Sampling } from "../../src/chat/engine.ts";
import { PromptTooLongError, UnsupportedRequestError } from "../../src/errors.ts";

export const never = new AbortController().signal;

/** @param question the user's words; the engine under test must answer them with at least eight tokens */
export function request(
  question: string,
  sampling: Partial<Sampling> = {},
  rest: Partial<GenerateRequest> = {},
): GenerateRequest {
  return {
    generationId: crypto.randomUUID(),
    messages: [
      { role: "system", content: "You are a financial assistant." },
      { role: "user", content: question },
    ],
    sampling: {
      temperature: 0.7,
      topP: 0.95,
      maxTokens: 24,
      seed: 7,
      stop: [],
      topLogprobs: null,
      ...sampling,
    },
    ...rest,
  };
}

export interface Answer {
  readonly text: string;
  readonly ids: readonly number[];
  readonly tokens: readonly TokenEvent[];
  readonly finish: FinishEvent | undefined;
  readonly events: readonly ChatEvent[];
}

export async function collect(events: AsyncIterable<ChatEvent>): Promise<Answer> {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  const tokens = all.filter((event) => event.type === "token");
  return {
    text: tokens.map((token) => token.text).join(""),
    ids: tokens.flatMap((token) => token.ids),
    tokens,
    finish: all.find((event) => event.type === "finish"),
    events: all,
  };
}

export interface EngineTraits {
  /** Why an answer that is drawn by chance cannot go on with the draws of the unbroken one; then it is asked greedily. */
  readonly drawsAnew?: string;
  /** Why it can have this model call no tools; a tool that must be called is refused then. */
  readonly callsNone?: string;
}

/** @param create makes an engine with four slots; it is made once for the whole suite */
export function describeEngine(
  name: string,
  create: () => Promise<Engine>,
  { drawsAnew, callsNone }: EngineTraits = {},
): void {
  describe(`The contract of an engine: ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await create();
      await engine.ensureReady(never);
    });
    afterAll(async () => {
      await engine[Symbol.asyncDispose]();
    });

    test("a ready engine says which model answers, and how many slots it has", () => {
      const status = engine.status();
      expect(status).toMatchObject({ state: "ready", problem: null, busySlots: 0 });
      expect(status.model).toBeTruthy();
      expect(status.contextSize).toBeGreaterThan(0);
    });

    test("an answer is prompt progress, then tokens, then exactly one finish, last", async () => {
      const answer = await collect(engine.generate(request("What is gold?"), never));
      expect(answer.tokens.length).toBeGreaterThan(4);
      expect(answer.events.filter((event) => event.type === "finish")).toHaveLength(1);
      expect(answer.events.at(-1)?.type).toBe("finish");
      const kinds = answer.events.map((event) => event.type);
      expect(kinds.lastIndexOf("prompt-progress")).toBeLessThan(kinds.indexOf("token"));
    });

    test("finish counts the prompt's and the answer's tokens and tells the timings", async () => {
      const { finish } = await collect(engine.generate(request("What is gold?", { maxTokens: 8 }), never));
      expect(finish?.reason).toBe("length");
      expect(finish?.usage.completionTokens).toBe(8);
      expect(finish?.usage.promptTokens).toBeGreaterThan(5);
      expect(finish?.timings.timeToFirstTokenMs).toBeGreaterThan(0);
      expect(finish?.timings.decodePerSecond).toBeGreaterThan(0);
    });

    test("the same seed gives the same text", async () => {
      const [first, second] = [
        await collect(engine.generate(request("What is a pip?"), never)),
        await collect(engine.generate(request("What is a pip?"), never)),
      ];
      expect(second.text).toBe(first.text);
    });

    test("a stop string ends the answer before it, even when it begins inside a token", async () => {
      const whole = await collect(engine.generate(request("What is a bond?", { maxTokens: 20 }), never));
      const at = Math.floor(whole.text.length / 2);
      const stop = whole.text.slice(at, at + 5);
      const expected = whole.text.slice(0, whole.text.indexOf(stop));
      const cut = await collect(
        engine.generate(request("What is a bond?", { maxTokens: 20, stop: [stop] }), never),
      );
      expect(cut.text).toBe(expected);
      expect(cut.finish?.reason).toBe("stop");
    });

    const greedily = drawsAnew === undefined ? "" : ` (greedily: ${drawsAnew})`;
    test(`an answer cut anywhere goes on as if it had never been cut${greedily}`, async () => {
      const asked = request("What moves the price of gold?", {
        maxTokens: 20,
        ...(drawsAnew === undefined ? {} : { temperature: 0 }),
      });
      const whole = await collect(engine.generate(asked, never));
      for (const cut of [1, 5, whole.tokens.length - 1]) {
        const before = whole.tokens.slice(0, cut);
        const after = await collect(
          engine.generate(
            {
              ...asked,
              continueFrom: {
                text: before.map((token) => token.text).join(""),
                tokens: {
                  modelHash: engine.status().modelHash ?? "",
                  ids: before.flatMap((token) => token.ids),
                },
              },
            },
            never,
          ),
        );
        expect(before.map((token) => token.text).join("") + after.text).toBe(whole.text);
        expect(after.finish?.reason).toBe(whole.finish?.reason ?? "stop");
        expect(after.finish?.usage.completionTokens).toBe(whole.finish?.usage.completionTokens ?? -1);
      }
    });

    test("a last message of the assistant was answered with another message: it is continued", async () => {
      const asked = request("What moves the price of gold?", { maxTokens: 12, temperature: 0 });
      const whole = await collect(engine.generate(asked, never));
      const textOf = (from: number, to: number) =>
        whole.tokens
          .slice(from, to)
          .map(({ text }) => text)
          .join("");
      const { sampling } = asked;
      const begun = {
        ...asked,
        messages: [...asked.messages, { role: "assistant", content: textOf(0, 4) }],
        sampling: { ...sampling, maxTokens: 6 },
      } as const;
      const rest = await collect(engine.generate(begun, never));
      expect(rest.text).toBe(textOf(4, 10));
      expect(rest.finish?.usage.completionTokens).toBe(6);
      // Cut once more: what the program wrote and what the model wrote are one text.
      const last = await collect(engine.generate({ ...begun, continueFrom: { text: textOf(4, 7) } }, never));
      expect(last.text).toBe(textOf(7, 10));
      expect(last.finish?.usage.completionTokens).toBe(6);
    });

    if (callsNone !== undefined)
      test(`a tool that must be called is refused (${callsNone}), and one that may be is passed over`, async () => {
        const tools = [{ name: "price", parameters: { type: "object" } }];
        const ask = (toolChoice: "required" | "auto") =>
          collect(engine.generate(request("Price?", { maxTokens: 4 }, { tools, toolChoice }), never));
        await expect(ask("required")).rejects.toBeInstanceOf(UnsupportedRequestError);
        expect((await ask("auto")).tokens.length).toBeGreaterThan(0);
      });

    test.skipIf(callsNone !== undefined)(
      "a call of a tool comes piece by piece before it is whole, and the pieces add up to it",
      async () => {
        const parameters = {
          type: "object",
          properties: { pair: { type: "string", enum: ["EURUSD", "GBPUSD"] }, lots: { type: "number" } },
          required: ["pair", "lots"],
          additionalProperties: false,
        };
        const { events } = await collect(
          engine.generate(
            request(
              "Price of one lot of EURUSD?",
              { maxTokens: 120 },
              {
                tools: [{ name: "price", parameters }],
                toolChoice: { name: "price" },
                parallelToolCalls: false,
              },
            ),
            never,
          ),
        );
        const pieces = events.filter((event) => event.type === "tool-call-piece");
        const [call, ...others] = events.filter((event) => event.type === "tool-call");
        if (call === undefined) throw new Error("Nothing was called.");
        expect(others).toEqual([]);
        expect(pieces[0]).toEqual({ type: "tool-call-piece", id: call.id, name: "price", arguments: "" });
        expect(pieces.length).toBeGreaterThan(3);
        for (const piece of pieces.slice(1)) expect(piece).toMatchObject({ id: call.id });
        expect(pieces.map((piece) => piece.arguments).join("")).toBe(call.arguments);
        expect(() => JSON.parse(call.arguments)).not.toThrow();
        const kinds = events.map(({ type }) => type);
        expect(kinds.lastIndexOf("tool-call-piece")).toBeLessThan(kinds.indexOf("tool-call"));
        expect(kinds.slice(-2)).toEqual(["tool-call", "finish"]);
      },
    );

    test("an abort ends the answer with the abort's reason and frees the slot", async () => {
      const abort = new AbortController();
      const reason = new Error("the user pressed Stop");
      let tokens = 0;
      const reading = (async () => {
        for await (const event of engine.generate(
          request("Tell me a lot.", { maxTokens: 500 }),
          abort.signal,
        )) {
          if (event.type === "token" && ++tokens === 3) abort.abort(reason);
        }
      })();
      await expect(reading).rejects.toBe(reason);
      expect(engine.status().busySlots).toBe(0);
    });

    test("a reader that leaves frees the slot", async () => {
      for await (const event of engine.generate(request("Tell me a lot.", { maxTokens: 500 }), never))
        if (event.type === "token") break;
      expect(engine.status().busySlots).toBe(0);
    });

    test("an abort before the start is refused at once", async () => {
      const gone = AbortSignal.abort(new Error("gone"));
      await expect(collect(engine.generate(request("Hello?"), gone))).rejects.toThrow("gone");
      await expect(engine.ensureReady(gone)).rejects.toThrow("gone");
    });

    test("four answers at once are each the answer that they would be alone", async () => {
      const questions = ["What is a stock?", "What is a bond?", "What is forex?", "What is inflation?"];
      const together = await Promise.all(
        questions.map((question) => collect(engine.generate(request(question, { maxTokens: 12 }), never))),
      );
      expect(together.every((answer) => answer.finish !== undefined)).toBe(true);
      expect(engine.status().busySlots).toBe(0);
    });

    test("log-probabilities come with each token when they are asked for", async () => {
      const { tokens } = await collect(
        engine.generate(request("What is gold?", { topLogprobs: 3, maxTokens: 6 }), never),
      );
      for (const token of tokens) {
        expect(token.logprob).toBeLessThanOrEqual(0);
        expect(token.alternatives).toHaveLength(3);
      }
    });

    test("a prompt that does not fit is refused with its own error", async () => {
      const long = "price ".repeat((engine.status().contextSize ?? 0) + 10);
      await expect(collect(engine.generate(request(long), never))).rejects.toBeInstanceOf(PromptTooLongError);
      expect(engine.status().busySlots).toBe(0);
    });

    test("a prompt without a template is gone on with", async () => {
      const asked = { ...request("", { maxTokens: 6 }), messages: [], prompt: "One, two, three," };
      const { tokens, finish } = await collect(engine.generate(asked, never));
      expect(tokens.length).toBeGreaterThan(0);
      expect(finish?.usage.promptTokens).toBeGreaterThan(2);
      expect(finish?.usage.completionTokens).toBeLessThanOrEqual(6);
    });

    test("an answer without digits has none, where it would count otherwise, continued or not", async () => {
      const asked = request("Count from 1 to 20.", { temperature: 0, maxTokens: 40 });
      expect((await collect(engine.generate(asked, never))).text).toMatch(/\p{N}/u);
      const { text, tokens } = await collect(engine.generate({ ...asked, withoutDigits: true }, never));
      expect(tokens.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/\p{N}/u);
      const continueFrom = { text: "1, 2, 3, " };
      const rest = await collect(engine.generate({ ...asked, withoutDigits: true, continueFrom }, never));
      expect(rest.text).not.toMatch(/\p{N}/u);
    });

    test("tokens are counted: more text, more tokens", async () => {
      const count = (content: string) => engine.countTokens([{ role: "user", content }], never);
      expect(await count("one two three four")).toBeGreaterThan(await count("one"));
    });
  });
}
