/** The frame of the pages about logins: a bar that leads back, a heading, what was done or could not be done. */
import type { PropsWithChildren } from "@kitajs/html";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl } from "../props.ts";

interface AccountFrameProps {
  readonly asset: AssetUrl;
  readonly title: string;
  /** Why what was asked for was not done. */
  readonly problem?: string | undefined;
  /** What was done. */
  readonly done?: string | undefined;
  /** As narrow as a form. */
  readonly narrow?: boolean;
}

export const AccountFrame = ({
  asset,
  title,
  problem,
  done,
  narrow = false,
  children,
}: PropsWithChildren<AccountFrameProps>) => (
  <Layout title={`${title} · ${productName}`} asset={asset} skipTo={{ id: "main", label: "the content" }}>
    <TopBar />
    <main id="main" class={`account-page${narrow ? " narrow" : ""}`} tabindex="-1">
      <h1 safe>{title}</h1>
      {problem === undefined ? (
        ""
      ) : (
        <p class="form-problem" role="alert" safe>
          {problem}
        </p>
      )}
      {done === undefined ? (
        ""
      ) : (
        <p class="form-done" role="status" safe>
          {done}
        </p>
      )}
      {children}
    </main>
  </Layout>
);
