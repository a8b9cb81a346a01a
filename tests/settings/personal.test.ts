/** The table of personal settings: what its definitions promise, and how config.json and the environment use it. */
import { describe, expect, test } from "bun:test";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Value } from "@sinclair/typebox/value";
import { personalKeys, personalSetting } from "../../src/settings/personal.ts";
import { readSettings } from "../../src/settings/read-settings.ts";

const read = (config: object, environment: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "personal-"));
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  return readSettings(environment, folder).personal;
};

describe.each(personalKeys)("the setting %s", (key) => {
  const { schema, fallback, choices = [], problem, label, meaning, inConfig, empty } = personalSetting(key);

  test("has a default and choices of its form", () => {
    for (const value of [fallback, ...choices.map((choice) => choice.value)]) {
      expect(Value.Check(schema, value)).toBe(true);
      expect(problem?.(value) ?? null).toBeNull();
    }
  });

  test("has words: a label, what it changes, and what an empty field stands for", () => {
    expect(label).toMatch(/^[A-Z][a-z]/);
    expect(meaning).toMatch(/^[A-Z].{9,}[^.]$/);
    if (fallback === "" || fallback === null) expect(empty).toBeString();
    for (const choice of choices) expect(choice.label).toMatch(/^[A-Z]/);
  });

  test("is read from config.json, and can be fixed there", () => {
    const value = choices.at(-1)?.value ?? fallback;
    const [first = "", second] = inConfig;
    const config = second === undefined ? { [first]: value } : { [first]: { [second]: value } };
    const { values, configured, fixed } = read({ ...config, fixed_settings: [key] });
    expect(values[key]).toBe(value as never);
    expect(configured).toEqual([key]);
    expect([...fixed]).toEqual([[key, "config.json"]]);
  });
});

test("no two settings have the same key in config.json", () => {
  const places = personalKeys.map((key) => personalSetting(key).inConfig.join("."));
  expect(new Set(places).size).toBe(places.length);
});

test("a variable wins over config.json, and nobody can choose then", () => {
  const config = { answers: { prose: "none" } };
  expect(read(config).values.prose).toBe("none");
  const { values, fixed } = read(config, { ANSWERS_PROSE: "strict" });
  expect(values.prose).toBe("strict");
  expect(fixed.get("prose")).toBe("ANSWERS_PROSE");
});

test.each([
  [{ look: { theme: "blue" } }, '"look.theme" must be system, light, dark'],
  [{ answers: { temperature: 3 } }, '"answers.temperature" must be a number from 0 to 2'],
  [{ currency: "euro" }, '"currency" must be three capital letters'],
  [{ time_zone: "Mars/Base" }, '"time_zone" is not a time zone'],
  [{ look: { colour: "red" } }, 'there is no setting "look.colour"'],
  [{ fixed_settings: ["colour"] }, '"fixed_settings'],
])("%p in config.json: the start is refused with the key and the form", (config, sentence) => {
  expect(() => read(config)).toThrow(sentence);
});
