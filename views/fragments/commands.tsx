/**
 * What commands show: the list that completes them while one types (public/js/commands.js), and a card above the form to ask
 * with for each one that was sent. All works as plain forms too.
 */

import type { PropsWithChildren } from "@kitajs/html";
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import type { MemoryProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { ModelList, type ModelListProps } from "./model-card.tsx";
import { Named } from "./named.tsx";
import { PresetList, type PresetListProps } from "./preset-card.tsx";

interface CommandProps {
  readonly name: string;
  readonly takes: string;
  readonly meaning: string;
  readonly example?: string;
  readonly alsoFoundBy: readonly string[];
}

/** Empty until the first slash is typed. */
export const CommandList = () => (
  <>
    <div
      id="command-list"
      class="command-list"
      role="listbox"
      aria-label={tr`Commands`}
      tabindex="0"
      hidden
      hx-get="/commands"
      hx-trigger="wanted once"
      hx-swap="innerHTML"
    ></div>
    <p class="visually-hidden" role="status" data-command-news=""></p>
  </>
);

/** A calculator has an example; the others are commands of the chat. */
const groupsOf = (commands: readonly CommandProps[]) => [
  { title: tr`Commands`, commands: commands.filter(({ example }) => example === undefined) },
  { title: tr`Calculators`, commands: commands.filter(({ example }) => example !== undefined) },
];

const fillOf = ({ name, takes, example }: CommandProps) =>
  example ?? (takes === "" ? `/${name}` : `/${name} `);

export const CommandOptions = ({ commands }: { commands: readonly CommandProps[] }) => (
  <>
    {groupsOf(commands).map((group) => (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a list of options
      <div role="group" aria-label={group.title}>
        {group.commands.map((command) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names the chosen one
          <div
            id={`command-${command.name}`}
            role="option"
            aria-selected="false"
            data-name={command.name}
            data-fill={fillOf(command)}
            data-words={[translated(command.meaning).toLowerCase(), ...command.alsoFoundBy].join("\n")}
            data-alone={command.takes === "" || command.takes.startsWith("[") ? "" : undefined}
          >
            <code safe>{`/${command.name}`}</code>
            <span safe>{translated(command.meaning)}</span>
          </div>
        ))}
      </div>
    ))}
  </>
);

export type CommandReplyProps =
  | { readonly kind: "help"; readonly commands: readonly CommandProps[] }
  | { readonly kind: "remembered"; readonly memory: MemoryProps }
  | {
      readonly kind: "memories";
      readonly words: string;
      readonly memories: readonly MemoryProps[];
      readonly hasMore: boolean;
    }
  | {
      readonly kind: "models";
      /** What was done; null: nothing yet. */
      readonly done: string | null;
      readonly list: ModelListProps;
    }
  | {
      readonly kind: "presets";
      /** What was done; null: nothing yet. */
      readonly done: string | null;
      readonly list: PresetListProps;
    }
  | {
      readonly kind: "instructions";
      readonly conversationId: string;
      readonly instructions: string;
      readonly isSaved: boolean;
    }
  | { readonly kind: "export"; readonly url: string };

export const CommandReply = ({ reply }: { reply: CommandReplyProps }) => {
  switch (reply.kind) {
    case "help":
      return <Help commands={reply.commands} />;
    case "remembered":
      return (
        <Reply title={tr`Remembered.`}>
          <Memories memories={[reply.memory]} />
        </Reply>
      );
    case "memories":
      return <Matches {...reply} />;
    case "models":
      return <Models {...reply} />;
    case "presets":
      return (
        <Reply
          title={
            reply.done ??
            (reply.list.presets.length === 0 ? tr`You have no presets yet.` : tr`Presets you can use:`)
          }
        >
          <PresetList {...reply.list} />
        </Reply>
      );
    case "instructions":
      return <Instructions {...reply} />;
    case "export":
      return (
        <Reply title={tr`Your file is ready.`}>
          <p>
            <a class="button" href={reply.url} download="" data-save="">
              <Icon name="download" />
              <span>{safeTr`Save the file`}</span>
            </a>
          </p>
        </Reply>
      );
    default:
      return reply satisfies never;
  }
};

const Reply = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <section class="command-reply" aria-label={tr`Command`}>
    <p role="status">
      <strong dir="auto" safe>
        {title}
      </strong>
    </p>
    {children ?? ""}
  </section>
);

const Help = ({ commands }: { commands: readonly CommandProps[] }) => {
  const [chat, calculators] = groupsOf(commands);
  return (
    <Reply title={tr`Write a command in place of a question.`}>
      <Described commands={chat?.commands ?? []} />
      <details class="disclosure">
        <summary safe>{tr`${calculators?.commands.length ?? 0} calculators`}</summary>
        <Described commands={calculators?.commands ?? []} />
      </details>
    </Reply>
  );
};

const Described = ({ commands }: { commands: readonly CommandProps[] }) => (
  <dl class="command-help">
    {commands.map((command) => (
      <div>
        <dt>
          <a href={`/?${new URLSearchParams({ draft: fillOf(command) })}`} data-draft={fillOf(command)}>
            <code safe>{`/${command.name}`}</code>
          </a>{" "}
          {command.example === undefined ? <small safe>{translated(command.takes)}</small> : ""}
        </dt>
        <dd safe>{translated(command.meaning)}</dd>
      </div>
    ))}
  </dl>
);

type MatchesProps = Extract<CommandReplyProps, { kind: "memories" }>;

const Matches = ({ words, memories, hasMore }: MatchesProps) =>
  memories.length === 0 ? (
    <Reply title={tr`No memory holds “${words}”.`} />
  ) : (
    <Reply title={tr`Remembered with “${words}”:`}>
      <Memories memories={memories} />
      {hasMore ? (
        <p>
          <a href={`/memory?${new URLSearchParams({ q: words })}`}>{safeTr`Show all`}</a>
        </p>
      ) : (
        ""
      )}
    </Reply>
  );

const Memories = ({ memories }: { memories: readonly MemoryProps[] }) => (
  <ul class="rows">
    {memories.map((memory) => (
      <MemoryMatch memory={memory} was={null} />
    ))}
  </ul>
);

interface MatchProps {
  readonly memory: Pick<MemoryProps, "id" | "key" | "value">;
  /** What was done with it just now. */
  readonly was: "forgotten" | "dismissed" | null;
}

const undoOf = (was: MatchProps["was"]) =>
  was === "forgotten" ? "restore" : was === "dismissed" ? "relevant" : null;

/** The reply to its form takes its place. */
export const MemoryMatch = ({ memory: { id, key, value }, was }: MatchProps) => (
  <li>
    <div class="memory-match">
      <strong dir="auto" safe>
        {key}
      </strong>
      <small dir="auto" role={was === null ? undefined : "status"} safe>
        {was === "forgotten"
          ? tr`Forgotten.`
          : was === "dismissed"
            ? tr`Noted: it will come less readily.`
            : key === value
              ? ""
              : value}
      </small>
    </div>
    <form
      method="post"
      action={`/memory/${id}`}
      hx-post={`/memory/${id}`}
      hx-target="closest li"
      hx-swap="outerHTML"
    >
      <button type="submit" class="button small" name="do" value={undoOf(was) ?? "forget"}>
        {was === null ? safeTr`Forget` : safeTr`Undo`}
        <Named of={key} />
      </button>
    </form>
  </li>
);

type ModelsProps = Extract<CommandReplyProps, { kind: "models" }>;

const Models = ({ done, list }: ModelsProps) => (
  <Reply title={done ?? (list.models.length === 0 ? tr`No model is there.` : tr`These models can answer:`)}>
    <ModelList {...list} />
  </Reply>
);

type InstructionsProps = Extract<CommandReplyProps, { kind: "instructions" }>;

const Instructions = ({ conversationId, instructions, isSaved }: InstructionsProps) => (
  <Reply title={isSaved ? tr`Saved. The next answers follow your instructions.` : tr`Instructions`}>
    <InstructionsForm conversationId={conversationId} instructions={instructions} />
  </Reply>
);

type FormProps = Pick<InstructionsProps, "conversationId" | "instructions">;

/** '' takes them away. */
const InstructionsForm = ({ conversationId, instructions }: FormProps) => (
  <form
    class="instructions-form"
    method="post"
    action={`/c/${conversationId}/change`}
    hx-post={`/c/${conversationId}/change`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    <label class="visually-hidden" for="instructions">
      {safeTr`Instructions for this conversation`}
    </label>
    <textarea
      id="instructions"
      class="input"
      name="instructions"
      rows="3"
      maxlength={8000}
      dir="auto"
      placeholder={tr`Answer in one sentence.`}
      safe
    >
      {`\n${instructions}`}
    </textarea>
    <button type="submit" class="button">
      {safeTr`Save`}
    </button>
  </form>
);
