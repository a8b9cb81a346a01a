/** What comes in over the chat's WebSocket, checked. It knows nothing of sockets or of answers. */
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import { refusalOf } from "../http/field-form.ts";
import { checkedIdempotencyKey } from "../http/idempotency-key.ts";
import { refuseUnsafe } from "../http/json-body.ts";
import type { AskValues } from "../workspace/presets.ts";
import { type ChatRequest, checkedChatRequest, mayWait, questionFrom } from "./chat-request.ts";

type SocketMessage =
  | { readonly type: "ping" }
  | { readonly type: "stop" }
  /** Reads an answer on from a cursor. */
  | { readonly type: "resume"; readonly generationId: string; readonly after: number }
  | { readonly type: "question"; readonly question: Question; readonly mayWait: boolean };

const Resume = t.Object({
  generation_id: t.String({ minLength: 1, maxLength: 100 }),
  after: t.Optional(t.Integer({ minimum: 0, maximum: 999_999_999 })),
});

/**
 * @param chosen what applies where a question says nothing
 * @throws InvalidRequestError naming the field
 */
export function socketMessage(incoming: unknown, chosen: (request: ChatRequest) => AskValues): SocketMessage {
  const fields: Readonly<Record<string, unknown>> =
    typeof incoming === "object" && incoming !== null ? { ...incoming } : {};
  const { type } = fields;
  if (type === "ping" || type === "stop") return { type };
  refuseUnsafe(incoming);
  if (type === "resume" || "generation_id" in fields) {
    const { generation_id, after } = fields;
    const wanted = { generation_id, ...(after === undefined ? {} : { after }) };
    if (!Value.Check(Resume, wanted)) throw refusalOf(Value.Errors(Resume, wanted).First());
    return { type: "resume", generationId: wanted.generation_id, after: wanted.after ?? 0 };
  }
  const { idempotency_key: key = null } = fields;
  const idempotencyKey = key === null ? null : checkedIdempotencyKey(key, "idempotency_key");
  const request = checkedChatRequest(incoming);
  const question = questionFrom(request, idempotencyKey, chosen(request));
  return { type: "question", question, mayWait: mayWait(request) };
}

const longestRequestId = 100;

/** @returns '' when there is none @throws InvalidRequestError */
export function requestIdIn(incoming: unknown): string {
  if (typeof incoming !== "object" || incoming === null || !("request_id" in incoming)) return "";
  const { request_id: id } = incoming;
  if (id === null || id === undefined) return "";
  if (typeof id === "string" && id.length > 0 && id.length <= longestRequestId) return id;
  throw new InvalidRequestError(`request_id must be a text of 1 to ${longestRequestId} characters.`, {
    param: "request_id",
  });
}
