/** The specifications that calculations use, by kind; each leads to its form. */
import { tr } from "../../src/texts/reader-language.ts";
import type { InstrumentProps } from "../finance-props.ts";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";
import { grouped } from "../shown-figure.ts";

interface Props extends DeskFrameProps {
  readonly instruments: readonly InstrumentProps[];
  readonly query: string;
  readonly done?: string | undefined;
  readonly isReadOnly: boolean;
}

export const InstrumentsPage = ({ instruments, query, done, isReadOnly, ...frame }: Props) => (
  <DeskFrame
    {...frame}
    title={tr`Instruments`}
    lead={tr`The pips, contract sizes and lots that calculations use. Brokers differ: change what yours does differently.`}
    here="/instruments"
    {...(isReadOnly ? {} : { actions: <AddInstrument /> })}
  >
    {done === undefined ? (
      ""
    ) : (
      <p class="notice" role="status" safe>
        {done}
      </p>
    )}
    <search>
      <form class="search" action="/instruments">
        <label class="visually-hidden" for="search-instruments">
          {safeTr`Search in instruments`}
        </label>
        <span class="field-row">
          <input
            id="search-instruments"
            class="input"
            type="search"
            name="q"
            value={query}
            maxlength={200}
            autocomplete="off"
            dir="auto"
          />
          <button type="submit" class="button">
            {safeTr`Search`}
          </button>
        </span>
      </form>
    </search>
    {instruments.length === 0 ? (
      <p dir="auto" safe>
        {query === "" ? tr`There are none yet.` : tr`No instrument is found by “${query}”.`}
      </p>
    ) : (
      ""
    )}
    {kinds.map((kind) => (
      <OfKind kind={kind} instruments={instruments.filter((each) => each.kind === kind)} />
    ))}
  </DeskFrame>
);

const AddInstrument = () => (
  <a class="button" href="/instruments/add">
    <Icon name="plus" />
    <span>{safeTr`Add an instrument`}</span>
  </a>
);

type Kind = InstrumentProps["kind"];
const kinds: readonly Kind[] = ["forex", "metal", "energy", "index", "crypto", "share", "future"];
const titles = (): Readonly<Record<Kind, string>> => ({
  forex: tr`Currencies`,
  metal: tr`Metals`,
  energy: tr`Energy`,
  index: tr`Indices`,
  crypto: tr`Crypto`,
  share: tr`Shares`,
  future: tr`Futures`,
});

interface OfKindProps {
  readonly kind: Kind;
  readonly instruments: readonly InstrumentProps[];
}

const OfKind = ({ kind, instruments }: OfKindProps) =>
  instruments.length === 0 ? (
    ""
  ) : (
    <section class="topic" aria-label={titles()[kind]}>
      <h2 safe>{titles()[kind]}</h2>
      <section class="schedule-rows" tabindex="0" aria-label={tr`${titles()[kind]}: specifications`}>
        <table class="instrument-table">
          <thead>
            <tr>
              <th scope="col">{safeTr`Symbol`}</th>
              <th scope="col">{safeTr`Pip`}</th>
              <th scope="col">{safeTr`Contract`}</th>
              <th scope="col">{safeTr`Step`}</th>
              <th scope="col">{safeTr`Minimum`}</th>
              <th scope="col">{safeTr`Quoted in`}</th>
            </tr>
          </thead>
          <tbody>
            {instruments.map((instrument) => (
              <tr>
                <th scope="row">
                  <a href={`/instruments/${instrument.symbol}`} safe>
                    {instrument.symbol}
                  </a>
                  {instrument.isOwn ? <span class="origin">{safeTr`yours`}</span> : ""}
                  <small dir="auto" safe>
                    {instrument.name}
                  </small>
                </th>
                <td safe>{grouped(instrument.pip)}</td>
                <td safe>{grouped(instrument.contractSize)}</td>
                <td safe>{grouped(instrument.lotStep)}</td>
                <td safe>{grouped(instrument.minLot)}</td>
                <td safe>{instrument.quote}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
