/**
 * The servers of tools that admins have added: what they are, how they are, and what they offer. Its connections end with it. It
 * knows nothing of HTTP or of models.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Log } from "../log.ts";
import { endOrphans } from "../process/pid-file.ts";
import { failedWith } from "../process/process-errors.ts";
import type { Store } from "../store/database.ts";
import type { ServerTool, ToolServer } from "../store/tool-tables.ts";
import { say } from "../texts/say.ts";
import type { ListedTool } from "./listed-tools.ts";
import type { CalledResult } from "./result-text.ts";
import { type ConnectionOptions, type ConnectionState, ServerConnection } from "./server-connection.ts";
import { mostServers, type ServerFields, serverWith } from "./server-fields.ts";
import { ToolServerError } from "./tool-server-error.ts";

interface ToolServersDeps {
  readonly store: Pick<Store, "toolServers">;
  readonly dataDir: string;
  readonly version: string;
  readonly log: Log;
  readonly deadlines?: ConnectionOptions["deadlines"];
}

/** Without what is a secret. */
export interface ServerReport extends Omit<ToolServer, "secrets">, ConnectionState {
  /** The names of its variables or headers. */
  readonly secretNames: readonly string[];
  readonly tools: readonly ServerTool[];
}

/** What admins do with them, by REST and by pages. */
export type ToolServersPort = Pick<
  ToolServers,
  "list" | "get" | "add" | "change" | "remove" | "restart" | "acceptAsReading"
>;

/** A list that is older than this is asked for again before an answer is begun, in milliseconds. */
const freshMs = 60_000;

export class ToolServers implements AsyncDisposable {
  readonly #deps: ToolServersDeps;
  readonly #folder: string;
  readonly #connections = new Map<string, ServerConnection>();
  readonly #listedAt = new Map<string, number>();
  /** Programs that a former run has left are ended before one is started. */
  readonly #isTidy: Promise<void>;

  constructor(deps: ToolServersDeps) {
    this.#deps = deps;
    this.#folder = join(deps.dataDir, "tool-servers");
    this.#isTidy = this.#endOrphans();
  }

  async #endOrphans(): Promise<void> {
    try {
      for (const file of readdirSync(this.#folder).filter((name) => name.endsWith(".pid")))
        await endOrphans(join(this.#folder, file), 1_000);
    } catch (error) {
      if (!failedWith(error, "ENOENT")) this.#deps.log.error("defect", { error });
    }
  }

  /** By name. */
  list(): readonly ServerReport[] {
    return this.#deps.store.toolServers.list().map((server) => this.#report(server));
  }

  /** @throws NotFoundError */
  get(id: string): ServerReport {
    return this.#report(this.#require(id));
  }

  #report(server: ToolServer): ServerReport {
    const { secrets, ...shown } = server;
    const idle: ConnectionState = { state: "idle", error: null, protocol: null };
    return {
      ...shown,
      ...(this.#connections.get(server.id)?.state ?? idle),
      secretNames: Object.keys(secrets),
      tools: this.#deps.store.toolServers.toolsOf(server.id),
    };
  }

  #require(id: string): ToolServer {
    const server = this.#deps.store.toolServers.get(id);
    if (server === undefined) throw new NotFoundError(say`There is no such server of tools.`);
    return server;
  }

  /** @throws InvalidRequestError */
  add(fields: ServerFields): ServerReport {
    const { toolServers } = this.#deps.store;
    if (toolServers.list().length >= mostServers)
      throw new InvalidRequestError(
        say`There are ${{ decimal: `${mostServers}` }} servers, as many as can be. Remove one first.`,
      );
    return this.#put({ ...emptyServer, id: Bun.randomUUIDv7(), createdAt: Date.now() }, fields);
  }

  /** What is left out stays as it is; a connection is opened anew. @throws NotFoundError or InvalidRequestError */
  async change(id: string, fields: ServerFields): Promise<ServerReport> {
    const before = this.#require(id);
    // Another program or address is another server: a secret that was meant for the one is not handed to the other.
    const isOther =
      (fields.url ?? before.url) !== before.url ||
      (fields.command ?? before.command) !== before.command ||
      (fields.kind ?? before.kind) !== before.kind;
    const kept = isOther ? { ...before, secrets: {} } : before;
    const report = this.#put(kept, fields);
    if (isOther)
      for (const tool of this.#deps.store.toolServers.toolsOf(id))
        this.#deps.store.toolServers.putTool({ ...tool, readingHash: null, problem: "gone" });
    await this.#disconnect(id);
    return report;
  }

  #put(before: ToolServer, fields: ServerFields): ServerReport {
    const { toolServers } = this.#deps.store;
    const server = serverWith(before, fields);
    if (toolServers.list().some(({ id, name }) => id !== server.id && name === server.name))
      throw new InvalidRequestError(
        say`There is a server “${{ verbatim: server.name }}” already. Choose another name.`,
        { param: "name" },
      );
    toolServers.put(server);
    return this.#report(server);
  }

  /** With its tools and what was decided of them. @throws NotFoundError */
  async remove(id: string): Promise<ServerReport> {
    const report = this.get(id);
    this.#deps.store.toolServers.remove(id);
    await this.#disconnect(id);
    return report;
  }

  /** Ends its connection, and asks it for its tools anew. @throws NotFoundError; ToolServerError */
  async restart(id: string, signal: AbortSignal): Promise<ServerReport> {
    this.#require(id);
    await this.#disconnect(id);
    await this.refresh(id, signal);
    return this.get(id);
  }

  /** Whether a tool, as it is described now, only reads. @throws NotFoundError */
  acceptAsReading(id: string, tool: string, isReading: boolean): ServerReport {
    const found = this.toolOf(id, tool);
    if (found === undefined) throw new NotFoundError(say`This server has no such tool.`);
    if (isReading && !found.definition.saysReadOnly)
      throw new InvalidRequestError(
        say`This tool's server does not say that it only reads: each of its calls can write or send.`,
        { param: "reads_only" },
      );
    this.#deps.store.toolServers.putTool({ ...found, readingHash: isReading ? found.hash : null });
    return this.get(id);
  }

  toolOf(id: string, name: string): ServerTool | undefined {
    return this.#deps.store.toolServers.toolsOf(id).find((tool) => tool.name === name);
  }

  /** Asks for its tools, unless that was done a moment ago. @throws ToolServerError, or the signal's reason */
  async refreshStale(id: string, signal: AbortSignal): Promise<void> {
    if (Date.now() - (this.#listedAt.get(id) ?? 0) > freshMs) await this.refresh(id, signal);
  }

  /** @throws ToolServerError, NotFoundError, or the signal's reason */
  async refresh(id: string, signal: AbortSignal): Promise<void> {
    const connection = await this.#connection(id);
    this.#note(id, await connection.list(signal));
  }

  /**
   * Calls a tool, if it is described as it was when its call was decided.
   * @param hash of that description
   * @returns null: it is described otherwise now, or not at all, and was not called
   * @throws ToolServerError, NotFoundError, or the signal's reason
   */
  async call(
    { serverId, name, hash }: Pick<ServerTool, "serverId" | "name" | "hash">,
    given: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<CalledResult | null> {
    await this.refresh(serverId, signal);
    const tool = this.toolOf(serverId, name);
    if (tool === undefined || tool.problem !== null || tool.hash !== hash) return null;
    const connection = await this.#connection(serverId);
    return await connection.call(tool.definition, given, signal);
  }

  #note(serverId: string, listed: readonly ListedTool[]): void {
    const { toolServers } = this.#deps.store;
    const names = new Set(listed.map(({ name }) => name));
    for (const known of toolServers.toolsOf(serverId)) {
      const isGone = !names.has(known.name) && known.problem !== "gone";
      if (isGone) toolServers.putTool({ ...known, problem: "gone" });
    }
    for (const { name, definition, hash, problem } of listed) {
      const known = this.toolOf(serverId, name);
      if (known?.hash === hash && known.problem === problem) continue;
      const readingHash = known?.readingHash === hash ? hash : null;
      toolServers.putTool({ serverId, name, definition, hash, problem, readingHash, seenAt: Date.now() });
    }
    this.#listedAt.set(serverId, Date.now());
  }

  async #connection(id: string): Promise<ServerConnection> {
    await this.#isTidy;
    const server = this.#require(id);
    if (!server.isOn) throw new ToolServerError(say`The server ${{ verbatim: server.name }} is turned off.`);
    const known = this.#connections.get(id);
    if (known !== undefined) return known;
    // No program is started where the database lies.
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const connection = new ServerConnection({
      ...{ server, version: this.#deps.version, directory: this.#folder },
      pidFile: join(this.#folder, `${id}.pid`),
      ...(this.#deps.deadlines === undefined ? {} : { deadlines: this.#deps.deadlines }),
    });
    this.#connections.set(id, connection);
    return connection;
  }

  async #disconnect(id: string): Promise<void> {
    const connection = this.#connections.get(id);
    this.#connections.delete(id);
    this.#listedAt.delete(id);
    await connection?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#isTidy;
    await Promise.all([...this.#connections.keys()].map((id) => this.#disconnect(id)));
  }
}

const emptyServer: Omit<ToolServer, "id" | "createdAt"> = {
  ...{ name: "", kind: "stdio", command: "", args: [], secrets: {}, url: "", isOn: true, isShared: false },
};
