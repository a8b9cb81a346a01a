/** Where the server of this data folder can be reached. */
import { runningInstance } from "../process/instance.ts";
import type { Settings } from "../settings/settings.ts";

/** As the running program says, or else as the settings do. */
export function serverAddress({ dataDir, host, port, access }: Settings): string {
  const running = runningInstance(dataDir)?.url;
  if (running) return running;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `${access.tls === null ? "http" : "https"}://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/**
 * The address is that of our own program, on this machine, and names no host that a certificate is made for
 * ("https://0.0.0.0:8443").
 */
export const ownTls = { rejectUnauthorized: false };
