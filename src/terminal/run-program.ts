/** How a program in a terminal ends: with its exit code, a sentence on standard error, or quietly when nobody reads on. */
import { AppError } from "../errors.ts";
import { plainText } from "./plain-text.ts";

/** @param exitCodeOf for what the user is told of; anything else that is thrown is a defect */
export async function runProgram(
  main: () => Promise<number>,
  exitCodeOf: (error: AppError) => number,
): Promise<void> {
  for (const output of [process.stdout, process.stderr])
    output.on("error", (error: Error) => {
      if (!isBrokenPipe(error)) throw error;
      process.exit(0);
    });
  try {
    process.exitCode = await main();
  } catch (cause) {
    // Whoever read has seen enough, as `head` does after its lines.
    if (isBrokenPipe(cause)) return;
    if (!(cause instanceof AppError)) throw cause;
    process.stderr.write(`${plainText(cause.message)}\n`);
    process.exitCode = exitCodeOf(cause);
  }
}

/** Nobody reads any more: the other end of a pipe, or the terminal (EIO), is gone. */
const isBrokenPipe = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EPIPE" || error.code === "EIO");
