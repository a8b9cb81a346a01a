/** The redirect target after a login: only an address of our own, whatever the request has. */

/** @returns a path with its query; "/" for any other host */
export function ownPath(text: string | null | undefined): string {
  if (!text || text.length > 2000) return "/";
  // Resolved as a browser would: "//evil", "/\\evil" and "/\tevil" are other hosts to it.
  const base = "http://own.invalid";
  if (!text.startsWith("/") || !URL.canParse(text, base)) return "/";
  const url = new URL(text, base);
  return url.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search : "/";
}
