/** The series of the desk: each with its last close, when that was, and a mark where something is odd. */
import { tr } from "../../src/texts/reader-language.ts";
import { Badge } from "../components/badge.tsx";
import { safeTr } from "../safe-tr.ts";
import type { PriceRow } from "../series-props.ts";

export const OwnPrices = ({ prices }: { readonly prices: readonly PriceRow[] }) => (
  <section class="topic" aria-label={tr`Your prices`}>
    <h2>{safeTr`Your prices`}</h2>
    <ul class="recent-facts">
      {prices.map(({ id, name, close, at, rows, isOdd }) => (
        <li>
          <a class="recent-fact" href={`/data/${id}`}>
            <span class="recent-words">
              <strong dir="auto" safe>
                {name}
              </strong>
              <small safe>{`${at} · ${rows}`}</small>
              {isOdd ? <Badge label={tr`Remarks`} tone="warning" icon="warning" /> : ""}
            </span>
            <span class="recent-value" safe>
              {close}
            </span>
          </a>
        </li>
      ))}
    </ul>
  </section>
);
