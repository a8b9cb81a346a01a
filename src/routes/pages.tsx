/** The web chat's pages. Everything they need is passed in; the store and the engines are not known here. */
import { Elysia, t } from "elysia";
import { EngineBanner } from "../../views/fragments/engine-banner.tsx";
import { toHtml } from "../../views/to-html.ts";
import { htmlStreamResponse } from "../sse/html-stream.ts";
import { createAnswerRoutes } from "./answers.tsx";
import { createAskRoutes } from "./ask.tsx";
import { errorReply, htmlReply } from "./page-replies.tsx";
import { chatPage, newComposer, type PagesDeps, renderChat } from "./render-chat.tsx";
import { writtenPage } from "./written-page.tsx";

export type { PagesDeps } from "./render-chat.tsx";

const hidden = { detail: { hide: true } };

export const createPages = (deps: PagesDeps) =>
  new Elysia({ name: "pages" })
    .get("/", () => renderChat(deps, null, newComposer(null)), hidden)
    .get(
      "/c/:id",
      ({ params: { id }, query, request, server }) => {
        const conversation = deps.conversations.get(id);
        if (conversation === undefined)
          return errorReply(deps.asset, 404, "There is no such conversation. It may have been deleted.");
        const { page, written } = chatPage(deps, id, newComposer(id), query.stream === "html");
        const generation = written === null ? undefined : deps.generations.get(written.id);
        if (generation === undefined) return htmlReply(page);
        server?.timeout(request, 0);
        const pieces = writtenPage(toHtml(page), deps.generations, generation, request.signal);
        return htmlStreamResponse(pieces, deps.reportDefect);
      },
      { ...hidden, query: t.Object({ stream: t.Optional(t.String()) }) },
    )
    .get("/engine-banner", () => htmlReply(<EngineBanner engine={deps.engineSummary()} />), hidden)
    .use(createAskRoutes(deps))
    .use(createAnswerRoutes(deps));
