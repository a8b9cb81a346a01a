/** The frame of the desk's pages, and where they stand among each other. */

import type { PropsWithChildren } from "@kitajs/html";
import { tr } from "../../src/texts/reader-language.ts";
import { Tabs } from "../components/tabs.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";

/** What every page of the desk is given. */
export type DeskFrameProps = FrameProps;

interface Props extends DeskFrameProps {
  readonly title: string;
  /** Of the page, where it is not as the tab's title. */
  readonly heading?: string;
  readonly lead?: string | undefined;
  readonly actions?: JSX.Element;
  readonly here: "/desk" | "/calculators" | "/instruments" | null;
}

const pages = () => [
  { to: "/desk", label: tr`Desk` },
  { to: "/calculators", label: tr`Calculators` },
  { to: "/instruments", label: tr`Instruments` },
];

export const DeskFrame = ({ here, children, ...page }: PropsWithChildren<Props>) => (
  <Page {...page} kind="desk" here="/desk" id="desk" class="desk">
    <Tabs label={tr`Desk`} tabs={pages()} here={here} />
    {children}
  </Page>
);
