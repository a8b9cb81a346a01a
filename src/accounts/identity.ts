/** The identity of a request, as the rest of the program gets it. */
import type { ApiKeyScope, OwnerId, UserRole } from "../store/schema.ts";

export interface Identity {
  /** null: the local owner, without a login. */
  readonly userId: OwnerId;
  /** '' without a login. */
  readonly name: string;
  readonly role: UserRole;
  /** loopback: there are no users, and only this machine can reach the server. */
  readonly via: "loopback" | "session" | "key";
  readonly scopes: readonly ApiKeyScope[];
  /** The id of the session or key; '' without one. */
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

/** read: look at one's own data; write: ask and change it; admin: engines, users, audit; account: one's own login. */
export type Need = "read" | "write" | "admin" | "account";

/** Whether the identity has this permission. A key never changes passwords, sessions or keys: a stolen one must not make more. */
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
