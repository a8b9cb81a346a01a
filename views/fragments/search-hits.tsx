/** Conversations in which something was found. What was found is marked; everything else is text. */
import type { SearchHit } from "../props.ts";

export const SearchHits = ({ hits, query }: { hits: readonly SearchHit[]; query: string }) => (
  <>
    {hits.length === 0 ? (
      <li class="none-yet" safe>
        {query.trim() === "" ? "Write what you are looking for." : `Nothing was found for “${query}”.`}
      </li>
    ) : (
      ""
    )}
    {hits.map((hit) => (
      <li class="hit">
        <a href={addressOf(hit)}>
          <strong dir="auto" safe>
            {hit.title}
          </strong>
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

const addressOf = ({ id, messageId }: SearchHit) =>
  messageId === null ? `/c/${id}` : `/c/${id}?at=${messageId}#m-${messageId}`;
