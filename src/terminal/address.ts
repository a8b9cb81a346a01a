/** The address of this data folder's server. */
import { runningInstance } from "../process/instance.ts";
import type { Settings } from "../settings/settings.ts";

/** From the running program, or else from the settings. */
export function serverAddress({ dataDir, host, port, access }: Settings): string {
  const running = runningInstance(dataDir)?.url;
  if (running) return running;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `${access.tls === null ? "http" : "https"}://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/**
 * The address is our own program's, on this machine, and has no name that a certificate is made for
 * ("https://0.0.0.0:8443").
 */
export const ownTls = { rejectUnauthorized: false };
