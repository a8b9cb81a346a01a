/** Launches vLLM: its command, its environment, and what its log says, for the launcher of engines. */
import { EngineLauncher } from "../launch/engine-launcher.ts";
import type { ProcessTimings } from "../process/supervised-process.ts";
import type { Settings } from "../settings/settings.ts";
import { problemIn, progressAfter } from "./loading-progress.ts";
import { vllmArguments, vllmEnvironment, vllmUrl } from "./vllm-command.ts";
import { type Machine, type ServedModel, vllmProgram } from "./vllm-plan.ts";
import { isForProcessor, refuseOldVllm } from "./vllm-version.ts";

interface VllmLauncherOptions {
  readonly settings: Settings;
  /** null: the catalogue has no entry for the chosen model. */
  readonly served: ServedModel | null;
  readonly machine: Machine & { readonly cores: number };
  readonly port: number;
  /** Why the port cannot be used; null: it can. */
  readonly portProblem?: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timings?: Partial<ProcessTimings>;
}

export class VllmLauncher extends EngineLauncher<ServedModel> {
  constructor(options: VllmLauncherOptions) {
    const { settings, served, machine, port, portProblem = null, environment, timings } = options;
    const { vllm, dataDir } = settings;
    super({
      ...{ engine: "vllm", title: "vLLM", url: vllmUrl(port), dataDir, served, portProblem },
      noModel: "No model is set for vLLM. Set VLLM_MODEL to a folder or a hub id.",
      nameOf: ({ model }) => model,
      launchOf({ model, names, contextSize }, apiKey) {
        const program = vllmProgram(settings, machine);
        const version = refuseOldVllm(program);
        const launch = {
          ...{ program, port, model, contextSize },
          servedNames: names,
          gpuMemoryShare: vllm.gpuMemory,
          tensorParallel: vllm.tensorParallel,
          extraArguments: vllm.extraArguments,
          hasCudaGpu: machine.hasCudaGpu && !(version !== null && isForProcessor(version)),
          cores: machine.cores,
        };
        return { command: vllmArguments(launch), environment: vllmEnvironment(launch, apiKey, environment) };
      },
      ...{ progressAfter, problemIn },
      timings: {
        startDeadlineMs: vllm.startSeconds * 1000,
        probeIntervalMs: vllm.probeSeconds * 1000,
        missesUntilRestart: vllm.misses,
        healthyAfterMs: vllm.healthySeconds * 1000,
        ...timings,
      },
    });
  }
}
