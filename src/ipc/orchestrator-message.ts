/**
 * Messages of the orchestrator to its server child, a JSON object a line on standard input: the state of the vLLM that it
 * launched. The end of the input means that the orchestrator is gone.
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const nullable = <Schema extends Parameters<typeof t.Optional>[0]>(schema: Schema) =>
  t.Union([schema, t.Null()]);

const VllmLine = t.Object({
  event: t.Literal("vllm"),
  /** The served model: a folder or a hub id; null when unknown. */
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
export type VllmLine = Static<typeof VllmLine>;

export function readOrchestratorLine(text: string): VllmLine | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Value.Check(VllmLine, parsed) ? parsed : null;
  } catch {
    // Input typed into the terminal of a server that runs alone.
    return null;
  }
}
