/** Launches llama-server: its command, its environment, and what its log says, for the launcher of engines. */
import { EngineLauncher } from "../launch/engine-launcher.ts";
import type { ProcessTimings } from "../process/supervised-process.ts";
import type { Settings } from "../settings/settings.ts";
import {
  findLlamaServer,
  llamaServerArguments,
  llamaServerEnvironment,
  llamaServerUrl,
  type ServedFile,
} from "./llama-server-command.ts";
import { problemIn, progressAfter } from "./llama-server-log.ts";

interface LlamaServerLauncherOptions {
  readonly settings: Settings;
  readonly port: number;
  readonly portProblem?: string | null;
  readonly cores: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timings?: Partial<ProcessTimings>;
}

/** Which file it serves the server child says: it knows the models on this machine, and verifies them. */
export class LlamaServerLauncher extends EngineLauncher<ServedFile> {
  constructor(options: LlamaServerLauncherOptions) {
    const { settings, port, portProblem = null, cores, environment, timings } = options;
    const threads = settings.llama.threads ?? Math.max(1, cores - 1);
    super({
      ...{ engine: "llama-server", title: "llama-server", url: llamaServerUrl(port) },
      ...{ dataDir: settings.dataDir, served: null, noModel: null, portProblem },
      nameOf: ({ model }) => model,
      launchOf(served, apiKey) {
        const program = findLlamaServer({ command: settings.llamaServer.command });
        return {
          command: llamaServerArguments(program, served, settings, { port, threads }),
          environment: llamaServerEnvironment(program, apiKey, environment),
        };
      },
      ...{ progressAfter, problemIn },
      timings: {
        startDeadlineMs: settings.llamaServer.startSeconds * 1000,
        probeIntervalMs: 1_000,
        ...timings,
      },
    });
  }
}
