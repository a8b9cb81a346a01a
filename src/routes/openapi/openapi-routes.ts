/** `/openapi.json`: the description of every route that programs use, as this server is at the moment. */
import { type AnyElysia, Elysia } from "elysia";
import { type DocumentFacts, type OpenApiDocument, openApiDocument } from "./openapi-document.ts";

export interface OpenApiDeps {
  /** The app with all of its routes. */
  readonly app: () => AnyElysia;
  readonly version: string;
  readonly cookie: string;
  readonly hasLogins: () => boolean;
}

/** Made when it is first asked for, and again when logins have come or gone. */
export function createDocument({ app, hasLogins, ...rest }: OpenApiDeps): () => OpenApiDocument {
  const made = new Map<DocumentFacts["hasLogins"], OpenApiDocument>();
  return () => {
    const facts = { ...rest, hasLogins: hasLogins() };
    const document = made.get(facts.hasLogins) ?? openApiDocument(app(), facts);
    made.set(facts.hasLogins, document);
    return document;
  };
}

export const createOpenApiRoutes = (document: () => OpenApiDocument) =>
  new Elysia({ name: "openapi" }).get("/openapi.json", () => document(), { detail: { hide: true } });
