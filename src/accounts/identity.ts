/** Who asks, as the rest of the program is told. */
import type { ApiKeyScope, OwnerId, UserRole } from "../store/schema.ts";

export interface Identity {
  /** null: whoever uses this machine without a login. */
  readonly userId: OwnerId;
  /** '' without a login. */
  readonly name: string;
  readonly role: UserRole;
  /** loopback: there are no users, and the server can be reached from this machine only. */
  readonly via: "loopback" | "session" | "key";
  readonly scopes: readonly ApiKeyScope[];
  /** By which credential they are known: a session's or a key's own id; '' without one. */
  readonly credential: string;
}

export const localOwner: Identity = {
  userId: null,
  name: "",
  role: "admin",
  via: "loopback",
  scopes: ["chat", "read", "admin"],
  credential: "",
};

/** read: to look at what is theirs; write: to ask and to change it; admin: engines, users, audit; account: their own login. */
export type Need = "read" | "write" | "admin" | "account";

/** Whether they may do what needs this. A key never changes passwords, sessions or keys: who has found one must not make more. */
export function may({ role, via, scopes }: Identity, need: Need): boolean {
  switch (need) {
    case "read":
      return scopes.includes("read") || scopes.includes("chat");
    case "write":
      return scopes.includes("chat");
    case "admin":
      return role === "admin" && scopes.includes("admin");
    case "account":
      return via !== "key";
    default:
      return need satisfies never;
  }
}
