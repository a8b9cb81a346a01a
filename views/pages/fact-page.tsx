/** A computed figure on a page of its own. */
import type { FactProps } from "../finance-props.ts";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { FactCard } from "../fragments/fact-card.tsx";

export const FactPage = ({ asset, sidebar, ...fact }: DeskFrameProps & FactProps) => (
  <DeskFrame asset={asset} sidebar={sidebar} title={fact.fact.label} here={null}>
    <h1 class="small-title">How this figure was computed</h1>
    <FactCard {...fact} />
  </DeskFrame>
);
