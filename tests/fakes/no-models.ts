/** No model is there to choose: for pages that show other things. */
import { UnknownModelError } from "../../src/errors.ts";
import type { ModelChoicePort } from "../../src/pages/page-ports.ts";

async function choose(name: string): Promise<never> {
  throw new UnknownModelError(name, []);
}

export const noModels: ModelChoicePort = { cards: () => [], choose, forAnswer: choose };
