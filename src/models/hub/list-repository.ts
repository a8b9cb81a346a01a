/**
 * What a repository of the hub holds, by the hub's API: its commit, its licence, and its files with size and sha256.
 * @see https://github.com/huggingface/huggingface.js packages/hub/src/lib/list-files.ts and model-info.ts: pages by Link headers
 */
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import {
  askHub,
  BrokenOffError,
  type HubAccess,
  type Patience,
  requireSuccess,
  retried,
} from "./hub-client.ts";
import type { HubName } from "./hub-name.ts";

export interface HubFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Of its content; null: the hub does not say, as of small files. */
  readonly sha256: string | null;
}

export interface HubRepository {
  /** "USER/REPO". */
  readonly repository: string;
  /** The commit that is listed: its files never change. */
  readonly revision: string;
  /** As its author says it; null: they do not. */
  readonly licence: string | null;
  readonly files: readonly HubFile[];
}

const ModelInfo = t.Object({
  sha: t.Optional(t.String({ pattern: "^[0-9a-f]{40}$" })),
  tags: t.Optional(t.Array(t.String())),
});
const Tree = t.Array(
  t.Object({
    type: t.String(),
    path: t.String(),
    size: t.Optional(t.Number()),
    lfs: t.Optional(t.Object({ oid: t.String(), size: t.Optional(t.Number()) })),
  }),
);

/** A repository with more is none of models. */
const mostPages = 100;

/** @throws NotFoundError, HubRefusedError, SourceUnavailableError; signal.reason when aborted */
export async function listRepository(
  { repository, revision: asked }: Pick<HubName, "repository" | "revision">,
  options: Patience & { readonly access: HubAccess; readonly signal: AbortSignal },
): Promise<HubRepository> {
  const { access } = options;
  const ask = async <Schema extends TSchema>(address: string, schema: Schema) =>
    retried(async () => {
      const response = await requireSuccess(await askHub(address, options), repository, access);
      const body: unknown = await response.json().catch((cause: unknown) => {
        throw new BrokenOffError("it does not answer in JSON", { cause });
      });
      if (!Value.Check(schema, body)) throw new BrokenOffError("it answers in another form than expected");
      // The check above is what makes it one.
      return { body: body as Static<Schema>, next: nextPage(response, access) };
    }, options);
  const api = `${access.endpoint}/api/models/${repository}`;
  const info = (await ask(asked === null ? api : `${api}/revision/${asked}`, ModelInfo)).body;
  const revision = info.sha ?? asked ?? "main";
  const files: HubFile[] = [];
  let address: string | null = `${api}/tree/${revision}?recursive=true`;
  for (let pages = 0; address !== null && pages < mostPages; pages++) {
    const page: { body: Static<typeof Tree>; next: string | null } = await ask(address, Tree);
    files.push(...filesOf(page.body));
    address = page.next;
  }
  return { repository, revision, licence: licenceIn(info.tags ?? []), files };
}

const filesOf = (tree: Static<typeof Tree>): HubFile[] =>
  tree
    .filter(({ type, path }) => type === "file" && !/(?:^|\/)\.{1,2}(?:\/|$)|\\|\p{Cc}/u.test(path))
    .map(({ path, size, lfs }) => ({
      path,
      sizeBytes: lfs?.size ?? size ?? 0,
      sha256: lfs !== undefined && /^[0-9a-f]{64}$/.test(lfs.oid) ? lfs.oid : null,
    }));

const licenceIn = (tags: readonly string[]): string | null =>
  tags.find((tag) => tag.startsWith("license:"))?.slice("license:".length) ?? null;

/** On the same hub, whatever its host calls itself: a mirror hands on the addresses of the hub that it mirrors. */
function nextPage(response: Response, { endpoint }: HubAccess): string | null {
  const [, link] = /<([^>]+)>\s*;[^,]*rel="?next"?/.exec(response.headers.get("link") ?? "") ?? [];
  if (link === undefined || !URL.canParse(link, endpoint)) return null;
  const { pathname, search } = new URL(link, endpoint);
  const prefix = new URL(endpoint).pathname.replace(/\/$/, "");
  return `${endpoint}${pathname.startsWith(`${prefix}/api/`) ? pathname.slice(prefix.length) : pathname}${search}`;
}
