/**
 * `/openapi.json`, the description of every route that programs use, as this server is at the moment; and `/docs`, the same
 * for people. The page is ours, without a script, because it is to work offline and under the same policy as all pages.
 */
import { type AnyElysia, Elysia } from "elysia";
import { DocsPage } from "../../../views/pages/docs-page.tsx";
import type { AssetUrl } from "../../../views/props.ts";
import { htmlReply } from "../page-replies.tsx";
import { docsProps } from "./docs-props.ts";
import { type OpenApiDocument, openApiDocument } from "./openapi-document.ts";

export interface OpenApiDeps {
  readonly version: string;
  /** The name of the cookie that holds a session. */
  readonly cookie: string;
  readonly hasLogins: () => boolean;
  /** Where a reverse proxy shows the server; null: where it is asked. */
  readonly publicOrigin: string | null;
  readonly asset: AssetUrl;
}

/** @param app with all of its routes, once it is asked */
export function createOpenApiRoutes(app: AnyElysia, deps: OpenApiDeps) {
  const { version, cookie, hasLogins, publicOrigin, asset } = deps;
  /** Made when it is first asked for, and again when logins have come or gone. */
  const made = new Map<boolean, OpenApiDocument>();
  const document = (): OpenApiDocument => {
    const facts = { version, cookie, hasLogins: hasLogins() };
    const found = made.get(facts.hasLogins) ?? openApiDocument(app, facts);
    made.set(facts.hasLogins, found);
    return found;
  };
  const hidden = { detail: { hide: true } };
  return new Elysia({ name: "openapi" })
    .get("/openapi.json", () => document(), hidden)
    .get(
      "/docs",
      ({ request }) => {
        const origin = publicOrigin ?? new URL(request.url).origin;
        return htmlReply(
          <DocsPage asset={asset} docs={docsProps(document(), { origin, hasLogins: hasLogins() })} />,
        );
      },
      hidden,
    );
}
