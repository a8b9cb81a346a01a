/**
 * One JSON object a line: time, level, event, then the event's own fields. Message text is never logged.
 */
import type { LogLevel } from "./settings/settings.ts";

type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const severity: Readonly<Record<LogLevel, number>> = { debug: 10, info: 20, warn: 30, error: 40 };

/**
 * @param write writes one line with its newline; standard output by default
 * @param now milliseconds since 1970, for tests
 */
export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stdout.write(line),
  now: () => number = Date.now,
): Log {
  const at =
    (own: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (severity[own] < severity[level]) return;
      write(
        `${JSON.stringify({ time: new Date(now()).toISOString(), level: own, event, ...fields }, plainError)}\n`,
      );
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Errors have no enumerable fields: without this they would be logged as {}. */
function plainError(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}
