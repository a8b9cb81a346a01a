/** `bun run dev --fake`: pages without a model. */
import { expect, test } from "bun:test";
import { StartedProgram, TestFolder, until } from "../process/started-program.ts";

test("dev --fake answers from a script, and leaves no process behind", async () => {
  using folder = new TestFolder();
  const dev = new StartedProgram("src/cli/dev.ts", ["--fake", "--pace", "0"], folder.environment());
  const listening = JSON.parse(await dev.line((line) => line.includes('"listening"')));
  const answer = await fetch(`${listening.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: "hello there" }),
  });
  expect(await answer.json()).toMatchObject({ response: "Hello. How can I help?", model: "scripted" });
  dev.kill("SIGTERM");
  expect((await dev.ended()).code).toBe(0);
  await until(
    () =>
      fetch(`${listening.url}/health`).then(
        () => "still there",
        () => "gone",
      ),
    (answer) => answer === "gone",
  );
});

test("an option that dev does not know is refused with its usage", async () => {
  const { code, lines } = await new StartedProgram("src/cli/dev.ts", ["--fakes"], {}).ended();
  expect(code).toBe(2);
  expect(lines.join("\n")).toContain("Usage: dev");
});
