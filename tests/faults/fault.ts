/** A fault that is done to the program again and again, and what was lost by it. */
export interface FaultResult {
  readonly times: number;
  /** What should be there and is not, or is there twice, or is not the same. */
  readonly lost: number;
  /** Sentences on the first things that went wrong. */
  readonly problems: readonly string[];
}

export interface Fault {
  readonly name: string;
  readonly times: { readonly long: number; readonly short: number };
  readonly run: (times: number, random: () => number) => Promise<FaultResult>;
  /** Why it cannot be done on this machine; null: it can. */
  readonly skip?: () => string | null;
}

/** Counts what goes wrong, and keeps the first sentences about it. */
export class Losses {
  #lost = 0;
  readonly #problems: string[] = [];

  add(problem: string): void {
    this.#lost += 1;
    if (this.#problems.length < 5) this.#problems.push(problem);
  }

  result(times: number): FaultResult {
    return { times, lost: this.#lost, problems: this.#problems };
  }
}
