/** Reranks texts for a query with the ranking model, within the user's limits. */
import type { UsageLimits } from "../accounts/usage-limits.ts";
import type { RankedText, Ranker, RankerLookup } from "../chat/engine.ts";
import { ModelPurposeError, UnknownModelError, UnsupportedRequestError } from "../errors.ts";
import { BadFieldError } from "../http/openai-error.ts";
import type { OwnerId } from "../store/schema.ts";
import { chatModels, type ModelsPort } from "./models-port.ts";
import { sideWork } from "./side-work.ts";

export type { RankerLookup } from "../chat/engine.ts";

export interface RankTextsDeps {
  readonly ranker: RankerLookup;
  readonly models: ModelsPort;
  readonly limits: UsageLimits;
  readonly ownerOf: (request: Request) => OwnerId;
}

interface WantedRanking {
  readonly query: string;
  readonly texts: readonly string[];
  readonly model?: string | null;
}

/** One text after the other, so that other questions get in between. @throws AppError */
export async function rankTexts(
  { ranker: rankerHere, models, limits, ownerOf }: RankTextsDeps,
  { query, texts: wanted, model = null }: WantedRanking,
  request: Request,
): Promise<{ readonly model: string; readonly ranked: readonly RankedText[] }> {
  const { signal } = request;
  const ranker = rankerHere();
  if (ranker === null) throw noRanker();
  refuseOtherModel(model ?? "", ranker, models);
  const ownerId = ownerOf(request);
  return await sideWork(limits, ownerId, signal, async () => {
    const asked = await ranker.countQuestion(query, signal);
    if (asked > ranker.longestQuestion)
      throw new BadFieldError(
        "query",
        `has ${asked} tokens, but the model reads ${ranker.longestQuestion} beside a document. Shorten it.`,
      );
    const ranked: RankedText[] = [];
    for (const each of wanted) {
      const [rankedText] = await ranker.rank(query, [each], signal);
      if (rankedText === undefined) throw new Error("The ranking model gave no score.");
      limits.charge(ownerId, rankedText.tokens);
      ranked.push(rankedText);
    }
    return { model: ranker.model, ranked };
  });
}

const noRanker = () =>
  new UnsupportedRequestError(
    "No model here ranks documents. Put a ranking model (a .gguf file whose name says reranker) into the folder of models, or compare vectors of /v1/embeddings.",
  );

/** Programs send the names of their makers' models ("rerank-v3.5", "jina-reranker-v2-base"): they mean the one that is here. */
function refuseOtherModel(name: string, { model }: Ranker, models: ModelsPort): void {
  if (["", "auto", model.toLowerCase()].includes(name.toLowerCase()) || /rerank/i.test(name)) return;
  if (chatModels(models).includes(name))
    throw new ModelPurposeError(`The model "${name}" answers and ranks nothing. Ask for "${model}".`);
  throw new UnknownModelError(name, [model]);
}
