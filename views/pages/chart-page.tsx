/** A table of an answer as a chart, as a page: to be linked to. */

import type { Generation } from "../../src/store/schema.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly generation: Pick<Generation, "id" | "conversationId" | "messageId">;
  readonly safeChart: JSX.Element;
}

export const ChartPage = ({ generation: { id, conversationId, messageId }, safeChart, ...frame }: Props) => (
  <Page
    {...frame}
    title={tr`Chart`}
    kind="chat"
    here="/"
    id="chart"
    class="reading"
    skipToLabel={tr`the chart`}
    actions={
      <a class="button" href={`/c/${conversationId}?at=${messageId}#answer-${id}`}>
        {safeTr`Back to the answer`}
      </a>
    }
  >
    {safeChart}
  </Page>
);
