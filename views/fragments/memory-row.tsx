/** A memory in the list of its page: what it says, where it is from, what it replaces and contradicts, and what can be done. */
import { tr } from "../../src/texts/reader-language.ts";
import type { MemoryRowProps } from "../memory-props.ts";
import type { ShownDates } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";
import { MemoryFields } from "./memory-fields.tsx";
import { Named } from "./named.tsx";

interface Props {
  readonly memory: MemoryRowProps;
  readonly dates: ShownDates;
  readonly isReadOnly: boolean;
}

const sourceOf = ({ source, kind }: MemoryRowProps) =>
  kind === "exchange"
    ? tr`From a conversation`
    : source === "said"
      ? tr`Said in a chat`
      : source === "picked"
        ? tr`Picked from a message`
        : source === "imported"
          ? tr`Imported`
          : tr`Fact`;

export const MemoryRow = ({ memory, dates, isReadOnly }: Props) => (
  <li id={`m-${memory.id}`}>
    <h2 dir="auto" safe>
      {memory.key}
    </h2>
    {memory.value === memory.key ? (
      ""
    ) : (
      <p class="memory-text" dir="auto" safe>
        {memory.value}
      </p>
    )}
    <p class="note">
      {memory.conversationId === null ? (
        <span safe>{sourceOf(memory)}</span>
      ) : (
        <a href={`/c/${memory.conversationId}`} safe>
          {sourceOf(memory)}
        </a>
      )}
      {" · "}
      <span dir="auto" safe>
        {memory.category}
      </span>
      {" · "}
      <span safe>{dates.dateOf(memory.createdAt)}</span>
      {memory.project === null ? "" : " · "}
      {memory.project === null ? (
        ""
      ) : (
        <a href={`/projects/${memory.project.id}`} title={tr`Project`} dir="auto" safe>
          {memory.project.name}
        </a>
      )}
      {memory.place === null ? "" : " · "}
      {memory.place === null ? (
        ""
      ) : (
        <span dir="auto" safe>
          {memory.place}
        </span>
      )}
      {memory.validFrom === null ? "" : " · "}
      {memory.validFrom === null ? "" : <span safe>{tr`from ${dates.dateOf(memory.validFrom)}`}</span>}
      {memory.validTo === null ? "" : " · "}
      {memory.validTo === null ? "" : <span safe>{tr`until ${dates.dateOf(memory.validTo)}`}</span>}
      {isReadOnly ? "" : " · "}
      {isReadOnly ? (
        ""
      ) : (
        <label>
          <input type="checkbox" name="id[]" value={memory.id} form="bulk" /> {safeTr`Select`}
          <Named of={memory.key} />
        </label>
      )}
    </p>
    {memory.successor === null ? "" : <Replaced by={memory.successor} />}
    {memory.contradicting.map((other) => (
      <Contradiction memory={memory} other={other} isReadOnly={isReadOnly} />
    ))}
    <Earlier memory={memory} dates={dates} />
    {isReadOnly ? "" : <Tools memory={memory} />}
  </li>
);

const Shown = ({ of: { id, value } }: { of: { readonly id: string; readonly value: string } }) => (
  <a href={`/memory?id=${id}`} dir="auto" safe>
    {value.length > 200 ? `${value.slice(0, 200)}…` : value}
  </a>
);

const Replaced = ({ by }: { by: NonNullable<MemoryRowProps["successor"]> }) => (
  <p class="note">{safeTr`No longer used. It was replaced by: ${element(<Shown of={by} />)}`}</p>
);

interface ContradictionProps {
  readonly memory: MemoryRowProps;
  readonly other: MemoryRowProps["contradicting"][number];
  readonly isReadOnly: boolean;
}

const Contradiction = ({ memory: { id }, other, isReadOnly }: ContradictionProps) => (
  <div class="notice warning">
    <span>{safeTr`This may contradict: ${element(<Shown of={other} />)}`}</span>
    {isReadOnly ? (
      ""
    ) : (
      <form method="post" action={`/memory/${id}`}>
        <input type="hidden" name="other" value={other.id} />
        <button type="submit" class="button small" name="do" value="prefer">
          {safeTr`This one holds`}
        </button>{" "}
        <button type="submit" class="button small" name="do" value="settle">
          {safeTr`Both are right`}
        </button>
      </form>
    )}
  </div>
);

const Earlier = ({ memory: { earlier }, dates }: Pick<Props, "memory" | "dates">) =>
  earlier.length === 0 ? (
    ""
  ) : (
    <details class="disclosure">
      <summary>{safeTr`Earlier values`}</summary>
      <ul>
        {earlier.map((one) => (
          <li>
            <Shown of={one} />{" "}
            <span class="note" safe>
              {dates.dateOf(one.createdAt)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );

const Tools = ({ memory: { id, key, value, category, kind, successor } }: { memory: MemoryRowProps }) => (
  <div class="memory-tools">
    <details class="disclosure">
      <summary>
        {safeTr`Edit`}
        <Named of={key} />
      </summary>
      <form method="post" action={`/memory/${id}`}>
        <MemoryFields subject={key} text={value} rows={4} />
        <label>
          {safeTr`Category`}
          <input class="input" name="category" value={category} maxlength={100} required dir="auto" />
        </label>
        <button type="submit" class="button" name="do" value="save">
          {safeTr`Save`}
        </button>{" "}
        {kind === "fact" && successor === null ? (
          <button type="submit" class="button" name="do" value="supersede">
            {safeTr`Save as the new value, keep the old one`}
          </button>
        ) : (
          ""
        )}
      </form>
    </details>
    <form method="post" action={`/memory/${id}`}>
      <button type="submit" class="button quiet" name="do" value="forget">
        {safeTr`Forget`}
        <Named of={key} />
      </button>
    </form>
  </div>
);
