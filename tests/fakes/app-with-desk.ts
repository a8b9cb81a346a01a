/** The real app over a scripted engine, whose desk answers from the imported prices, in cards alone. */
import { createDesk } from "../../src/finance/desk/create-desk.ts";
import { builtInInstruments } from "../../src/finance/instruments/catalog.ts";
import type { Store } from "../../src/store/database.ts";
import { deskSeries } from "../../src/workspace/desk-series.ts";
import { type AnsweringApp, openAnsweringApp } from "./answering-app.ts";

export function openAppWithDesk(): AnsweringApp {
  let store: Store | null = null;
  const app = openAnsweringApp({
    askDesk: createDesk({
      instruments: () => builtInInstruments,
      prose: () => "none",
      isTiny: () => true,
      series: (ownerId: string | null) => {
        if (store === null) throw new Error("The store is open.");
        return deskSeries(store, ownerId, "UTC");
      },
    }),
  });
  store = app.store;
  return app;
}
