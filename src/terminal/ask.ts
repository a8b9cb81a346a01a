/**
 * `./run.sh ask`: one question and its answer, for a shell and its pipes. Text goes to standard output, everything else
 * to standard error. The exit codes are in ask-words.ts, where they are told.
 */
import { join } from "node:path";
import { jsonOnTerminal, plainText } from "../cli/plain-text.ts";
import { MisuseError, run, exitCodes as usualExitCodes } from "../cli/run.ts";
import { type AppError, SettingsError } from "../errors.ts";
import { readSettings } from "../settings/read-settings.ts";
import { serverAddress } from "./address.ts";
import { type AskWords, askUsage, parseAskWords } from "./ask-words.ts";
import { RefusedError, UnreachableError } from "./client-errors.ts";
import { whyTooLong } from "./longest-question.ts";
import { type AnswerEnd, type AnswerIds, RunningAnswer } from "./running-answer.ts";
import { Screen } from "./screen.ts";
import { ServerClient } from "./server-client.ts";

const exitCodes = {
  answered: usualExitCodes.done,
  unreachable: usualExitCodes.failed,
  misused: usualExitCodes.misused,
  failed: 3,
  stopped: usualExitCodes.interrupted,
} as const;
/** Long enough for a pipe that is filled by another program's first thought. */
const silentInputMs = 3_000;

async function main(words: readonly string[]): Promise<number> {
  const asked = parseAskWords(words);
  if (asked === "help") {
    process.stdout.write(`${askUsage}\n`);
    return exitCodes.answered;
  }
  const settings = readSettings(process.env, join(import.meta.dir, "../.."));
  const news = new Screen({ output: process.stderr, ...settings.terminal });
  const material = process.stdin.isTTY ? "" : await readInput(news);
  if (material.includes("\0")) throw new MisuseError("Standard input is not text.");
  const message = [asked.question, material].filter(Boolean).join("\n\n");
  if (message === "") throw new MisuseError("What is the question?");
  const problem = whyTooLong(asked.question, material, message);
  if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    return exitCodes.misused;
  }

  const client = new ServerClient({ address: () => serverAddress(settings), apiKey: settings.apiKey });
  return ask(client, asked, message, news);
}

async function ask(client: ServerClient, asked: AskWords, message: string, news: Screen): Promise<number> {
  let text = "";
  let ids: AnswerIds | null = null;
  const question = {
    message,
    ...(asked.model === null ? {} : { model: asked.model }),
    ...(asked.conversation === null ? {} : { conversation_id: asked.conversation }),
  };
  const answer = new RunningAnswer(
    client,
    { question },
    {
      begun: (begun) => {
        ids = begun;
      },
      text: (piece) => {
        text += piece;
        if (asked.streams) process.stdout.write(plainText(piece));
      },
      news: (sentence) => news.status(sentence),
    },
  );
  const stop = () => {
    if (answer.isStopAsked) process.exit(exitCodes.stopped);
    // A server that cannot be told is not waited for: it goes on, and keeps what it writes.
    answer.stop().then(
      () => undefined,
      () => answer.leave(),
    );
  };
  process.on("SIGINT", stop);
  try {
    const end = await answer.run();
    news.status(null);
    if (asked.json) process.stdout.write(`${jsonOnTerminal(resultOf(text, ids, end))}\n`);
    else {
      if (!asked.streams) process.stdout.write(plainText(text));
      if (text !== "" && !text.endsWith("\n")) process.stdout.write("\n");
    }
    if (end.error !== null) news.line(end.error.message, "problem");
    else if (answer.isStopAsked) news.line("Stopped. What was written is kept.", "quiet");
    else if (end.finishReason === "length") news.line("The answer was cut at its longest length.", "quiet");
    if (answer.isStopAsked) return exitCodes.stopped;
    return end.error === null ? exitCodes.answered : exitCodes.failed;
  } finally {
    process.off("SIGINT", stop);
    news.endLine();
  }
}

const resultOf = (response: string, ids: AnswerIds | null, end: AnswerEnd) => ({
  response,
  model: end.model,
  finish_reason: end.finishReason,
  stopped: end.state === "stopped",
  usage: end.usage,
  conversation_id: ids?.conversationId ?? null,
  generation_id: ids?.generationId ?? null,
  ...(end.error === null ? {} : { error: end.error }),
});

/** All of standard input. Says what it waits for, when nothing comes: a pipe that nobody closes looks like a hang. */
async function readInput(news: Screen): Promise<string> {
  const timer = setTimeout(() => news.status("Reading standard input to its end …"), silentInputMs);
  try {
    return (await Bun.stdin.text()).trim();
  } finally {
    clearTimeout(timer);
    news.status(null);
  }
}

function exitCodeOf(error: AppError): number | undefined {
  if (error instanceof SettingsError || error instanceof MisuseError) return undefined;
  if (error instanceof UnreachableError) return exitCodes.unreachable;
  if (!(error instanceof RefusedError)) return exitCodes.failed;
  if (error.isAboutAccess) return exitCodes.unreachable;
  return error.isAboutRequest ? exitCodes.misused : exitCodes.failed;
}

if (import.meta.main) await run(main, { usage: askUsage, exitCodeOf });
