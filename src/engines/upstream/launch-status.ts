/** What is known of the process of an engine that was launched. */
import type { EngineState } from "../../chat/engine.ts";

/** What the launcher knows of the process; `state` "ready" means that it may be asked. */
export interface LaunchStatus {
  readonly state: EngineState;
  /** Milliseconds since 1970: when this state began. */
  readonly since: number;
  readonly problem: string | null;
  /** 0 to 1 while it loads. */
  readonly progress: number | null;
  readonly phase: string | null;
  /** Milliseconds since 1970: when it is started again after a crash. */
  readonly retryAt: number | null;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}
