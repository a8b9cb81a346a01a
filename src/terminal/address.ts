/** Where the server of this data folder can be reached. */
import { runningInstance } from "../process/instance.ts";
import type { Settings } from "../settings.ts";

/** As the running program says, or else as the settings do. */
export function serverAddress({ dataDir, port, door }: Settings): string {
  return runningInstance(dataDir)?.url ?? `${door.tls === null ? "http" : "https"}://127.0.0.1:${port}`;
}
