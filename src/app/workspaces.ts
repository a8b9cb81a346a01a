/** The workspace of each request: that of its identity, and no more. */
import type { Accounts } from "../accounts/accounts.ts";
import type { Authentication } from "../http/authentication.ts";
import { Workspace } from "../workspace/workspace.ts";

/** @returns the workspace of a request; the same one however often its route asks */
export function workspacesFor(
  deps: ConstructorParameters<typeof Workspace>[0],
  authentication: Authentication,
  note: Accounts["note"],
): (request: Request) => Workspace {
  const known = new WeakMap<Request, Workspace>();
  return (request) => {
    const { userId } = authentication.identityOf(request);
    const before = known.get(request);
    // A login changes whose it is.
    if (before?.ownerId === userId) return before;
    const workspace = new Workspace(deps, userId, {
      onDelete: (action, id) => note(authentication.actorOf(request), action, id),
      isStillKnown: () => authentication.isStillKnown(request),
    });
    known.set(request, workspace);
    return workspace;
  };
}
