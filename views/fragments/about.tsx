/** What the program is, and where it has connected to since it was started. */
import { tr } from "../../src/texts/reader-language.ts";
import { Card } from "../components/card.tsx";
import { Table } from "../components/table.tsx";
import type { AboutProps, ShownDates } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

export const About = ({ about, dates }: { about: AboutProps; dates: ShownDates }) => (
  <>
    <Card id="program" title="Local Financial Assistant">
      <dl class="about-facts">
        <dt>{safeTr`Version`}</dt>
        <dd safe>{about.version}</dd>
        <dt>{safeTr`Licence`}</dt>
        <dd>MIT</dd>
        <dt>{safeTr`Started`}</dt>
        <dd safe>{dates.momentOf(about.startedAt)}</dd>
      </dl>
    </Card>
    {about.connections === null ? (
      ""
    ) : (
      <Card id="connections" title={tr`Connections`}>
        <Locality connections={about.connections} dates={dates} />
      </Card>
    )}
  </>
);

interface LocalityProps {
  readonly connections: NonNullable<AboutProps["connections"]>;
  readonly dates: ShownDates;
}

const Locality = ({ connections, dates }: LocalityProps) => {
  const elsewhere = connections.filter(({ origin }) => !isHere(origin)).length;
  return (
    <>
      <p class="note">
        {elsewhere === 0
          ? safeTr`Since its start the server has connected to no other machine.`
          : safeTr`Since its start the server has connected to other machines, as configured.`}
      </p>
      {connections.length === 0 ? (
        ""
      ) : (
        <Table
          label={tr`Connections since the start`}
          columns={[{ label: tr`Where` }, { label: tr`Requests`, isNumber: true }, { label: tr`Last` }]}
          rows={connections.map(({ origin, requests, lastAt }) => [
            isHere(origin) ? tr`${origin} (this machine)` : origin,
            String(requests),
            dates.momentOf(lastAt),
          ])}
        />
      )}
    </>
  );
};

const isHere = (origin: string) =>
  /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(origin);
