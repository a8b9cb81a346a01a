/**
 * What the orchestrator tells its server child, a JSON object a line on standard input: how the vLLM that it launched
 * is. The end of the input says that the orchestrator is gone.
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const nullable = <Schema extends Parameters<typeof t.Optional>[0]>(schema: Schema) =>
  t.Union([schema, t.Null()]);

const VllmLine = t.Object({
  event: t.Literal("vllm"),
  /** What it serves: a folder or a hub id; null when that is not known. */
  model: nullable(t.String()),
  state: t.Union([t.Literal("stopped"), t.Literal("starting"), t.Literal("ready"), t.Literal("failed")]),
  problem: nullable(t.String()),
  /** What it is doing while it loads, for people. */
  phase: t.String(),
  /** 0 to 1 while it loads. */
  progress: nullable(t.Number()),
  pid: nullable(t.Integer()),
  /** Milliseconds since 1970: when this state began. */
  since: t.Number(),
  restarts: t.Integer(),
});
export type VllmLine = Static<typeof VllmLine>;

export function readOrchestratorLine(text: string): VllmLine | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Value.Check(VllmLine, parsed) ? parsed : null;
  } catch {
    // Somebody typed into the terminal of a server that runs alone.
    return null;
  }
}
