/**
 * `./run.sh setup-vllm`: installs a vLLM for this machine. It only parses arguments and prints; install-vllm.ts does the
 * work.
 *
 * Exit codes: those of run.ts.
 */
import { join, resolve } from "node:path";
import { inspectMachine } from "../models/runtime-package.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { Step } from "../vllm/build-environment.ts";
import { ownVllm } from "../vllm/find-vllm.ts";
import { installVllm } from "../vllm/install-vllm.ts";
import { SetupInterruptedError, VllmSetupError } from "../vllm/setup-errors.ts";
import type { VllmBuild } from "../vllm/setup-recipe.ts";
import { StepLine } from "../vllm/step-line.ts";
import { vllmFolder } from "../vllm/vllm-plan.ts";
import { exitCodes, interruptSignal, MisuseError, parseWords, run } from "./run.ts";

const usage = `Usage: ./run.sh setup-vllm [--cpu] [--force] [--folder FOLDER]

  --cpu             the build for the processor, even where there is an NVIDIA card
  --force           build it anew
  --folder FOLDER   put it there instead of DATA_DIR/vllm; VLLM_COMMAND=FOLDER/bin/vllm then names it`;

const options = {
  cpu: { type: "boolean", default: false },
  force: { type: "boolean", default: false },
  folder: { type: "string" },
} as const;

async function main(words: readonly string[]): Promise<number> {
  const { values: asked, positionals } = parseWords(words, options);
  if (positionals.length > 0) throw new MisuseError();
  const projectRoot = join(import.meta.dir, "../..");
  const folder = resolve(asked.folder ?? vllmFolder(readSettings(process.env, projectRoot)));
  const { platform, nvidiaDriver } = inspectMachine(process.env);
  if (platform !== "linux")
    throw new VllmSetupError(
      "vLLM runs on Linux only. Start with ENGINE=llama, or set VLLM_URL to a vLLM elsewhere.",
    );
  const build: VllmBuild = nvidiaDriver && !asked.cpu ? "cuda" : "cpu";
  const { version, isNew } = await installVllm({
    folder,
    build,
    force: asked.force,
    environment: process.env,
    signal: interruptSignal(new SetupInterruptedError()),
    which: Bun.which,
    step: showStep,
    onWait: (pid) => console.log(`Another setup (process ${pid}) works on it. Waiting …`),
  });
  const where = build === "cuda" ? "the graphics card" : "the processor";
  console.log(
    isNew
      ? `vLLM ${version} for ${where} is ready: ${ownVllm(folder)}`
      : `vLLM ${version} for ${where} is already installed: ${ownVllm(folder)} (--force builds it again).`,
  );
  console.log(
    asked.folder === undefined
      ? "./run.sh start uses it; ./run.sh restart if the assistant runs."
      : `VLLM_COMMAND="${ownVllm(folder)}" ./run.sh start uses it.`,
  );
  return 0;
}

const showStep: Step = async (label, work) => {
  using line = new StepLine(process.stdout, label);
  const result = await work((text) => line.detail(text));
  line.done();
  return result;
};

if (import.meta.main)
  await run(main, {
    usage,
    exitCodeOf: (error) => (error instanceof SetupInterruptedError ? exitCodes.interrupted : undefined),
  });
