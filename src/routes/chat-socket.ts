/**
 * `WS /chat/stream`: a question in, the answer's tokens out, one question at a time. A socket that closes stops
 * nothing; `{type: "stop"}` does. `{generation_id, after}` reads an answer on from a cursor, and `{type: "ping"}` is answered
 * by `{type: "pong"}`.
 */
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import type { ToolCall } from "../chat/engine.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Progress } from "../generations/generation-update.ts";
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
  send(message: Outgoing): unknown;
}

interface Conversation {
  readonly generations: WorkspaceGenerations;
  /** It is counted while it is open. */
  readonly end: () => void;
  readonly left: AbortController;
  /** From the moment a question is taken, before it is stored, until its answer has ended. */
  isBusy: boolean;
  /** Somebody asked to stop an answer that is not there yet. */
  stopAsked: boolean;
  answering: string | null;
}

export const createChatSocket = (deps: ChatDeps) => {
  const sockets = new Map<string, Conversation>();
  return new Elysia({ name: "chat-socket" }).ws("/chat/stream", {
    detail: { hide: true },
    // Beyond this much unsent text a reader is dropped; what it missed is in the log.
    backpressureLimit: 1024 * 1024,
    closeOnBackpressureLimit: true,
    idleTimeout: 255,
    maxPayloadLength: 1024 * 1024,
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
        isBusy: false,
        stopAsked: false,
        answering: null,
      });
    },
    async message(ws, incoming: unknown) {
      const conversation = sockets.get(ws.id);
      if (conversation !== undefined) await take(deps.log, conversation, ws, incoming);
    },
    close(ws) {
      sockets.get(ws.id)?.left.abort();
      sockets.get(ws.id)?.end();
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
  const { generations } = conversation;
  if (isOfType(incoming, "ping")) {
    socket.send({ type: "pong" });
    return;
  }
  if (isOfType(incoming, "stop")) {
    if (conversation.answering !== null) generations.stop(conversation.answering);
    else conversation.stopAsked = conversation.isBusy;
    return;
  }
  if (conversation.isBusy) {
    const refusal = new InvalidRequestError(
      "The last question is still being answered. Wait for it, or send a stop.",
    );
    socket.send({ type: "error", error: shownFailure(log, refusal) });
    return;
  }
  conversation.isBusy = true;
  conversation.stopAsked = false;
  try {
    refuseUnsafe(incoming);
    const resumed = resumeIn(generations, incoming);
    const generation =
      resumed?.generation ?? (await generations.ask(questionFrom(checkedChatRequest(incoming), null)));
    conversation.answering = generation.id;
    if (conversation.stopAsked) generations.stop(generation.id);
    await answer(conversation, socket, generation, resumed?.after ?? 0);
  } catch (error) {
    socket.send({ type: "error", error: shownFailure(log, error) });
  } finally {
    conversation.isBusy = false;
    conversation.answering = null;
  }
}

function shownFailure(log: Log, error: unknown): { readonly message: string; readonly code: string } {
  const shown = shownError(error);
  if (shown.code === "internal_error") log.error("defect", { path: "/chat/stream", error });
  return { message: shown.message, code: shown.code };
}

async function answer(
  { generations, left }: Conversation,
  socket: Socket,
  { id, conversationId, model }: Generation,
  after: number,
): Promise<void> {
  socket.send({ type: "start", generation_id: id, conversation_id: conversationId, model });
  for await (const update of generations.follow(id, after, left.signal)) {
    if (update.type === "tokens")
      for (const [offset, token] of update.tokens.entries())
        sendToken(socket, token, update.from + offset + 1);
    else if (update.type !== "end") socket.send({ type: "progress", progress: update });
    if (update.type === "end") {
      const { outcome } = update;
      if (outcome.state === "failed") {
        const { message, code } = errorOf(outcome);
        socket.send({ type: "error", error: { message, code } });
      }
      socket.send({
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

function sendToken(socket: Socket, token: LoggedToken, cursor: number): void {
  const { text: content, reasoning, continued, toolCall } = token;
  if (continued) return;
  if (toolCall !== undefined) socket.send({ type: "tool_call", call: toolCall, cursor });
  else socket.send({ type: reasoning ? "reasoning" : "token", content, cursor });
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
