/**
 * `/docs`: the description of the API, for people. The page is ours, without a script, because it must work offline and
 * under the same content security policy as all pages.
 */
import { Elysia } from "elysia";
import { DocsPage } from "../../views/pages/docs-page.tsx";
import type { FrameProps } from "../../views/props.ts";
import { htmlReply } from "../http/html-reply.tsx";
import type { OpenApiDocument } from "../http/openapi/openapi-document.ts";
import { docsProps } from "./docs-props.ts";

interface DocsDeps {
  readonly document: () => OpenApiDocument;
  readonly hasLogins: () => boolean;
  /** Where a reverse proxy shows the server; null: where it is asked. */
  readonly publicOrigin: string | null;
  readonly frameOf: (request: Request) => FrameProps;
}

export const createDocsPage = ({ document, hasLogins, publicOrigin, frameOf }: DocsDeps) =>
  new Elysia({ name: "docs" }).get(
    "/docs",
    ({ request }) => {
      const origin = publicOrigin ?? new URL(request.url).origin;
      return htmlReply(
        <DocsPage {...frameOf(request)} docs={docsProps(document(), { origin, hasLogins: hasLogins() })} />,
      );
    },
    { detail: { hide: true } },
  );
