/**
 * Every route of the app with what it is expected to need, written once. A route that is not named here fails the tests:
 * whoever adds one says who may use it.
 */
import type { Belongings } from "./guarded-app.ts";

/**
 * open: anybody; own: whose it is, by an id in the address; mine: whoever is known, and gets what is theirs; admin: those
 * who steer the program; account: a person's own login, never a key.
 */
export type Class = "open" | "own" | "mine" | "admin" | "account";

export const classes: Readonly<Record<string, Class>> = {
  "GET /health": "open",
  "GET /assets/:file": "open",
  "GET /favicon.ico": "open",
  "GET /service-worker.js": "open",
  "GET /offline": "open",
  "GET /openapi.json": "mine",
  "GET /docs": "mine",
  "POST /chat": "mine",
  "POST /chat/stream": "mine",
  "POST /v1/chat/completions": "mine",
  "GET /v1/chat/completions": "mine",
  "GET /v1/chat/completions/:id": "own",
  "POST /v1/chat/completions/:id": "own",
  "DELETE /v1/chat/completions/:id": "own",
  "GET /v1/chat/completions/:id/messages": "own",
  "GET /v1/stream": "mine",
  "DELETE /v1/stream": "mine",
  "POST /v1/streams/lookup": "mine",
  "POST /v1/audio/transcriptions": "mine",
  "POST /v1/audio/speech": "mine",
  "POST /v1/files": "mine",
  "GET /v1/files": "mine",
  "GET /v1/files/:id": "own",
  "GET /v1/files/:id/content": "own",
  "DELETE /v1/files/:id": "own",
  "POST /v1/batches": "mine",
  "GET /v1/batches": "mine",
  "GET /v1/batches/:id": "own",
  "POST /v1/batches/:id/cancel": "own",
  "POST /v1/completions": "mine",
  "POST /v1/embeddings": "mine",
  "POST /v1/responses": "mine",
  "GET /v1/responses/:id": "own",
  "GET /v1/responses/:id/input_items": "own",
  "DELETE /v1/responses/:id": "own",
  "POST /v1/responses/:id/cancel": "own",
  "POST /v1/messages": "mine",
  "POST /v1/messages/count_tokens": "mine",
  "POST /api/chat": "mine",
  "POST /api/generate": "mine",
  "POST /api/embed": "mine",
  "POST /api/embeddings": "mine",
  "GET /api/version": "mine",
  "GET /api/tags": "mine",
  "GET /api/ps": "mine",
  "POST /api/show": "mine",
  "POST /api/pull": "admin",
  "DELETE /api/delete": "admin",
  "POST /api/copy": "admin",
  "POST /api/create": "admin",
  "POST /api/push": "admin",
  "POST /api/blobs/:digest": "admin",
  "POST /completion": "mine",
  "POST /completions": "mine",
  "POST /infill": "mine",
  "POST /tokenize": "mine",
  "POST /detokenize": "mine",
  "POST /apply-template": "mine",
  "POST /embedding": "mine",
  "POST /embeddings": "mine",
  "GET /props": "mine",
  "GET /slots": "mine",
  "POST /models/load": "admin",
  "POST /models/unload": "admin",
  "POST /rerank": "mine",
  "POST /reranking": "mine",
  "POST /v1/rerank": "mine",
  "POST /v1/reranking": "mine",
  "POST /v1/responses/input_tokens": "mine",
  "POST /v1/chat/completions/input_tokens": "mine",
  "POST /v1/moderations": "mine",
  "GET /v1/models": "mine",
  // What may be called there depends on the key.
  "POST /mcp": "mine",
  "GET /mcp": "mine",
  "DELETE /mcp": "mine",
  "GET /v1/models/*": "mine",
  "POST /api/batch": "mine",
  "GET /generations/:id/events": "own",
  "POST /generations/:id/stop": "own",
  "POST /generations/:id/answer-now": "own",
  "POST /generations/:id/continue": "own",
  "GET /api/conversations": "mine",
  "GET /api/conversations/:id": "own",
  "PATCH /api/conversations/:id": "own",
  "DELETE /api/conversations/:id": "own",
  "POST /api/conversations/:id/restore": "own",
  "POST /api/conversations/:id/fork": "own",
  "POST /api/conversations/:id/messages/:messageId/show": "own",
  "PATCH /api/conversations/:id/messages/:messageId": "own",
  "DELETE /api/conversations/:id/messages/:messageId": "own",
  "POST /api/conversations/:id/messages/:messageId/restore": "own",
  "POST /api/conversations/:id/messages": "own",
  "GET /api/conversations/:id/queue": "own",
  "PATCH /api/conversations/:id/queue/:questionId": "own",
  "DELETE /api/conversations/:id/queue/:questionId": "own",
  "POST /api/conversations/:id/queue/:questionId/send": "own",
  "POST /api/conversations/:id/messages/:messageId/edit": "own",
  "POST /api/conversations/:id/messages/:messageId/regenerate": "own",
  "POST /api/conversations/:id/messages/:messageId/continue": "own",
  "POST /api/generations/:id/replay": "own",
  "GET /api/generations/:id": "own",
  "GET /api/conversations/:id/export": "own",
  "GET /api/export": "mine",
  "POST /api/conversations/import": "mine",
  "POST /memorize": "mine",
  "GET /memories": "mine",
  "GET /settings": "mine",
  "GET /settings/:section": "mine",
  "POST /settings/:section": "mine",
  "POST /settings/data/import": "mine",
  "GET /memory": "mine",
  "GET /palette": "mine",
  "GET /commands": "mine",
  "GET /model-list": "mine",
  "POST /memory": "mine",
  "GET /api/settings": "mine",
  "GET /api/data": "mine",
  "POST /api/data/wipe": "mine",
  "POST /settings/data/wipe": "mine",
  "POST /first-steps/hide": "mine",
  "PATCH /api/settings": "mine",
  "GET /api/memory": "mine",
  "PATCH /api/memory": "mine",
  "POST /memory/:id": "own",
  "POST /memory/proposals/:id": "own",
  "GET /memories/proposals": "mine",
  "POST /memories/proposals/:id/accept": "own",
  "POST /memories/proposals/:id/refuse": "own",
  "POST /memories/proposals/:id/restore": "own",
  "POST /memory/import": "mine",
  "POST /memory/forget": "mine",
  "POST /memory/undo": "mine",
  "GET /memories/search": "mine",
  "GET /memories/:id": "own",
  "PATCH /memories/:id": "own",
  "DELETE /memories/:id": "own",
  "POST /memories/:id/restore": "own",
  "GET /memories/export": "mine",
  "POST /memories/import": "mine",
  "POST /memories/import/undo": "mine",
  "POST /memories/forget": "mine",
  "POST /memories/restore": "mine",
  "POST /memories/:id/supersede": "own",
  "POST /memories/:id/feedback": "own",
  "POST /memories/:id/settle": "own",
  "GET /api/calculators": "mine",
  "POST /api/calculate/:name": "mine",
  "GET /api/facts": "mine",
  "GET /api/facts/:id": "own",
  "POST /api/facts/:id/verify": "own",
  "GET /api/instruments": "mine",
  "PUT /api/instruments/:symbol": "mine",
  "DELETE /api/instruments/:symbol": "mine",
  "GET /presets": "mine",
  "POST /presets": "mine",
  "GET /presets/new": "mine",
  "POST /presets/new": "mine",
  "GET /presets/:id": "own",
  "POST /presets/:id": "own",
  "GET /projects": "mine",
  "POST /projects": "mine",
  "GET /projects/:id": "own",
  "POST /projects/:id": "own",
  "POST /projects/:id/documents": "own",
  "POST /projects/:id/memories": "own",
  "POST /projects/:id/delete": "own",
  "POST /projects/:id/restore": "own",
  "POST /projects/:id/erase": "own",
  "GET /api/presets": "mine",
  "POST /api/presets": "mine",
  "PATCH /api/presets/:id": "own",
  "DELETE /api/presets/:id": "own",
  "GET /api/projects": "mine",
  "POST /api/projects": "mine",
  "GET /api/projects/:id": "own",
  "PATCH /api/projects/:id": "own",
  "DELETE /api/projects/:id": "own",
  "POST /api/projects/:id/restore": "own",
  "GET /api/projects/:id/documents": "own",
  "POST /api/projects/:id/documents": "own",
  "DELETE /api/projects/:id/documents/:documentId": "own",
  "GET /api/projects/:id/memories": "own",
  "POST /api/projects/:id/memories": "own",
  "GET /api/tools": "mine",
  "PUT /api/tools/rules": "mine",
  "GET /api/conversations/:id/tool-servers": "own",
  "PUT /api/conversations/:id/tool-servers": "own",
  "POST /api/generations/:id/calls/:call": "own",
  "GET /api/tool-servers": "admin",
  "POST /api/tool-servers": "admin",
  "PATCH /api/tool-servers/:id": "admin",
  "DELETE /api/tool-servers/:id": "admin",
  "POST /api/tool-servers/:id/restart": "admin",
  "POST /api/tool-servers/:id/tools": "admin",
  "GET /tool-servers": "admin",
  "POST /tool-servers": "admin",
  "GET /tool-servers/:id": "admin",
  "POST /tool-servers/:id": "admin",
  "GET /tools": "mine",
  "POST /tools": "mine",
  "GET /tools/conversations/:id": "own",
  "POST /tools/conversations/:id": "own",
  "GET /generations/:id/calls/:call": "own",
  "POST /generations/:id/calls/:call": "own",
  "GET /documents": "mine",
  "POST /documents": "mine",
  "GET /documents/search": "mine",
  "GET /documents/:id": "own",
  "GET /documents/:id/file": "own",
  "DELETE /documents/:id": "own",
  "POST /documents/:id/restore": "own",
  "POST /documents/add": "mine",
  "POST /documents/ask": "mine",
  "GET /documents/:id/row": "own",
  "POST /documents/:id/change": "own",
  "POST /api/transcriptions": "mine",
  "POST /files": "mine",
  "GET /files/:id": "own",
  "GET /files/:id/text": "own",
  "DELETE /files/:id": "own",
  "GET /metrics": "admin",
  "GET /status": "admin",
  "GET /status/live": "admin",
  "POST /status/:engine/load": "admin",
  "POST /status/:engine/:action": "admin",
  "GET /api/status": "admin",
  "POST /api/engines/:name/load": "admin",
  "GET /models": "mine",
  "POST /models/switch": "admin",
  "GET /models/live": "admin",
  "POST /models/find": "admin",
  "POST /models/pull": "admin",
  "POST /models/pulls/:id/:action": "admin",
  "POST /models/:id/use": "admin",
  "POST /models/:id/remove": "admin",
  "GET /api/models": "admin",
  "GET /api/models/files": "admin",
  "POST /api/models/pull": "admin",
  "POST /api/models/pulls/:id/:action": "admin",
  "DELETE /api/models/:id": "admin",
  "POST /api/engines/:name/:action": "admin",
  "GET /login": "open",
  "POST /login": "open",
  "GET /setup": "open",
  "POST /setup": "open",
  "POST /logout": "account",
  "GET /account": "account",
  "POST /account/password": "account",
  "POST /account/keys": "account",
  "POST /account/keys/:id/revoke": "account",
  "POST /account/sessions/:id/end": "account",
  "POST /account/logout-everywhere": "account",
  "GET /users": "admin",
  "POST /users": "admin",
  "POST /users/:id": "admin",
  "GET /audit": "admin",
  "GET /api/audit": "admin",
  "GET /": "mine",
  "GET /c/:id": "own",
  "GET /engine-banner": "mine",
  "GET /storage-banner": "mine",
  "POST /ask": "mine",
  "POST /attach": "mine",
  "POST /context": "mine",
  "GET /data": "mine",
  "POST /data": "mine",
  "GET /data/imports/:id": "own",
  "GET /data/progress/:token": "mine",
  "POST /data/imports/:id/commit": "own",
  "POST /data/imports/:id/undo": "own",
  "GET /data/:id": "own",
  "POST /data/:id/compute": "own",
  "POST /data/:id/delete": "own",
  "POST /api/imports": "mine",
  "GET /api/imports": "mine",
  "GET /api/imports/:id": "own",
  "POST /api/imports/:id/commit": "own",
  "DELETE /api/imports/:id": "own",
  "GET /api/datasets": "mine",
  "GET /api/datasets/:id": "own",
  "GET /api/datasets/:id/bars": "own",
  "GET /api/datasets/:id/series": "own",
  "GET /api/datasets/:id/export": "own",
  "DELETE /api/datasets/:id": "own",
  "GET /batches": "mine",
  "POST /batches": "mine",
  "GET /batches/:id": "own",
  "GET /batches/:id/news": "own",
  "GET /batches/:id/export": "own",
  "POST /batches/:id": "own",
  "GET /compare": "mine",
  "POST /compare": "mine",
  "GET /compare/:id": "own",
  "POST /compare/:id": "own",
  "GET /generations/:id/html": "own",
  "GET /generations/:id/answer": "own",
  "GET /generations/:id/state": "own",
  "GET /generations/:id/thought": "own",
  "POST /generations/:id/answer/stop": "own",
  "POST /generations/:id/answer/now": "own",
  "POST /generations/:id/answer/retry": "own",
  "POST /generations/:id/answer/continue": "own",
  "GET /generations/:id/receipt": "own",
  "GET /generations/:id/tables/:table/chart": "own",
  "GET /generations/:id/tokens": "own",
  "POST /messages/:id": "own",
  "GET /messages/:id/again": "own",
  "GET /messages/:id/edit": "own",
  "GET /messages/:id/text": "own",
  "POST /messages/:id/edit": "own",
  "GET /c/:id/earlier": "own",
  "GET /c/:id/thread": "own",
  "GET /c/:id/queue": "own",
  "POST /c/:id/queue/:questionId": "own",
  "POST /c/:id/change": "own",
  "POST /c/:id/delete": "own",
  "POST /c/:id/restore": "own",
  "POST /c/:id/erase": "own",
  "GET /list": "mine",
  "GET /conversations": "mine",
  "POST /conversations": "mine",
  "GET /search": "mine",
  "GET /trash": "mine",
  "POST /trash/empty": "mine",
  "GET /live": "mine",
  "GET /desk": "mine",
  "GET /calculators": "mine",
  "GET /calculators/:name": "mine",
  "GET /facts/:id": "own",
  "POST /facts/:id": "own",
  "GET /instruments": "mine",
  "GET /instruments/add": "mine",
  "POST /instruments/add": "mine",
  "GET /instruments/:symbol": "mine",
  "POST /instruments/:symbol": "mine",
};

/** The WebSockets, which are no requests that end: they are for whoever may ask. */
export const sockets: readonly string[] = ["/chat/stream"];

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

/** A request that the route would take, were it asked by whose these things are. */
export function callOf(route: string, things: Belongings): Call {
  const [method = "", pattern = ""] = route.split(" ");
  const path = pattern
    .replace(":messageId", pattern.endsWith("/edit") ? things.questionId : things.messageId)
    .replace(
      /^\/messages\/:id/,
      `/messages/${pattern.endsWith("/edit") ? things.questionId : things.messageId}`,
    )
    .replace(/^\/compare\/:id/, `/compare/${things.messageId}`)
    .replace(/^\/v1\/chat\/completions\/:id/, `/v1/chat/completions/chatcmpl-${things.generationId}`)
    .replace(/^\/v1\/responses\/:id/, `/v1/responses/resp_${things.generationId}`)
    .replace(/^((?:\/api)?\/generations)\/:id/, `$1/${things.generationId}`)
    .replace(/^\/(memories|memory)\/proposals\/:id/, `/$1/proposals/${things.proposalId}`)
    .replace(/^\/(memories|memory)\/:id/, `/$1/${things.memoryId}`)
    .replace(/^((?:\/api)?\/facts)\/:id/, `$1/${things.factId}`)
    .replace(/^((?:\/api)?\/presets)\/:id/, `$1/${things.presetId}`)
    .replace(/^((?:\/api\/datasets)|\/data)\/:id/, `$1/${things.datasetId}`)
    .replace(/^\/(api|data)\/imports\/:id/, `/$1/imports/${things.importId}`)
    .replace(/^((?:\/api)?\/projects)\/:id/, `$1/${things.projectId}`)
    .replace(":documentId", things.documentId)
    .replace(/^\/documents\/:id/, `/documents/${things.documentId}`)
    .replace(/^\/v1\/files\/:id/, `/v1/files/${things.requestFileId}`)
    .replace(/^\/v1\/batches\/:id/, `/v1/batches/${things.batchId}`)
    .replace(/^\/files\/:id/, `/files/${things.fileId}`)
    .replace(":questionId", things.queuedId)
    .replace(":symbol", "ZZZTEST")
    .replace(/^((?:\/api)?\/calculat(?:e|ors))\/:name/, "$1/cagr")
    .replace(":section", "memory")
    .replace(":id", things.conversationId)
    .replace(":engine", "llama")
    .replace("/assets/:file", "/assets/css/base.css")
    .replace(":name", "llama")
    .replace(/(\/pulls\/[^/]+)\/:action/, "$1/pause")
    .replace(":action", "restart")
    .replace("*", "scripted");
  const query = queryOf(pattern, things);
  return {
    method,
    path: path + query,
    body:
      ["POST", "PATCH", "PUT"].includes(method) || pattern === "/api/delete"
        ? bodyOf(pattern, things)
        : undefined,
  };
}

function queryOf(pattern: string, { messageId }: Belongings): string {
  if (pattern === "/api/models/files") return "?name=user/tiny-GGUF";
  if (pattern === "/memories/search" || pattern === "/documents/search") return "?q=gold";
  if (pattern === "/v1/stream") return "?conv_id=b0c1";
  return pattern.endsWith("/earlier") ? `?before=${messageId}` : "";
}

/** One body has a field for each: what a route does not know it passes over. */
const bodyOf = (pattern: string, belongings: Belongings): string =>
  pattern === "/api/imports"
    ? "Date,Close\n2024-01-02,1.5\n2024-01-03,1.6\n"
    : jsonBodyOf(pattern, belongings);

const jsonBodyOf = (pattern: string, { messageId, memoryId, requestFileId, documentId }: Belongings) =>
  JSON.stringify(
    (pattern === "/api/presets"
      ? // A name is given once.
        { name: crypto.randomUUID() }
      : pattern === "/api/projects/:id/documents"
        ? { documents: [documentId] }
        : pattern === "/projects/:id/documents"
          ? { "id[]": documentId, do: "add" }
          : pattern === "/v1/batches"
            ? { input_file_id: requestFileId, endpoint: "/v1/chat/completions", completion_window: "24h" }
            : (namedOnce(pattern) ?? strictBodies[pattern])) ??
      (pattern.endsWith("/import")
        ? []
        : {
            message: "Hello",
            questions: "Hello",
            rating: "good",
            message_id: messageId,
            // OpenAI's field of that name is an object.
            ...(pattern.startsWith("/v1/responses") ? {} : { text: "Hello" }),
            key: "a key",
            value: "a value",
            title: "A title",
            model: pattern.startsWith("/v1/embeddings") ? "small-embedder" : "phi3",
            input: "Hello",
            ...(pattern.startsWith("/v1/messages") ? { max_tokens: 16 } : {}),
            metadata: {},
            prompt: "Hello",
            remember: "on",
            remember_exchanges: true,
            // Of memories.
            ...(pattern.startsWith("/memories/")
              ? { id: memoryId, ids: [], other: memoryId, relevant: true, moment: "2024-01-01T00:00:00Z" }
              : {}),
            messages: [{ role: "user", content: "Hello" }],
            requests: [{ message: "Hello" }],
            do: wordOf(pattern),
          }),
  );

function namedOnce(pattern: string): object | undefined {
  if (pattern !== "/api/tool-servers") return undefined;
  return { name: `s${crypto.randomUUID().slice(0, 8)}`, kind: "http", url: "http://127.0.0.1:9/mcp" };
}

function wordOf(pattern: string): string {
  if (pattern.startsWith("/memory/proposals/")) return "refuse";
  if (pattern.startsWith("/memory/")) return "forget";
  if (pattern.startsWith("/compare/")) return "pick";
  if (pattern.startsWith("/batches/")) return "stop";
  return pattern.includes("/queue/") ? "remove" : "delete";
}

/** These routes refuse fields that they do not know, or take one that means something else elsewhere. */
const ranking = { query: "Hello", documents: ["Hello"] };
const strictBodies: Readonly<Record<string, object>> = {
  "/rerank": ranking,
  "/reranking": ranking,
  "/v1/rerank": ranking,
  "/v1/reranking": ranking,
  "/models/find": { name: "user/tiny-GGUF" },
  "/models/pull": { name: "user/tiny-GGUF" },
  "/api/models/pull": { name: "user/tiny-GGUF" },
  "/tokenize": { content: "Hello" },
  "/detokenize": { tokens: [1] },
  "/embedding": { content: "Hello" },
  "/embeddings": { content: "Hello" },
  "/v1/audio/speech": { model: "tts-1", input: "Hello", voice: "alloy" },
  "/v1/streams/lookup": { conversation_ids: ["b0c1"] },
  "/infill": { input_prefix: "A", input_suffix: "B" },
  "/api/pull": { model: "stored" },
  "/api/delete": { model: "stored" },
  "/api/embed": { model: "small-embedder", input: "Hello" },
  "/api/embeddings": { model: "small-embedder", prompt: "Hello" },
  "/api/settings": { language: "de" },
  "/settings/:section": { key: "recall", value: "5" },
  "/api/calculate/:name": { start: 10_000, end: "16000.00", years: 5 },
  "/api/presets/:id": { temperature: 0.5 },
  "/api/projects": { name: "House" },
  "/projects": { name: "House" },
  "/projects/:id": { name: "House" },
  "/api/tool-servers/:id": { is_shared: true },
  "/api/tool-servers/:id/tools": { tool: "none", reads_only: true },
  "/api/tools/rules": { server: "none", tool: "none", rule: "ask" },
  "/tools": { server: "none", tool: "none", rule: "ask" },
  "/api/conversations/:id/tool-servers": { servers: [] },
  "/api/generations/:id/calls/:call": { answer: "refuse" },
  "/generations/:id/calls/:call": { answer: "refuse" },
  "/api/instruments/:symbol": {
    kind: "share",
    quote: "USD",
    pip: "0.01",
    contract_size: 1,
    lot_step: 1,
    min_lot: 1,
  },
};

/** Each file of public/ has a route of its own; they are one kind. */
export const routeName = ({ method, path }: { readonly method: string; readonly path: string }) =>
  `${method} ${path.startsWith("/assets/") ? "/assets/:file" : path}`;
