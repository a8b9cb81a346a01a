/** The specifications that calculations use, by kind; each leads to its form. */
import type { InstrumentProps } from "../finance-props.ts";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { Icon } from "../icons.tsx";
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
    title="Instruments"
    lead="The pips, contract sizes and lots that calculations use. Brokers differ: change what yours does differently."
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
          Search in instruments
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
            Search
          </button>
        </span>
      </form>
    </search>
    {instruments.length === 0 ? (
      <p dir="auto" safe>
        {query === "" ? "There are none yet." : `No instrument is found by “${query}”.`}
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
    <span>Add an instrument</span>
  </a>
);

type Kind = InstrumentProps["kind"];
const kinds: readonly Kind[] = ["forex", "metal", "energy", "index", "crypto", "share", "future"];
const titles: Readonly<Record<Kind, string>> = {
  forex: "Currencies",
  metal: "Metals",
  energy: "Energy",
  index: "Indices",
  crypto: "Crypto",
  share: "Shares",
  future: "Futures",
};

interface OfKindProps {
  readonly kind: Kind;
  readonly instruments: readonly InstrumentProps[];
}

const OfKind = ({ kind, instruments }: OfKindProps) =>
  instruments.length === 0 ? (
    ""
  ) : (
    <section class="topic" aria-label={titles[kind]}>
      <h2 safe>{titles[kind]}</h2>
      <section class="schedule-rows" tabindex="0" aria-label={`${titles[kind]}: specifications`}>
        <table class="instrument-table">
          <thead>
            <tr>
              <th scope="col">Symbol</th>
              <th scope="col">Pip</th>
              <th scope="col">Contract</th>
              <th scope="col">Step</th>
              <th scope="col">Minimum</th>
              <th scope="col">Quoted in</th>
            </tr>
          </thead>
          <tbody>
            {instruments.map((instrument) => (
              <tr>
                <th scope="row">
                  <a href={`/instruments/${instrument.symbol}`} safe>
                    {instrument.symbol}
                  </a>
                  {instrument.isOwn ? <span class="origin">yours</span> : ""}
                  <small dir="auto" safe>
                    {instrument.name}
                  </small>
                </th>
                <td safe>{instrument.pip}</td>
                <td safe>{grouped(instrument.contractSize)}</td>
                <td safe>{instrument.lotStep}</td>
                <td safe>{instrument.minLot}</td>
                <td safe>{instrument.quote}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
