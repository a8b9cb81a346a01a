/** An answer's event stream as its reader sees it: frame by frame, to the letter, however it ends. */
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

/** What is used of an OpenAI chat.completion.chunk. */
const Chunk = t.Object({
  choices: t.Optional(
    t.Array(
      t.Object({
        delta: t.Optional(t.Object({ content: t.Optional(t.Union([t.String(), t.Null()])) })),
        finish_reason: t.Optional(t.Union([t.String(), t.Null()])),
      }),
    ),
  ),
  error: t.Optional(t.Object({ message: t.String() })),
});

export interface Frame {
  /** The cursor of its `id:` line. */
  readonly id: number | null;
  /** All its lines, comments left out. */
  readonly raw: string;
  readonly kind: "text" | "end" | "error" | "done" | "other";
  /** The piece of the answer that it shows. */
  readonly text: string;
}

/**
 * Gives whole frames only: what a browser would have dispatched. Just ends when the connection is cut.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    while (true) {
      const chunk = await reader.read().catch(() => null);
      if (chunk === null || chunk.done) return;
      const blocks = (rest + decoder.decode(chunk.value, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const raw = block
          .split("\n")
          .filter((line) => !line.startsWith(":"))
          .join("\n");
        if (raw !== "") yield frameOf(raw);
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** What the frames show, one after the other. */
export function shownText(frames: readonly Frame[]): string {
  return frames.map((frame) => frame.text).join("");
}

function frameOf(raw: string): Frame {
  const id = /^id: ?(\d+)$/m.exec(raw)?.[1];
  const data = raw
    .split("\n")
    .flatMap((line) => /^data: ?(.*)$/.exec(line)?.[1] ?? [])
    .join("\n");
  return { id: id === undefined ? null : Number(id), raw, ...meaningOf(data) };
}

function meaningOf(data: string): Pick<Frame, "kind" | "text"> {
  if (data === "[DONE]") return { kind: "done", text: "" };
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch {
    return { kind: "other", text: "" };
  }
  if (!Value.Check(Chunk, chunk)) return { kind: "other", text: "" };
  const choice = chunk.choices?.[0];
  const text = choice?.delta?.content ?? "";
  if (chunk.error !== undefined) return { kind: "error", text };
  if (typeof choice?.finish_reason === "string") return { kind: "end", text };
  return { kind: text === "" ? "other" : "text", text };
}
