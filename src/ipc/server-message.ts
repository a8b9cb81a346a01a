/**
 * The server child's log lines that are messages to the orchestrator. All its other output is only kept.
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const ServerLine = t.Union([
  /** The server listens; with PORT=0 this is the only way to know where. */
  t.Object({
    event: t.Literal("listening"),
    url: t.String({ pattern: "^https?://[^/]+$" }),
    pid: t.Optional(t.Integer()),
  }),
  /** The server will exit with code 78, and why. */
  t.Object({ event: t.Literal("start-refused"), message: t.String() }),
  /** Asks to start, stop or restart an engine that the orchestrator launched, or to serve another model with it. */
  t.Object({
    event: t.Literal("launch-asked"),
    engine: t.Union([t.Literal("vllm"), t.Literal("llama-server")]),
    action: t.Union([t.Literal("start"), t.Literal("stop"), t.Literal("restart"), t.Literal("load")]),
    /** The id of the model to load. */
    model: t.Optional(t.String()),
    /** The file of that model, and of the projector beside it, where the engine serves files. */
    file: t.Optional(t.String()),
    projector: t.Optional(t.String()),
  }),
]);
export type ServerLine = Static<typeof ServerLine>;

/** @returns null for any other line */
export function readServerLine(text: string): ServerLine | null {
  if (!text.startsWith("{")) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return Value.Check(ServerLine, parsed) ? parsed : null;
  } catch {
    // A line of other code that only looks like ours.
    return null;
  }
}
