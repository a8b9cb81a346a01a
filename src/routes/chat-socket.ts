/**
 * `WS /chat/stream`: a question in, the answer's tokens out. A socket that closes stops nothing; `{type: "stop"}` does.
 * `{generation_id, after}` reads an answer on from a cursor, and `{type: "ping"}` is answered by `{type: "pong"}`.
 *
 * A simple client appends whatever tokens come, so questions are answered one at a time. Who gives each a `request_id` of its
 * own may ask several at once: all messages of that answer carry it, and `{type: "stop", request_id}` stops that one alone.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import type { ToolCall } from "../chat/engine.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Progress } from "../generations/generation-update.ts";
import { mostAtOnce as mostTokensAtOnce } from "../generations/live-run.ts";
import type { Log } from "../log.ts";
import type { StreamEnd } from "../sse/stream-life.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import type { Workspace, WorkspaceGenerations } from "../workspace.ts";
import { shownError } from "./api-errors.ts";
import type { ChatDeps } from "./chat.ts";
import { errorOf, finishReasonOf, usageOf } from "./chat-chunks.ts";
import { checkedChatRequest, questionFrom } from "./chat-request.ts";
import { refuseUnsafe } from "./json-body.ts";

/** What is sent: one JSON object a message. */
type Outgoing =
  | {
      readonly type: "start";
      readonly generation_id: string;
      readonly conversation_id: string;
      readonly model: string;
    }
  | { readonly type: "token" | "reasoning"; readonly content: string; readonly cursor: number }
  | { readonly type: "tool_call"; readonly call: ToolCall; readonly cursor: number }
  /** What the answer waits for; nobody who comes later lacks it. */
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "pong" }
  | { readonly type: "done"; readonly [field: string]: unknown }
  | { readonly type: "error"; readonly error: { readonly message: string; readonly code: string } };

interface Socket {
  readonly id: string;
  /** @returns -1 when it is kept, because the reader has not taken what came before */
  send(message: Outgoing & { readonly request_id?: string }): number;
  terminate(): void;
}

/** What is being answered, or read on, over a socket. */
interface Asked {
  /** Somebody asked to stop an answer that is not there yet. */
  stopAsked: boolean;
  /** null: it is taken, and not stored yet. */
  generationId: string | null;
}

interface Conversation {
  readonly generations: WorkspaceGenerations;
  /** It is counted while it is open. */
  readonly end: () => void;
  readonly left: AbortController;
  /** By request_id; '' is the one without. Each from the moment it is taken until its answer has ended. */
  readonly asked: Map<string, Asked>;
  /** Resolved when its reader has taken what is kept for it, or has left; null: nothing is kept. */
  drained: PromiseWithResolvers<void> | null;
}

/** A socket's answers share its buffer. */
const mostAtOnce = 32;
/** A reader that takes nothing for so many milliseconds is dropped; what it missed is in the log. */
const stallMs = 60_000;

/** For the app as a whole: of a route's own Elysia tells Bun nothing. */
export const socketLimits = {
  /** Bytes that are kept for a reader. Answers wait for it long before (see `room`); beyond it tokens would be left out. */
  backpressureLimit: 1024 * 1024,
  closeOnBackpressureLimit: true,
  /** Seconds without a sign of life; Bun asks for one by pings. */
  idleTimeout: 255,
  maxPayloadLength: 1024 * 1024,
} as const;

export const createChatSocket = (deps: ChatDeps) => {
  const sockets = new Map<string, Conversation>();
  return new Elysia({ name: "chat-socket" }).ws("/chat/stream", {
    detail: { hide: true },
    open(ws) {
      const workspace = deps.workspaceOf(ws.data.request);
      const end = opened(workspace, ws);
      if (end === null) return;
      const life = Promise.withResolvers<StreamEnd>();
      deps.countSocket?.({ kind: "socket", ended: life.promise });
      sockets.set(ws.id, {
        generations: workspace.generations,
        end: () => {
          end();
          life.resolve("left");
        },
        left: new AbortController(),
        asked: new Map(),
        drained: null,
      });
    },
    drain(ws) {
      const conversation = sockets.get(ws.id);
      if (conversation === undefined) return;
      conversation.drained?.resolve();
      conversation.drained = null;
    },
    async message(ws, incoming: unknown) {
      const conversation = sockets.get(ws.id);
      if (conversation !== undefined) await take(deps.log, conversation, ws, incoming);
    },
    close(ws) {
      const conversation = sockets.get(ws.id);
      conversation?.left.abort();
      conversation?.drained?.resolve();
      conversation?.end();
      sockets.delete(ws.id);
    },
  });
};

/** 1013: try again later. (https://www.iana.org/assignments/websocket/websocket.xhtml) @returns null: it is closed */
function opened(
  workspace: Workspace,
  socket: { close(code: number, reason: string): unknown },
): (() => void) | null {
  try {
    return workspace.openStream("socket");
  } catch (error) {
    const { message } = shownError(error);
    socket.close(1013, message.slice(0, 120));
    return null;
  }
}

async function take(log: Log, conversation: Conversation, socket: Socket, incoming: unknown): Promise<void> {
  const { generations, asked } = conversation;
  if (isOfType(incoming, "ping")) {
    socket.send({ type: "pong" });
    return;
  }
  const put = (message: Parameters<Socket["send"]>[0]) => {
    if (socket.send(message) === -1) conversation.drained ??= Promise.withResolvers();
  };
  let send: Send = put;
  try {
    const requestId = requestIdIn(incoming);
    if (requestId !== "") send = (message) => put({ ...message, request_id: requestId });
    if (isOfType(incoming, "stop")) {
      const stopped = requestId === "" ? [...asked.values()] : [asked.get(requestId)];
      for (const each of stopped) if (each !== undefined) stop(generations, each);
      return;
    }
    refuseWhenBusy(asked, requestId);
    const own: Asked = { stopAsked: false, generationId: null };
    asked.set(requestId, own);
    try {
      refuseUnsafe(incoming);
      const resumed = resumeIn(generations, incoming);
      const generation =
        resumed?.generation ?? (await generations.ask(questionFrom(checkedChatRequest(incoming), null)));
      own.generationId = generation.id;
      if (own.stopAsked) stop(generations, own);
      await answer(conversation, socket, send, generation, resumed?.after ?? 0);
    } finally {
      asked.delete(requestId);
    }
  } catch (error) {
    send({ type: "error", error: shownFailure(log, error) });
  }
}

type Send = (message: Outgoing) => void;

function stop(generations: WorkspaceGenerations, asked: Asked): void {
  if (asked.generationId === null) asked.stopAsked = true;
  else generations.stop(asked.generationId);
}

/** @throws InvalidRequestError */
function refuseWhenBusy(asked: ReadonlyMap<string, Asked>, requestId: string): void {
  if (asked.has(requestId))
    throw new InvalidRequestError(
      requestId === ""
        ? "The last question is still being answered. Wait for it, send a stop, or give each question a request_id."
        : "The question with this request_id is still being answered. Give each one its own.",
    );
  if (asked.size >= mostAtOnce)
    throw new InvalidRequestError(
      `${mostAtOnce} questions are being answered over this socket. Wait for one.`,
    );
}

const longestRequestId = 100;

/** @returns '' when there is none @throws InvalidRequestError */
function requestIdIn(incoming: unknown): string {
  if (typeof incoming !== "object" || incoming === null || !("request_id" in incoming)) return "";
  const { request_id: id } = incoming;
  if (id === null || id === undefined) return "";
  if (typeof id === "string" && id.length > 0 && id.length <= longestRequestId) return id;
  throw new InvalidRequestError(`request_id must be a text of 1 to ${longestRequestId} characters.`, {
    param: "request_id",
  });
}

function shownFailure(log: Log, error: unknown): { readonly message: string; readonly code: string } {
  const shown = shownError(error);
  if (shown.code === "internal_error") log.error("defect", { path: "/chat/stream", error });
  return { message: shown.message, code: shown.code };
}

async function answer(
  conversation: Conversation,
  socket: Socket,
  send: Send,
  { id, conversationId, model }: Generation,
  after: number,
): Promise<void> {
  const { generations, left } = conversation;
  send({ type: "start", generation_id: id, conversation_id: conversationId, model });
  for await (const update of generations.follow(id, after, left.signal)) {
    if (update.type === "tokens") {
      for (const [offset, token] of update.tokens.entries()) sendToken(send, token, update.from + offset + 1);
      await room(conversation, socket, update.tokens.length);
    } else if (update.type !== "end") send({ type: "progress", progress: update });
    if (update.type === "end") {
      const { outcome } = update;
      if (outcome.state === "failed") {
        const { message, code } = errorOf(outcome);
        send({ type: "error", error: { message, code } });
      }
      send({
        type: "done",
        generation_id: id,
        conversation_id: conversationId,
        model: outcome.writers.at(-1)?.model ?? model,
        state: outcome.state,
        finish_reason: outcome.state === "failed" ? null : finishReasonOf(outcome),
        usage: usageOf(outcome.usage),
      });
    }
  }
}

/** Waits until the reader has taken what is kept for it, and lets others have their turn while it catches up. */
async function room(conversation: Conversation, socket: Socket, sent: number): Promise<void> {
  if (sent >= mostTokensAtOnce) await nextTurn();
  const { drained, left } = conversation;
  if (drained === null || left.signal.aborted) return;
  const stall = setTimeout(() => socket.terminate(), stallMs);
  await drained.promise;
  clearTimeout(stall);
}

function sendToken(send: Send, token: LoggedToken, cursor: number): void {
  const { text: content, reasoning, continued, toolCall } = token;
  if (continued) return;
  if (toolCall !== undefined) send({ type: "tool_call", call: toolCall, cursor });
  else send({ type: reasoning ? "reasoning" : "token", content, cursor });
}

const Resume = t.Object({
  type: t.Optional(t.Literal("resume")),
  generation_id: t.String({ minLength: 1, maxLength: 100 }),
  after: t.Optional(t.Integer({ minimum: 0, maximum: 999_999_999 })),
});

/** @returns null for anything else @throws NotFoundError when there is no such answer */
function resumeIn(
  generations: WorkspaceGenerations,
  incoming: unknown,
): { readonly generation: Generation; readonly after: number } | null {
  if (!Value.Check(Resume, incoming)) return null;
  const generation = generations.get(incoming.generation_id);
  if (generation === undefined) throw new NotFoundError("There is no answer with this generation_id.");
  return { generation, after: incoming.after ?? 0 };
}

const isOfType = (incoming: unknown, type: "stop" | "ping") =>
  typeof incoming === "object" && incoming !== null && "type" in incoming && incoming.type === type;
