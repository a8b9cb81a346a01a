/** What runs. It follows by itself; without scripts it is reloaded by hand. */
import { tr } from "../../src/texts/reader-language.ts";
import { FollowedPageNotes } from "../fragments/followed-page.tsx";
import { StatusPanel, statusPanelId } from "../fragments/status-panel.tsx";
import { Page } from "../frame.tsx";
import { Icon } from "../icons.tsx";
import type { FrameProps, StatusProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface StatusPageProps extends FrameProps {
  readonly status: StatusProps;
  /** Why what was asked for could not be done. */
  readonly problem?: string;
}

export const StatusPage = ({ status, problem, ...frame }: StatusPageProps) => (
  <Page
    {...frame}
    title={tr`Status`}
    kind="status"
    here="/status"
    class="status-page"
    skipToLabel={tr`the status`}
    actions={
      <a class="button" href="/docs">
        <Icon name="code" />
        <span>{safeTr`API`}</span>
      </a>
    }
  >
    <FollowedPageNotes address="/status" problem={problem ?? null} />
    <div id={statusPanelId} hx-sse:connect="/status/live" hx-swap="innerMorph">
      <StatusPanel status={status} />
    </div>
  </Page>
);
