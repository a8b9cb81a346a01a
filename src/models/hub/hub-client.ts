/**
 * Requests to a model hub. The token goes to the hub alone: redirects are followed here, by hand, and whoever they lead to gets
 * none. It knows nothing of models.
 * @see https://huggingface.co/docs/hub/api
 */
import { setTimeout as delay } from "node:timers/promises";
import { NotFoundError } from "../../errors.ts";
import { say, type Words } from "../../texts/say.ts";
import { HubRefusedError, SourceUnavailableError, systemCode } from "../model-errors.ts";

/** Where the hub is, and what is shown to it. */
export interface HubAccess {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** Secret; null: only what everybody may read. */
  readonly token: string | null;
}

interface Options {
  readonly access: HubAccess;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds without a reply after which the hub counts as unreachable. */
  readonly patienceMs?: number;
}

const mostRedirects = 8;

/**
 * @param address on the hub
 * @returns whatever it or the server that it redirects to answers, other than a redirect
 * @throws SourceUnavailableError when nothing answers; signal.reason when aborted
 */
export async function askHub(address: string, options: Options): Promise<Response> {
  let url = new URL(address);
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await requestOnce(url, options);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    const isLess = next === null || !/^https?:$/.test(next.protocol) || isDowngrade(url, next);
    if (isLess) throw unavailable("it redirects to an address that is not safe");
    url = next;
  }
  throw unavailable("it redirects without end");
}

const isDowngrade = (from: URL, to: URL) => from.protocol === "https:" && to.protocol !== "https:";

async function requestOnce(url: URL, { access, signal, headers, patienceMs = 20_000 }: Options) {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), patienceMs);
  const isHub = url.origin === new URL(access.endpoint).origin;
  try {
    return await fetch(url, {
      redirect: "manual",
      // Only the time until the reply begins is bounded here; whoever reads the body watches it.
      signal: AbortSignal.any([signal, impatience.signal]),
      headers: {
        ...headers,
        ...(isHub && access.token !== null ? { authorization: `Bearer ${access.token}` } : {}),
      },
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw unavailable(impatience.signal.aborted ? "it does not answer" : reasonOf(cause), cause);
  } finally {
    clearTimeout(timer);
  }
}

/** Neither an address nor a header stands in it: addresses of downloads are signed. */
export const reasonOf = (cause: unknown): string =>
  systemCode(cause) ?? (cause instanceof Error ? cause.name : "an unknown reason");

const unavailable = (reason: string, cause?: unknown) =>
  new SourceUnavailableError(
    say`The model hub cannot be reached (${{ verbatim: reason }}).`,
    { source: "hub" },
    { cause },
  );

/** It may be otherwise in a moment. */
const isPassing = (status: number) => status === 408 || status === 429 || status >= 500;

/** The hub asks to wait, or cannot answer now. */
class PassingError extends Error {
  constructor(
    readonly status: number,
    readonly waitMs: number | null,
  ) {
    super(`it answers ${status}`);
  }
}

/**
 * @param about what was asked for, as "USER/REPO"
 * @returns the response, which is a success
 * @throws NotFoundError, HubRefusedError, or what `retried` tries again
 */
export async function requireSuccess(
  response: Response,
  about: string,
  { endpoint, token }: HubAccess,
): Promise<Response> {
  if (response.ok) return response;
  await response.body?.cancel();
  const { status } = response;
  if (isPassing(status)) throw new PassingError(status, retryAfterOf(response));
  const code = response.headers.get("x-error-code");
  const name = { verbatim: about };
  const page = { verbatim: `${endpoint}/${about.split("/").slice(0, 2).join("/")}` };
  const refused = (words: Words) => new HubRefusedError(words, { status_of_hub: status });
  if (code === "GatedRepo" || status === 403)
    throw refused(
      token === null
        ? say`${name} asks its readers to accept its terms. Accept them at ${page}, set HF_TOKEN to a token of your login there, and restart.`
        : say`The token in HF_TOKEN may not read ${name}. Accept its terms at ${page}, or use a token that may.`,
    );
  // The hub tells strangers of a private repository the same as of one that is not there.
  if (status === 401)
    throw refused(
      token === null
        ? say`The hub has no public model ${name}. Check the name; for a private one set HF_TOKEN and restart.`
        : say`The hub does not accept the token in HF_TOKEN, or it may not read ${name}.`,
    );
  if (status === 404) throw new NotFoundError(say`The hub has no ${name}. Check the name at ${page}.`);
  throw refused(say`The hub refuses ${name}: it answers ${status}.`);
}

/** Seconds or a date, as RFC 9110 has it, in milliseconds from now. */
function retryAfterOf(response: Response): number | null {
  const text = response.headers.get("retry-after");
  if (text === null) return null;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

export interface Patience {
  /** Milliseconds before the first other try; each further one takes twice as long. */
  readonly firstDelayMs?: number;
  /** A hub that wants more is given up. */
  readonly longestWaitMs?: number;
}

const mostTries = 6;

interface Retries extends Patience {
  readonly signal: AbortSignal;
  /** Whether it went on since the last try: the count begins anew. */
  readonly hasProgress?: () => boolean;
}

/**
 * Tries again after what may pass: 429 and 5xx, a connection that broke after the hub had answered once.
 * @throws what cannot be mended by waiting; SourceUnavailableError after the last try
 */
export async function retried<Result>(
  attempt: () => Promise<Result>,
  { signal, hasProgress, firstDelayMs = 1_000, longestWaitMs = 300_000 }: Retries,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (cause) {
      signal.throwIfAborted();
      if (hasProgress?.()) tries = 1;
      const waitMs = cause instanceof PassingError ? cause.waitMs : null;
      const mayPass = cause instanceof PassingError || cause instanceof BrokenOffError;
      if (!mayPass) throw cause;
      if (tries >= mostTries || (waitMs ?? 0) > longestWaitMs) throw givenUp(cause, waitMs);
      await delay(waitMs ?? firstDelayMs * 2 ** (tries - 1), undefined, { signal });
    }
  }
}

/** The hub answered, and then not as it should: cut off, silent, or with other bytes than were asked for. */
export class BrokenOffError extends Error {}

function givenUp(cause: Error, waitMs: number | null) {
  const seconds = Math.ceil((waitMs ?? 0) / 1000);
  if (cause instanceof PassingError && waitMs !== null && seconds > 0)
    return new SourceUnavailableError(
      say`The model hub asks to wait for ${seconds} seconds (it answers ${cause.status}). Try again then.`,
      { source: "hub" },
      { cause },
    );
  return unavailable(cause.message, cause);
}
