/** A computed figure on a page of its own. */
import { tr } from "../../src/texts/reader-language.ts";
import type { FactProps } from "../finance-props.ts";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { FactCard } from "../fragments/fact-card.tsx";

export const FactPage = ({ asset, sidebar, look, ...fact }: DeskFrameProps & FactProps) => (
  <DeskFrame
    asset={asset}
    sidebar={sidebar}
    look={look}
    title={fact.fact.label}
    heading={tr`How this figure was computed`}
    here={null}
  >
    <FactCard {...fact} />
  </DeskFrame>
);
