/** What every route that works with somebody's conversations is given. */
import type { Log } from "../log.ts";
import type { WorkspaceOf } from "./workspace-of.ts";

export interface RouteDeps {
  readonly workspaceOf: WorkspaceOf;
  readonly log: Log;
}
