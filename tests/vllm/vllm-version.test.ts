import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isForProcessor, refuseOldVllm, vllmVersion } from "../../src/vllm/vllm-version.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "a vllm "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

/** A python3 in whose environment this vLLM is installed. */
const pythonWith = (version: string) => program("python3", `#!/bin/sh\necho ${version}\n`);
/** As pip writes it when the path has spaces. */
const script = (python: string) =>
  program("vllm", `#!/bin/sh\n'''exec' "${python}" "$0" "$@"\n' '''\nimport re\n`);

describe("The version of a vLLM", () => {
  test("is asked of the Python that its script names, however the script names it", () => {
    const python = pythonWith("0.32.0+cpu");
    expect(vllmVersion([script(python)])).toBe("0.32.0+cpu");
    expect(vllmVersion([python, "-m", "vllm.entrypoints.cli.main"])).toBe("0.32.0+cpu");
    const plain = mkdtempSync(join(tmpdir(), "vllm-"));
    try {
      const direct = join(plain, "python3.11");
      writeFileSync(direct, "#!/bin/sh\necho 0.12.1\n", { mode: 0o755 });
      expect(vllmVersion([program("direct", `#!${direct}\nimport re\n`)])).toBe("0.12.1");
    } finally {
      rmSync(plain, { recursive: true });
    }
  });

  test("is not known of a wrapper, nor where vLLM is not installed; neither is refused", () => {
    const wrapper = program("wrapper", "#!/bin/bash\nexec docker run vllm\n");
    const without = script(program("python3", "#!/bin/sh\necho PackageNotFoundError >&2; exit 1\n"));
    for (const words of [[wrapper], [without], [join(folder, "nothing")], [folder], []]) {
      expect(vllmVersion(words)).toBeNull();
      expect(refuseOldVllm(words)).toBeNull();
    }
  });

  test("that is too old is refused with the next step; 0.9 is older than 0.11", () => {
    for (const old of ["0.9.2", "0.10.2", "0.9", "0.10.2+cpu"]) {
      const words = [script(pythonWith(old))];
      expect(() => refuseOldVllm(words)).toThrow(`is vLLM ${old}, but 0.11.0 or later is needed.`);
      expect(() => refuseOldVllm(words)).toThrow("./run.sh setup-vllm");
    }
  });

  test("that will do is told; a build without a release's number is trusted", () => {
    for (const version of ["0.11.0", "0.32.0", "1.0", "0.11.0rc1", "0.1.dev1+gabcdef"])
      expect(refuseOldVllm([script(pythonWith(version))])).toBe(version);
  });

  test("of one whose Python is gone cannot be asked: that is said", () => {
    expect(() => refuseOldVllm([script("/nowhere/bin/python3")])).toThrow(
      "its Python, /nowhere/bin/python3, is gone",
    );
  });

  test("tells a build for the processor", () => {
    expect(["0.32.0+cpu", "0.32.0", "0.32.0+cu130"].map(isForProcessor)).toEqual([true, false, false]);
  });
});
