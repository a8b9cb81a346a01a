/** The frames of a page that follows by itself: a panel, whole, each time it looks different. It knows nothing of what it shows. */
import { setTimeout as delay } from "node:timers/promises";
import { encodeFrame } from "../sse/event-stream.ts";

interface PanelOptions {
  readonly html: () => string;
  /** Resolves when something may have changed, or when aborted. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  /** Whether the user still has access: a stream may outlast a login. */
  readonly isStillKnown?: ((request: Request) => boolean) | undefined;
  /** Milliseconds between two frames at least, however much changes. */
  readonly frameIntervalMs?: number | undefined;
  /** Milliseconds after which a frame is made though nothing told of a change: durations and memory go on. */
  readonly refreshMs?: number | undefined;
}

/**
 * The whole panel each time it looks different, so that a reader who comes back lacks nothing.
 * @param request of the reader
 */
export async function* panelFrames(
  request: Request,
  { html, changed: change, isStillKnown, frameIntervalMs = 1000, refreshMs = 5000 }: PanelOptions,
): AsyncGenerator<string, void, undefined> {
  const { signal } = request;
  let sent = "";
  while (!signal.aborted && isStillKnown?.(request) !== false) {
    const round = new AbortController();
    const leaving = AbortSignal.any([signal, round.signal]);
    // Asked before the panel is made: a change between the two would otherwise be seen late.
    const changed = change(leaving);
    try {
      const panel = html();
      if (panel !== sent) yield encodeFrame({ data: panel });
      sent = panel;
      await pause(frameIntervalMs, leaving);
      await Promise.race([changed, pause(refreshMs, leaving)]);
    } finally {
      round.abort();
    }
  }
}

/** Ends early when aborted. */
const pause = (milliseconds: number, signal: AbortSignal) =>
  delay(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
