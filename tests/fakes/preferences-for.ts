/** The personal settings of the owners of a store, as a start with these variables has them. */
import { Preferences } from "../../src/preferences/preferences.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import type { Store } from "../../src/store/database.ts";

export const preferencesFor = (store: Store, environment: Readonly<Record<string, string>> = {}) =>
  new Preferences({ store, defaults: readSettings(environment, "/nonexistent").personal });
