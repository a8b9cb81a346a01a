/** How probable each token of an answer was, a page of tokens at a time. */
import { Elysia, t } from "elysia";
import { type ShownToken, TokensPage } from "../../views/pages/tokens-page.tsx";
import { errorReply, htmlReply } from "../http/html-reply.tsx";
import type { LoggedToken } from "../store/schema.ts";
import { isUnfinished } from "./answer-props.ts";
import { frameProps } from "./list-props.ts";
import type { PagesOf } from "./render-chat.tsx";

const tokensOnPage = 300;

export const createTokenPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-tokens" }).get(
    "/generations/:id/tokens",
    ({ params: { id }, query, request }) => {
      const deps = pagesOf(request);
      const generation = deps.generations.get(id);
      if (generation === undefined || deps.conversations.get(generation.conversationId) === undefined)
        return errorReply(frameProps(deps), 404, "This answer no longer exists.");
      const all = shownTokens(deps.generations.tokens(id, 0));
      const message = deps.messages.get(generation.messageId);
      const siblings = message === undefined ? [] : deps.messages.siblingIds(message);
      const page = Math.max(1, Number(query.page ?? 1));
      return htmlReply(
        <TokensPage
          {...frameProps(deps)}
          generation={generation}
          after={siblings.at(-1) ?? generation.messageId}
          isUnfinished={isUnfinished(generation)}
          tokens={all.slice((page - 1) * tokensOnPage, page * tokensOnPage)}
          page={page}
          pages={Math.ceil(all.length / tokensOnPage)}
        />,
      );
    },
    {
      params: t.Object({ id: t.String({ maxLength: 100 }) }),
      query: t.Object({ page: t.Optional(t.String({ pattern: "^\\d{1,5}$" })) }),
      detail: { hide: true },
    },
  );

/** The tokens whose probability is known; one that was not drawn is no choice of the model's. */
const shownTokens = (log: readonly LoggedToken[]): readonly ShownToken[] =>
  log.flatMap(({ text, logprob, alternatives = [], reasoning }, entry) =>
    logprob === undefined || reasoning
      ? []
      : [
          {
            entry,
            text,
            probability: Math.exp(logprob),
            alternatives: alternatives.flatMap((other, number) =>
              other.text === text || other.text === ""
                ? []
                : [{ number, text: other.text, probability: Math.exp(other.logprob) }],
            ),
          },
        ],
  );
