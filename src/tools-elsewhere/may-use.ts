/** Who may use a server of tools: admins, and others where one of them has shared it. */
import type { Store } from "../store/database.ts";
import type { OwnerId, ToolServer } from "../store/schema.ts";

export const mayUse = (
  { users }: Pick<Store, "users">,
  { isOn, isShared }: Pick<ToolServer, "isOn" | "isShared">,
  ownerId: OwnerId,
): boolean => isOn && (isShared || ownerId === null || users.get(ownerId)?.role === "admin");
