/**
 * Hashes and checks passwords with argon2id, a few at a time: each takes 19 MiB and some time of a core, and many logins must
 * not block other work.
 */
import { InvalidRequestError } from "../errors.ts";
import { say } from "../texts/say.ts";
import { TooManyRequestsError } from "./account-errors.ts";

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: 19 MiB, 2 passes. */
const cost = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;
const shortestPassword = 12;
const longestPassword = 200;
const atOnce = 2;
const mostWaiting = 32;

export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** A dummy hash: an unknown name takes as long to refuse as a wrong password. */
  #dummy: Promise<string> | null = null;

  /** @throws InvalidRequestError for a password that is too short or too long */
  async hash(password: string): Promise<string> {
    refuseWeak(password);
    return this.#inTurn(() => Bun.password.hash(password.normalize("NFKC"), cost));
  }

  /** @param stored null: there is no hash; the check takes the same time */
  async verify(password: string, stored: string | null): Promise<boolean> {
    if (password.length > longestPassword) return false;
    this.#dummy ??= Bun.password.hash(crypto.randomUUID(), cost);
    const hash = stored ?? (await this.#dummy);
    const fits = await this.#inTurn(() => Bun.password.verify(password.normalize("NFKC"), hash));
    return fits && stored !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= mostWaiting)
      throw new TooManyRequestsError(say`Too many logins at once.`, "logins", 5);
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}

function refuseWeak(password: string): void {
  if (password.length >= shortestPassword && password.length <= longestPassword) return;
  throw new InvalidRequestError(
    say`A password must have ${shortestPassword} to ${longestPassword} characters. Four random words work well.`,
    { param: "password" },
  );
}
