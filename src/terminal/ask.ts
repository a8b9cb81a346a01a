/**
 * `./run.sh ask`: one question and its answer, for a shell and its pipes. Text goes to standard output, everything else to
 * standard error. ask-words.ts describes the exit codes.
 */
import { join } from "node:path";
import { jsonOnTerminal, plainText } from "../cli/plain-text.ts";
import { MisuseError, run, exitCodes as usualExitCodes } from "../cli/run.ts";
import { type AppError, SettingsError } from "../errors.ts";
import { withQuestionMarks } from "../finance/numbers/question-marks.ts";
import { readSettings } from "../settings/read-settings.ts";
import { serverAddress } from "./address.ts";
import { type AskWords, askUsage, parseAskWords } from "./ask-words.ts";
import { RefusedError, UnreachableError } from "./client-errors.ts";
import { figureNotes } from "./figure-notes.ts";
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
/** Long enough for another program to begin filling the pipe. */
const silentInputMs = 3_000;

async function main(words: readonly string[]): Promise<number> {
  const asked = parseAskWords(words);
  if (asked === "help") {
    process.stdout.write(`${askUsage}\n`);
    return exitCodes.answered;
  }
  const settings = readSettings(process.env, join(import.meta.dir, "../.."));
  const notes = new Screen({ output: process.stderr, ...settings.terminal });
  const material = process.stdin.isTTY ? "" : await readInput(notes);
  if (material.includes("\0")) throw new MisuseError("Standard input is not text.");
  const message = [asked.question, material].filter(Boolean).join("\n\n");
  if (message === "") throw new MisuseError("What is the question?");
  const problem = whyTooLong(asked.question, material, message);
  if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    return exitCodes.misused;
  }

  const client = new ServerClient({ address: () => serverAddress(settings), apiKey: settings.apiKey });
  return ask(client, asked, message, notes);
}

async function ask(client: ServerClient, asked: AskWords, message: string, notes: Screen): Promise<number> {
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
      progress: (sentence) => notes.status(sentence),
    },
  );
  const stop = () => {
    if (answer.isStopAsked) process.exit(exitCodes.stopped);
    // Do not wait for a server that cannot be reached: it continues, and keeps the answer.
    answer.stop().then(
      () => undefined,
      () => answer.leave(),
    );
  };
  process.on("SIGINT", stop);
  try {
    const end = await answer.run();
    notes.status(null);
    if (asked.json) process.stdout.write(`${jsonOnTerminal(resultOf(text, ids, end))}\n`);
    else {
      if (!asked.streams) process.stdout.write(plainText(withQuestionMarks(text, end.figures)));
      if (text !== "" && !text.endsWith("\n")) process.stdout.write("\n");
    }
    // For people: what goes on into another program has --no-stream and --json.
    if (asked.streams && process.stderr.isTTY)
      for (const line of figureNotes(end.figures)) notes.line(line, "quiet");
    if (end.error !== null) notes.line(end.error.message, "problem");
    else if (answer.isStopAsked) notes.line("Stopped. The text so far is kept.", "quiet");
    else if (end.finishReason === "length") notes.line("The answer stopped at the length limit.", "quiet");
    if (answer.isStopAsked) return exitCodes.stopped;
    return end.error === null ? exitCodes.answered : exitCodes.failed;
  } finally {
    process.off("SIGINT", stop);
    notes.endLine();
  }
}

const resultOf = (response: string, ids: AnswerIds | null, end: AnswerEnd) => ({
  response,
  model: end.model,
  finish_reason: end.finishReason,
  stopped: end.state === "stopped",
  usage: end.usage,
  facts: end.facts,
  figures: end.figures,
  conversation_id: ids?.conversationId ?? null,
  generation_id: ids?.generationId ?? null,
  ...(end.error === null ? {} : { error: end.error }),
});

/** All of standard input. After some silence it says what it waits for: a pipe that nobody closes looks like a hang. */
async function readInput(notes: Screen): Promise<string> {
  const timer = setTimeout(() => notes.status("Reading standard input to its end …"), silentInputMs);
  try {
    return (await Bun.stdin.text()).trim();
  } finally {
    clearTimeout(timer);
    notes.status(null);
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
