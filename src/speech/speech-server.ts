/** One address of a server for speech: what is sent goes there and nowhere else, and each failure on the way becomes a named error. */
import { AppError } from "../errors.ts";
import type { Words } from "../texts/say.ts";
import { upstreamAddress } from "../upstream/upstream-address.ts";
import { ListenerLeftError, SpeechFailedError, SpeechUnavailableError } from "./speech-errors.ts";

export interface SpeechServerPlace {
  /** Without /v1; it may hold a user, a password and a query. */
  readonly url: string;
  readonly apiKey: string | null;
}

interface Asking {
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** Aborted at the deadline. */
  readonly late: AbortSignal;
  /** The message of each error. */
  readonly words: Readonly<Record<"left" | "late" | "unreachable", Words>>;
}

export class SpeechServer {
  readonly #address: string;
  readonly #authorization: string | null;

  /** @param path of OpenAI's interface, from its first slash */
  constructor({ url, apiKey }: SpeechServerPlace, path: string) {
    const { base, search, authorization } = upstreamAddress(url);
    this.#address = `${base}${path}${search}`;
    this.#authorization = apiKey === null ? authorization : `Bearer ${apiKey}`;
  }

  /**
   * @param read of the reply; what it throws of its own is thrown
   * @throws SpeechUnavailableError, SpeechFailedError, or what `read` throws; ListenerLeftError when aborted
   */
  async post<Read>(
    {
      headers,
      body,
    }: { readonly headers?: Readonly<Record<string, string>>; readonly body: FormData | string },
    { signal, late, words }: Asking,
    read: (response: Response) => Promise<Read>,
  ): Promise<Read> {
    try {
      const response = await fetch(this.#address, {
        method: "POST",
        headers: {
          ...headers,
          ...(this.#authorization === null ? {} : { authorization: this.#authorization }),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([signal, late]),
      });
      return await read(response);
    } catch (error) {
      const cause = { cause: error };
      if (signal.aborted) throw new ListenerLeftError(words.left, {}, cause);
      if (error instanceof AppError) throw error;
      if (late.aborted) throw new SpeechFailedError(words.late, {}, cause);
      // fetch rejects with a TypeError or with a system's code: refused, reset, no such host.
      throw new SpeechUnavailableError(words.unreachable, {}, cause);
    }
  }
}
