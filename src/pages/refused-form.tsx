/** The reply to a form of a page that follows by itself, when what it asks for cannot be done. */
import { ComposerNote } from "../../views/fragments/composer.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { describeError, htmlReply, isHtmx } from "../http/html-reply.tsx";

interface RefusedForm {
  readonly request: Request;
  readonly error: unknown;
  /** Logs an error that no one expected. */
  readonly reportDefect: (error: unknown) => void;
  /** Without scripts: the whole page with the problem. */
  readonly page: (problem: string) => JSX.Element;
}

export function refusedForm({ request, error, reportDefect, page }: RefusedForm): Response {
  const { status, message, headers } = describeError(error);
  if (status === 500) reportDefect(error);
  const reply = isHtmx(request) ? (
    <Partial target="#composer-note" swap="innerHTML">
      <ComposerNote problem={message} />
    </Partial>
  ) : (
    page(message)
  );
  return htmlReply(reply, status, headers);
}
