/** How an answer was made: in the thread for htmx, as a page of its own otherwise. */

import { Elysia, t } from "elysia";
import { ReceiptDetails } from "../../views/fragments/receipt.tsx";
import { ReceiptPage } from "../../views/pages/receipt-page.tsx";
import type { ReceiptMessage, ReceiptProps } from "../../views/receipt-props.ts";
import { errorReply, htmlReply, isHtmx } from "../http/html-reply.tsx";
import type { Generation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";

/** Characters of a message that the receipt shows. */
const excerptLength = 90;

export const createReceiptPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-receipts" }).get(
    "/generations/:id/receipt",
    ({ params: { id }, request }) => {
      const deps = pagesOf(request);
      const generation = deps.generations.get(id);
      if (generation === undefined || deps.conversations.get(generation.conversationId) === undefined)
        return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
      const receipt = receiptProps(deps, generation);
      return htmlReply(
        isHtmx(request) ? (
          <ReceiptDetails {...receipt} />
        ) : (
          <ReceiptPage {...frameProps(deps)} receipt={receipt} />
        ),
      );
    },
    { params: t.Object({ id: t.String({ maxLength: 100 }) }), detail: { hide: true } },
  );

function receiptProps({ messages, documents }: PagesDeps, generation: Generation): ReceiptProps {
  const named = (ids: readonly string[]): ReceiptMessage[] =>
    ids.map((id) => {
      const message = messages.get(id);
      const text = message?.content.replaceAll(/\s+/g, " ").trim() ?? "";
      return {
        id,
        role: message?.role ?? "user",
        excerpt:
          text.length > excerptLength ? `${text.slice(0, excerptLength).trimEnd()}…` : text || tr`(deleted)`,
      };
    });
  const { messageIds = [], droppedMessageIds = [], summary } = generation.receipt ?? {};
  const summarised = summary === undefined ? 0 : droppedMessageIds.indexOf(summary.messageId) + 1;
  const message = messages.get(generation.messageId);
  const told = documents?.toldWith(generation.questionId) ?? [];
  return {
    generation,
    passages: (generation.receipt?.passages ?? []).map(
      ({ documentId, number }) =>
        told.find((passage) => passage.documentId === documentId && passage.number === number) ?? null,
    ),
    siblings: message === undefined ? [] : messages.siblingIds(message),
    included: named(messageIds),
    summarised: named(droppedMessageIds.slice(0, summarised)),
    leftOut: named(droppedMessageIds.slice(summarised)),
  };
}
