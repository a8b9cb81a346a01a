/** How long an answer has taken, and how fast it is being written: what a reader sees arrive, told once a second. */
import { decimal } from "../../views/fragments/status-amounts.ts";
import { tr } from "../texts/reader-language.ts";

/** Milliseconds over which the speed is measured. */
const span = 3000;
const interval = 1000;

export class AnswerPace {
  readonly #askedAt: number;
  #seen: { readonly at: number; readonly tokens: number }[] = [];
  #toldAt: number | null = null;

  /** @param askedAt milliseconds since 1970 */
  constructor(askedAt: number) {
    this.#askedAt = askedAt;
  }

  /** @param tokens how many there are by now @returns null: it was told less than a second ago */
  told(tokens: number, now = Date.now()): string | null {
    // What was there when the reader came did not arrive just now: the speed is that of what follows.
    this.#seen = [...this.#seen.filter(({ at }) => now - at <= span), { at: now, tokens }];
    this.#toldAt ??= now;
    if (now - this.#toldAt < interval) return null;
    this.#toldAt = now;
    const [first] = this.#seen;
    const seconds = `${Math.round((now - this.#askedAt) / 1000)} s`;
    if (first === undefined || now - first.at < interval) return seconds;
    const speed = (tokens - first.tokens) / ((now - first.at) / 1000);
    return `${seconds} · ${tr`${decimal(speed.toFixed(speed < 10 ? 1 : 0))} tokens/s`}`;
  }
}
