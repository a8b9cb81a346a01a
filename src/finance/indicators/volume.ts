import { say } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import type { Bars } from "../data/bars.ts";

/** @throws InvalidRequestError when the data has no volume: it is never invented */
export function volumeOf({ volume }: Bars): Float64Array {
  if (volume === null) refuse("dataset", say`This data has no volume. Choose an indicator that needs none.`);
  return volume;
}
