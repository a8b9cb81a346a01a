/**
 * Says on every page of the chat when nothing can be saved, or soon nothing will be. Its frame stays; what is in it is
 * swapped by morphing, so that a sentence which has not changed is not read out again each time it is asked for.
 */
import { toldAnew } from "../../src/texts/reader-language.ts";
import type { StorageProps } from "../props.ts";

const ask = { "hx-get": "/storage-banner", "hx-target": "#storage", "hx-swap": "innerMorph" } as const;

export const StorageBanner = ({ storage }: { storage: StorageProps }) => (
  <div id="storage" {...ask} hx-trigger="storage from:#live">
    <StorageProblem storage={storage} />
  </div>
);

/** Nothing when nothing is wrong. While something is, it asks by itself whether that is over. */
export const StorageProblem = ({ storage: { problem, isUrgent } }: { storage: StorageProps }) =>
  problem === null ? (
    ""
  ) : (
    <p
      class={isUrgent ? "banner problem" : "banner warning"}
      role={isUrgent ? "alert" : "status"}
      {...ask}
      hx-trigger="every 2s"
    >
      <span safe>{toldAnew(problem)}</span>
    </p>
  );
