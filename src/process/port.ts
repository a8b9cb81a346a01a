/** Asks whether a port can be listened on, before a child is started that would only find out later. */
import { createServer } from "node:net";
import { failedWith } from "./process-errors.ts";

/**
 * @returns null when the port is free (0 always is), else the system's reason: EADDRINUSE, EACCES, EADDRNOTAVAIL
 */
export async function portProblem(port: number, host: string): Promise<string | null> {
  if (port === 0) return null;
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  const server = createServer();
  server.once("error", (cause) => {
    const known = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND"].find((code) =>
      failedWith(cause, code),
    );
    if (known === undefined) reject(cause);
    else resolve(known);
  });
  server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  return promise;
}
