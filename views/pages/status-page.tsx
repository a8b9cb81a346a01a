/** What runs. It follows by itself; without scripts it is reloaded by hand. */
import { ComposerNote } from "../fragments/composer.tsx";
import { StatusPanel, statusPanelId } from "../fragments/status-panel.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, StatusProps } from "../props.ts";

interface StatusPageProps {
  readonly asset: AssetUrl;
  readonly status: StatusProps;
  /** Why what was asked for could not be done. */
  readonly problem?: string;
}

export const StatusPage = ({ asset, status, problem }: StatusPageProps) => (
  <Layout title={`Status · ${productName}`} asset={asset} skipTo={{ id: statusPanelId, label: "the status" }}>
    <TopBar />
    <main class="status-page">
      <header class="status-head">
        <h1>Status</h1>
        <div class="status-links">
          <a class="button" href="/docs">
            API
          </a>
          <a class="button" href="/">
            Back to chat
          </a>
        </div>
      </header>
      {/* The name is the one under which public/js/lost-request.js says that a form got no reply. */}
      <div id="composer-note" role="alert">
        <ComposerNote problem={problem ?? null} />
      </div>
      <noscript>
        <p class="note">
          This page does not update by itself. <a href="/status">Reload</a>
        </p>
      </noscript>
      <div id={statusPanelId} tabindex="-1" hx-sse:connect="/status/live" hx-swap="innerMorph">
        <StatusPanel status={status} />
      </div>
    </main>
  </Layout>
);
