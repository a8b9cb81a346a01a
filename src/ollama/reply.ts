/** What /api/chat and /api/generate answer with: lines of a stream, or one that has all of it. */
import { Type as t } from "@sinclair/typebox";
import { modelOf, wholeAnswer } from "../dialects/answer.ts";
import type { Outcome } from "../generations/generation-update.ts";
import type { LoggedCall } from "../generations/logged-calls.ts";
import { time } from "../http/openapi/openapi-detail.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { contextOf } from "./context.ts";

const Logprob = { token: t.String(), logprob: t.Number(), bytes: t.Array(t.Integer()) };
const Logprobs = t.Array(t.Object({ ...Logprob, top_logprobs: t.Optional(t.Array(t.Object(Logprob))) }));

const head = {
  model: t.String({ description: "The model that really wrote it." }),
  created_at: time(),
  done: t.Boolean(),
};
const nanoseconds = t.Optional(t.Integer({ description: "Nanoseconds." }));
const end = {
  done_reason: t.Optional(t.String({ description: "stop or length; load and unload without a question." })),
  total_duration: nanoseconds,
  load_duration: nanoseconds,
  prompt_eval_count: t.Optional(t.Integer()),
  prompt_eval_duration: nanoseconds,
  eval_count: t.Optional(t.Integer()),
  eval_duration: nanoseconds,
  logprobs: t.Optional(Logprobs),
};
const CalledTool = t.Object({
  id: t.String(),
  function: t.Object({
    index: t.Integer(),
    name: t.String(),
    arguments: t.Unknown({
      description: "As the model wrote it; an answer that was cut within it has what came.",
    }),
  }),
});
const exampleEnd = {
  done: true,
  done_reason: "stop",
  total_duration: 2_100_000_000,
  load_duration: 0,
  prompt_eval_count: 31,
  prompt_eval_duration: 900_000_000,
  eval_count: 12,
  eval_duration: 1_200_000_000,
};

export const ChatLine = t.Object(
  {
    ...head,
    message: t.Object({
      role: t.Literal("assistant"),
      content: t.String(),
      thinking: t.Optional(t.String()),
      tool_calls: t.Optional(t.Array(CalledTool)),
    }),
    ...end,
  },
  {
    title: "OllamaChatReply",
    examples: [
      {
        model: "qwen2.5-1.5b-instruct",
        created_at: "2026-03-01T09:30:00.000Z",
        message: { role: "assistant", content: "A bond is a loan." },
        ...exampleEnd,
      },
    ],
  },
);

export const GenerateLine = t.Object(
  {
    ...head,
    response: t.String(),
    thinking: t.Optional(t.String()),
    context: t.Optional(
      t.Array(t.Integer(), { description: "Names this answer: send it with the next prompt." }),
    ),
    ...end,
  },
  {
    title: "OllamaGenerateReply",
    examples: [
      {
        model: "qwen2.5-1.5b-instruct",
        created_at: "2026-03-01T09:30:00.000Z",
        response: "A bond is a loan.",
        ...exampleEnd,
      },
    ],
  },
);

/** What a line has to say: the two interfaces put it into other fields. */
interface Said {
  readonly text: string;
  readonly thinking?: string;
  readonly calls?: readonly LoggedCall[];
  readonly logprobs?: object;
}

/** Of one of the two interfaces. */
export interface LineForm {
  readonly said: (said: Said) => object;
  /** Beside what both say at the end. */
  readonly end: (generation: Generation) => object;
}

export const chatForm: LineForm = {
  said: ({ text, thinking, calls = [], logprobs }) => ({
    message: {
      role: "assistant",
      content: text,
      ...(thinking ? { thinking } : {}),
      ...(calls.length === 0 ? {} : { tool_calls: calls.map(calledTool) }),
    },
    ...(logprobs === undefined ? {} : { logprobs }),
  }),
  end: () => ({}),
};

export const generateForm: LineForm = {
  said: ({ text, thinking, logprobs }) => ({
    response: text,
    ...(thinking ? { thinking } : {}),
    ...(logprobs === undefined ? {} : { logprobs }),
  }),
  end: (generation) => (generation.request?.prompt === undefined ? { context: contextOf(generation) } : {}),
};

const calledTool = ({ id, name, arguments: given }: LoggedCall, index: number) => ({
  id,
  function: { index, name, arguments: parsed(given) },
});

function parsed(given: string): unknown {
  try {
    return given.trim() === "" ? {} : JSON.parse(given);
  } catch {
    return given;
  }
}

const encoder = new TextEncoder();

function logprobsOf(tokens: readonly LoggedToken[]) {
  const entry = (token: string, logprob: number) => ({
    token,
    logprob: Number.isFinite(logprob) ? logprob : -9999,
    bytes: [...encoder.encode(token)],
  });
  return tokens.map(({ text, logprob = 0, alternatives = [] }) => ({
    ...entry(text, logprob),
    ...(alternatives.length === 0
      ? {}
      : { top_logprobs: alternatives.map((other) => entry(other.text, other.logprob)) }),
  }));
}

export const headOf = (model: string) => ({ model, created_at: new Date().toISOString() });

const hasLogprobs = ({ sampling }: Generation) => sampling.topLogprobs !== null;

/** One line a piece of text or of a thought, and one a whole call. */
export function lineOf(
  generation: Generation,
  model: string,
  token: LoggedToken,
  form: LineForm,
  callsBefore: number,
): object | null {
  if (token.continued || token.echoed || token.toolPiece !== undefined) return null;
  const line = (said: Said) => ({ ...headOf(model), ...form.said(said), done: false });
  if (token.toolCall !== undefined) {
    const told = line({ text: "", calls: [{ ...token.toolCall, isWhole: true }] });
    return withIndex(told, callsBefore);
  }
  if (token.text === "") return null;
  if (token.reasoning) return line({ text: "", thinking: token.text });
  return line({ text: token.text, ...(hasLogprobs(generation) ? { logprobs: logprobsOf([token]) } : {}) });
}

/** Calls come one a line, but are counted over all of the answer. */
function withIndex(line: object, index: number): object {
  return JSON.parse(JSON.stringify(line), (key, value: unknown) => (key === "index" ? index : value));
}

/** The last line of a stream. */
export const lastLine = (generation: Generation, outcome: Outcome, form: LineForm): object => ({
  ...headOf(modelOf(generation, outcome)),
  ...form.said({ text: "" }),
  ...endOf(generation, outcome),
  ...form.end(generation),
});

export function wholeReply(
  generation: Generation,
  outcome: Outcome,
  logged: readonly LoggedToken[],
  form: LineForm,
): object {
  const { text, reasoning, toolCalls, tokens } = wholeAnswer(logged);
  return {
    ...headOf(modelOf(generation, outcome)),
    ...form.said({
      text,
      thinking: reasoning,
      calls: toolCalls,
      ...(hasLogprobs(generation) ? { logprobs: logprobsOf(tokens) } : {}),
    }),
    ...endOf(generation, outcome),
    ...form.end(generation),
  };
}

const nanosecondsOf = (milliseconds: number) => Math.max(0, Math.round(milliseconds * 1e6));

function endOf({ createdAt }: Generation, { finishReason, usage, timings }: Outcome) {
  const total = Date.now() - createdAt;
  const { promptMs = 0, decodeMs = 0 } = timings ?? {};
  return {
    done: true,
    done_reason: finishReason === "length" ? "length" : "stop",
    total_duration: nanosecondsOf(total),
    // What it waited for, too.
    load_duration: nanosecondsOf(total - promptMs - decodeMs),
    prompt_eval_count: usage?.promptTokens ?? 0,
    prompt_eval_duration: nanosecondsOf(promptMs),
    eval_count: usage?.completionTokens ?? 0,
    eval_duration: nanosecondsOf(decodeMs),
  };
}
