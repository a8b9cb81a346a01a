/** `/openapi.json`: the description of every route that programs use. */
import { Elysia } from "elysia";
import type { OpenApiDocument } from "../http/openapi/openapi-document.ts";

export const createOpenApiRoutes = (document: () => OpenApiDocument) =>
  new Elysia({ name: "openapi" }).get("/openapi.json", () => document(), { detail: { hide: true } });
