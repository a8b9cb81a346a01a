/** All that changes on the Models page; a frame of its stream is this, whole. Its forms work without scripts. */
import type { ShelfReport } from "../../src/status/model-shelf.ts";
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { inLanguage } from "../../src/texts/say.ts";
import { Badge } from "../components/badge.tsx";
import { Empty } from "../components/empty.tsx";
import { Meter } from "../components/meter.tsx";
import { Progress } from "../components/progress.tsx";
import { safeTr } from "../safe-tr.ts";
import { downloadTime, factsOf, fitWords, progressWords } from "./model-words.ts";
import { Named } from "./named.tsx";
import { shownBytes } from "./status-amounts.ts";

export const shelfId = "model-shelf";

/** A form of one button. @param fields what it sends */
export const ModelForm = ({
  to,
  id,
  label,
  name,
  kind,
  fields = {},
}: {
  readonly to: string;
  /** Of the button: it keeps the focus when its surroundings are swapped. */
  readonly id: string;
  readonly label: string;
  /** Of the model. */
  readonly name: string;
  readonly kind?: "primary" | "danger" | "quiet";
  readonly fields?: Readonly<Record<string, string>>;
}) => (
  <form method="post" action={to} hx-post={to} hx-swap="none" hx-sync="this:drop">
    {Object.entries(fields).map(([field, value]) => (
      <input type="hidden" name={field} value={value} />
    ))}
    <button id={id} type="submit" class={["button small", kind]}>
      <span safe>{label}</span>
      <Named of={name} />
    </button>
  </form>
);

export const ModelShelfPanel = ({ shelf }: { shelf: ShelfReport }) => (
  <>
    <Offer shelf={shelf} />
    <Pulls pulls={shelf.pulls} />
    <Here shelf={shelf} />
    <Obtainable shelf={shelf} />
  </>
);

/** For newcomers: a better model than the tiny one. */
const Offer = ({ shelf }: { shelf: ShelfReport }) => {
  const model = shelf.obtainable.find(({ id }) => id === shelf.offer);
  if (model === undefined || shelf.pulls.some(({ id }) => id === model.id)) return "";
  return (
    <section class="card" aria-labelledby="model-offer">
      <h2 id="model-offer" safe>{tr`Get a better model: ${model.name}`}</h2>
      <p safe>
        {tr`It is the best of the catalogue that fits this machine: ${shownBytes(model.sizeBytes)}, ${downloadTime(model.sizeBytes)}, licence ${model.licence ?? "–"}. You can go on working while it is fetched.`}
      </p>
      <ModelForm
        {...{ to: "/models/pull", id: "get-offer", name: model.name, kind: "primary" }}
        label={tr`Get and use it`}
        fields={{ name: model.id, use: "yes" }}
      />
    </section>
  );
};

type Pull = ShelfReport["pulls"][number];

const Pulls = ({ pulls }: { pulls: readonly Pull[] }) =>
  pulls.length === 0 ? (
    ""
  ) : (
    <section class="model-list" aria-labelledby="model-pulls">
      <h2 id="model-pulls">{safeTr`Downloads`}</h2>
      <ul class="rows">
        {pulls.map((pull) => (
          <PullRow pull={pull} />
        ))}
      </ul>
    </section>
  );

const PullRow = ({ pull }: { pull: Pull }) => {
  const { id, name, state, doneBytes, totalBytes, problem } = pull;
  const url = `/models/pulls/${encodeURIComponent(id)}`;
  const isGoing = state === "downloading" || state === "verifying";
  const form = (action: string, label: string) => (
    <ModelForm to={`${url}/${action}`} id={`${action}-${id}`} label={label} name={name} kind="quiet" />
  );
  return (
    <li id={`pull-${id}`}>
      <div class="model-facts">
        <strong dir="auto" safe>
          {name}
        </strong>
        {state === "done" ? (
          ""
        ) : (
          <Progress label={tr`Download of ${name}`} value={shareOf(doneBytes, totalBytes)} />
        )}
        <small safe>{progressWords(pull)}</small>
        {problem === null ? (
          ""
        ) : (
          <p class="model-problem" role="alert" safe>
            {inLanguage(problem, languageOfReader())}
          </p>
        )}
      </div>
      <div class="page-actions">
        {isGoing ? form("pause", tr`Pause`) : ""}
        {state === "paused" ? form("resume", tr`Resume`) : ""}
        {state === "failed" ? form("resume", tr`Try again`) : ""}
        {state === "done" ? form("cancel", tr`Hide`) : form("cancel", tr`Cancel`)}
      </div>
    </li>
  );
};

const shareOf = (done: number, total: number | null) =>
  total === null || total === 0 ? null : Math.min(1, Math.round((done / total) * 1000) / 1000);

type Model = ShelfReport["here"][number];

const Here = ({ shelf }: { shelf: ShelfReport }) => (
  <section class="model-list" aria-labelledby="models-here">
    <h2 id="models-here">{safeTr`On this machine`}</h2>
    {shelf.here.length === 0 ? <Empty icon="computer" title={tr`No model is here yet.`} /> : ""}
    <ul class="rows">
      {shelf.here.map((model) => (
        <HereRow model={model} memoryBytes={shelf.memoryBytes} />
      ))}
      {shelf.elsewhere.map(({ id, state }) => (
        <li id={`elsewhere-${id}`}>
          <strong class="model-facts" dir="auto" safe>
            {id}
          </strong>
          <State state={state} />
        </li>
      ))}
    </ul>
    <DiskUsed shelf={shelf} />
  </section>
);

const DiskUsed = ({ shelf: { usedBytes, freeBytes } }: { shelf: ShelfReport }) =>
  freeBytes === null ? (
    ""
  ) : (
    <Meter
      label={tr`Models on the disk`}
      words={tr`${shownBytes(usedBytes)}, ${shownBytes(freeBytes)} are free`}
      share={usedBytes / (usedBytes + freeBytes)}
    />
  );

const HereRow = ({ model, memoryBytes }: { model: Model; memoryBytes: number }) => {
  const { id, name, state, fit, canLoad } = model;
  return (
    <li id={`model-${id}`}>
      <div class="model-facts">
        <strong dir="auto" safe>
          {name}
        </strong>
        <small safe>{factsOf(model)}</small>
        <small class={fit} safe>
          {fitWords(model, memoryBytes)}
        </small>
      </div>
      <div class="page-actions">
        <State state={state} />
        {canLoad && fit !== "too-big" ? (
          <ModelForm
            {...{ to: `/models/${encodeURIComponent(id)}/use`, id: `use-${id}`, name }}
            label={tr`a model¦Use`}
          />
        ) : (
          ""
        )}
      </div>
      <Details model={model} />
    </li>
  );
};

const State = ({ state }: { state: Model["state"] }) => {
  switch (state) {
    case "answers":
      return <Badge label={tr`In use`} tone="good" icon="good" />;
    case "loading":
      return <Badge label={tr`Loading`} tone="info" />;
    case "ready":
      return <Badge label={tr`Ready`} />;
    case "stored":
      return "";
    default:
      return state satisfies never;
  }
};

const Details = ({ model }: { model: Model }) => {
  const { id, name, parameters, architecture, repository, template, canRemove, state, sizeBytes } = model;
  const facts: readonly (readonly [string, string | null])[] = [
    [tr`Name for requests`, id],
    [tr`Parameters`, parameters],
    [tr`Architecture`, architecture],
    [tr`From`, repository],
  ];
  return (
    <details class="disclosure model-details">
      <summary>
        {safeTr`Details`}
        <Named of={name} />
      </summary>
      <dl>
        {facts.map(([label, value]) =>
          value === null ? (
            ""
          ) : (
            <>
              <dt safe>{label}</dt>
              <dd dir="auto" safe>
                {value}
              </dd>
            </>
          ),
        )}
      </dl>
      {template === null ? (
        <p class="note">{safeTr`The file has no template for chats: a usual one is taken.`}</p>
      ) : (
        <>
          <h3>{safeTr`Template of its chats`}</h3>
          <section tabindex="0" aria-label={tr`Template of the chats of ${name}`}>
            <pre dir="ltr" safe>
              {template}
            </pre>
          </section>
        </>
      )}
      {canRemove && state === "stored" ? (
        <details class="disclosure">
          <summary>
            {safeTr`Remove…`}
            <Named of={name} />
          </summary>
          <p safe>{tr`${shownBytes(sizeBytes)} are deleted from the disk. Conversations stay.`}</p>
          <ModelForm
            {...{ to: `/models/${encodeURIComponent(id)}/remove`, id: `remove-${id}`, name, kind: "danger" }}
            label={tr`Remove it`}
          />
        </details>
      ) : (
        ""
      )}
    </details>
  );
};

const Obtainable = ({ shelf }: { shelf: ShelfReport }) => {
  const models = shelf.obtainable.filter(({ id }) => !shelf.pulls.some((pull) => pull.id === id));
  return models.length === 0 ? (
    ""
  ) : (
    <section class="model-list" aria-labelledby="models-obtainable">
      <h2 id="models-obtainable">{safeTr`From the catalogue`}</h2>
      <ul class="rows">
        {models.map((model) => (
          <li id={`get-row-${model.id}`}>
            <div class="model-facts">
              <strong dir="auto" safe>
                {model.name}
              </strong>
              <small safe>{factsOf(model)}</small>
              <small class={model.fit} safe>
                {fitWords(model, shelf.memoryBytes)}
              </small>
            </div>
            <div class="page-actions">
              {model.fit === "too-big" ? (
                ""
              ) : (
                <ModelForm
                  {...{ to: "/models/pull", id: `get-${model.id}`, name: model.name }}
                  label={tr`a model¦Get`}
                  fields={{ name: model.id }}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
