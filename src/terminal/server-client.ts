/**
 * Speaks HTTP with the server, as any other client does: its address, the key, deadlines, and what refusals say. It
 * knows nothing of what is asked for.
 */
import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { ownTls } from "./address.ts";
import { RefusedError, UnreachableError } from "./client-errors.ts";
import { Refusal } from "./wire.ts";

export interface ServerClientOptions {
  /** Asked anew each time: after a restart the server may be at another address. */
  readonly address: () => string;
  readonly apiKey: string | null;
}

export interface RequestParts {
  readonly method?: "GET" | "POST";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** For replies that are whole at once. */
const replyWithinMs = 20_000;

export class ServerClient {
  readonly #options: ServerClientOptions;

  constructor(options: ServerClientOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.address();
  }

  /** What every request carries. */
  get credentials(): Readonly<Record<string, string>> {
    const { apiKey } = this.#options;
    return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  }

  /** @throws UnreachableError or RefusedError; what the signal was aborted with, when it was */
  async send(path: string, { method = "GET", body, headers, signal }: RequestParts): Promise<Response> {
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const { url } = this;
    let response: Response;
    try {
      response = await fetch(url + path, {
        method,
        headers: { accept: "application/json, text/event-stream", ...json, ...this.credentials, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal,
        tls: ownTls,
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw unreachable(url, cause);
    }
    if (!response.ok) throw await this.#refusal(response);
    return response;
  }

  /** A reply that is JSON of this form. @throws UnreachableError or RefusedError */
  async read<Schema extends TSchema>(
    schema: Schema,
    path: string,
    parts: Omit<RequestParts, "signal"> = {},
  ): Promise<Static<Schema>> {
    const signal = AbortSignal.timeout(replyWithinMs);
    let reply: unknown;
    try {
      reply = await (await this.send(path, { ...parts, signal })).json();
    } catch (cause) {
      if (cause instanceof RefusedError || cause instanceof UnreachableError) throw cause;
      throw unreachable(this.url, cause);
    }
    if (Value.Check(schema, reply)) return reply;
    throw new UnreachableError(
      `What answers at ${this.url} is not this assistant. Look at PORT and DATA_DIR, or start it: ./run.sh start`,
    );
  }

  async #refusal(response: Response): Promise<RefusedError> {
    const { status } = response;
    const body: unknown = await response.json().catch(() => null);
    const { message, code } = Value.Check(Refusal, body)
      ? body.error
      : { message: `The server answered with the status ${status}.`, code: null };
    return new RefusedError(status === 401 ? this.#howToGetIn() : message, status, code ?? "refused");
  }

  #howToGetIn(): string {
    const problem =
      this.#options.apiKey === null
        ? "This assistant has logins, and no key was given."
        : "The key in LFA_API_KEY is wrong, expired or revoked.";
    return `${problem} Make an API key on ${this.url}/account, then put it into the environment: export LFA_API_KEY=…`;
  }
}

const unreachable = (url: string, cause: unknown) =>
  new UnreachableError(
    `Nothing answers at ${url}. Start it first: ./run.sh start ("./run.sh status" tells more).`,
    {},
    { cause },
  );
