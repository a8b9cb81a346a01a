/** Where the true share lies, in per cent. */
import { Exact } from "../calculators/exact.ts";
import { wilsonInterval } from "../calculators/wilson.ts";

/** Wilson's interval, 95 %. @param decided wins and losses */
export function wilsonShare(wins: number, decided: number) {
  const { low, high } = wilsonInterval(new Exact(wins).div(decided), decided);
  return { low: low.times(100).toNumber(), high: high.times(100).toNumber() };
}
