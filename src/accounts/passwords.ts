/**
 * Hashes and checks passwords by argon2id. A few at a time: each takes 19 MiB and a moment of a core, and whoever sends
 * many must not take the machine away from the others.
 */
import { InvalidRequestError } from "../errors.ts";
import { TooManyRequestsError } from "./account-errors.ts";

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: 19 MiB, 2 passes. */
const cost = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;
export const shortestPassword = 12;
export const longestPassword = 200;
const atOnce = 2;
const mostWaiting = 32;

export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** Of a password that nobody has: a name that nobody has takes as long to refuse. */
  #dummy: Promise<string> | null = null;

  /** @throws InvalidRequestError for one that is too short or too long */
  async hash(password: string): Promise<string> {
    refuseWeak(password);
    return this.#inTurn(() => Bun.password.hash(password.normalize("NFKC"), cost));
  }

  /** @param stored null: there is none, which takes as long to find out */
  async verify(password: string, stored: string | null): Promise<boolean> {
    if (password.length > longestPassword) return false;
    this.#dummy ??= Bun.password.hash(crypto.randomUUID(), cost);
    const hash = stored ?? (await this.#dummy);
    const fits = await this.#inTurn(() => Bun.password.verify(password.normalize("NFKC"), hash));
    return fits && stored !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= mostWaiting)
      throw new TooManyRequestsError("Too many passwords are being checked.", "logins", 5);
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
    `A password must have ${shortestPassword} to ${longestPassword} characters: four words that do not belong together are a good one.`,
    { param: "password" },
  );
}
