/** Conversations in which something was found. What was found is marked; everything else is text. */
import { tr } from "../../src/texts/reader-language.ts";
import type { SearchHit, ShownDates } from "../props.ts";

interface Props {
  readonly hits: readonly SearchHit[];
  readonly query: string;
  readonly dates: ShownDates;
}

export const SearchHits = ({ hits, query, dates }: Props) => (
  <>
    {hits.length === 0 ? (
      ""
    ) : (
      <li class="group">
        <span role="status" safe>
          {hits.length === 1 ? tr`1 conversation` : tr`${hits.length} conversations`}
        </span>
      </li>
    )}
    {hits.length === 0 ? (
      <li class="none-yet" safe>
        {query.trim() === "" ? tr`Type to search.` : tr`No results for “${query}”.`}
      </li>
    ) : (
      ""
    )}
    {hits.map((hit) => (
      <li class="hit">
        <a href={addressOfHit(hit)}>
          <strong dir="auto" safe>
            {hit.title}
          </strong>
          <time datetime={new Date(hit.updatedAt).toISOString()} safe>
            {dates.dateOf(hit.updatedAt)}
          </time>
          <span class="excerpt" dir="auto">
            {hit.excerpt.map((text, index) =>
              index % 2 === 0 ? <span safe>{text}</span> : <mark safe>{text}</mark>,
            )}
          </span>
        </a>
      </li>
    ))}
  </>
);

export const addressOfHit = ({ id, messageId }: Pick<SearchHit, "id" | "messageId">) =>
  messageId === null ? `/c/${id}` : `/c/${id}?at=${messageId}#m-${messageId}`;
