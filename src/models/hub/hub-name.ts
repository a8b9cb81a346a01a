/** What names a model of the hub: `hf:USER/REPO`, its address in a browser, or USER/REPO alone. It knows nothing of networks. */
import { InvalidRequestError } from "../../errors.ts";
import { say } from "../../texts/say.ts";

export interface HubName {
  /** "USER/REPO". */
  readonly repository: string;
  /** As it was asked for; null: what fits. */
  readonly quantisation: string | null;
  /** The path of a file in the repository; null: chosen by the quantisation. */
  readonly file: string | null;
  /** A branch or a commit; null: main. */
  readonly revision: string | null;
}

const defaultEndpoint = "https://huggingface.co";

/** No segment of a repository's name leads out of it, or has a letter that an address would take otherwise. */
const segment = "[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,95})";
const repositoryForm = new RegExp(`^(${segment}/${segment})(?:/(.+))?$`);
const quantisationForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
const revisionForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const fileForm = /^(?!.*(?:^|\/)\.)[^\\?#%:*"<>|\p{Cc}]{1,300}\.gguf$/u;

/**
 * @param endpoint the hub's address: pages of it are names, too
 * @returns null: the text is no name of the hub; it may be one of the catalogue
 * @throws InvalidRequestError for an address elsewhere, and for a name that cannot be one
 */
export function readHubName(text: string, endpoint = defaultEndpoint): HubName | null {
  const wanted = text.trim();
  const prefixed = /^(?:hf:|hf\.co\/|huggingface\.co\/)(?:\/\/)?(.+)$/i.exec(wanted)?.[1];
  if (prefixed !== undefined) return named(prefixed, wanted);
  if (/^https?:\/\//i.test(wanted)) return named(pathOn(wanted, endpoint), wanted);
  const isPlain = new RegExp(`^${segment}/${segment}(?::[A-Za-z0-9._-]+)?$`).test(wanted);
  return isPlain && !wanted.toLowerCase().endsWith(".gguf") ? named(wanted, wanted) : null;
}

/** As the hub's users write it. */
export const writeHubName = ({ repository, quantisation, file, revision }: HubName): string =>
  `hf:${repository}${file === null ? "" : `/${file}`}${quantisation === null ? "" : `:${quantisation}`}${revision === null ? "" : `#${revision}`}`;

/** @throws InvalidRequestError unless the address is one of the hub */
function pathOn(address: string, endpoint: string): string {
  const hosts = ["huggingface.co", "www.huggingface.co", "hf.co", new URL(endpoint).host];
  if (!URL.canParse(address) || !hosts.includes(new URL(address).host))
    throw new InvalidRequestError(
      say`${{ verbatim: address }} is not an address of the model hub. Give one of ${{ verbatim: endpoint }}, or hf:USER/REPO.`,
      { param: "name" },
    );
  const { pathname, searchParams } = new URL(address);
  // The hub's own page of a file names it so.
  const shown = searchParams.get("show_file_info");
  const path = decoded(pathname).replace(/^\/+|\/+$/g, "");
  return shown === null || path.split("/").length > 2 ? path : `${path}/${shown}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function named(path: string, wanted: string): HubName {
  const refuse = () =>
    new InvalidRequestError(
      say`"${{ verbatim: wanted }}" does not name a model of the hub. Write hf:USER/REPO, or hf:USER/REPO:QUANT such as Q4_K_M.`,
      { param: "name" },
    );
  const [, beforeMark = "", mark] = /^([^#]*)(?:#(.*))?$/.exec(path) ?? [];
  const [, beforeQuant = "", quant] = /^([^:]*)(?::(.*))?$/.exec(beforeMark) ?? [];
  const [, repository, rest] = repositoryForm.exec(beforeQuant.replace(/\/+$/, "")) ?? [];
  if (repository === undefined || repository.includes("..")) throw refuse();
  const place = placeIn(rest);
  const revision = mark ?? place.revision;
  if (
    (quant !== undefined && (!quantisationForm.test(quant) || place.file !== null)) ||
    (revision !== null && (!revisionForm.test(revision) || revision.includes(".."))) ||
    (place.file !== null && !fileForm.test(place.file)) ||
    !place.isKnown
  )
    throw refuse();
  return { repository, quantisation: quant ?? null, file: place.file, revision };
}

/** Behind the repository: as in addresses of the hub ("blob/main/file.gguf", "tree/main"), or the file alone. */
function placeIn(rest: string | undefined): Pick<HubName, "file" | "revision"> & { isKnown: boolean } {
  if (rest === undefined) return { file: null, revision: null, isKnown: true };
  const [, revision, file] = /^(?:blob|resolve|raw|tree)\/([^/]+)(?:\/(.+))?$/.exec(rest) ?? [];
  if (revision !== undefined)
    return {
      file: file?.toLowerCase().endsWith(".gguf") ? file : null,
      revision: revision === "main" ? null : revision,
      isKnown: true,
    };
  const isFile = rest.toLowerCase().endsWith(".gguf");
  return { file: isFile ? rest : null, revision: null, isKnown: isFile };
}
