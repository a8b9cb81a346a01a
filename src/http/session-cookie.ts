/**
 * The cookie with a session's token. Its name has the port, which separates programs of one machine: browsers send a cookie to
 * all ports of a host. Under TLS its name begins with __Host-: browsers then keep other hosts and plain HTTP from setting it.
 * (https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-__host-prefix)
 */
import { readCookie } from "./read-cookie.ts";

export interface SessionCookie {
  readonly name: string;
  /** The token of a request; null: none. */
  read(request: Request): string | null;
  /** The value of Set-Cookie. */
  set(token: string, maxAgeSeconds: number): string;
  /** Removes it. */
  clear(): string;
}

/**
 * @param isSecure the browser uses TLS, to us or to our proxy
 * @param port of the settings
 */
export function createSessionCookie(isSecure: boolean, port: number): SessionCookie {
  const name = `${isSecure ? "__Host-" : ""}session-${port}`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return {
    name,
    read: (request) => readCookie(request, name),
    set: (token, maxAgeSeconds) => `${name}=${token}; Max-Age=${maxAgeSeconds}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}
