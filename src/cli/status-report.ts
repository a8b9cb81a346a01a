/** Reads /api/status for people in a terminal, and sends requests to the engines. */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const maybe = <Schema extends Parameters<typeof t.Optional>[0]>(schema: Schema) =>
  t.Union([schema, t.Null()]);

/** The fields of the reply that are used; others are ignored. */
const ServerReport = t.Object({
  version: t.String(),
  started_at: t.String(),
  engines: t.Array(
    t.Object({
      name: t.String(),
      state: t.String(),
      since: t.String(),
      model: maybe(t.String()),
      problem: maybe(t.String()),
      progress: maybe(t.Number()),
      phase: maybe(t.String()),
      slots: t.Number(),
      busy_slots: t.Number(),
      restarts: t.Number(),
      time_to_first_token_ms: maybe(t.Number()),
      tokens_per_second: maybe(t.Number()),
      details: t.Record(t.String(), t.Union([t.String(), t.Number(), t.Boolean(), t.Null()])),
      log_tail: t.Array(t.String()),
    }),
  ),
  answers: t.Object({
    done: t.Number(),
    stopped: t.Number(),
    failed: t.Number(),
    unfinished: t.Number(),
    waiting: t.Number(),
  }),
  memory: t.Object({ resident_bytes: t.Number(), total_bytes: t.Number() }),
  storage: t.String(),
});
type ServerReport = Static<typeof ServerReport>;

const Refusal = t.Object({ error: t.Object({ message: t.String() }) });

const withKey = (apiKey: string | null): Record<string, string> =>
  apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };

/**
 * The address is our own running program's, on this machine, and has no name that a certificate is made for
 * ("https://0.0.0.0:8443").
 */
const ownTls = { rejectUnauthorized: false };

/**
 * @param apiKey null: the server has no logins
 * @returns null when the server does not answer as ours does; "closed" when only admins may see the status
 */
export async function fetchReport(
  url: string,
  apiKey: string | null,
  signal: AbortSignal,
): Promise<ServerReport | "closed" | null> {
  try {
    const reply = await fetch(`${url}/api/status`, { headers: withKey(apiKey), signal, tls: ownTls });
    if (reply.status === 401 || reply.status === 403) return "closed";
    const body: unknown = await reply.json();
    return Value.Check(ServerReport, body) ? body : null;
  } catch {
    // Not listening (yet), or not our server: no status in either case.
    return null;
  }
}

/** @returns null when it was accepted, or the sentence of the refusal */
export async function askEngine(
  url: string,
  apiKey: string | null,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<string | null> {
  const response = await fetch(`${url}/api/engines/${path}`, {
    method: "POST",
    headers: { ...withKey(apiKey), "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
    tls: ownTls,
  });
  if (response.ok) return null;
  const refusal: unknown = await response.json().catch(() => null);
  return Value.Check(Refusal, refusal) ? refusal.error.message : `The server answered ${response.status}.`;
}

/** The lines of `./run.sh status`: each engine with its state, then the totals. */
export function describeReport(report: ServerReport, now = Date.now()): string[] {
  const { answers, memory } = report;
  return [
    ...report.engines.flatMap((engine) => describeEngine(engine, now)),
    `Answers:  ${answers.unfinished} unfinished (${answers.waiting} waiting), ${answers.done} done, ${answers.stopped} stopped, ${answers.failed} failed`,
    `Memory:   ${megabytes(memory.resident_bytes)} of ${megabytes(memory.total_bytes)}`,
    ...(report.storage === "ok" ? [] : [`Storage:  ${report.storage}`]),
  ];
}

function describeEngine(engine: ServerReport["engines"][number], now: number): string[] {
  const progress = engine.progress === null ? "" : ` ${Math.round(engine.progress * 100)} %`;
  const phase = engine.phase === null ? "" : ` (${engine.phase})`;
  const speeds = [
    engine.tokens_per_second === null ? null : `${engine.tokens_per_second.toFixed(1)} tokens/s`,
    engine.time_to_first_token_ms === null
      ? null
      : `first token after ${Math.round(engine.time_to_first_token_ms)} ms`,
  ].filter((speed) => speed !== null);
  const details = Object.entries(engine.details)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`);
  return [
    `Engine:   ${engine.name}: ${engine.state}${progress}${phase} for ${duration(now - Date.parse(engine.since))}`,
    `  model   ${engine.model ?? "none yet"}`,
    `  slots   ${engine.busy_slots} of ${engine.slots} busy, restarted ${engine.restarts} times`,
    ...(speeds.length === 0 ? [] : [`  speed   ${speeds.join(", ")}`]),
    ...(details.length === 0 ? [] : [`  details ${details.join(", ")}`]),
    ...(engine.problem === null ? [] : [`  problem ${engine.problem}`]),
    ...(engine.state === "failed" ? engine.log_tail.slice(-5).map((line) => `  log     ${line}`) : []),
  ];
}

function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
