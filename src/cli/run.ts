/**
 * The begin and end of every terminal command: it parses the words, prints the usage after a wrong use, prints an error as one
 * sentence on standard error, and sets the exit code. It knows no command.
 *
 * Exit codes: 0 done, 1 it could not be done, 2 wrong use, 78 (EX_CONFIG of sysexits.h) a setting is wrong, 130 interrupted;
 * a command may have others.
 */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { AppError, SettingsError } from "../errors.ts";
import { plainText } from "./plain-text.ts";

export const exitCodes = { done: 0, failed: 1, misused: 2, badSettings: 78, interrupted: 130 } as const;

/** The words do not fit the command; the usage is printed, after a sentence if there is one. */
export class MisuseError extends AppError {
  readonly status = 400;
  readonly code = "misused";
  constructor(sentence = "") {
    super(sentence);
  }
}

/** Ctrl-C, or a TERM, ended the command. */
export class InterruptedError extends AppError {
  readonly status = 499;
  readonly code = "interrupted";
}

/** @returns a signal that is aborted with `reason` by Ctrl-C or TERM */
export function interruptSignal(reason: AppError): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupt.abort(reason));
  return interrupt.signal;
}

/**
 * Splits words into options and positionals.
 * @throws MisuseError for an option that is not in `options`, or has no value
 */
export function parseWords<const Options extends ParseArgsOptionsConfig>(
  words: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options });
  } catch (cause) {
    const code = cause instanceof TypeError && "code" in cause ? String(cause.code) : "";
    throw code.startsWith("ERR_PARSE_ARGS") ? new MisuseError() : cause;
  }
}

interface RunOptions {
  /** Printed on standard error after a MisuseError, and on standard output for --help alone. */
  readonly usage?: string;
  /** Exit codes of the command's own errors; undefined: the usual one. */
  readonly exitCodeOf?: (error: AppError) => number | undefined;
}

/** Runs a command and sets the exit code of the process. Any error but an AppError is a bug and is thrown. */
export async function run(
  command: (words: readonly string[]) => Promise<number> | number,
  { usage, exitCodeOf }: RunOptions = {},
): Promise<void> {
  for (const output of [process.stdout, process.stderr])
    output.on("error", (error: Error) => {
      if (!isBrokenPipe(error)) throw error;
      process.exit(0);
    });
  const words = process.argv.slice(2);
  if (usage !== undefined && words.length === 1 && (words[0] === "--help" || words[0] === "-h")) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    process.exitCode = await command(words);
  } catch (cause) {
    // The reader of the output has closed it, as `head` does after its lines.
    if (isBrokenPipe(cause)) return;
    if (!(cause instanceof AppError)) throw cause;
    const usageAfter = cause instanceof MisuseError ? usage : undefined;
    const shown = [plainText(cause.message), usageAfter].filter(Boolean).join("\n\n");
    process.stderr.write(`${shown}\n`);
    process.exitCode = exitCodeOf?.(cause) ?? usualExitCode(cause);
  }
}

function usualExitCode(error: AppError): number {
  if (error instanceof MisuseError) return exitCodes.misused;
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  return error instanceof SettingsError ? exitCodes.badSettings : exitCodes.failed;
}

/** The other end of a pipe, or the terminal (EIO), is gone. */
const isBrokenPipe = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EPIPE" || error.code === "EIO");
