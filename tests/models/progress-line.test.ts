import { expect, test } from "bun:test";
import { ProgressLine } from "../../src/models/progress-line.ts";

function written(isTTY: boolean, use: (line: ProgressLine) => void): string {
  const pieces: string[] = [];
  use(new ProgressLine({ isTTY, write: (piece) => pieces.push(piece) }));
  return pieces.join("");
}

test("in a log each tenth is a line of its own, said once", () => {
  const text = written(false, (line) => {
    for (let done = 0; done <= 1_000_000; done += 40_000) line.show("Downloading phi3", done, 1_000_000);
    line.end();
  });
  expect(text.split("\n")).toEqual([
    "Downloading phi3",
    ...[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((percent) => `  ${percent} % of 1 MB`),
    "",
  ]);
});

test("on a terminal it is one line, drawn anew, and it ends before other text", () => {
  const text = written(true, (line) => {
    line.show("Downloading phi3", 500_000, 1_000_000);
    line.show("Downloading phi3", 1_000_000, 1_000_000);
    line.show("Checking phi3", 1_000_000, 1_000_000);
    line.end();
  });
  expect(text).toContain("\r\u001b[KDownloading phi3 ███████████████░░░░░░░░░░░░░░░  50 %");
  expect(text.split("\n")).toHaveLength(3);
  expect(text).toEndWith("\n");
});

test("without a total there is only what is being done", () => {
  expect(written(false, (line) => line.show("Unpacking", 10, null))).toBe("Unpacking\n");
});
