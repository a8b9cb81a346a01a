/** README's tables of variables and of personal settings, made of src/settings/. Run it to write them anew. */
import { join } from "node:path";
import { personalKeys, personalSetting } from "../../src/settings/personal.ts";
import { variables } from "../../src/settings/variables.ts";

const readme = join(import.meta.dir, "../../README.md");
const heads = {
  variables: "| variable | default | meaning |\n|---|---|---|\n",
  personal: "| setting | key of config.json | default | what it changes |\n|---|---|---|---|\n",
} as const;
type Table = keyof typeof heads;
export const tables: readonly Table[] = ["variables", "personal"];

/** As README must have it. */
export const wantedTable = (table: Table): string =>
  heads[table] + (table === "variables" ? variableRows() : personalRows());

const personalRows = () =>
  personalKeys
    .map((key) => {
      const { label, inConfig, fallback, empty, isLong, meaning } = personalSetting(key);
      const value = isLong ? "the program's own" : String(fallback ?? "") || (empty ?? "");
      return `| ${label} | \`${inConfig.join(".")}\` | ${value} | ${meaning} |\n`;
    })
    .join("");

const variableRows = () =>
  Object.values(variables)
    .flatMap(({ name, shown, meaning }) =>
      shown === null ? [] : [`| \`${name}\` | ${shown} | ${meaning} |\n`],
    )
    .join("");

/** As README has it. */
export function shownTable(text: string, table: Table): string {
  const start = text.indexOf(heads[table]);
  const end = text.indexOf("\n\n", start);
  return start < 0 ? "" : text.slice(start, end + 1);
}

if (import.meta.main) {
  let text = await Bun.file(readme).text();
  for (const table of tables) text = text.replace(shownTable(text, table), () => wantedTable(table));
  await Bun.write(readme, text);
}
