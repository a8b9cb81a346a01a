/** Shown by the service worker when the assistant cannot be reached: it is of nobody, and has nothing private. */
import { tr } from "../../src/texts/reader-language.ts";
import { Outbox } from "../fragments/outbox.tsx";
import { Page } from "../frame.tsx";
import type { AssetUrl } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";

interface Props {
  readonly asset: AssetUrl;
  /** In characters. */
  readonly limit: number;
}

export const OfflinePage = ({ asset, limit }: Props) => (
  <Page
    asset={asset}
    sidebar={null}
    title={tr`The assistant cannot be reached`}
    kind="plain"
    here={null}
    lead={tr`This page goes on by itself as soon as it answers again.`}
  >
    <p class="note">
      {safeTr`Has it been stopped? On its machine ${element(<code>./run.sh start</code>)} starts it.`}
    </p>
    <Outbox />
    <form class="offline-form" data-offline="" hidden>
      <label for="question">{safeTr`A question for later`}</label>
      <textarea
        id="question"
        class="input"
        rows="3"
        maxlength={limit}
        dir="auto"
        autocomplete="off"
      ></textarea>
      <div id="composer-note" class="field-problem" role="alert"></div>
      <p class="form-actions">
        <button type="submit" class="button primary">
          {safeTr`Send when it is back`}
        </button>
      </p>
    </form>
  </Page>
);
