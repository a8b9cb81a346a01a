/**
 * The permission that each address needs. Closed unless it is listed as open here: a new route needs a login by default. It
 * knows nothing of how a client is identified.
 */
import type { Need } from "../accounts/identity.ts";

/** Open to anonymous clients: the login, and the files of its pages. /health reports next to nothing to them. */
const open: Readonly<Record<string, readonly string[]>> = {
  "/health": ["GET", "HEAD"],
  "/login": ["GET", "HEAD", "POST"],
  "/setup": ["GET", "HEAD", "POST"],
  "/favicon.ico": ["GET", "HEAD"],
  "/service-worker.js": ["GET", "HEAD"],
  "/offline": ["GET", "HEAD"],
};
/** No name in it begins with a dot. */
const openAsset = /^\/assets\/(?:[\w-]+\/)*[\w-][\w.-]*$/;

const forAdmins =
  /^\/(?:status|metrics|users|audit|tool-servers|models\/[^/]+|api\/(?:status|engines|models|users|audit|tool-servers|pull|push|delete|copy|create|blobs))(?:\/|$)/;
const forOneself = /^\/(?:account|logout|api\/account)(?:\/|$)/;
/** Methods that change nothing. */
export const looksOnly: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** Where no method changes anything by itself: what would, looks at the permission. */
const forReaders: readonly string[] = ["/mcp"];

/** @returns null: no permission */
export function needOf(method: string, path: string, isUpgrade: boolean): Need | null {
  const isOpenAsset = openAsset.test(path) && looksOnly.includes(method);
  if (!isUpgrade && (isOpenAsset || open[path]?.includes(method))) return null;
  // However a router may read it: to require more than necessary is safe.
  const plain = decoded(path).toLowerCase();
  if (forAdmins.test(plain)) return "admin";
  if (forOneself.test(plain)) return "account";
  const isReading = looksOnly.includes(method) || forReaders.includes(plain);
  return isReading && !isUpgrade ? "read" : "write";
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/\/{2,}/g, "/");
  } catch {
    return path;
  }
}
