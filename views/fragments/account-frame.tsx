/** What the pages about logins have in common: a heading, what was done or could not be done, and then their content. */
import type { PropsWithChildren } from "@kitajs/html";
import { Notice } from "../components/notice.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";

interface AccountFrameProps extends FrameProps {
  readonly title: string;
  readonly lead?: string;
  readonly actions?: JSX.Element;
  /** Why what was asked for was not done. */
  readonly problem?: string | undefined;
  /** What was done. */
  readonly done?: string | undefined;
  /** As narrow as a form. */
  readonly narrow?: boolean;
}

export const AccountFrame = ({
  problem,
  done,
  narrow = false,
  children,
  ...page
}: PropsWithChildren<AccountFrameProps>) => (
  <Page {...page} kind="account" here={null} class={narrow ? "account-page narrow" : "account-page"}>
    {problem === undefined ? "" : <Notice tone="problem" text={problem} />}
    {done === undefined ? "" : <Notice text={done} />}
    {children}
  </Page>
);
