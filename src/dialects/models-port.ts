/** The models that can be asked, as every dialect lists them. */
import type { TSchema } from "@sinclair/typebox";

/** chat: it answers questions; embeddings: it makes vectors of texts, and answers nothing. */
type ModelPurpose = "chat" | "embeddings";

export interface ListedModel {
  readonly id: string;
  readonly purpose: ModelPurpose;
  /** Tokens of prompt and answer together; null: not known yet. */
  readonly contextLength: number | null;
  /** unloaded: a request that names it has it loaded. Left out: it runs. */
  readonly load?: "loaded" | "loading" | "unloaded";
}

export interface ModelsPort {
  /** The models that can be asked, those that run first, and the one that embeds. */
  listed(): readonly ListedModel[];
  /** @returns the id that a name stands for @throws UnknownModelError or ModelNotRunningError */
  resolve(name: string): string;
  /** Whether a name means its own model and no other, which is loaded for it. @throws what `resolve` throws */
  readonly namesModel?: (name: string) => boolean;
  /** Since when they are there: the server's start, in milliseconds since 1970. */
  readonly since: number;
}

/** The ids of those that answer questions. */
export const chatModels = (models: ModelsPort): readonly string[] =>
  models.listed().flatMap(({ id, purpose }) => (purpose === "chat" ? [id] : []));

/** Another program's form of the list at the same address. */
export interface ModelsForm {
  readonly isFor: (request: Request) => boolean;
  readonly schemas: { readonly one: TSchema; readonly list: TSchema };
  /** @param since since when they are there, in milliseconds since 1970 */
  readonly one: (model: ListedModel, since: number) => object;
  readonly list: (models: readonly ListedModel[], since: number) => object;
}
