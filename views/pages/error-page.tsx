/** A page for what went wrong: what it was, and where to go from here. */
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl } from "../props.ts";

interface ErrorPageProps {
  readonly asset: AssetUrl;
  readonly status: number;
  readonly title: string;
  readonly message: string;
}

export const ErrorPage = ({ asset, status, title, message }: ErrorPageProps) => (
  <Layout title={`${title} · ${productName}`} asset={asset} skipTo={{ id: "main", label: "the content" }}>
    <TopBar />
    <main id="main" class="error-page" tabindex="-1">
      <p class="status-code">{status}</p>
      <h1 safe>{title}</h1>
      <p class="lead" safe>
        {message}
      </p>
      <a class="button primary" href="/">
        Start a new chat
      </a>
    </main>
  </Layout>
);
