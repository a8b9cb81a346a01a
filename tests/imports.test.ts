/** Imports go one way (ARCHITECTURE.md). This test reads every import of src/ and views/ and knows the arrows. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Glob } from "bun";

const root = join(import.meta.dir, "..");

/** What each part may import besides itself, packages, and errors.ts, log.ts and settings.ts; types alone may come from "types". */
const arrows: Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }> = {
  chat: { values: [] },
  store: { values: [], types: ["chat"] },
  process: { values: [] },
  vllm: { values: ["process", "models", "words"] },
  models: { values: [] },
  engines: { values: ["chat", "sse"] },
  sse: { values: [] },
  // What is measured and traced, and how that is told; knows nothing of what it is of.
  telemetry: { values: [], types: ["sse"] },
  memory: { values: [], types: ["chat", "store"] },
  generations: { values: ["chat"], types: ["store"] },
  conversations: { values: ["generations"], types: ["chat", "store"] },
  views: { values: [], types: ["store", "generations"] },
  routes: {
    values: ["views", "sse", "generations", "memory", "conversations", "accounts", "telemetry"],
    types: ["chat", "store", "settings", "workspace"],
  },
  // Users, sessions and keys; knows nothing of HTTP.
  accounts: { values: [], types: ["store"] },
  // What one owner has of the rest: routes get it in place of the store.
  workspace: { values: ["accounts", "conversations", "generations"], types: ["memory", "store"] },
  app: {
    values: ["accounts", "routes", "telemetry", "workspace"],
    types: ["conversations", "generations", "memory", "store"],
  },
  server: {
    values: [
      "accounts",
      "app",
      "conversations",
      "engines",
      "generations",
      "memory",
      "models",
      "process",
      "store",
      "telemetry",
      "words",
    ],
    types: ["chat", "routes", "views"],
  },
  // They run outside the server: the orchestrator and the commands in a terminal.
  main: { values: ["process", "models", "vllm", "words", "sse"] },
  backup: { values: ["process", "store"] },
  // A client like any other: what it has of the rest is where the server is, the catalogue's names, and the format of streams.
  terminal: { values: ["process", "models", "sse"] },
  users: { values: ["accounts", "store"] },
};
const everywhere = new Set(["errors", "log", "settings"]);

/** Files directly under src/ by the part they belong to. */
const files: Record<string, string> = {
  "errors.ts": "errors",
  "log.ts": "log",
  "settings.ts": "settings",
  "app.ts": "app",
  "workspace.ts": "workspace",
  "guarded-reading.ts": "workspace",
  "server.ts": "server",
  "backup-cli.ts": "backup",
  "users-cli.ts": "users",
  "read-password.ts": "users",
  "daily-snapshot.ts": "server",
  "engine-summary.ts": "server",
  "engine-statistics.ts": "server",
  "gpu-usage.ts": "server",
  "launched-vllm.ts": "server",
  "machine-names.ts": "server",
  "tls-files.ts": "server",
  "server-engines.ts": "server",
  "server-status.ts": "server",
  "server-tracing.ts": "server",
  "main.ts": "main",
  "control.ts": "main",
  // What two processes say to each other.
  "server-report.ts": "words",
  "server-line.ts": "words",
  "orchestrator-line.ts": "words",
};

function partOf(path: string): string {
  const [top, second = "", third] = path.split("/");
  if (top === "views") return "views";
  if (top === "src") return third === undefined ? (files[second] ?? `unknown file ${path}`) : second;
  return `outside: ${path}`;
}

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^"';]*?from\s+)?"(\.[^"]+)"/gms);
  return [...found].map(([, type, specifier = ""]) => ({
    file,
    from: partOf(file),
    to: partOf(relative(root, join(root, dirname(file), specifier))),
    typesOnly: type !== undefined,
  }));
}

function isAllowed({ from, to, typesOnly }: Import): boolean {
  if (from === to || everywhere.has(to)) return true;
  const { values = [], types = [] } = arrows[from] ?? {};
  return values.includes(to) || (typesOnly && types.includes(to));
}

const sources = [...new Glob("{src,views}/**/*.{ts,tsx}").scanSync(root)].filter(
  (file) => !file.endsWith(".d.ts"),
);

describe("Imports", () => {
  test("go one way: no arrow but those that are drawn", () => {
    const wrong = sources
      .flatMap(importsOf)
      .filter((found) => !isAllowed(found))
      .map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test("are found at all, whichever way they are written", () => {
    const all = sources.flatMap(importsOf);
    expect(all.length).toBeGreaterThan(200);
    expect(isAllowed({ file: "", from: "chat", to: "store", typesOnly: true })).toBe(false);
    expect(isAllowed({ file: "", from: "views", to: "store", typesOnly: false })).toBe(false);
  });
});
