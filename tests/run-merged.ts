/** Runs a command whose stdout and stderr are one, in the order in which they come. */
interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes what it says, as it comes. */
  readonly print: (output: Uint8Array) => void;
}

/** @returns its exit code */
export async function runMerged(words: readonly string[], { print, ...options }: Options): Promise<number> {
  const child = Bun.spawn(["/bin/sh", "-c", '"$0" "$@" 2>&1', ...words], {
    ...options,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const reader = child.stdout.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) print(chunk.value);
  return await child.exited;
}
