/** Asks one question over HTTP and measures how the answer streams: our own interface, and OpenAI's for a peer. */
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { readEventData } from "../read-event-data.ts";

export interface TimedAnswer {
  readonly firstTokenMs: number;
  /** From the question to the end of the stream. */
  readonly totalMs: number;
  /** By the server's own count; by the pieces that came when it does not say. */
  readonly tokens: number;
  readonly promptTokens: number | null;
  readonly text: string;
}

export interface Turn {
  readonly question: string;
  readonly answer: string;
}

/** A server under load. It is asked for one more turn of a conversation that it may know already. */
export interface Target {
  readonly name: string;
  ask(question: string, maxTokens: number, conversation: Conversation): Promise<TimedAnswer>;
}

/** What both kinds of server need to go on with a conversation. */
export class Conversation {
  id: string | null = null;
  readonly turns: Turn[] = [];
}

const Chunk = t.Object({
  conversation_id: t.Optional(t.String()),
  choices: t.Optional(
    t.Array(
      t.Object({ delta: t.Optional(t.Object({ content: t.Optional(t.Union([t.String(), t.Null()])) })) }),
    ),
  ),
  usage: t.Optional(
    t.Union([t.Null(), t.Object({ prompt_tokens: t.Integer(), completion_tokens: t.Integer() })]),
  ),
  error: t.Optional(t.Object({ message: t.String() })),
});

/** `POST /chat/stream`: the server keeps the conversation. */
export function ourServer(url: string): Target {
  return {
    name: "this program",
    async ask(question, maxTokens, conversation) {
      const known = conversation.id === null ? {} : { conversation_id: conversation.id };
      const body = { message: question, max_tokens: maxTokens, temperature: 0, memory_context: 0, ...known };
      const answer = await timed(`${url}/chat/stream`, body);
      conversation.id ??= answer.conversationId;
      return answer;
    },
  };
}

/** `POST /v1/chat/completions` of any server: the whole conversation is sent each time. */
export function openAiServer(name: string, url: string, model: string, systemPrompt: string): Target {
  return {
    name,
    async ask(question, maxTokens, conversation) {
      const before = conversation.turns.flatMap((turn) => [
        { role: "user", content: turn.question },
        { role: "assistant", content: turn.answer },
      ]);
      const answer = await timed(`${url.replace(/\/$/, "")}/v1/chat/completions`, {
        model,
        messages: [{ role: "system", content: systemPrompt }, ...before, { role: "user", content: question }],
        max_tokens: maxTokens,
        temperature: 0,
        stream: true,
        stream_options: { include_usage: true },
      });
      conversation.turns.push({ question, answer: answer.text });
      return answer;
    },
  };
}

/** @throws when the server refuses, or fails in the stream */
async function timed(url: string, body: object): Promise<TimedAnswer & { conversationId: string | null }> {
  const asked = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(300_000),
  });
  if (!response.ok || response.body === null)
    throw new Error(`${url} answers ${response.status}: ${(await response.text()).slice(0, 300)}`);
  let conversationId = response.headers.get("x-conversation-id");
  let firstTokenMs: number | null = null;
  let pieces = 0;
  let text = "";
  let usage: { prompt_tokens: number; completion_tokens: number } | null = null;
  for await (const data of readEventData(response.body)) {
    if (data === "[DONE]") break;
    const chunk: unknown = JSON.parse(data);
    if (!Value.Check(Chunk, chunk)) continue;
    if (chunk.error !== undefined) throw new Error(`${url} failed: ${chunk.error.message}`);
    conversationId ??= chunk.conversation_id ?? null;
    usage = chunk.usage ?? usage;
    const content = chunk.choices?.[0]?.delta?.content ?? "";
    if (content === "") continue;
    firstTokenMs ??= performance.now() - asked;
    pieces++;
    text += content;
  }
  const totalMs = performance.now() - asked;
  return {
    firstTokenMs: firstTokenMs ?? totalMs,
    totalMs,
    tokens: usage?.completion_tokens ?? pieces,
    promptTokens: usage?.prompt_tokens ?? null,
    text,
    conversationId,
  };
}
