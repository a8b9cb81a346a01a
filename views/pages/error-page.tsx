/** A page for what went wrong: what it was, and where to go from here. */
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface ErrorPageProps extends FrameProps {
  readonly status: number;
  readonly title: string;
  readonly message: string;
}

export const ErrorPage = ({ status, title, message, ...frame }: ErrorPageProps) => (
  <Page {...frame} title={title} kind="plain" here={null} class="error-page" lead={message}>
    <p class="error-actions">
      <a class="button primary" href="/">
        {safeTr`Start a new chat`}
      </a>
      <span class="note">{safeTr`Error ${status}`}</span>
    </p>
  </Page>
);
