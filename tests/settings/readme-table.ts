/** The table of variables in README, made of src/settings/variables.ts. Run it to write the table anew. */
import { join } from "node:path";
import { variables } from "../../src/settings/variables.ts";

const readme = join(import.meta.dir, "../../README.md");
const head = "| variable | default | meaning |\n|---|---|---|\n";

/** As README must have it. */
export const wantedTable = () =>
  head +
  Object.values(variables)
    .flatMap(({ name, shown, meaning }) =>
      shown === null ? [] : [`| \`${name}\` | ${shown} | ${meaning} |\n`],
    )
    .join("");

/** As README has it. */
export function shownTable(text: string): string {
  const start = text.indexOf(head);
  const end = text.indexOf("\n\n", start);
  return start < 0 ? "" : text.slice(start, end + 1);
}

if (import.meta.main) {
  const text = await Bun.file(readme).text();
  await Bun.write(
    readme,
    text.replace(shownTable(text), () => wantedTable()),
  );
}
