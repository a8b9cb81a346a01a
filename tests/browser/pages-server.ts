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

const chat = createInMemoryChat(12);
let cut = new AbortController();
const cutOff = new Error("cut off by the test");
/** Followers that a test can cut off, as a crash of the server would. */
const follow: typeof chat.generations.follow = async function* (id, after, signal) {
  const { signal: cutting } = cut;
  for await (const update of chat.generations.follow(id, after, AbortSignal.any([signal, cutting])))
    yield update;
  if (cutting.aborted) throw cutOff;
};

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
  .post("/test/cut-streams", () => {
    cut.abort();
    cut = new AbortController();
    return "ok";
  })
  .use(routes)
  .use(
    createPages({
      conversations: chat.conversations,
      generations: { ...chat.generations, follow },
      engineSummary: () => engine,
      settings: readSettings({}, "/nonexistent"),
      asset,
      reportDefect: (error) => {
        if (error !== cutOff) console.error(error);
      },
    }),
  );
app.listen({ port: Number(Bun.env.PORT ?? 4310), hostname: "127.0.0.1", reusePort: false });
