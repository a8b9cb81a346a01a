/** A table of an answer as a chart, as a page: to be linked to. */
import type { Generation } from "../../src/store/schema.ts";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";

interface Props extends FrameProps {
  readonly generation: Pick<Generation, "id" | "conversationId" | "messageId">;
  readonly safeChart: JSX.Element;
}

export const ChartPage = ({ generation: { id, conversationId, messageId }, safeChart, ...frame }: Props) => (
  <Page
    {...frame}
    title="Chart"
    kind="chat"
    here="/"
    id="chart"
    class="reading"
    skipToLabel="the chart"
    actions={
      <a class="button" href={`/c/${conversationId}?at=${messageId}#answer-${id}`}>
        Back to the answer
      </a>
    }
  >
    {safeChart}
  </Page>
);
