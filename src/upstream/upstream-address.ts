/** The address of an upstream, apart from what in it is a secret: a user and a password, and the query. */
interface UpstreamAddress {
  /** What may be shown, and what paths are appended to: without a slash at the end. */
  readonly base: string;
  /** Appended to every path; "" without a query. */
  readonly search: string;
  /** The Authorization header that the user and the password stand for (RFC 7617); null without them. */
  readonly authorization: string | null;
}

/** @param url http(s), without /v1 */
export function upstreamAddress(url: string): UpstreamAddress {
  const { protocol, host, pathname, search, username, password } = new URL(url);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return {
    base: `${protocol}//${host}${pathname.replace(/\/+$/, "")}`,
    search,
    authorization: username === "" && password === "" ? null : `Basic ${credentials.toString("base64")}`,
  };
}
