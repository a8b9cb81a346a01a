import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type AnswerFrame, answerFrames } from "../../src/pages/answer-stream.tsx";
import type { GenerationsPort } from "../../src/pages/page-ports.ts";
import type { LoggedToken } from "../../src/store/schema.ts";
import { renderMarkdown } from "../../views/markdown.ts";
import { generation as generationRow } from "../store/rows.ts";
import { withoutControls } from "../views/without-controls.ts";

const generation = generationRow({ id: "g1", state: "running", startedAt: 0 });

/** An answer whose tokens are all in the log; each follower gets them one update a token. */
function loggedAnswer(texts: readonly string[]): GenerationsPort {
  const log: LoggedToken[] = texts.map((text) => ({ text, ids: [] }));
  const refuse = () => Promise.reject(new Error("not part of this test"));
  return {
    ask: refuse,
    retry: refuse,
    continue: refuse,
    stop: () => false,
    answerNow: () => false,
    ended: refuse,
    get: () => generation,
    textSoFar: () => ({ text: texts.join(""), cursor: log.length }),
    tokenCount: () => log.length,
    tokens: (_id, from) => log.slice(from),
    async *follow(_id, after) {
      for (let from = after; from < log.length; from++) {
        yield { type: "tokens", from, tokens: log.slice(from, from + 1), writer: null };
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
    return withoutControls(this.blocks + this.tail)
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
          { generations: loggedAnswer(texts) },
          generation,
          0,
          new AbortController().signal,
        ))
          reader.take(frame);
        // The line is ended, so that nothing is closed on the way that is open in the text, and nothing waits for the next one.
        if (/(?:^|\n)[^|]*\n$/.test(texts.join("")))
          expect(reader.html).toBe(withoutControls(renderMarkdown(texts.join(""))).replace(/\s/g, ""));
        expect(reader.ends).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test("a reader that leaves at any cursor and comes back has the same as one that stayed", async () => {
    await fc.assert(
      fc.asyncProperty(tokens, fc.nat(), async (texts, leaving) => {
        const all = [...texts, "\n", "\n"];
        const port = loggedAnswer(all);
        const { signal } = new AbortController();
        const reader = new Reader();
        let framesLeft = leaving % 4;
        for await (const frame of answerFrames({ generations: port }, generation, 0, signal)) {
          reader.take(frame);
          if (framesLeft-- === 0) break;
        }
        if (reader.ends === 0)
          for await (const frame of answerFrames({ generations: port }, generation, reader.cursor, signal))
            reader.take(frame);
        expect(reader.html).toBe(withoutControls(renderMarkdown(all.join(""))).replace(/\s/g, ""));
      }),
      { numRuns: 60 },
    );
  });

  test("the end is one final form with its own cursor, then one event to close on", async () => {
    const frames = await Array.fromAsync(
      answerFrames({ generations: loggedAnswer(["a", "b"]) }, generation, 0, new AbortController().signal),
    );
    const [final, close] = frames.slice(-2);
    expect(final?.id).toBe("3");
    expect(final?.data).toContain('hx-target="#answer-g1" hx-swap="outerMorph"');
    expect(close).toEqual({ event: "end", data: "done" });
    expect(frames.filter((frame) => frame.event !== undefined)).toHaveLength(1);
  });

  test("each sentence is said once, when it is finished, and a reader that has the end hears nothing", async () => {
    const generations = loggedAnswer(["One", " **two**.", " Three", " & four", ".\n\n", "Five"]);
    const said = async (after: number) => {
      const frames = answerFrames({ generations }, generation, after, new AbortController().signal);
      const html = (await Array.fromAsync(frames, ({ data }) => data)).join("");
      return [...html.matchAll(/#spoken" hx-swap="(\w+)">(.*?)<\/hx-partial>/gs)]
        .flatMap(([, , pieces]) => [...(pieces ?? "").matchAll(/<p dir="auto">(.*?)<\/p>/gs)])
        .map(([, piece]) => piece)
        .join(" ");
    };
    expect(await said(0)).toBe("One two. Three &amp; four. Five");
    expect(await said(4)).toBe("Three &amp; four. Five");
    expect(await said(7)).toBe("");
  });

  test("the end brings the last block alone, and has htmx leave the others as they are", async () => {
    const words = ["First.", "\n\n", "Second.", "\n\n", "Third."];
    const frames = await Array.fromAsync(
      answerFrames({ generations: loggedAnswer(words) }, generation, 4, new AbortController().signal),
    );
    const end = frames.at(-2)?.data ?? "";
    expect(end).toContain("Third.</p>");
    expect(end).not.toContain("First.");
    expect(end).toMatch(/class="blocks" id="blocks-g1" hx-morph-skip-children(="")?><\/div>/);
  });

  test("a reader that comes back after the end gets the end again", async () => {
    const frames = await Array.fromAsync(
      answerFrames({ generations: loggedAnswer(["a", "b"]) }, generation, 3, new AbortController().signal),
    );
    expect(frames.at(-1)).toEqual({ event: "end", data: "done" });
    expect(frames.some((frame) => frame.data.includes("beforeend"))).toBe(false);
  });

  test("what keeps the next token away is shown under the text, in frames without an id, until that token comes", async () => {
    const port = loggedAnswer(["a", "b"]);
    const begun = Promise.withResolvers<void>();
    const shown = Promise.withResolvers<void>();
    port.follow = async function* () {
      yield { type: "tokens", from: 0, tokens: [{ text: "a", ids: [] }], writer: null };
      await begun.promise;
      yield { type: "loading", phase: null, progress: 0.4 };
      await shown.promise;
      yield { type: "tokens", from: 1, tokens: [{ text: "b", ids: [] }], writer: null };
      const { signal } = new AbortController();
      yield* loggedAnswer(["a", "b"]).follow("g1", 2, signal);
    };
    const status = ({ data }: AnswerFrame) =>
      /#status-g1" hx-swap="innerHTML">(.*?)<\/hx-partial>/s.exec(data)?.[1]?.replaceAll(/<[^>]*>/g, "");
    const statuses: [id: string | undefined, status: string][] = [];
    for await (const frame of answerFrames(
      { generations: port },
      generation,
      0,
      new AbortController().signal,
    )) {
      const said = status(frame);
      if (said !== undefined) statuses.push([frame.id, said]);
      if (frame.id === "1") begun.resolve();
      if (said?.includes("loading")) shown.resolve();
    }
    expect(statuses).toEqual([
      [undefined, "Thinking…"],
      ["1", ""],
      [undefined, "The model is loading, 40 %…"],
      ["2", ""],
    ]);
  });

  test("the first frame comes before any token, so that a browser learns that frames get through", async () => {
    const frames = answerFrames(
      { generations: loggedAnswer(["a"]) },
      generation,
      0,
      new AbortController().signal,
    );
    expect((await frames.next()).value?.data).toContain("Thinking…");
    await frames.return();
  });
});

test("a tiny model that takes over in mid-answer is told with its first word", async () => {
  // What comes at once is shown at once: each word waits for the frame of the one before it.
  let shown = Promise.withResolvers<void>();
  const generations: GenerationsPort = {
    ...loggedAnswer(["One", " two", " three"]),
    async *follow() {
      for (const [from, model] of ["big", "tiny", "tiny"].entries()) {
        const writer = { engine: "llama", model, modelHash: null, fromToken: from };
        yield { type: "tokens", from, tokens: [{ text: " word", ids: [] }], writer };
        await shown.promise;
        shown = Promise.withResolvers();
      }
    },
  };
  const isTinyModel = ({ model }: { model: string }) => model === "tiny";
  const data: string[] = [];
  const deps = { generations, isTinyModel };
  for await (const frame of answerFrames(deps, generation, 0, new AbortController().signal)) {
    if (frame.id === undefined) continue;
    data.push(frame.data);
    shown.resolve();
  }
  expect(data.map((html) => html.includes("Tiny demo model: check every figure"))).toEqual([
    false,
    true,
    false,
  ]);
});
