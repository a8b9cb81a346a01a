/**
 * `WS /chat/stream`: a question in, the answer's tokens out. A socket that closes stops nothing; `{type: "stop"}` does.
 * `{generation_id, after}` reads an answer on from a cursor, and `{type: "ping"}` is answered by `{type: "pong"}`.
 *
 * A simple client appends whatever tokens come, so questions are answered one at a time. Who gives each a `request_id` of its
 * own may ask several at once: all messages of that answer carry it, and `{type: "stop", request_id}` stops that one alone.
 * With an `idempotency_key` a question that is sent again, over another socket too, is asked once.
 */

import { Elysia } from "elysia";
import { TooManyRequestsError, UnauthenticatedError } from "../accounts/account-errors.ts";
import { retryAfterSeconds } from "../accounts/usage-limits.ts";
import type { ToolCallPiece } from "../chat/chat-event.ts";
import type { ToolCall } from "../chat/engine.ts";
import { type AppError, InvalidRequestError, NotFoundError } from "../errors.ts";
import { mostAtOnce as mostTokensAtOnce, type Progress } from "../generations/generation-update.ts";
import type { Question } from "../generations/question.ts";
import { errorOf, finishReasonOf, usageOf } from "../http/answer-outcome.ts";
import { shownError } from "../http/api-errors.ts";
import type { RouteDeps } from "../http/route-deps.ts";
import type { Log } from "../log.ts";
import { nextTurn } from "../sse/next-turn.ts";
import type { StreamEnd, StreamLife } from "../sse/stream-life.ts";
import type { Generation, LoggedToken, ToolResult, ToolStep } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { WorkspaceGenerations } from "../workspace/workspace-generations.ts";
import { valuesFor } from "./chat-request.ts";
import { factJson } from "./fact-json.ts";
import { figuresAtEnd, figuresJson } from "./figure-json.ts";
import { askedInTurn, askedOrQueued } from "./queued-answer.ts";
import { requestIdIn, socketMessage } from "./socket-message.ts";

/** What is sent: one JSON object a message. */
type Outgoing =
  | {
      readonly type: "start";
      readonly generation_id: string;
      readonly conversation_id: string;
      readonly model: string;
    }
  /** The question waits for its turn; 1 is next. */
  | {
      readonly type: "queued";
      readonly place: number;
      readonly generation_id: string;
      readonly conversation_id: string;
    }
  | { readonly type: "token" | "reasoning"; readonly content: string; readonly cursor: number }
  /** Before the text that shows them. */
  | { readonly type: "facts"; readonly facts: readonly unknown[]; readonly cursor: number }
  /** What comes of a call while it is written: its name first, then its arguments. `tool_call` follows with all of it. */
  | { readonly type: "tool_call_piece"; readonly piece: ToolCallPiece; readonly cursor: number }
  | { readonly type: "tool_call"; readonly call: ToolCall; readonly cursor: number }
  /** A tool of the program that the model called, and later what came of it. */
  | { readonly type: "tool_use"; readonly call: ToolCall; readonly cursor: number }
  /** How far a call of another program's tool is. */
  | { readonly type: "tool_step"; readonly step: ToolStep; readonly cursor: number }
  | { readonly type: "tool_result"; readonly result: ToolResult; readonly cursor: number }
  /** The progress of an answer; a later reader does not need it. */
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "pong" }
  | { readonly type: "done"; readonly [field: string]: unknown }
  | { readonly type: "error"; readonly error: ShownError };

type ShownError = ReturnType<AppError["toJSON"]>["error"];

interface Socket {
  readonly id: string;
  /** @returns -1 when it is kept, because the reader has not taken what came before */
  send(message: Outgoing & { readonly request_id?: string }): number;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** A question that is answered, or an answer that is read, over a socket. */
interface PendingRequest {
  /** A stop came for an answer that does not exist yet. */
  stopAsked: boolean;
  /** null: it is taken, and not stored yet. */
  generationId: string | null;
}

interface Conversation {
  readonly workspace: Workspace;
  /** @throws UnauthenticatedError when the login that opened it has ended */
  readonly refuseLoggedOut: () => void;
  /** It is counted while it is open. */
  readonly end: () => void;
  readonly left: AbortController;
  /** By request_id; '' is the one without. Each from the moment it is taken until its answer has ended. */
  readonly asked: Map<string, PendingRequest>;
  /** Resolved when its reader has taken what is kept for it, or has left; null: nothing is kept. */
  drained: PromiseWithResolvers<void> | null;
}

/** A socket's answers share its buffer. */
const mostAtOnce = 32;
/** Milliseconds after which a reader that takes nothing is dropped; the log has what it missed. */
const stallMs = 60_000;

/** For the whole app: Elysia does not pass a route's own settings to Bun. */
export const socketLimits = {
  /** Bytes that are kept for a reader. Answers wait for it long before (see `awaitDrain`); beyond it tokens would be left out. */
  backpressureLimit: 1024 * 1024,
  closeOnBackpressureLimit: true,
  /** Seconds without a sign of life; Bun asks for one by pings. */
  idleTimeout: 255,
  maxPayloadLength: 1024 * 1024,
} as const;

export interface ChatSocketDeps extends RouteDeps {
  /** Called for each opened socket. */
  readonly countSocket?: (life: StreamLife) => void;
}

export const createChatSocket = (deps: ChatSocketDeps) => {
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
        workspace,
        refuseLoggedOut: () => workspace.refuseLoggedOut(),
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
      if (conversation !== undefined) await handleMessage(deps.log, conversation, ws, incoming);
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

async function handleMessage(
  log: Log,
  conversation: Conversation,
  socket: Socket,
  incoming: unknown,
): Promise<void> {
  const { asked } = conversation;
  const { generations } = conversation.workspace;
  const put = (message: Parameters<Socket["send"]>[0]) => {
    if (socket.send(message) === -1) conversation.drained ??= Promise.withResolvers();
  };
  let send: SendMessage = put;
  try {
    conversation.refuseLoggedOut();
    const requestId = requestIdIn(incoming);
    const isAsked = asked.has(requestId);
    // What is said of a second question by the same name must not be taken for the first one's end.
    if (requestId !== "" && !isAsked) send = (message) => put({ ...message, request_id: requestId });
    const message = socketMessage(incoming, (request) => valuesFor(conversation.workspace, request));
    if (message.type === "ping") return send({ type: "pong" });
    if (message.type === "stop") {
      const stopped = requestId === "" ? [...asked.values()] : [asked.get(requestId)];
      for (const each of stopped) if (each !== undefined) await stop(conversation.workspace, each);
      return;
    }
    refuseWhenBusy(asked, requestId);
    const own: PendingRequest = { stopAsked: false, generationId: null };
    asked.set(requestId, own);
    try {
      const generation =
        message.type === "resume"
          ? existing(generations, message.generationId)
          : await askedBy(conversation.workspace, own, message, send, conversation.left.signal);
      own.generationId = generation.id;
      if (own.stopAsked) await stop(conversation.workspace, own);
      await answer(conversation, socket, send, generation, message.type === "resume" ? message.after : 0);
    } finally {
      asked.delete(requestId);
    }
  } catch (error) {
    send({ type: "error", error: shownFailure(log, error) });
    if (error instanceof UnauthenticatedError) socket.close(1008, "The login has ended.");
  }
}

/** @throws QuestionGoneError, or what asking throws */
async function askedBy(
  workspace: Workspace,
  own: PendingRequest,
  { question, mayWait }: { readonly question: Question; readonly mayWait: boolean },
  send: SendMessage,
  left: AbortSignal,
): Promise<Generation> {
  const placed = await askedOrQueued(workspace, question, mayWait);
  if ("generation" in placed) return placed.generation;
  const { id, conversationId } = placed.queued;
  own.generationId = id;
  send({ type: "queued", place: placed.place, generation_id: id, conversation_id: conversationId });
  if (own.stopAsked) await stop(workspace, own);
  return askedInTurn(workspace, id, left);
}

/** @throws NotFoundError */
function existing(generations: WorkspaceGenerations, id: string): Generation {
  const generation = generations.get(id);
  if (generation === undefined) throw new NotFoundError("There is no answer with this generation_id.");
  return generation;
}

type SendMessage = (message: Outgoing) => void;

async function stop(workspace: Workspace, asked: PendingRequest): Promise<void> {
  if (asked.generationId === null) asked.stopAsked = true;
  else await workspace.stop(asked.generationId);
}

/** @throws InvalidRequestError or TooManyRequestsError */
function refuseWhenBusy(asked: ReadonlyMap<string, PendingRequest>, requestId: string): void {
  if (asked.has(requestId))
    throw new InvalidRequestError(
      requestId === ""
        ? "The last question is still being answered. Wait for it, send a stop, or give each question a request_id."
        : `The question with the request_id ${JSON.stringify(requestId)} is still being answered. Give each one its own.`,
      { param: "request_id" },
    );
  if (asked.size >= mostAtOnce)
    throw new TooManyRequestsError(
      `${mostAtOnce} questions are being answered over this socket.`,
      "questions_per_socket",
      retryAfterSeconds,
    );
}

/** In the one form that errors have, with what they name. */
function shownFailure(log: Log, error: unknown): ShownError {
  const shown = shownError(error);
  if (shown.code === "internal_error") log.error("defect", { path: "/chat/stream", error });
  return shown.toJSON().error;
}

async function answer(
  conversation: Conversation,
  socket: Socket,
  send: SendMessage,
  generation: Generation,
  after: number,
): Promise<void> {
  const { id, conversationId, model } = generation;
  const { workspace, left } = conversation;
  const { generations } = workspace;
  send({ type: "start", generation_id: id, conversation_id: conversationId, model });
  for await (const update of generations.follow(id, after, left.signal)) {
    if (update.type === "tokens") {
      for (const [offset, token] of update.tokens.entries()) sendToken(send, token, update.from + offset + 1);
      await awaitDrain(conversation, socket, update.tokens.length);
    } else if (update.type !== "end") send({ type: "progress", progress: update });
    if (update.type === "end") {
      const { outcome } = update;
      if (outcome.state === "failed") {
        send({ type: "error", error: errorOf(outcome) });
      }
      const figures = figuresAtEnd(workspace, generation, null);
      send({
        type: "done",
        generation_id: id,
        conversation_id: conversationId,
        model: outcome.writers.at(-1)?.model ?? model,
        state: outcome.state,
        finish_reason: outcome.state === "failed" ? null : finishReasonOf(outcome),
        usage: usageOf(outcome.usage),
        ...(figures === null ? {} : { figures: figuresJson(figures) }),
      });
    }
  }
}

/** Waits until the reader has taken what is kept for it, and lets others have their turn while it catches up. */
async function awaitDrain(conversation: Conversation, socket: Socket, sent: number): Promise<void> {
  if (sent >= mostTokensAtOnce) await nextTurn();
  const { drained, left } = conversation;
  if (drained === null || left.signal.aborted) return;
  const stall = setTimeout(() => socket.terminate(), stallMs);
  await drained.promise;
  clearTimeout(stall);
}

function sendToken(send: SendMessage, token: LoggedToken, cursor: number): void {
  const {
    text: content,
    reasoning,
    continued,
    toolPiece,
    toolCall,
    toolUse,
    toolStep,
    toolResult,
    facts,
  } = token;
  if (continued) return;
  if (facts !== undefined) send({ type: "facts", facts: facts.map(factJson), cursor });
  else if (toolPiece !== undefined) send({ type: "tool_call_piece", piece: toolPiece, cursor });
  else if (toolCall !== undefined) send({ type: "tool_call", call: toolCall, cursor });
  else if (toolUse !== undefined) send({ type: "tool_use", call: toolUse, cursor });
  else if (toolStep !== undefined) send({ type: "tool_step", step: toolStep, cursor });
  else if (toolResult !== undefined) send({ type: "tool_result", result: toolResult, cursor });
  else send({ type: reasoning ? "reasoning" : "token", content, cursor });
}
