/**
 * Installs the prebuilt binaries that this machine can use, in node-llama-cpp's own version, and leaves package.json and
 * bun.lock unchanged. Does nothing when they are installed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { AppError, SettingsError } from "../errors.ts";
import { type GpuChoice, inspectMachine, missingPackages, runtimePackages } from "./runtime-package.ts";

class RuntimeNotInstallableError extends AppError {
  readonly status = 503;
  readonly code = "runtime_not_installable";
}

const Manifest = t.Object({ dependencies: t.Object({ "node-llama-cpp": t.String() }) });

/**
 * @param environment the user's own settings (registry, certificates, proxy), and LLAMA_GPU
 * @param onStart gets the packages when there is something to install
 * @throws RuntimeNotInstallableError when the CPU's build cannot be installed; without the GPU's the program still runs
 */
export async function installRuntime(
  projectRoot: string,
  environment: Readonly<Record<string, string | undefined>>,
  onStart: (packages: readonly string[]) => void,
): Promise<{ readonly unavailable: readonly string[] }> {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  if (!Value.Check(Manifest, manifest)) throw new SettingsError("package.json does not name node-llama-cpp.");
  const version = manifest.dependencies["node-llama-cpp"];
  const modules = join(projectRoot, "node_modules");
  const wanted = runtimePackages(inspectMachine(environment), gpuChoice(environment.LLAMA_GPU));
  const missing = missingPackages(wanted, version, modules);
  if (missing.length === 0) return { unavailable: [] };

  onStart(missing);
  const unavailable: string[] = [];
  for (const name of missing) {
    const failure = await addPackage(`${name}@${version}`, projectRoot, environment);
    if (failure === null) continue;
    if (name === wanted[0])
      throw new RuntimeNotInstallableError(
        `The model runner's package ${name} could not be installed (${failure}). Check the network and the npm registry, and try again.`,
        { package: name },
      );
    unavailable.push(name);
  }
  return { unavailable };
}

function gpuChoice(text: string | undefined): GpuChoice {
  const choices = ["auto", "cuda", "vulkan", "metal", "off"] as const;
  const choice = choices.find((one) => one === (text?.trim().toLowerCase() || "auto"));
  if (choice !== undefined) return choice;
  throw new SettingsError(`LLAMA_GPU must be one of ${choices.join(", ")}, not "${text}".`, {
    setting: "LLAMA_GPU",
  });
}

/** @returns null, or the reason of the failure */
async function addPackage(
  specifier: string,
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  // Without --omit=dev it would install 70 MB of packages for tests; it leaves existing ones.
  const child = Bun.spawn(
    [process.execPath, "add", "--no-save", "--omit=optional", "--omit=dev", specifier],
    {
      cwd: directory,
      env: environment,
      stdin: "ignore",
      stdout: "ignore",
      stderr: "pipe",
      timeout: 15 * 60_000,
    },
  );
  const [code, errors] = await Promise.all([child.exited, new Response(child.stderr).text()]);
  if (code === 0) return null;
  return errors.split("\n").findLast((line) => line.startsWith("error:")) ?? `exit code ${code}`;
}
