import { describe, expect, test } from "bun:test";
import { Answer } from "../../views/fragments/answer.tsx";
import { AnswerStatus } from "../../views/fragments/answer-status.tsx";
import { renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";
import { ChatPage } from "../../views/pages/chat-page.tsx";
import type { AnswerProps, ThreadProps, TurnProps } from "../../views/props.ts";
import { toHtml } from "../../views/to-html.ts";

const hostile = `"><img src=x onerror=alert(1)><script>alert(1)</script>&amp;'`;
const rendered = (text: string) => ({ safeBlocks: renderMarkdown(text), safeTail: "", isCut: true });
const answer: AnswerProps = {
  id: "g1",
  conversationId: "c1",
  messageId: "m2",
  siblings: ["m2"],
  state: "done",
  text: "Hello.",
  rendered: rendered("Hello."),
  thought: null,
  calls: [],
  chart: null,
  figures: null,
  cursor: 2,
  writers: ["demo"],
  isTiny: false,
  memoriesUsed: 0,
  rating: null,
  tokensPerSecond: 12.4,
  cut: false,
  canContinue: false,
  error: null,
  endedAt: 5,
};
const filter = { folder: null, archived: false };
const threadOf = (turn: TurnProps): ThreadProps => ({
  conversationId: "c1",
  turns: [turn],
  earlierThan: null,
  isPast: false,
  shape: "s1",
});
const noCounts = { all: 0, archived: 0, folders: [], projects: [] };
const page = (overrides: Partial<Parameters<typeof ChatPage>[0]> = {}) =>
  toHtml(
    <ChatPage
      asset={(name) => `/assets/${name}`}
      sidebar={{ list: { filter, groups: [], current: null, next: null }, counts: noCounts }}
      conversation={null}
      thread={null}
      notice={null}
      composer={{ limit: 20_000, conversationId: null, key: "k1" }}
      documents={[]}
      presets={[]}
      queue={null}
      dictates={false}
      engine={{
        state: "ready",
        model: "demo",
        modelName: "Demo",
        tiny: false,
        problem: null,
        progress: null,
        phase: null,
        retryInSeconds: null,
        meanwhile: null,
      }}
      storage={{ problem: null, isUrgent: false }}
      {...overrides}
    />,
  );

/** The elements that a browser would make of it: in an attribute's quotes a `<` is only text. */
function elementsOf(html: string) {
  const elements: { name: string; id: string | null; source: string | null }[] = [];
  new HTMLRewriter()
    .on("*", {
      element: (element) => {
        const { tagName: name } = element;
        elements.push({ name, id: element.getAttribute("id"), source: element.getAttribute("src") });
      },
    })
    .transform(html);
  return elements;
}

describe("the chat page", () => {
  test("escapes every text that comes from outside", () => {
    const html = page({
      conversation: {
        id: "c1",
        title: hostile,
        folder: hostile,
        folders: [hostile],
        isPinned: true,
        isArchived: false,
        hasInstructions: false,
        isTemporary: false,
        preset: null,
        project: { id: "p1", name: hostile },
        projects: [{ id: "p1", name: hostile }],
      },
      sidebar: {
        counts: { ...noCounts, folders: [{ name: hostile, count: 1 }] },
        list: {
          filter: { folder: hostile, archived: false },
          groups: [{ name: hostile, conversations: [{ id: "c1", title: hostile, mark: "unread" }] }],
          current: "c1",
          next: { cursor: hostile, group: hostile },
        },
      },
      notice: { text: hostile, undo: { url: "/c/c1/restore", inPlace: false } },
      thread: threadOf({
        question: { id: "m1", text: hostile, isCut: true, siblings: ["m1", "m3"] },
        answer: {
          ...answer,
          state: "failed",
          text: hostile,
          rendered: rendered(hostile),
          writers: [hostile, "demo", hostile],
          error: { code: "x", message: hostile },
        },
      }),
      composer: { limit: 20_000, conversationId: "c1", key: hostile, text: hostile, problem: hostile },
      engine: {
        state: "failed",
        model: hostile,
        modelName: hostile,
        tiny: true,
        problem: hostile,
        progress: null,
        phase: null,
        retryInSeconds: null,
        meanwhile: null,
      },
    });
    const elements = elementsOf(html);
    expect(elements.filter(({ name }) => name === "img")).toEqual([]);
    expect(elements.filter(({ name, source }) => name === "script" && source === null)).toEqual([]);
    expect(elements.find(({ id }) => id === "question")).toBeDefined();
  });

  test("has nothing that the content security policy refuses", () => {
    const html = page({
      thread: threadOf({
        question: { id: "m1", text: "q", isCut: false, siblings: ["m1"] },
        answer: { ...answer, state: "running" },
      }),
    });
    expect(html).not.toMatch(/<[^>]+\s(style|on\w+)=/);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)/);
    expect(html).not.toMatch(/hx-on|js:|javascript:/);
  });

  test("is one document with a language, a title, one main and one first heading", () => {
    const html = page();
    expect(html).toStartWith('<!doctype html><html lang="en">');
    for (const once of ["<title>", "<main", "<h1"]) expect(html.split(once)).toHaveLength(2);
  });
});

const offered = (html: string) =>
  [
    ...html.matchAll(
      /<button type="submit" class="button(?:(?!<\/button>).)*<span>(.*?)<\/span><\/button>/gs,
    ),
  ].map(([, label]) => label);

describe("an answer", () => {
  test("that is being written streams on from its cursor", () => {
    const html = toHtml(
      <Answer
        answer={{
          ...answer,
          state: "running",
          text: "One.\n\nTwo.\n",
          rendered: {
            safeBlocks: renderMarkdown("One.\n\n"),
            safeTail: renderOpenBlock("Two.\n"),
            isCut: false,
          },
          cursor: 7,
        }}
      />,
    );
    expect(html).toContain('hx-sse:connect="/generations/g1/html?after=7"');
    expect(html).toContain('id="blocks-g1"><p dir="auto">One.</p>\n</div>');
    expect(html).toContain('aria-busy="true"');
  });

  test.each(["done", "stopped", "failed"] as const)("that has ended (%s) opens no stream", (state) => {
    expect(toHtml(<Answer answer={{ ...answer, state }} />)).not.toContain("hx-sse");
  });

  test("that reached the length limit says so, and whether it can go on", () => {
    const cut = toHtml(<Answer answer={{ ...answer, cut: true, canContinue: true }} />);
    expect(cut).toContain("length limit");
    expect(offered(cut)).toEqual(["Continue"]);
    const full = toHtml(<Answer answer={{ ...answer, cut: true }} />);
    expect(full).toContain("Start a new chat.");
    expect(offered(full)).toEqual([]);
  });

  test("that was interrupted says that its text is kept, and offers to continue before asking again", () => {
    const error = { code: "engine_failed", message: "The model broke off." };
    const html = toHtml(<Answer answer={{ ...answer, state: "failed", error, canContinue: true }} />);
    expect(html).toContain("This answer was interrupted. What was written is kept.");
    expect(html).toContain("The model broke off.");
    expect(offered(html)).toEqual(["Continue", "Ask again"]);
    expect(html).toContain('action="/generations/g1/answer/continue"');
    expect(html).toContain('class="button continue primary"');
  });

  test("that failed before its first word offers Retry alone", () => {
    const html = toHtml(<Answer answer={{ ...answer, state: "failed", text: "" }} />);
    expect(offered(html)).toEqual(["Retry"]);
    expect(html).not.toContain("interrupted");
  });

  test("that was stopped offers to continue, if there is anything to go on from", () => {
    const stopped = { ...answer, state: "stopped" } as const;
    expect(offered(toHtml(<Answer answer={{ ...stopped, canContinue: true }} />))).toEqual([
      "Continue",
      "Ask again",
    ]);
    expect(offered(toHtml(<Answer answer={{ ...stopped, text: "" }} />))).toEqual(["Ask again"]);
  });

  test("says which models wrote it, when it was more than one", () => {
    expect(toHtml(<Answer answer={answer} />)).toContain("<span>demo</span>");
    const html = toHtml(<Answer answer={{ ...answer, writers: ["qwen (vllm)", "phi3 (llama)"] }} />);
    expect(html).toContain("Written by qwen (vllm), then phi3 (llama)");
  });
});

test.each([
  [{ type: "waiting", position: 1 }, "You&#x27;re next in the queue…"],
  [{ type: "waiting", position: 2 }, "You&#x27;re second in the queue…"],
  [{ type: "waiting", position: 3 }, "You&#x27;re third in the queue…"],
  [{ type: "waiting", position: 11 }, "You&#x27;re 11th in the queue…"],
  [{ type: "loading", phase: null, progress: null }, "The model is loading…"],
  [
    { type: "loading", phase: "loading weights", progress: 0.4 },
    "The model is loading, 40 % (loading weights)…",
  ],
  [{ type: "reading", progress: 0.404 }, "Reading your question… 40 %"],
  [{ type: "reading", progress: 7 }, "Reading your question… 100 %"],
] as const)("before the first token, %o is shown as %s", (progress, sentence) => {
  expect(toHtml(<AnswerStatus progress={progress} />)).toContain(sentence);
});

test.each([
  [{ type: "waiting", position: 1 }, "Waiting for a free model…"],
  [{ type: "waiting", position: 2 }, "You&#x27;re second in the queue…"],
  [{ type: "loading", phase: null, progress: 0.4 }, "The model is loading, 40 %…"],
  [{ type: "reading", progress: 0.4 }, "Re-reading the conversation… 40 %"],
] as const)("in mid-answer, %o is shown as %s", (progress, sentence) => {
  expect(toHtml(<AnswerStatus progress={progress} begun />)).toContain(sentence);
});
