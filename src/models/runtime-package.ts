/**
 * The prebuilt binaries of node-llama-cpp that this machine can use. All of them take about 650 MB, so `bun install`
 * installs none (bunfig.toml), and this chooses: always the CPU's, and one for the graphics card if there is one. It
 * installs nothing.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { hasRenderDevice } from "./machine-memory.ts";

export type GpuChoice = "auto" | "cuda" | "vulkan" | "metal" | "off";

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly nvidiaDriver: boolean;
  /** The major version of the CUDA runtime whose libraries are installed. */
  readonly cudaRuntime: 12 | 13 | null;
  readonly vulkanLoader: boolean;
  readonly renderDevice: boolean;
}

/**
 * The packages, without their version, that should be installed.
 *
 * The CUDA build is linked against CUDA 13; `-cuda-ext` holds the same for CUDA 12. An NVIDIA card
 * without the CUDA libraries still works through Vulkan, whose driver comes with the card's.
 * @param gpu LLAMA_GPU: "off" leaves the graphics card alone, a name insists on that kind
 */
export function runtimePackages(machine: Machine, gpu: GpuChoice = "auto"): string[] {
  const { platform, arch } = machine;
  if (platform === "darwin") return arch === "arm64" ? [named("mac-arm64-metal")] : [named("mac-x64")];
  if (platform === "linux" && arch === "arm64") return [named("linux-arm64")];
  if (platform === "linux" && arch === "arm") return [named("linux-armv7l")];
  if (platform === "linux" && arch === "riscv64") return [named("linux-riscv64")];
  if (platform === "win32" && arch === "arm64") return [named("win-arm64")];
  if ((platform !== "linux" && platform !== "win32") || arch !== "x64") return [];

  const family = platform === "linux" ? "linux-x64" : "win-x64";
  const cuda = [
    named(`${family}-cuda`),
    ...(machine.cudaRuntime === 12 ? [named(`${family}-cuda-ext`)] : []),
  ];
  const vulkan = [named(`${family}-vulkan`)];
  const forGpu = () => {
    if (gpu === "off" || gpu === "metal") return [];
    if (gpu === "cuda") return cuda;
    if (gpu === "vulkan") return vulkan;
    if (machine.nvidiaDriver && machine.cudaRuntime !== null) return cuda;
    return machine.vulkanLoader && (machine.nvidiaDriver || machine.renderDevice) ? vulkan : [];
  };
  return [named(family), ...forGpu()];
}

/** Looks at this machine; needs no rights and starts no program. */
export function inspectMachine(environment: Readonly<Record<string, string | undefined>>): Machine {
  const folders = libraryFolders(environment);
  const has = (library: string) => folders.some((folder) => existsSync(join(folder, library)));
  const hasCuda = (major: number) =>
    has(`libcudart.so.${major}`) && has(`libcublas.so.${major}`) && has(`libcublasLt.so.${major}`);
  return {
    platform: process.platform,
    arch: process.arch,
    nvidiaDriver: existsSync("/proc/driver/nvidia/version") || has("libcuda.so.1"),
    cudaRuntime: hasCuda(13) ? 13 : hasCuda(12) ? 12 : null,
    vulkanLoader: has("libvulkan.so.1"),
    renderDevice: hasRenderDevice(),
  };
}

/** Those of the packages that are not installed in this version. */
export function missingPackages(packages: readonly string[], version: string, modules: string): string[] {
  return packages.filter((name) => {
    const manifest = join(modules, name, "package.json");
    return !existsSync(manifest) || !isVersion(manifest, version);
  });
}

function isVersion(manifest: string, version: string): boolean {
  // Bun.file has no synchronous read; require caches, which is right for a file that does not change.
  const parsed: unknown = require(manifest);
  return typeof parsed === "object" && parsed !== null && "version" in parsed && parsed.version === version;
}

function named(build: string): string {
  return `@node-llama-cpp/${build}`;
}

/** The dynamic linker's usual places, and CUDA's own. */
function libraryFolders(environment: Readonly<Record<string, string | undefined>>): string[] {
  const own = [environment.LD_LIBRARY_PATH, environment.CUDA_PATH].flatMap(
    (value) => value?.split(":") ?? [],
  );
  const cuda = existsSync("/usr/local")
    ? readdirSync("/usr/local").filter((name) => name.startsWith("cuda"))
    : [];
  return [
    ...own.filter(Boolean).flatMap((folder) => [folder, join(folder, "lib64")]),
    ...cuda.map((name) => join("/usr/local", name, "lib64")),
    "/usr/lib",
    "/usr/lib64",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/wsl/lib",
  ];
}
