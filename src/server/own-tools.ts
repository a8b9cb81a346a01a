/** Gives each owner's chat the tools that a model may call, unless the owner wants none. */
import type { OwnToolsFor } from "../generations/own-tools.ts";
import type { Catalog } from "../models/catalog.ts";
import { modelSizesBy } from "../models/model-size.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Store } from "../store/database.ts";
import { languageOf } from "../texts/say.ts";
import { datasetsOf } from "../workspace/datasets.ts";
import { financeOf } from "../workspace/finance.ts";
import { modelToolsOf } from "../workspace/model-tools.ts";
import { seriesFiguresOf } from "../workspace/series-figures.ts";

interface OwnToolsDeps {
  readonly store: Store;
  readonly preferences: Preferences;
  readonly catalog: Catalog;
}

export function ownTools({ store, preferences, catalog }: OwnToolsDeps): OwnToolsFor {
  const sizeOf = modelSizesBy(catalog);
  return (question, ownerId) => {
    const { tools, language } = preferences.of(ownerId);
    if (!tools) return null;
    const datasets = datasetsOf({ store }, ownerId);
    return modelToolsOf(
      {
        finance: financeOf(store, ownerId),
        figures: seriesFiguresOf({ store, datasets, ownerId }),
        ...{ datasets, language: languageOf(language), sizeOf },
      },
      question,
    );
  };
}
