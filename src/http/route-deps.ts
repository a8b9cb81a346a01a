/** The dependencies of every route that works with conversations. */
import type { Log } from "../log.ts";
import type { WorkspaceOf } from "./workspace-of.ts";

export interface RouteDeps {
  readonly workspaceOf: WorkspaceOf;
  readonly log: Log;
}
