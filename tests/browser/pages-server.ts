/** Serves the pages over the in-memory chat, with the headers of the real app: for browser tests and for looking at. */
import { Elysia } from "elysia";
import { createPages } from "../../src/routes/pages.tsx";
import { createStaticFiles } from "../../src/routes/static-files.ts";
import { readSettings } from "../../src/settings.ts";
import type { EngineSummary } from "../../views/props.ts";
import { createInMemoryChat } from "../fakes/in-memory-chat.ts";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; font-src 'self'; manifest-src 'self'";

let engine: EngineSummary = {
  state: "ready",
  model: "demo",
  modelName: "Demo",
  tiny: false,
  problem: null,
  progress: null,
};
const { asset, routes } = createStaticFiles();

const app = new Elysia()
  .onRequest(({ set }) => {
    set.headers["content-security-policy"] = policy;
    set.headers["x-content-type-options"] = "nosniff";
  })
  .get("/ready", () => "ok")
  .post("/test/engine", ({ body }) => {
    engine = { ...engine, ...(body as Partial<EngineSummary>) };
    return "ok";
  })
  .use(routes)
  .use(
    createPages({
      ...createInMemoryChat(),
      engineSummary: () => engine,
      settings: readSettings({}, "/nonexistent"),
      asset,
      reportDefect: (error) => console.error(error),
    }),
  );
app.listen({ port: Number(Bun.env.PORT ?? 4310), hostname: "127.0.0.1", reusePort: false });
