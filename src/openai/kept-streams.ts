/**
 * Streams that can be read again from any byte, as llama.cpp's server has them: a chat completion that is asked with
 * `X-Conversation-Id` is written whether somebody reads it or not, and `GET /v1/stream` goes on where a reader was. The bytes
 * follow from the log, so that they are the same after a restart, too.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/server-stream.cpp
 */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { StreamFields } from "../chat/api-request.ts";
import type { DialectDeps } from "../dialects/answer.ts";
import { frameStream } from "../dialects/answer-stream.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { NotFoundError } from "../errors.ts";
import { updateFrom } from "../generations/generation-update.ts";
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { events, jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { chunksOf, streamFieldsOf } from "./chat-chunks.ts";
import type { ChatCompletionRequest } from "./chat-completion-request.ts";
import { ProgressSection } from "./progress-section.ts";
import { begunChoices, type ChoiceUpdate } from "./v1-choices.ts";
import { framesOf, v1Stream } from "./v1-stream.ts";

const longestName = 512;
const mostLookedUp = 1000;

/** @returns null for a request without one @throws BadFieldError */
export function streamNameOf({ headers }: Request): string | null {
  const name = headers.get("x-conversation-id");
  if (name === null || name === "") return null;
  if (name.length <= longestName && /^[!-~](?:[ -~]*[!-~])?$/.test(name)) return name;
  throw new BadFieldError(
    "X-Conversation-Id",
    `must have at most ${longestName} characters, of ASCII: others would have another name in an address.`,
  );
}

interface Asked {
  readonly name: string;
  readonly body: ChatCompletionRequest;
  readonly question: Question;
  readonly ignored: IgnoredFields;
}

/** What had the name before is stopped. @throws what v1Stream and asking throw; then nothing has the name */
export async function keptStream(
  deps: DialectDeps,
  workspace: Workspace,
  request: Request,
  { name, body, question, ignored }: Asked,
): Promise<Response> {
  const { streams } = workspace;
  const fields = streamFieldsOf(body);
  const asked = {
    ...question,
    request: { messages: [], ...question.request, stream: fields },
    idempotencyKey: await streams.keyFor(name),
  };
  const choices = await begunChoices(workspace, [asked], request, 1, false);
  const shape = chunksOf(choices.first, 1, fields);
  const counted = { log: deps.log, headers: ignored.headers(), isCounted: true };
  try {
    return await v1Stream(
      counted,
      workspace,
      choices,
      request,
      shape,
      new ProgressSection(fields.withProgress),
    );
  } catch (error) {
    await streams.release(name);
    throw error;
  }
}

const Name = t.String({ minLength: 1, maxLength: longestName });
const Query = t.Object({
  conv_id: Name,
  from: t.Optional(
    t.String({
      description: "How many bytes are there already.",
      "x-takes": { type: "integer", minimum: 0, default: 0 },
    }),
  ),
});
const exampleSession = {
  conversation_id: "b0c1::qwen2.5-1.5b-instruct",
  ...{ is_done: false, total_bytes: 8712, started_at: 1_772_357_400, completed_at: 0 },
};
const Sessions = t.Array(
  t.Object({
    conversation_id: t.String(),
    is_done: t.Boolean(),
    total_bytes: t.Integer(),
    started_at: t.Integer({ description: "Seconds since 1970." }),
    completed_at: t.Integer({ description: "Seconds since 1970; 0: it is still written." }),
  }),
  { title: "KeptStreams", examples: [[exampleSession]] },
);

export const createKeptStreams = (deps: DialectDeps) => {
  const read = (request: Request, { conv_id: name, from }: { conv_id: string; from?: string }) => {
    const workspace = deps.workspaceOf(request);
    const offset = offsetIn(from);
    const { generation, fields } = required(workspace, name);
    const updates = updatesOf(workspace, generation, request.signal);
    const frames = framesFrom(workspace, generation, fields, updates);
    return frameStream({ log: deps.log, isCounted: true }, generation, request, afterBytes(frames, offset));
  };
  const detail = openApiDetail({
    summary: "Read on in a stream of /v1/chat/completions, as llama.cpp's server",
    description: "The bytes from the given one on, then those to come, until the answer ends.",
    replies: {
      200: {
        description: "The rest of the stream.",
        content: {
          "text/event-stream": events(
            t.String({ description: "Chunks, as /v1/chat/completions streams them." }),
            "data: [DONE]\n\n",
          ),
        },
        headers: ["X-Generation-Id", "X-Conversation-Id"],
      },
    },
    errors: { 404: "No stream has this name, or it was released." },
  });
  const released = openApiDetail({
    summary: "Stop a stream of /v1/chat/completions and release its name, as llama.cpp's server",
    replies: { 204: { description: "It has no stream, and may have had none." } },
  });
  const release = async (request: Request, name: string) => {
    await deps.workspaceOf(request).streams.release(name);
    return new Response(null, { status: 204 });
  };
  return new Elysia({ name: "v1-kept-streams", tags: ["openai"] })
    .get(
      "/v1/stream",
      ({ query, request, server }) => {
        server?.timeout(request, 0);
        return read(request, query);
      },
      { query: Query, detail },
    )
    .delete("/v1/stream", ({ query, request }) => release(request, query.conv_id), {
      query: t.Pick(Query, ["conv_id"]),
      detail: released,
    })
    .post(
      "/v1/streams/lookup",
      async ({ body, request }) => {
        const workspace = deps.workspaceOf(request);
        const found = body.conversation_ids.flatMap((name) => workspace.streams.ofConversation(name));
        return await Promise.all(found.map(({ name, generation }) => sessionOf(workspace, name, generation)));
      },
      {
        body: t.Object(
          { conversation_ids: t.Array(Name, { minItems: 0, maxItems: mostLookedUp }) },
          { title: "KeptStreamNames", examples: [{ conversation_ids: ["b0c1"] }] },
        ),
        detail: openApiDetail({
          summary: "Which of these conversations have a stream, as llama.cpp's server",
          description: "A name stands for itself and for those that begin with it and `::`.",
          replies: { 200: jsonReply("Those that have one.", Sessions) },
        }),
      },
    );
};

/** @throws NotFoundError */
function required({ streams }: Workspace, name: string) {
  const generation = streams.find(name);
  const fields = generation?.request?.stream;
  if (generation !== undefined && fields !== undefined) return { generation, fields };
  throw new NotFoundError(
    "There is no such stream. Ask again with its name in the header X-Conversation-Id.",
  );
}

function offsetIn(from: string | undefined): number {
  if (from === undefined || /^\d{1,15}$/.test(from)) return Number(from ?? 0);
  throw new BadFieldError("from", "must be a number of bytes.");
}

async function* updatesOf(
  { generations }: Workspace,
  generation: Generation,
  reader: AbortSignal,
): AsyncGenerator<ChoiceUpdate, void, undefined> {
  yield { index: 0, generation, update: null };
  for await (const update of generations.follow(generation.id, 0, reader))
    yield { index: 0, generation, update };
}

const framesFrom = (
  workspace: Workspace,
  first: Generation,
  fields: StreamFields,
  updates: AsyncIterable<ChoiceUpdate>,
) =>
  framesOf(
    workspace,
    { first, count: 1, updates },
    chunksOf(first, 1, fields),
    new ProgressSection(fields.withProgress),
  );

/** Without its first bytes; what is begun of a character is left out. */
async function* afterBytes(
  frames: AsyncIterable<string>,
  from: number,
): AsyncGenerator<string, void, undefined> {
  let left = from;
  for await (const frame of frames) {
    if (left === 0) {
      yield frame;
      continue;
    }
    const bytes = Buffer.from(frame);
    let start = left;
    while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
    left = Math.max(0, left - bytes.length);
    if (start < bytes.length) yield bytes.toString("utf8", start);
  }
}

async function sessionOf(
  workspace: Workspace,
  name: string,
  generation: Generation,
): Promise<StaticReply<typeof Sessions>[number]> {
  const seconds = (ms: number) => Math.floor(ms / 1000);
  let bytes = 0;
  const { stream: fields } = generation.request ?? {};
  if (fields !== undefined)
    for await (const frame of framesFrom(workspace, generation, fields, updatesSoFar(workspace, generation)))
      bytes += Buffer.byteLength(frame);
  return {
    conversation_id: name,
    is_done: workspace.generations.outcome(generation) !== null,
    total_bytes: bytes,
    started_at: seconds(generation.createdAt),
    completed_at: seconds(generation.endedAt ?? 0),
  };
}

async function* updatesSoFar(
  { generations }: Workspace,
  generation: Generation,
): AsyncGenerator<ChoiceUpdate, void, undefined> {
  yield { index: 0, generation, update: null };
  const tokens = generations.tokens(generation.id, 0);
  for (let from = 0; from < tokens.length; ) {
    const update = updateFrom(generation.writers, tokens, from);
    yield { index: 0, generation, update };
    from += update.tokens.length;
  }
  const outcome = generations.outcome(generation);
  if (outcome !== null) yield { index: 0, generation, update: { type: "end", outcome } };
}
