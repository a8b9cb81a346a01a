/** src/cli/models.ts as a real process: what ./run.sh models does. */
import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartedProgram, TestFolder } from "../process/started-program.ts";

function models(folder: TestFolder, ...words: string[]) {
  const environment = folder.environment({ MODELS_DIR: folder.path });
  return new StartedProgram("src/cli/models.ts", words, environment).ended();
}

test("list shows what is known and what is here", async () => {
  using folder = new TestFolder();
  writeFileSync(join(folder.path, "my-model.gguf"), "GGUF");
  const { code, lines } = await models(folder, "list");
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^MODEL +ALIASES +SIZE +FILE +LICENCE/);
  expect(lines.find((line) => line.startsWith("phi-3-mini"))).toMatch(/phi3, .*3\.8B +2393 MB +MIT$/);
  expect(lines.find((line) => line.startsWith("my-model"))).toEndWith("here (your own file)");
});

test("what cannot be done is one sentence and exit code 1", async () => {
  using folder = new TestFolder();
  const unknown = await models(folder, "pull", "gpt-9");
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.lines).toHaveLength(1);
  expect(unknown.lines[0]).toStartWith('There is no model "gpt-9". Known models: ');
  const gone = await models(folder, "rm", "phi3");
  expect(gone.code).toBe(1);
  expect(gone.lines).toEqual([`The model phi3 is not in ${folder.path}: there is nothing to remove.`]);
});

test("wrong use shows the usage and has exit code 2", async () => {
  using folder = new TestFolder();
  for (const words of [[], ["pull"], ["pull", "a", "b"], ["dance"]]) {
    const { code, lines } = await models(folder, ...words);
    expect(code).toBe(2);
    expect(lines[0]).toStartWith("Usage:");
  }
});

test("a wrong setting is one sentence and exit code 78", async () => {
  using folder = new TestFolder();
  writeFileSync(join(folder.path, "config.json"), '{"memory_settings": {"recall": "many"}}');
  const { code, lines } = await models(folder, "list");
  expect(code).toBe(78);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"memory_settings.recall" must be a whole number from 0 to 20');
});
