/** Gives routes the workspace of a request's owner. */
import type { Workspace } from "../workspace/workspace.ts";

/** @throws Error for a request without an identity: a bug, since those are refused before */
export type WorkspaceOf = (request: Request) => Workspace;
