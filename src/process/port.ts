/** Checks whether a port is free, before a child starts that would only fail later, and which program uses it. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
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

/** A port on loopback that is free at this moment. */
export async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once("error", reject);
  server.listen({ port: 0, host: "127.0.0.1", exclusive: true }, () => {
    const address = server.address();
    server.close(() =>
      typeof address === "object" && address !== null
        ? resolve(address.port)
        : reject(new Error("The system gave no port.")),
    );
  });
  return promise;
}

/**
 * The program that listens on a port ("python3, process 123"); null when the system does not report it: only Linux does, and
 * only for the user's own processes.
 * @see proc_net_tcp in the kernel's documentation: state 0A is LISTEN, the tenth field the socket's inode
 */
export function portOwner(port: number): string | null {
  const sockets = new Set(["tcp", "tcp6"].flatMap((table) => listeningSockets(table, port)));
  if (sockets.size === 0) return null;
  for (const pid of entriesOf("/proc").filter((name) => /^\d+$/.test(name))) {
    const holds = entriesOf(`/proc/${pid}/fd`).some((file) => sockets.has(linkOf(`/proc/${pid}/fd/${file}`)));
    if (holds) return `${textOf(`/proc/${pid}/comm`).trim()}, process ${pid}`;
  }
  return null;
}

function listeningSockets(table: string, port: number): string[] {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, "0");
  return textOf(`/proc/net/${table}`)
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = "", , state]) => local.endsWith(`:${hexadecimal}`) && state === "0A")
    .map((fields) => `socket:[${fields[9]}]`);
}

/** Empty for a process that has ended or that belongs to another user. */
function quiet<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
const entriesOf = (folder: string) => quiet(() => readdirSync(folder), []);
const linkOf = (path: string) => quiet(() => readlinkSync(path), "");
const textOf = (path: string) => quiet(() => readFileSync(path, "utf8"), "");
