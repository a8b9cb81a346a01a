/** How routes come by what whoever asks may see. */
import type { Workspace } from "../workspace/workspace.ts";

/** @throws Error for a request of which nobody knows whose it is: a defect, since those are refused before */
export type WorkspaceOf = (request: Request) => Workspace;
