/**
 * One stream a page that tells what happens in other tabs: `list`, when a conversation stands elsewhere in the list or
 * has another name; `thread`, with the shape of the shown conversation's end, the answer that is being written in it and the questions that wait;
 * `data`, when price series or their imports have changed;
 * `storage`, when whether anything can be saved is another matter than before; and `engine`, when another model answers, or none.
 * It sends the state, not the change: after a pause a tab compares it with its own.
 */
import { Elysia, t } from "elysia";
import { isDefect } from "../http/answer-outcome.ts";
import { countedFrames } from "../sse/counted-frames.ts";
import { encodeFrame, eventStreamResponse } from "../sse/event-stream.ts";
import { queueState } from "./queue-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { endOf } from "./thread-props.ts";

/** Milliseconds between two looks at what has changed. */
const interval = 500;

export interface LiveEvent {
  readonly event: "list" | "thread" | "storage" | "engine" | "data";
  readonly data: string;
  readonly id: string;
}

export const createLiveRoutes = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-live" }).get(
    "/live",
    ({ query, request, server }) => {
      server?.timeout(request, 0);
      const deps = pagesOf(request);
      const comesBack = request.headers.get("last-event-id") !== null;
      const events = liveEvents(deps, { conversationId: query.c ?? null, comesBack, signal: request.signal });
      return eventStreamResponse(countedFrames(encoded(events), deps.openStream?.()), request, {
        onDefect: (error) => {
          if (isDefect(error)) deps.reportDefect(error);
        },
      });
    },
    { query: t.Object({ c: t.Optional(t.String({ maxLength: 100 })) }), detail: { hide: true } },
  );

interface LiveOptions {
  readonly conversationId: string | null;
  /** The reader has missed something meanwhile. */
  readonly comesBack: boolean;
  readonly signal: AbortSignal;
  readonly intervalMs?: number;
}

export async function* liveEvents(
  deps: PagesDeps,
  { conversationId, comesBack, signal, intervalMs = interval }: LiveOptions,
): AsyncGenerator<LiveEvent, void, undefined> {
  // A page that was made before this reader came may not know yet of what is wrong.
  const knowsStorage = !comesBack && deps.storage.state().problem === null;
  const knowsEngine =
    deps.onEngineChange === undefined || (!comesBack && deps.engineSummary().state === "ready");
  const pending = new Set<LiveEvent["event"]>([
    "thread",
    ...(comesBack ? (["list"] as const) : []),
    ...(comesBack && deps.datasets !== undefined ? (["data"] as const) : []),
    ...(knowsStorage ? [] : (["storage"] as const)),
    ...(knowsEngine ? [] : (["engine"] as const)),
  ]);
  let told = Promise.withResolvers<void>();
  const unsubscribe = deps.library.onChange((change) => {
    if (change.of === "thread" && change.conversationId !== conversationId) return;
    pending.add(change.of);
    // Deleted and restored conversations are reported as a change of the list alone.
    if (change.conversationId === conversationId) pending.add("thread");
    told.resolve();
  });
  const unsubscribeStorage = deps.storage.onChange(() => {
    pending.add("storage");
    told.resolve();
  });
  const unsubscribeEngine = deps.onEngineChange?.(() => {
    pending.add("engine");
    told.resolve();
  });
  const unsubscribeData = deps.datasets?.onChange(() => {
    pending.add("data");
    told.resolve();
  });
  const onAbort = () => told.resolve();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    while (!signal.aborted) {
      const changed = [...pending];
      pending.clear();
      told = Promise.withResolvers();
      for (const of of changed) {
        if (of !== "thread") yield { event: of, data: "changed", id: "1" };
        else if (conversationId !== null)
          yield { event: "thread", data: stateOf(deps, conversationId), id: "1" };
      }
      await told.promise;
      if (!signal.aborted) await pause(intervalMs, signal);
      // A tab whose login has ended gets nothing; when it reconnects it must log in.
      if (deps.isStillKnown?.() === false) return;
    }
  } finally {
    unsubscribe();
    unsubscribeStorage();
    unsubscribeEngine?.();
    unsubscribeData?.();
    signal.removeEventListener("abort", onAbort);
  }
}

/**
 * The shape, the running answer, when the last one ended and the state of the queue, with blanks between them; "gone" for a
 * conversation that was deleted.
 */
function stateOf(deps: PagesDeps, conversationId: string): string {
  if (deps.conversations.get(conversationId) === undefined) return "gone";
  const { shape, runningId, endedAt } = endOf(deps, conversationId);
  return `${shape} ${runningId ?? ""} ${endedAt} ${queueState(deps, conversationId)}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const onAbort = () => resolve();
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) resolve();
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
}

async function* encoded(events: AsyncIterable<LiveEvent>) {
  for await (const event of events) yield encodeFrame(event);
}
