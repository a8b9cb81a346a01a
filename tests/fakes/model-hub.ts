/**
 * A model hub on this machine, as the real one answers: repositories listed in pages, files at an address that redirects to
 * another host, ranges, logins, and whatever can go wrong.
 * @see https://huggingface.co/docs/hub/api
 */
import { createHash } from "node:crypto";

interface Repository {
  /** By path. */
  readonly files: Readonly<Record<string, Buffer>>;
  readonly licence?: string;
  /** Only this token may read it. */
  readonly token?: string;
  /** The token is right, and its owner has not accepted the terms. */
  readonly isGated?: boolean;
  /** What the hub says of a file, where that is not true. */
  readonly claimedHash?: Readonly<Record<string, string>>;
}

export interface SeenRequest {
  readonly host: "hub" | "cdn";
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  readonly authorization: string | null;
}

interface HubOptions {
  readonly repositories: Readonly<Record<string, Repository>>;
  /** How many entries a page of a listing has. */
  readonly pageSize?: number;
  /** Answers in its place when it returns something; it may wait. */
  readonly change?: (request: SeenRequest, raw: Request) => Response | null | Promise<Response | null>;
}

export const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const commit = "0123456789abcdef0123456789abcdef01234567";

export class ModelHub implements AsyncDisposable {
  readonly seen: SeenRequest[] = [];
  repositories: Readonly<Record<string, Repository>>;
  readonly #options: HubOptions;
  readonly #hub;
  readonly #cdn;

  constructor(options: HubOptions) {
    this.#options = options;
    this.repositories = options.repositories;
    const serve = (fetch: (request: Request) => Promise<Response>) =>
      Bun.serve({ port: 0, hostname: "127.0.0.1", idleTimeout: 0, fetch });
    this.#cdn = serve((request) => this.#answer("cdn", request));
    this.#hub = serve((request) => this.#answer("hub", request));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#hub.port}`;
  }

  access(token: string | null = null) {
    return { endpoint: this.endpoint, token };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#hub.stop(true), this.#cdn.stop(true)]);
  }

  async #answer(host: "hub" | "cdn", raw: Request): Promise<Response> {
    const { pathname, search } = new URL(raw.url);
    const seen: SeenRequest = {
      ...{ host, method: raw.method, path: decodeURIComponent(pathname) + search },
      range: raw.headers.get("range"),
      authorization: raw.headers.get("authorization"),
    };
    this.seen.push(seen);
    const changed = await this.#options.change?.(seen, raw);
    if (changed != null) return changed;
    return host === "cdn" ? this.#content(seen) : this.#page(seen, new URL(raw.url));
  }

  #page(seen: SeenRequest, url: URL): Response {
    const path = decodeURIComponent(url.pathname);
    const [, ofApi, user, repo, rest = ""] =
      /^(\/api\/models)?\/([^/]+)\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
    const name = `${user}/${repo}`;
    const repository = this.repositories[name];
    // To strangers the real one says the same of what is private and of what is not there.
    if (repository === undefined) return refused(seen.authorization === null ? 401 : 404, "RepoNotFound");
    const { token, isGated } = repository;
    const mayRead = token === undefined || seen.authorization === `Bearer ${token}`;
    if (ofApi !== undefined) {
      if (!mayRead && isGated !== true) return refused(401, "RepoNotFound");
      return rest === "" || rest.startsWith("revision/")
        ? infoOf(name, repository)
        : this.#tree(repository, url);
    }
    if (!mayRead) return refused(seen.authorization === null ? 401 : 403, "GatedRepo");
    const file = /^resolve\/[^/]+\/(.+)$/.exec(rest)?.[1] ?? "";
    if (!(file in repository.files)) return refused(404, "EntryNotFound");
    const signed = `http://127.0.0.1:${this.#cdn.port}/${name}/${encodeURI(file)}?signature=secret`;
    return new Response(null, { status: 302, headers: { location: signed, "x-repo-commit": commit } });
  }

  #tree({ files, claimedHash = {} }: Repository, url: URL): Response {
    const folders = new Set(Object.keys(files).flatMap((path) => path.split("/").slice(0, -1)));
    const entries = [
      ...[...folders].map((path) => ({ type: "directory", oid: commit, size: 0, path })),
      ...Object.entries(files).map(([path, bytes]) => ({
        ...{ type: "file", oid: commit, size: bytes.length, path },
        ...(path.endsWith(".gguf")
          ? { lfs: { oid: claimedHash[path] ?? sha256Of(bytes), size: bytes.length, pointerSize: 130 } }
          : {}),
      })),
    ];
    const { pageSize = 1000 } = this.#options;
    const start = Number(url.searchParams.get("cursor") ?? 0);
    const next = new URL(url);
    next.searchParams.set("cursor", String(start + pageSize));
    return Response.json(entries.slice(start, start + pageSize), {
      headers: start + pageSize < entries.length ? { link: `<${next}>; rel="next"` } : {},
    });
  }

  #content({ path, range }: SeenRequest): Response {
    const [, user, repo, file = ""] = /^\/([^/]+)\/([^/]+)\/([^?]+)/.exec(path) ?? [];
    const bytes = this.repositories[`${user}/${repo}`]?.files[file];
    return bytes === undefined ? refused(404, "EntryNotFound") : rangeReply(bytes, range);
  }
}

/** As a web server sends a file. */
export function rangeReply(bytes: Buffer, range: string | null): Response {
  const [, first, last] = /^bytes=(\d+)-(\d+)?$/.exec(range ?? "") ?? [];
  if (first === undefined) return new Response(new Uint8Array(bytes));
  const start = Number(first);
  if (start >= bytes.length)
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${bytes.length}` } });
  const end = Math.min(Number(last ?? bytes.length - 1), bytes.length - 1);
  return new Response(new Uint8Array(bytes.subarray(start, end + 1)), {
    status: 206,
    headers: { "content-range": `bytes ${start}-${end}/${bytes.length}` },
  });
}

const infoOf = (id: string, { licence, isGated }: Repository) =>
  Response.json({
    ...{ id, sha: commit, gated: isGated ? "manual" : false, private: false },
    tags: ["gguf", ...(licence === undefined ? [] : [`license:${licence}`])],
  });

const refused = (status: number, code: string) =>
  Response.json({ error: code }, { status, headers: { "x-error-code": code } });
