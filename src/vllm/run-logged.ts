/** Runs one program of a setup to its end, and logs its output. It knows nothing of pip. */
import type { RotatingLog } from "../process/rotating-log.ts";
import { VllmSetupError } from "./setup-errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Longer than the largest package takes over a slow network; pip itself notices a lost connection. */
const deadlineMs = 3 * 60 * 60_000;

export interface LoggedRun {
  readonly log: RotatingLog;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/**
 * @returns its exit code and its output, both streams together
 * @throws signal.reason when aborted; VllmSetupError when it cannot start or does not end
 */
export async function runLogged(
  command: readonly [string, ...string[]],
  { log, environment, signal, onLine }: LoggedRun,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(deadlineMs);
  const lines: string[] = [];
  const collect = (line: string) => {
    lines.push(line);
    onLine?.(line);
  };
  const child = spawn(command, environment, AbortSignal.any([signal, deadline]));
  const [code] = await Promise.all([
    child.exited,
    log.follow(child.stdout, collect),
    log.follow(child.stderr, collect),
  ]);
  signal.throwIfAborted();
  if (deadline.aborted)
    throw new VllmSetupError(
      `${command[0]} ran for hours and was stopped. Check the network and run ./run.sh setup-vllm again.`,
    );
  return { code, lines };
}

function spawn(command: readonly [string, ...string[]], environment: Environment, signal: AbortSignal) {
  try {
    return Bun.spawn([...command], {
      env: { ...environment },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      signal,
      killSignal: "SIGKILL",
    });
  } catch (cause) {
    throw new VllmSetupError(`${command[0]} cannot be started.`, {}, { cause });
  }
}
