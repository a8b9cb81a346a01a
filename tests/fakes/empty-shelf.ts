/** No model is here, and none can be had: for apps that are about other things. */
import { NotFoundError, UnknownModelError } from "../../src/errors.ts";
import type { ModelShelf } from "../../src/status/model-shelf.ts";

const unknown = (id: string) => Promise.reject(new UnknownModelError(id, []));

export const emptyShelf: ModelShelf = {
  report: () => ({
    ...{ here: [], elsewhere: [], obtainable: [], offer: null, recommended: [], pulls: [] },
    ...{ memoryBytes: 8e9, usedBytes: 0, freeBytes: 50e9 },
  }),
  preview: unknown,
  pull: unknown,
  pause: unknown,
  resume: unknown,
  cancel: unknown,
  remove(id) {
    throw new NotFoundError(`The model ${id} is not here.`);
  },
};
