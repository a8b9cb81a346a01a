/** For `bun run db:generate` after a change to src/store/schema.ts; the program applies the result at start. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: [
    ...["./src/store/schema.ts", "./src/store/memory-tables.ts", "./src/store/file-tables.ts"],
    ...["./src/store/dataset-tables.ts", "./src/store/document-tables.ts", "./src/store/batch-tables.ts"],
    "./src/store/proposal-tables.ts",
    ...["./src/store/tool-tables.ts", "./src/store/project-tables.ts"],
  ],
  out: "./src/store/migrations",
});
