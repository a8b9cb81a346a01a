/** How probable each token of an answer was, a page of tokens at a time; for htmx the answer with its unsure words underlined. */

import { Elysia, t } from "elysia";
import { UnsureWords } from "../../views/fragments/unsure-words.tsx";
import { type ShownToken, TokensPage } from "../../views/pages/tokens-page.tsx";
import { textOf } from "../generations/written-text.ts";
import { errorReply, htmlReply, isHtmx } from "../http/html-reply.tsx";
import type { LoggedToken } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { isUnfinished } from "./answer-props.ts";
import { frameProps } from "./list-props.ts";
import type { PagesOf } from "./render-chat.tsx";
import { withMarks } from "./rendered-texts.ts";
import { unsureWords } from "./unsure-words.ts";

const tokensOnPage = 300;

export const createTokenPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-tokens" }).get(
    "/generations/:id/tokens",
    async ({ params: { id }, query, request }) => {
      const deps = pagesOf(request);
      const generation = deps.generations.get(id);
      if (generation === undefined || deps.conversations.get(generation.conversationId) === undefined)
        return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
      const log = deps.generations.tokens(id, 0);
      if (isHtmx(request)) {
        const text = textOf(log);
        const unsure = unsureWords(log, text);
        const safeBlocks = await withMarks(text, deps.figuresOf?.(generation) ?? null, unsure);
        return htmlReply(<UnsureWords count={unsure.length} safeBlocks={safeBlocks} />);
      }
      const all = shownTokens(log);
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
