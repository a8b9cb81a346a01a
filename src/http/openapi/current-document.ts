/** The OpenAPI document of the routes as they are at the moment. */
import type { AnyElysia } from "elysia";
import { type OpenApiDocument, openApiDocument } from "./openapi-document.ts";

export interface CurrentDocumentDeps {
  readonly version: string;
  /** The name of the cookie that holds a session. */
  readonly cookie: string;
  readonly hasLogins: () => boolean;
}

/**
 * The document is made when it is first asked for, and again when logins have come or gone.
 * @param app with all of its routes, once it is asked
 */
export function currentDocument(
  app: () => AnyElysia,
  { version, cookie, hasLogins }: CurrentDocumentDeps,
): () => OpenApiDocument {
  const made = new Map<boolean, OpenApiDocument>();
  return () => {
    const facts = { version, cookie, hasLogins: hasLogins() };
    const found = made.get(facts.hasLogins) ?? openApiDocument(app(), facts);
    made.set(facts.hasLogins, found);
    return found;
  };
}
