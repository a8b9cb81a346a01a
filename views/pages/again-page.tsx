/** The choice of another model for a question that is asked again, as a page: for browsers without scripts. */
import { tr } from "../../src/texts/reader-language.ts";
import { AgainForm, type AgainProps } from "../fragments/again-form.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";

export const AgainPage = ({ again, ...frame }: FrameProps & { again: AgainProps }) => (
  <Page
    {...frame}
    title={tr`Ask again with other settings`}
    kind="chat"
    here="/"
    class="reading"
    skipToLabel={tr`the form`}
  >
    <AgainForm again={again} />
  </Page>
);
