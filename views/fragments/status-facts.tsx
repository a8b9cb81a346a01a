/** What is known of an engine, as names and values; what is not known is left out. */
import { tr, translated } from "../../src/texts/reader-language.ts";
import type { EngineCardProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { shownBytes, shownCount, shownLatency, shownSpeed } from "./status-amounts.ts";

type Fact = readonly [name: string, value: string];

export const EngineFacts = ({ engine }: { engine: EngineCardProps }) => {
  const details = detailFacts(engine.details);
  return (
    <>
      <Facts facts={measuredFacts(engine)} />
      {details.length === 0 ? (
        ""
      ) : (
        <details class="disclosure">
          <summary>
            {safeTr`Details`}
            <span class="visually-hidden" safe>{tr` of ${engine.name}`}</span>
          </summary>
          <Facts facts={details} />
        </details>
      )}
    </>
  );
};

/** Those that need a line of their own come last, so that the others stand in rows without gaps. */
const Facts = ({ facts }: { facts: readonly Fact[] }) => {
  const long = facts.filter(isLong);
  return (
    <dl class="facts">
      {[...facts.filter((fact) => !isLong(fact)), ...long].map((fact) => (
        <div class={isLong(fact) ? "long" : undefined}>
          <dt safe>{fact[0]}</dt>
          <dd safe>{fact[1]}</dd>
        </div>
      ))}
    </dl>
  );
};

const isLong = ([, value]: Fact) => value.length > 18;

function measuredFacts(engine: EngineCardProps): Fact[] {
  const { busySlots, slots, contextSize, tokensPerSecond, timeToFirstTokenMs, restarts } = engine;
  return [
    [tr`Slots`, tr`${busySlots} of ${slots} busy`],
    [tr`Speed`, tokensPerSecond === null ? tr`Not known yet` : shownSpeed(tokensPerSecond)],
    [
      tr`Time to first token`,
      timeToFirstTokenMs === null ? tr`Not known yet` : shownLatency(timeToFirstTokenMs),
    ],
    [tr`Restarts`, String(restarts)],
    ...(contextSize === null ? [] : [[tr`Context`, tr`${shownCount(contextSize)} tokens`] as const]),
  ];
}

/** How each known detail is shown; those that an engine adds later are shown by their own names. A note stands apart. */
export const detailNames: Readonly<
  Record<string, { readonly name: string; readonly show?: (value: number) => string }>
> = {
  threads: { name: "Threads" },
  gpu: { name: "GPU" },
  gpu_devices: { name: "Device" },
  gpu_layers: { name: "Layers on the GPU" },
  layers: { name: "Layers" },
  quantisation: { name: "Quantisation" },
  model_bytes: { name: "Model size", show: shownBytes },
  memory_bytes: { name: "Memory in use", show: shownBytes },
  process: { name: "Process", show: String },
  serves: { name: "Serves" },
  url: { name: "Address" },
  launched: { name: "Started by this app" },
};

function detailFacts(details: EngineCardProps["details"]): Fact[] {
  return Object.entries(details).flatMap(([key, value]): Fact[] => {
    if (value === null || value === "" || key === "note") return [];
    const { name: english = spelledOut(key), show } = detailNames[key] ?? {};
    const name = translated(english);
    if (typeof value === "boolean") return [[name, value ? tr`Yes` : tr`No`]];
    if (typeof value === "number") return [[name, (show ?? shownCount)(value)]];
    return [[name, value === "none" ? tr`none` : value]];
  });
}

const spelledOut = (key: string) => key.charAt(0).toUpperCase() + key.slice(1).replaceAll("_", " ");
