/** A Python that finds some packages: the machine's own, or those put into the project's .venv folder. */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

const projectRoot = join(import.meta.dir, "../../..");

export interface PythonPlace {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * @param root the folder that holds them, each list in a folder of its own
 * @param packages as pip takes them, with exact versions
 * @throws Error saying what to do when they cannot be installed
 */
export async function pythonWith(
  packages: readonly string[],
  root = join(projectRoot, ".venv"),
): Promise<PythonPlace> {
  const name = packages.join("_").replaceAll(/[^a-zA-Z0-9._-]/g, "-");
  const folder = join(root, name);
  const place = { command: ["python3"], environment: { ...process.env, PYTHONPATH: folder } };
  if (existsSync(folder)) return place;
  // Under another name until it is whole: two runs at once, or one that was cut off, leave nothing half.
  const building = `${folder}.${process.pid}`;
  const pip = [
    "python3",
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--target",
    building,
  ];
  const child = Bun.spawn([...pip, ...packages], { stdio: ["ignore", "ignore", "pipe"] });
  const said = await new Response(child.stderr).text();
  if ((await child.exited) !== 0)
    throw new Error(
      `pip could not install ${packages.join(", ")}. Python 3 with pip and a network are needed.\n${said}`,
    );
  await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }));
  return place;
}
