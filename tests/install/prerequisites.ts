/**
 * Brings what the tests need and `bun install` does not: the linter's and the model runner's binaries, a
 * browser, and the small model. Each function returns null, or one sentence that says what to do.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { firefoxPath } from "../firefox/firefox.ts";

const bun = process.execPath;
const Manifest = t.Object({ devDependencies: t.Record(t.String(), t.String()) });

/** Biome's binary is an optional package, and those are not installed (bunfig.toml). */
export async function ensureLinter(projectRoot: string): Promise<string | null> {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const version = Value.Check(Manifest, manifest) ? manifest.devDependencies["@biomejs/biome"] : undefined;
  if (version === undefined) return "package.json does not name @biomejs/biome.";
  const name = `@biomejs/cli-${process.platform}-${process.arch}`;
  const installed = join(projectRoot, "node_modules", name, "package.json");
  if (existsSync(installed) && readFileSync(installed, "utf8").includes(`"version": "${version}"`))
    return null;
  const done = await succeeds(
    [bun, "add", "--no-save", "--omit=optional", `${name}@${version}`],
    projectRoot,
  );
  return done
    ? null
    : `The linter ${name}@${version} could not be installed. Check the network and try again.`;
}

/** Where a Chromium usually is; CHROMIUM_PATH comes first. */
const browsers = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export const ensureBrowser = (projectRoot: string) =>
  ensurePackage(projectRoot, {
    isThere: browsers.some((path) => path !== undefined && existsSync(path)),
    name: "Chromium",
    debian: "chromium",
    byHand: "Install Chromium or Chrome, or set CHROMIUM_PATH to one, and run the tests again.",
  });

export const ensureFirefox = (projectRoot: string) =>
  ensurePackage(projectRoot, {
    isThere: firefoxPath() !== undefined,
    name: "Firefox",
    // Ubuntu has it as a snap alone.
    debian: "firefox-esr",
    byHand: "Install Firefox, or set FIREFOX_PATH to one, and run the tests again.",
  });

interface NeededPackage {
  readonly isThere: boolean;
  readonly name: string;
  /** Its package in Debian. */
  readonly debian: string;
  readonly byHand: string;
}

async function ensurePackage(
  projectRoot: string,
  { isThere, name, debian, byHand }: NeededPackage,
): Promise<string | null> {
  if (isThere) return null;
  if (Bun.which("apt-get") === null || process.getuid?.() !== 0)
    return `The browser tests need ${name}. On Debian: sudo apt-get install -y ${debian}. ${byHand}`;
  console.log(`Installing ${name} …`);
  const updated = await succeeds(["apt-get", "update", "-qq"], projectRoot);
  const installed =
    updated &&
    (await succeeds(["apt-get", "install", "-y", "-qq", "--no-install-recommends", debian], projectRoot));
  return installed ? null : `${name} could not be installed with apt-get. ${byHand}`;
}

/** The tests run on the smallest model of the catalogue. */
export async function ensureModelForTests(projectRoot: string): Promise<string | null> {
  const models = join(projectRoot, "src/cli/models.ts");
  const done =
    (await succeeds([bun, models, "pull", "smollm2-135m-instruct"], projectRoot)) &&
    (await succeeds([bun, models, "prepare"], projectRoot));
  return done ? null : "The model for the tests could not be prepared; the lines above say why.";
}

async function succeeds(words: readonly string[], directory: string): Promise<boolean> {
  const child = Bun.spawn([...words], {
    cwd: directory,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return (await child.exited) === 0;
}
