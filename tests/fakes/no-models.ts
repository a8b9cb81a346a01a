/** No model is there to choose: for pages that show other things. */
import { UnknownModelError } from "../../src/errors.ts";
import type { ModelChoicePort } from "../../src/pages/page-ports.ts";

export const noModels: ModelChoicePort = {
  cards: () => [],
  choose: async (name) => {
    throw new UnknownModelError(name, []);
  },
};
