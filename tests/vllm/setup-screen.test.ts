import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { detailIn } from "../../src/vllm/pip.ts";
import { StepLine } from "../../src/vllm/step-line.ts";

class Screen {
  text = "";
  constructor(readonly isTTY: boolean) {}
  write(text: string) {
    this.text += text;
  }
}

describe("A step on the screen", () => {
  test("of a terminal is one line, which says at its end how long it took", () => {
    const screen = new Screen(true);
    using line = new StepLine(screen, "PyTorch");
    line.done();
    expect(screen.text).toBe("\r\u001b[KPyTorch … 0 s\r\u001b[KPyTorch: done (0 s)\n");
  });

  test("in a log has a beginning and an end", () => {
    const screen = new Screen(false);
    new StepLine(screen, "PyTorch")[Symbol.dispose]();
    expect(screen.text).toBe("PyTorch …\n  not done (0 s)\n");
  });

  test("says what pip is at", () => {
    expect(detailIn("  Downloading nvidia_cudnn_cu13-9.20.0.48-py3-none-any.whl (366.2 MB)")).toBe(
      "downloading nvidia-cudnn-cu13 (366.2 MB)",
    );
    expect(detailIn("Installing collected packages: a, b, c")).toBe("unpacking 3 packages");
    expect(detailIn("Collecting numpy")).toBeNull();
  });
});

describe("./run.sh setup-vllm", () => {
  const setup = (...words: string[]) =>
    Bun.spawnSync([process.execPath, join(import.meta.dir, "../../src/cli/setup-vllm.ts"), ...words], {
      env: { PATH: "/nowhere", HOME: "/nowhere" },
    });

  test("that cannot do it ends with one sentence and exit code 1", () => {
    const folder = mkdtempSync(join(tmpdir(), "setup-"));
    try {
      writeFileSync(join(folder, "file"), "");
      for (const [place, sentence] of [
        ["vllm", "no Python is installed"],
        ["file/vllm", "cannot be used. Check its permissions"],
      ] as const) {
        const { exitCode, stderr } = setup("--cpu", "--folder", join(folder, place));
        expect(exitCode).toBe(1);
        expect(stderr.toString().trim().split("\n")).toEqual([expect.stringContaining(sentence)]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("shows how it is used when it is used otherwise", () => {
    const { exitCode, stderr } = setup("--gpu");
    expect(exitCode).toBe(2);
    expect(stderr.toString()).toStartWith("Usage: ./run.sh setup-vllm");
  });
});
