/** A question asked in other words, as a page: for browsers without scripts. */

import { tr } from "../../src/texts/reader-language.ts";
import type { EditProps } from "../edit-props.ts";
import { EditForm } from "../fragments/edit-form.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";

export const EditPage = ({ edit, ...frame }: FrameProps & { edit: EditProps }) => (
  <Page
    {...frame}
    title={tr`Edit question`}
    kind="chat"
    here="/"
    class="reading"
    skipToLabel={tr`the question`}
  >
    <EditForm edit={edit} />
  </Page>
);
