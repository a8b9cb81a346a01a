/**
 * HTTP requests to the server, as from any other client: address, key, deadlines, and the texts of refusals. It knows nothing
 * of what is requested.
 */
import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { ownTls } from "./address.ts";
import { RefusedError, UnreachableError } from "./client-errors.ts";
import { Refusal } from "./messages.ts";

interface ServerClientOptions {
  /** Read again for each request: after a restart the server may have another address. */
  readonly address: () => string;
  readonly apiKey: string | null;
}

interface RequestParts {
  readonly method?: "GET" | "POST";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** For replies that come at once. */
const replyWithinMs = 20_000;

export class ServerClient {
  readonly #options: ServerClientOptions;

  constructor(options: ServerClientOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.address();
  }

  /** The headers of every request. */
  get credentials(): Readonly<Record<string, string>> {
    const { apiKey } = this.#options;
    return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  }

  /** @throws UnreachableError or RefusedError; the signal's reason when it was aborted */
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

  /** A JSON reply of this form. @throws UnreachableError or RefusedError */
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
      `The program at ${this.url} is not this assistant. Check PORT and DATA_DIR, or start it: ./run.sh start`,
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
        ? "This assistant has logins, and no key is set."
        : "The key in LFA_API_KEY is wrong, expired or revoked.";
    return `${problem} Create an API key on ${this.url}/account, then set it in the environment: export LFA_API_KEY=…`;
  }
}

const unreachable = (url: string, cause: unknown) =>
  new UnreachableError(
    `Nothing answers at ${url}. Start it first: ./run.sh start ("./run.sh status" shows more).`,
    {},
    { cause },
  );
