/**
 * How llama-server is found, its command line and its environment. It knows nothing of processes.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { EngineUnavailableError } from "../errors.ts";
import type { Settings } from "../settings/settings.ts";

export interface ServedFile {
  /** The name that answers carry. */
  readonly model: string;
  readonly file: string;
  /** The projector beside the model, which makes tokens of pictures; null: it reads text alone. */
  readonly projector: string | null;
}

interface Finding {
  /** LLAMA_SERVER_COMMAND: a path or a command line; null: not set. */
  readonly command: string | null;
  readonly which?: (name: string) => string | null;
}

/** It listens on loopback only: the key keeps out other users of this machine. */
const host = "127.0.0.1";
/** Tokens of one conversation where the settings leave it open: as the llama engine, but a server cannot try what fits. */
const usualContext = 8_192;
/** What llama-server keeps of prompts that left their slot, in MB of memory: its own default is 8 GB. */
const promptCacheMegabytes = 512;

/** @throws EngineUnavailableError with the next step */
export function findLlamaServer({ command, which = Bun.which }: Finding): string[] {
  if (command === null) {
    const found = which("llama-server");
    if (found !== null) return [found];
    throw new EngineUnavailableError(
      "There is no llama-server on this machine. Install llama.cpp, set LLAMA_SERVER_COMMAND to the path of its llama-server, or start with ENGINE=llama.",
    );
  }
  // A path may contain spaces.
  if (existsSync(command)) return [command];
  const [program = "", ...rest] = command.split(/\s+/);
  const found = existsSync(program) ? program : which(program);
  if (found !== null) return [found, ...rest];
  throw new EngineUnavailableError(
    `LLAMA_SERVER_COMMAND is "${command}", but there is no program ${program}. Correct it, or start with ENGINE=llama.`,
  );
}

/** @param threads what `LLAMA_THREADS` means on this machine */
export function llamaServerArguments(
  program: readonly string[],
  { model, file, projector }: ServedFile,
  { llama, llamaServer }: Pick<Settings, "llama" | "llamaServer">,
  { port, threads }: { readonly port: number; readonly threads: number },
): [string, ...string[]] {
  const [first = "llama-server", ...rest] = program;
  const { parallel, context, kvType, gpu } = llama;
  return [
    first,
    ...rest,
    ...["--model", file, "--alias", model],
    ...(projector === null ? [] : ["--mmproj", projector]),
    ...["--host", host, "--port", String(port)],
    ...["--threads", String(threads), "--parallel", String(parallel)],
    // Of all slots together.
    ...["--ctx-size", String(parallel * (context ?? usualContext))],
    ...(kvType === "f16" ? [] : ["--cache-type-k", kvType, "--cache-type-v", kvType]),
    ...(gpu === "off" ? ["--n-gpu-layers", "0"] : []),
    ...["--cache-ram", String(promptCacheMegabytes)],
    // It fetches nothing, and shows no pages of its own.
    ...["--offline", "--no-webui", "--jinja"],
    ...llamaServer.extraArguments,
  ];
}

/** The key travels in the environment: every user of the machine can read arguments. */
export function llamaServerEnvironment(
  [program = ""]: readonly string[],
  apiKey: string,
  outer: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const libraries = program.includes("/") ? dirname(program) : "";
  return {
    ...outer,
    // Its libraries lie beside it where it was built or unpacked rather than installed.
    ...(libraries === ""
      ? {}
      : { LD_LIBRARY_PATH: [libraries, outer.LD_LIBRARY_PATH].filter(Boolean).join(":") }),
    LLAMA_API_KEY: apiKey,
  };
}

export const llamaServerUrl = (port: number) => `http://${host}:${port}`;
