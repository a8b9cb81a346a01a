/** What several pages say of a price series. */
import { tr } from "../../src/texts/reader-language.ts";
import { Card } from "../components/card.tsx";
import type { SeriesRow } from "../series-props.ts";

export const spanOf = ({ first, last }: SeriesRow) => tr`${first} to ${last}`;

export const barCount = (rows: number) => (rows === 1 ? tr`1 bar` : tr`${rows} bars`);

export const Remarks = ({ warnings }: { readonly warnings: readonly string[] }) =>
  warnings.length === 0 ? (
    ""
  ) : (
    <Card id="remarks" title={tr`Remarks`}>
      <ul>
        {warnings.map((warning) => (
          <li safe>{warning}</li>
        ))}
      </ul>
    </Card>
  );
