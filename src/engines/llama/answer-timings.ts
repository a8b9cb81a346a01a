/** How long an answer took. */
import type { ChatEvent } from "../../chat/chat-event.ts";

interface Course {
  /** Milliseconds of one clock. @see performance.now */
  readonly startedAt: number;
  /** null: none was drawn. */
  readonly firstTokenAt: number | null;
  readonly endedAt: number;
  /** Tokens of the prompt that were read, and of the answer. */
  readonly read: number;
  readonly written: number;
}

export function timingsOf(course: Course): Extract<ChatEvent, { readonly type: "finish" }>["timings"] {
  const { startedAt, endedAt, read, written } = course;
  const firstTokenAt = course.firstTokenAt ?? endedAt;
  const [promptMs, decodeMs] = [firstTokenAt - startedAt, endedAt - firstTokenAt];
  return {
    promptMs,
    promptPerSecond: perSecond(read, promptMs),
    decodeMs,
    decodePerSecond: perSecond(Math.max(0, written - 1), decodeMs),
    timeToFirstTokenMs: promptMs,
  };
}

const perSecond = (tokens: number, milliseconds: number) =>
  milliseconds > 0 ? (tokens * 1000) / milliseconds : 0;
