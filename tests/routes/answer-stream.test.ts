import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type AnswerFrame, answerFrames } from "../../src/routes/answer-stream.tsx";
import type { GenerationsPort } from "../../src/routes/page-ports.ts";
import type { Generation, LoggedToken } from "../../src/store/schema.ts";
import { renderMarkdown } from "../../views/markdown.ts";

const generation: Generation = {
  id: "g1",
  conversationId: "c1",
  questionId: "q1",
  messageId: "m1",
  state: "running",
  model: "demo",
  sampling: { temperature: 0, topP: 1, maxTokens: 1, seed: 1, stop: [], topLogprobs: null },
  memoryContext: 0,
  receipt: null,
  writers: [],
  finishReason: null,
  usage: null,
  timings: null,
  error: null,
  crashes: 0,
  idempotencyKey: null,
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
};

/** An answer whose tokens are all in the log; each follower gets them one update a token. */
function loggedAnswer(texts: readonly string[]): GenerationsPort {
  const log: LoggedToken[] = texts.map((text) => ({ text, ids: [] }));
  const refuse = () => Promise.reject(new Error("not part of this test"));
  return {
    ask: refuse,
    retry: refuse,
    stop: () => false,
    get: () => generation,
    textSoFar: () => ({ text: texts.join(""), cursor: log.length }),
    tokens: (_id, from) => log.slice(from),
    async *follow(_id, after) {
      for (let from = after; from < log.length; from++) {
        yield { type: "tokens", from, tokens: log.slice(from, from + 1) };
        if (from % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      yield {
        type: "end",
        outcome: {
          state: "done",
          finishReason: "stop",
          usage: null,
          timings: null,
          error: null,
          writers: [],
          tokenCount: log.length,
        },
      };
    },
  };
}

/** What a browser does with a frame, as far as the two parts of a streaming answer go. */
class Reader {
  blocks = "";
  tail = "";
  cursor = 0;
  ends = 0;
  take(frame: AnswerFrame): void {
    if (frame.event === "end") this.ends++;
    if (frame.data.includes("outerMorph")) return;
    this.blocks += /#blocks-g1" hx-swap="beforeend">(.*?)<\/hx-partial>/s.exec(frame.data)?.[1] ?? "";
    this.tail = /#tail-g1" hx-swap="innerHTML">(.*?)<\/hx-partial>/s.exec(frame.data)?.[1] ?? this.tail;
    if (frame.id !== undefined) this.cursor = Number(frame.id);
  }
  get html(): string {
    return (this.blocks + this.tail)
      .replace(/<span class="streaming-cursor"[^>]*><\/span>/, "")
      .replace(/\s/g, "");
  }
}

const piece = fc.constantFrom(
  "# H",
  "\n",
  "\n\n",
  "- a",
  "1. b",
  "text ",
  "**b**",
  "***",
  "```\n",
  "| a |\n|---|\n",
  "> q",
  "<i>",
  "    x",
  "\r\n",
);
const tokens = fc.array(piece, { maxLength: 24 });

describe("an answer as frames", () => {
  test("appended blocks and the open block are the whole answer, each frame's id its cursor", async () => {
    await fc.assert(
      fc.asyncProperty(tokens, async (texts) => {
        const reader = new Reader();
        for await (const frame of answerFrames(
          loggedAnswer(texts),
          generation,
          0,
          new AbortController().signal,
        ))
          reader.take(frame);
        // The line is ended, so that nothing is closed on the way that is open in the text.
        if (texts.join("").endsWith("\n"))
          expect(reader.html).toBe(renderMarkdown(texts.join("")).replace(/\s/g, ""));
        expect(reader.ends).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test("a reader that leaves at any cursor and comes back has the same as one that stayed", async () => {
    await fc.assert(
      fc.asyncProperty(tokens, fc.nat(), async (texts, leaving) => {
        const all = [...texts, "\n"];
        const port = loggedAnswer(all);
        const { signal } = new AbortController();
        const reader = new Reader();
        let framesLeft = leaving % 4;
        for await (const frame of answerFrames(port, generation, 0, signal)) {
          reader.take(frame);
          if (framesLeft-- === 0) break;
        }
        if (reader.ends === 0)
          for await (const frame of answerFrames(port, generation, reader.cursor, signal)) reader.take(frame);
        expect(reader.html).toBe(renderMarkdown(all.join("")).replace(/\s/g, ""));
      }),
      { numRuns: 60 },
    );
  });

  test("the end is one final form with its own cursor, then one event to close on", async () => {
    const frames = await Array.fromAsync(
      answerFrames(loggedAnswer(["a", "b"]), generation, 0, new AbortController().signal),
    );
    const [final, close] = frames.slice(-2);
    expect(final?.id).toBe("3");
    expect(final?.data).toContain('hx-target="#answer-g1" hx-swap="outerMorph"');
    expect(close).toEqual({ event: "end", data: "done" });
    expect(frames.filter((frame) => frame.event !== undefined)).toHaveLength(1);
  });

  test("a reader that comes back after the end gets the end again", async () => {
    const frames = await Array.fromAsync(
      answerFrames(loggedAnswer(["a", "b"]), generation, 3, new AbortController().signal),
    );
    expect(frames.at(-1)).toEqual({ event: "end", data: "done" });
    expect(frames.some((frame) => frame.data.includes("beforeend"))).toBe(false);
  });

  test("the first frame comes before any token, so that a browser learns that frames get through", async () => {
    const frames = answerFrames(loggedAnswer(["a"]), generation, 0, new AbortController().signal);
    expect((await frames.next()).value?.data).toContain("Thinking…");
    await frames.return();
  });
});
