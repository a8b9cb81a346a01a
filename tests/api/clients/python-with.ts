/** A Python that finds some packages, installed by uv, which takes a second where pip takes a minute. */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

const projectRoot = join(import.meta.dir, "../../..");

export interface PythonPlace {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const uvRelease = "0.13.9";

/**
 * @param packages as uv takes them, with exact versions
 * @param root the folder that holds them, each list in a folder of its own
 * @throws Error saying what to do when they cannot be installed
 */
export async function pythonWith(
  packages: readonly string[],
  root = join(projectRoot, ".venv"),
): Promise<PythonPlace> {
  const folder = join(root, folderName(packages));
  const place = { command: ["python3"], environment: { ...process.env, PYTHONPATH: folder } };
  const uv = await uvIn(root);
  await installed(folder, packages, (into) => [
    uv,
    "pip",
    "install",
    "--quiet",
    "--python",
    "python3",
    "--target",
    into,
  ]);
  return place;
}

/** A list may be longer than a name may be. */
export const folderName = (packages: readonly string[]) =>
  `${packages[0]?.replaceAll(/[^a-zA-Z0-9._-]/g, "-")}-${Bun.hash(packages.join(" ")).toString(36)}`;

/** The machine's own, or one of the package registry. */
async function uvIn(root: string): Promise<string> {
  const own = Bun.which("uv");
  if (own !== null) return own;
  const folder = join(root, `uv-${uvRelease}`);
  const pip = ["python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"];
  await installed(folder, [`uv==${uvRelease}`], (into) => [...pip, into]);
  return join(folder, "bin/uv");
}

async function installed(
  folder: string,
  packages: readonly string[],
  command: (into: string) => readonly string[],
): Promise<void> {
  if (existsSync(folder)) return;
  // Under another name until it is whole: two runs at once, or one that was cut off, leave nothing half.
  const building = `${folder}.${process.pid}`;
  const child = Bun.spawn([...command(building), ...packages], { stdio: ["ignore", "ignore", "pipe"] });
  const said = await new Response(child.stderr).text();
  if ((await child.exited) !== 0)
    throw new Error(
      `${packages.join(", ")} could not be installed. Python 3 with pip and a network are needed.\n${said}`,
    );
  await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }));
}
