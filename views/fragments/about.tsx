/** What the program is, and where it has connected to since it was started. */
import { Card } from "../components/card.tsx";
import { Table } from "../components/table.tsx";
import type { AboutProps, ShownDates } from "../props.ts";

export const About = ({ about, dates }: { about: AboutProps; dates: ShownDates }) => (
  <>
    <Card id="program" title="Local Financial Assistant">
      <dl class="about-facts">
        <dt>Version</dt>
        <dd safe>{about.version}</dd>
        <dt>Licence</dt>
        <dd>MIT</dd>
        <dt>Started</dt>
        <dd safe>{dates.momentOf(about.startedAt)}</dd>
      </dl>
    </Card>
    {about.connections === null ? (
      ""
    ) : (
      <Card id="connections" title="Connections">
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
          ? "Since its start the server has connected to no other machine."
          : "Since its start the server has connected to other machines, as configured."}
      </p>
      {connections.length === 0 ? (
        ""
      ) : (
        <Table
          label="Connections since the start"
          columns={[{ label: "Where" }, { label: "Requests", isNumber: true }, { label: "Last" }]}
          rows={connections.map(({ origin, requests, lastAt }) => [
            isHere(origin) ? `${origin} (this machine)` : origin,
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
