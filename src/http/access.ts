/**
 * What each address needs of who asks for it. Closed unless it is named here as open: a new route needs a login by
 * itself. It knows nothing of how anybody is known.
 */
import type { Need } from "../accounts/identity.ts";

/** Of strangers: to log in, and what the pages for that are made of. /health tells strangers next to nothing. */
const open: Readonly<Record<string, readonly string[]>> = {
  "/health": ["GET", "HEAD"],
  "/login": ["GET", "HEAD", "POST"],
  "/setup": ["GET", "HEAD", "POST"],
  "/favicon.ico": ["GET", "HEAD"],
};
const openAsset = /^\/assets\/[\w.-]+$/;

const forAdmins =
  /^\/(?:status|metrics|users|audit|models\/switch|api\/(?:status|engines|users|audit))(?:\/|$)/;
const forOneself = /^\/(?:account|logout|api\/account)(?:\/|$)/;
/** Methods that change nothing. */
export const looksOnly: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** @returns null: nothing */
export function needOf(method: string, path: string, isUpgrade: boolean): Need | null {
  const isOpenAsset = openAsset.test(path) && looksOnly.includes(method);
  if (!isUpgrade && (isOpenAsset || open[path]?.includes(method))) return null;
  // Whatever a router might make of it: to ask for more than is needed is no harm.
  const plain = decoded(path).toLowerCase();
  if (forAdmins.test(plain)) return "admin";
  if (forOneself.test(plain)) return "account";
  return looksOnly.includes(method) && !isUpgrade ? "read" : "write";
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/\/{2,}/g, "/");
  } catch {
    return path;
  }
}
