/** Imports go one way (ARCHITECTURE.md). This test reads every import of src/ and views/ and knows the arrows. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Glob } from "bun";

const root = join(import.meta.dir, "..");

/** What each part may import besides itself, packages, texts, errors.ts and log.ts; types alone may come from "types". */
const arrows: Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }> = {
  // Words by language: they know nothing of what they are about. Errors say theirs.
  texts: { values: [] },
  errors: { values: [] },
  log: { values: [], types: ["settings"] },
  settings: { values: [] },
  chat: { values: [] },
  loop: { values: [] },
  sse: { values: ["loop"] },
  ipc: { values: [] },
  process: { values: [] },
  models: { values: [] },
  store: { values: [], types: ["chat", "finance"] },
  preferences: { values: ["chat", "settings"], types: ["store"] },
  telemetry: { values: [], types: ["sse"] },
  // What a file is, and its text.
  files: { values: [] },
  accounts: { values: [], types: ["settings", "store"] },
  launch: { values: ["process"], types: ["ipc"] },
  vllm: { values: ["launch", "process"], types: ["ipc", "settings"] },
  "llama-server": { values: ["launch"], types: ["process", "settings"] },
  // Addresses of other servers.
  upstream: { values: [] },
  engines: { values: ["chat", "loop", "sse", "upstream"], types: ["ipc"] },
  speech: { values: ["upstream"] },
  finance: { values: ["files"] },
  generations: { values: ["chat", "finance", "loop"], types: ["store"] },
  // Other programs' tools: their servers, and what a model is offered of them.
  "tools-elsewhere": { values: ["process"], types: ["chat", "generations", "store"] },
  memory: { values: ["finance", "generations", "loop"], types: ["chat", "store"] },
  documents: { values: ["chat", "files", "loop", "memory"], types: ["store"] },
  conversations: {
    values: ["documents", "files", "finance", "generations", "loop"],
    types: ["chat", "store"],
  },
  status: { values: ["models", "telemetry"], types: ["accounts", "chat"] },
  workspace: {
    values: [
      ...["accounts", "conversations", "documents", "files", "finance", "generations"],
      ...["loop", "memory", "speech", "tools-elsewhere"],
    ],
    types: ["chat", "preferences", "settings", "store"],
  },
  views: { values: [], types: ["finance", "generations", "status", "store"] },
  // Dialects of one program: they never import each other.
  http: {
    values: ["accounts", "conversations", "generations", "loop", "sse", "views"],
    types: ["chat", "settings", "status", "store", "telemetry", "workspace"],
  },
  api: {
    values: [
      "accounts",
      "conversations",
      "finance",
      "generations",
      "http",
      "preferences",
      "sse",
      "telemetry",
      "workspace",
    ],
    types: ["chat", "settings", "status", "store", "tools-elsewhere"],
  },
  // What the dialects of other programs share.
  dialects: {
    values: ["generations", "http", "loop", "sse", "workspace"],
    types: ["accounts", "chat", "status", "store"],
  },
  openai: {
    values: ["chat", "dialects", "generations", "http", "loop", "sse", "workspace"],
    types: ["accounts", "status", "store"],
  },
  // Programs ask by the Model Context Protocol what pages and API ask.
  mcp: { values: ["finance", "http"], types: ["documents", "workspace"] },
  anthropic: {
    values: ["dialects", "generations", "http", "sse"],
    types: ["chat", "store"],
  },
  ollama: {
    values: ["dialects", "generations", "http", "sse"],
    types: ["chat", "status", "store", "workspace"],
  },
  "llama-cpp": {
    values: ["dialects", "generations", "http", "sse"],
    types: ["chat", "status", "store"],
  },
  pages: {
    values: [
      "accounts",
      "finance",
      "generations",
      "http",
      "loop",
      "preferences",
      "settings",
      "sse",
      "views",
      "workspace",
    ],
    types: ["conversations", "status", "store", "telemetry", "tools-elsewhere"],
  },
  app: {
    values: [
      "accounts",
      "anthropic",
      "api",
      "dialects",
      "http",
      "mcp",
      "llama-cpp",
      "ollama",
      "openai",
      "pages",
      "preferences",
      "status",
      "telemetry",
      "workspace",
    ],
    types: [
      ...["conversations", "documents", "generations", "memory", "settings", "speech", "store"],
      ...["tools-elsewhere", "views"],
    ],
  },
  server: {
    values: [
      ...[
        "accounts",
        "app",
        "conversations",
        "documents",
        "engines",
        "finance",
        "generations",
        "http",
        "ipc",
        "loop",
        "memory",
        "models",
        "preferences",
        "process",
      ],
      ...["settings", "speech", "status", "store", "telemetry", "tools-elsewhere", "workspace"],
      // For the version.
      "outside: package.json",
    ],
    types: ["chat"],
  },
  // They run outside the server: the orchestrator, the commands, and the client in a terminal.
  main: { values: ["ipc", "launch", "llama-server", "models", "process", "settings", "vllm"] },
  cli: { values: ["accounts", "models", "process", "settings", "store", "vllm"] },
  terminal: { values: ["cli", "finance", "mcp", "models", "process", "settings", "sse"] },
};
const everywhere = new Set(["errors", "log", "texts"]);

/** Files directly under src/; everything else belongs to a folder. */
const looseFiles = ["app.ts", "errors.ts", "log.ts", "main.ts", "server.ts"];

function partOf(path: string): string {
  const [top, second = "", third] = path.split("/");
  if (top === "views") return "views";
  if (top !== "src") return `outside: ${path}`;
  return third === undefined ? second.replace(".ts", "") : second;
}

interface Import {
  readonly file: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^"';]*?from\s+)?"(\.[^"]+)"/gms);
  return [...found].map(([, type, specifier = ""]) => {
    const target = relative(root, join(root, dirname(file), specifier));
    return { file, target, from: partOf(file), to: partOf(target), typesOnly: type !== undefined };
  });
}

function isAllowed({ from, to, typesOnly }: Pick<Import, "from" | "to" | "typesOnly">): boolean {
  if (from === to || everywhere.has(to)) return true;
  const { values = [], types = [] } = arrows[from] ?? {};
  return values.includes(to) || (typesOnly && types.includes(to));
}

/** @returns the files of the first cycle that is found, in order; null when there is none */
function cycleIn(imports: readonly Pick<Import, "file" | "target">[]): readonly string[] | null {
  const targets = Map.groupBy(imports, ({ file }) => file);
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | null => {
    if (finished.has(file)) return null;
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    path.push(file);
    for (const { target } of targets.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle !== null) return cycle;
    }
    path.pop();
    finished.add(file);
    return null;
  };
  for (const file of targets.keys()) {
    const cycle = visit(file);
    if (cycle !== null) return cycle;
  }
  return null;
}

const sources = [...new Glob("{src,views}/**/*.{ts,tsx}").scanSync(root)].filter(
  (file) => !file.endsWith(".d.ts"),
);
const all = sources.flatMap(importsOf);

describe("Imports", () => {
  test("go one way: no arrow but those that are drawn", () => {
    const wrong = all.filter((found) => !isAllowed(found)).map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test("make no circle, types included", () => {
    expect(cycleIn(all)).toBeNull();
    expect(cycleIn([...all, { file: "src/errors.ts", target: "src/server.ts" }])).not.toBeNull();
  });

  test("are found at all, whichever way they are written", () => {
    expect(all.length).toBeGreaterThan(200);
    expect(isAllowed({ from: "chat", to: "store", typesOnly: true })).toBe(false);
    expect(isAllowed({ from: "views", to: "store", typesOnly: false })).toBe(false);
  });
});

describe("The house", () => {
  test("has five loose files in src/, and all others in a folder that the arrows know", () => {
    const loose = sources.filter((file) => /^src\/[^/]+$/.test(file)).map((file) => file.slice(4));
    expect(loose.sort()).toEqual(looseFiles);
    expect([...new Set(sources.map(partOf))].filter((part) => arrows[part] === undefined)).toEqual([]);
  });

  test("has no file above 400 lines", () => {
    const long = sources.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 401);
    expect(long).toEqual([]);
  });

  test("exports nothing that no other file imports", () => {
    const importing = [...sources, ...new Glob("tests/**/*.{ts,tsx}").scanSync(root)];
    const used = new Set(importing.flatMap(namesImportedBy));
    // The query builder takes all of the schema.
    const exporting = sources.filter((file) => file !== "src/store/schema.ts");
    const unused = exporting.flatMap(namesExportedBy).filter((name) => !used.has(name));
    expect(unused).toEqual([]);
    expect(used.size).toBeGreaterThan(1000);
  });
});

/** "src/errors.ts AppError" for each name that a file imports from one of ours. */
function namesImportedBy(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s+"(\.[^"]+)"/g)].flatMap(
    ([, names = "", specifier = ""]) => {
      const target = relative(root, join(root, dirname(file), specifier));
      return names
        .split(",")
        .map(
          (name) =>
            name
              .trim()
              .replace(/^type\s+/, "")
              .split(/\s+as\s+/)[0] ?? "",
        )
        .filter(Boolean)
        .map((name) => `${target} ${name}`);
    },
  );
}

function namesExportedBy(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const declared = text.matchAll(
    /^export (?:abstract |async |declare )*(?:const|function\*?|class|interface|type|enum) (\w+)/gm,
  );
  return [...declared].map(([, name]) => `${file} ${name}`);
}
