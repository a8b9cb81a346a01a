/** `/offline`: the page that the service worker keeps. It is the same for everybody who reads its language. */
import { Elysia, t } from "elysia";
import { OfflinePage } from "../../views/pages/offline-page.tsx";
import type { AssetUrl } from "../../views/props.ts";
import { questionLimit } from "../generations/question.ts";
import { htmlReply } from "../http/html-reply.tsx";
import { setLanguageOfReader } from "../texts/reader-language.ts";

export const createOfflinePage = (asset: AssetUrl) =>
  new Elysia({ name: "pages-offline" }).get(
    "/offline",
    ({ query: { language } }) => {
      if (language !== undefined) setLanguageOfReader(() => language);
      return htmlReply(<OfflinePage asset={asset} limit={questionLimit} />);
    },
    { query: t.Object({ language: t.Optional(t.String({ maxLength: 20 })) }), detail: { hide: true } },
  );
