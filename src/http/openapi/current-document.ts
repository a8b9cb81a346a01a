/** The OpenAPI document of the present routes. */
import type { AnyElysia } from "elysia";
import { type OpenApiDocument, openApiDocument } from "./openapi-document.ts";

interface CurrentDocumentDeps {
  readonly version: string;
  /** The name of the cookie that holds a session. */
  readonly cookie: string;
  readonly hasLogins: () => boolean;
}

/**
 * The document is made on the first request, and again when logins are turned on or off.
 * @param app with all of its routes, when it is called
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
