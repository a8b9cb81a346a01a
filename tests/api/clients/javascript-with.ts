/** A folder that holds some packages of npm, for programs that must not see those of this project. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { folderName } from "./python-with.ts";

/**
 * @param packages as `bun add` takes them, with exact versions
 * @param root the folder that holds all such folders
 * @returns the folder
 * @throws Error saying what to do when they cannot be installed
 */
export async function javaScriptWith(packages: readonly string[], root: string): Promise<string> {
  const folder = join(root, folderName(packages));
  if (existsSync(folder)) return folder;
  // Under another name until it is whole: two runs at once, or one that was cut off, leave nothing half.
  const building = `${folder}.${process.pid}`;
  await mkdir(building, { recursive: true });
  await Bun.write(join(building, "package.json"), '{ "private": true }');
  const child = Bun.spawn([process.execPath, "add", "--exact", "--ignore-scripts", ...packages], {
    cwd: building,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = await new Response(child.stderr).text();
  if ((await child.exited) !== 0)
    throw new Error(`Bun could not install ${packages.join(", ")}. A network is needed.\n${said}`);
  await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }));
  return folder;
}
