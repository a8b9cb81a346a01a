/** The colours of public/css/tokens.css: what stands on what can be read, in light, in dark and in high contrast. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const css = readFileSync(join(import.meta.dir, "../../public/css/tokens.css"), "utf8");
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Each token's two colours, of the rules whose selector this is. */
function coloursOf(selector: string): Map<string, Readonly<Record<Theme, string>>> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("}")[0] ?? "";
  const found = block.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]));
}

const normal = coloursOf(":root");
const more = new Map([...normal, ...coloursOf(':root[data-contrast="more"]')]);

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ["--paper", "--raised", "--sunken"];
const [text, line] = [4.5, 3];
const pairs: readonly (readonly [name: string, grounds: readonly string[], least: number])[] = [
  ["--ink", [...grounds, "--hover", "--bubble", "--accent-wash"], 7],
  ["--ink-soft", [...grounds, "--hover", "--bubble"], text],
  ["--ink-faint", [...grounds, "--hover"], text],
  ["--accent", [...grounds, "--accent-wash"], text],
  ["--accent-strong", [...grounds, "--accent-wash"], text],
  ["--on-accent", ["--accent", "--accent-strong"], text],
  ["--gain", grounds, text],
  ["--loss", grounds, text],
  ["--warning", [...grounds, "--warning-wash"], text],
  ["--problem", [...grounds, "--problem-wash"], text],
  ["--info", [...grounds, "--info-wash"], text],
  ["--line-strong", grounds, line],
  ...[1, 2, 3, 4, 5, 6].map((number) => [`--chart-${number}`, grounds, line] as const),
];

describe.each([
  ["the usual contrast", normal, 1],
  ["high contrast", more, 1.5],
] as const)("%s", (_, colours, stricter) => {
  const colourOf = (name: string, theme: Theme) => {
    const colour = colours.get(name)?.[theme];
    if (colour === undefined) throw new Error(`There is no ${name}.`);
    return colour;
  };
  for (const theme of themes)
    test.each(pairs)(`in ${theme} %s can be read on %p`, (name, below, least) => {
      const isText = ["--ink", "--ink-soft", "--ink-faint"].includes(name);
      const wanted = isText ? Math.min(7, least * stricter) : least;
      const low = below.filter((ground) => contrast(colourOf(name, theme), colourOf(ground, theme)) < wanted);
      expect(low).toEqual([]);
    });
});

test("whoever asks for more contrast by the system gets what the attribute gives", () => {
  expect([...coloursOf(':root:not([data-contrast="less"])')]).toEqual([
    ...coloursOf(':root[data-contrast="more"]'),
  ]);
});

test("the style sheets use no colour and no token that tokens.css does not have", async () => {
  const known = new Set([...css.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
  const unknown: string[] = [];
  for await (const file of new Bun.Glob("*.css").scan(join(import.meta.dir, "../../public/css"))) {
    const sheet = await Bun.file(join(import.meta.dir, "../../public/css", file)).text();
    const own = new Set([...sheet.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
    for (const [, name = ""] of sheet.matchAll(/var\((--[\w-]+)/g))
      if (!known.has(name) && !own.has(name)) unknown.push(`${file}: ${name}`);
    if (file !== "tokens.css")
      for (const [colour] of sheet.matchAll(/#[0-9a-f]{3,8}\b(?=[;,)\s])|rgb\([^)]*\)/gi))
        if (!/^rgb\(0 0 0/.test(colour)) unknown.push(`${file}: ${colour}`);
  }
  expect(unknown).toEqual([]);
});
