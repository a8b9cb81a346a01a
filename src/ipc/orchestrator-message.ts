/**
 * Messages of the orchestrator to its server child, a JSON object a line on standard input: the state of an engine that
 * it launched. The end of the input means that the orchestrator is gone.
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const nullable = <Schema extends Parameters<typeof t.Optional>[0]>(schema: Schema) =>
  t.Union([schema, t.Null()]);

const LaunchedName = t.Union([t.Literal("vllm"), t.Literal("llama-server")]);
/** The engines that the orchestrator can launch. */
export type LaunchedName = Static<typeof LaunchedName>;

const LaunchLine = t.Object({
  event: t.Literal("launched"),
  engine: LaunchedName,
  /** The served model: a folder, a hub id or a name; null when unknown. */
  model: nullable(t.String()),
  state: t.Union([t.Literal("stopped"), t.Literal("starting"), t.Literal("ready"), t.Literal("failed")]),
  problem: nullable(t.String()),
  /** The present phase of loading, for people. */
  phase: t.String(),
  /** 0 to 1 while it loads. */
  progress: nullable(t.Number()),
  pid: nullable(t.Integer()),
  /** Milliseconds since 1970: the beginning of this state. */
  since: t.Number(),
  restarts: t.Integer(),
  /** Milliseconds since 1970: when it is started again after a crash; null: it does not wait for that. */
  retryAt: nullable(t.Number()),
});
export type LaunchLine = Static<typeof LaunchLine>;

export function readOrchestratorLine(text: string): LaunchLine | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Value.Check(LaunchLine, parsed) ? parsed : null;
  } catch {
    // Input typed into the terminal of a server that runs alone.
    return null;
  }
}
