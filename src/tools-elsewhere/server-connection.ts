/**
 * The connection to one server of tools: opened when it is first needed, opened again when it breaks, with growing pauses, and ended
 * with this program. Every exchange has a deadline. It knows nothing of who may call what.
 */
import { setTimeout as delay } from "node:timers/promises";
import {
  Client,
  fromJsonSchema,
  type RequestOptions,
  StreamableHTTPClientTransport,
  type Tool,
  type Transport,
} from "@modelcontextprotocol/client";
import { RestartBackoff } from "../process/restart-backoff.ts";
import type { ToolServer } from "../store/tool-tables.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { type ListedTool, listedTools, mostTools, plainText } from "./listed-tools.ts";
import { type CalledResult, resultText } from "./result-text.ts";
import { StdioTransport } from "./stdio-transport.ts";
import { ToolServerError } from "./tool-server-error.ts";

export interface ConnectionState {
  readonly state: "idle" | "starting" | "ready" | "failed";
  /** Why the last try failed, or the connection broke; null: it did not. */
  readonly error: string | null;
  /** As agreed with the server; null: not yet. */
  readonly protocol: string | null;
}

export interface ConnectionOptions {
  readonly server: ToolServer;
  readonly version: string;
  /** Where programs are started. */
  readonly directory: string;
  readonly pidFile: string;
  /** Of each exchange, in milliseconds; for tests. */
  readonly deadlines?: Partial<typeof usualDeadlines>;
}

const usualDeadlines = { start: 20_000, probe: 4_000, list: 10_000, call: 60_000, firstRetry: 1_000 };
const mostPages = 8;
const longestError = 300;

export class ServerConnection implements AsyncDisposable {
  readonly #options: ConnectionOptions;
  readonly #deadlines: typeof usualDeadlines;
  readonly #backoff: RestartBackoff;
  #open: { readonly client: Client; readonly since: number } | null = null;
  #opening: Promise<Client> | null = null;
  #state: ConnectionState = { state: "idle", error: null, protocol: null };
  /** Before it, a try fails at once. */
  #notBefore = 0;
  /** Its program ended when it was asked for its protocol before anything else, as some of before 2026 do. */
  #isFormer = false;
  readonly #closing = new AbortController();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#deadlines = { ...usualDeadlines, ...options.deadlines };
    this.#backoff = new RestartBackoff({
      firstDelayMs: this.#deadlines.firstRetry,
      longestDelayMs: 60_000,
      healthyAfterMs: 60_000,
      giveUpAfter: 6,
      giveUpUnreadyAfter: 6,
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** What it offers now. @throws ToolServerError, or the signal's reason */
  async list(signal: AbortSignal): Promise<readonly ListedTool[]> {
    return await this.#exchange(this.#deadlines.list, signal, async (client, options) => {
      const tools: Tool[] = [];
      let cursor: unknown;
      for (let page = 0; page < mostPages && tools.length < mostTools; page++) {
        const params = typeof cursor === "string" ? { cursor } : {};
        const reply = await client.request({ method: "tools/list", params }, anything, options);
        tools.push(...toolsIn(reply));
        cursor = reply.nextCursor;
        if (typeof cursor !== "string") break;
      }
      return listedTools(tools);
    });
  }

  /** @throws ToolServerError, or the signal's reason */
  async call(
    { name, schema }: { readonly name: string; readonly schema: ListedTool["definition"]["schema"] },
    given: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<CalledResult> {
    return await this.#exchange(this.#deadlines.call, signal, async (client, options) =>
      resultText(
        await client.callTool(
          { name, arguments: { ...given } },
          { ...options, toolDefinition: { name, inputSchema: { type: "object", ...schema } } },
        ),
      ),
    );
  }

  async #exchange<T>(
    timeout: number,
    signal: AbortSignal,
    work: (client: Client, options: RequestOptions) => Promise<T>,
  ): Promise<T> {
    const client = await this.#ready(signal);
    // Not the library's alone: what a server sends in between may prolong that.
    const deadline = AbortSignal.timeout(timeout);
    const either = AbortSignal.any([signal, deadline, this.#closing.signal]);
    try {
      return await raced(work(client, { timeout, maxTotalTimeout: timeout, signal: either }), either);
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failure(deadline.aborted ? "It did not reply in time." : error);
    }
  }

  /** @throws ToolServerError, or the signal's reason */
  async #ready(signal: AbortSignal): Promise<Client> {
    if (this.#open !== null) return this.#open.client;
    signal.throwIfAborted();
    if (this.#closing.signal.aborted) throw this.#failure("It was turned off.");
    if (this.#opening === null && Date.now() < this.#notBefore)
      throw this.#failure(this.#state.error ?? "It has failed.");
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null;
    });
    return await raced(this.#opening, signal);
  }

  async #connect(): Promise<Client> {
    this.#state = { ...this.#state, state: "starting" };
    try {
      return await this.#connected();
    } catch (error) {
      const wait = this.#backoff.afterCrash(0) ?? 60_000;
      this.#notBefore = Date.now() + wait;
      const failure = this.#failure(error);
      this.#state = { ...this.#state, state: "failed", error: failure.message };
      throw failure;
    }
  }

  async #connected(): Promise<Client> {
    const deadline = AbortSignal.timeout(this.#deadlines.start);
    const signal = AbortSignal.any([deadline, this.#closing.signal]);
    for (;;) {
      const transport = this.#transport();
      const client = this.#client();
      try {
        const prior = this.#isFormer ? { prior: { kind: "legacy" as const } } : {};
        await raced(client.connect(transport, { ...prior, timeout: this.#deadlines.start }), signal);
        this.#opened(client);
        return client;
      } catch (error) {
        const words = transport instanceof StdioTransport ? transport.lastWords : "";
        void client.close().catch(() => {});
        await raced(transport.close(), AbortSignal.timeout(5_000)).catch(() => {});
        if (deadline.aborted) throw new Error(`It was not ready in time. ${words}`);
        if (this.#isFormer || !(transport instanceof StdioTransport) || signal.aborted)
          throw words === "" ? error : new Error(`${messageOf(error)} ${words}`);
        this.#isFormer = true;
      }
    }
  }

  #opened(client: Client): void {
    const open = { client, since: Date.now() };
    this.#open = open;
    this.#state = {
      ...{ state: "ready", error: null },
      protocol: client.getNegotiatedProtocolVersion() ?? null,
    };
    client.onclose = () => {
      if (this.#open === open) this.#broke(open.since);
    };
  }

  /** Nobody has ended it: it is opened again, unless it breaks again and again. */
  #broke(since: number): void {
    this.#open = null;
    if (this.#closing.signal.aborted) return;
    const error = "The connection broke.";
    const wait = this.#backoff.afterCrash(Math.max(1, Date.now() - since));
    this.#state = { state: wait === null ? "failed" : "idle", error, protocol: null };
    this.#notBefore = Date.now() + (wait ?? 60_000);
    if (wait === null) return;
    void delay(wait, undefined, { signal: this.#closing.signal, ref: false })
      .then(() => this.#ready(this.#closing.signal))
      .catch(() => {
        // The state says why.
      });
  }

  #client(): Client {
    const { version } = this.#options;
    return new Client(
      { name: "local-financial-assistant", version },
      {
        versionNegotiation: { mode: "auto", probe: { timeoutMs: this.#deadlines.probe } },
        // Nobody is asked on a server's behalf, and no model writes for one.
        ...{ capabilities: {}, inputRequired: { autoFulfill: false } },
        // A server's patterns could keep this program busy for ever.
        jsonSchemaValidator: { getValidator: () => valid },
      },
    );
  }

  #transport(): Transport {
    const { server, directory, pidFile } = this.#options;
    const { kind, command, args, secrets, url } = server;
    if (kind === "stdio")
      return new StdioTransport({ command, args, environment: secrets, directory, pidFile });
    return new StreamableHTTPClientTransport(new URL(url), {
      fetch: boundedFetch,
      requestInit: { headers: secrets },
      reconnectionOptions: {
        ...{ initialReconnectionDelay: 1_000, maxReconnectionDelay: 30_000 },
        ...{ reconnectionDelayGrowFactor: 2, maxRetries: 2 },
      },
    });
  }

  /** In words for people, without what is a secret. */
  #failure(error: unknown): ToolServerError {
    const { name, secrets } = this.#options.server;
    const said = Object.values(secrets)
      .flatMap((secret) => [secret, secret.replace(/^(?:Bearer|Basic|Token) /i, "")])
      .filter((secret) => secret.length >= 6)
      .reduce((text, secret) => text.replaceAll(secret, "…"), messageOf(error));
    const words = plainText(said).replaceAll(/\s+/g, " ").trim().slice(0, longestError);
    return new ToolServerError({ verbatim: `${name}: ${words}` }, {}, { cause: error });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new Error("It was turned off."));
    await this.#opening?.catch(() => {});
    const client = this.#open?.client;
    this.#open = null;
    this.#state = { state: "idle", error: null, protocol: null };
    // A server that does not end is killed; one at an address may not reply.
    await raced(client?.close() ?? Promise.resolve(), AbortSignal.timeout(5_000)).catch(() => {});
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const valid = (data: unknown) => ({ valid: true as const, data: data as never, errorMessage: undefined });

/** A list is looked at tool by tool: one that makes no sense is no reason to refuse the others. */
const anything = fromJsonSchema<Readonly<Record<string, unknown>>>(
  { type: "object" },
  { getValidator: () => valid },
);

function toolsIn({ tools }: Readonly<Record<string, unknown>>): readonly Tool[] {
  if (!Array.isArray(tools)) throw new Error("It lists no tools.");
  return tools.filter(
    (tool): tool is Tool =>
      typeof tool === "object" && tool !== null && "name" in tool && typeof tool.name === "string",
  );
}

/** @throws the signal's reason, as soon as it is aborted */
async function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = () => reject(signal.reason);
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
  work.catch(() => {});
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
