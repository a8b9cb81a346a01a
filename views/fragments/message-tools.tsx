/**
 * What can be done with one message: one plain form, whose buttons say what. The edit form and the receipt come on
 * demand, so that a page of many messages stays light. Quiet until the message has the pointer or the focus (tools.css).
 */

import type { PropsWithChildren } from "@kitajs/html";
import { tr } from "../../src/texts/reader-language.ts";
import { Tip } from "../components/icon-button.tsx";
import { MenuItem } from "../components/menu.tsx";
import { Icon } from "../icons.tsx";
import type { AnswerProps, QuestionProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { RatingButtons } from "./rating.tsx";

export const QuestionTools = ({ question }: { question: QuestionProps }) => (
  <ToolsForm messageId={question.id}>
    <Branches of={tr`Wording`} id={question.id} siblings={question.siblings} />
    <a
      class="tool edit"
      href={`/messages/${question.id}/edit`}
      hx-get={`/messages/${question.id}/edit`}
      hx-target="closest form"
      hx-swap="afterend"
    >
      <Icon name="edit" />
      <Tip label={tr`Edit`} at="end" />
    </a>
    <MoreMenu messageId={question.id} of="question" />
  </ToolsForm>
);

export const AnswerTools = ({ answer }: { answer: AnswerProps }) => (
  <ToolsForm messageId={answer.messageId}>
    <Branches of={tr`Answer`} id={answer.messageId} siblings={answer.siblings} />
    {answer.siblings.length < 2 ? (
      ""
    ) : (
      <a class="tool compare" href={`/compare/${answer.messageId}`}>
        <Icon name="columns" />
        <Tip label={tr`Compare`} />
      </a>
    )}
    {answer.text === "" ? (
      ""
    ) : (
      <button type="button" class="tool copy" data-copy="answer">
        <Icon name="copy" />
        <Tip label={tr`Copy`} at="start" />
      </button>
    )}
    {answer.text === "" ? (
      ""
    ) : (
      <button type="button" class="tool read" data-read="">
        <Icon name="speaker" />
        <Tip label={tr`Read aloud`} />
      </button>
    )}
    {answer.text === "" ? "" : <RatingButtons messageId={answer.messageId} rating={answer.rating} />}
    <AfterField answer={answer} />
    <button type="submit" class="tool again" name="do" value="again">
      <Icon name="retry" />
      <Tip label={tr`Ask again`} />
    </button>
    <a
      class="tool how"
      href={`/generations/${answer.id}/receipt`}
      hx-get={`/generations/${answer.id}/receipt`}
      hx-target="closest form"
      hx-swap="afterend"
    >
      <Icon name="info" />
      <Tip label={tr`How this answer was made`} />
    </a>
    <MemoriesUsed answer={answer} />
    <MoreMenu messageId={answer.messageId} of="answer" />
  </ToolsForm>
);

/** What a form was shown after: sent twice from there it asks once, and the next answer makes another one of it. */
export const AfterField = ({ answer }: { answer: Pick<AnswerProps, "messageId" | "siblings"> }) => (
  <input type="hidden" name="after" value={answer.siblings.at(-1) ?? answer.messageId} />
);

/** Earlier answers may stand among them: the reader should know. It opens what they said. */
const MemoriesUsed = ({ answer: { id, memoriesUsed } }: { answer: AnswerProps }) =>
  memoriesUsed === 0 ? (
    ""
  ) : (
    <a
      class="memories-chip"
      href={`/generations/${id}/receipt#memories-${id}`}
      hx-get={`/generations/${id}/receipt`}
      hx-target="closest form"
      hx-swap="afterend"
      safe
    >
      {memoriesUsed === 1 ? tr`Used 1 memory` : tr`Used ${memoriesUsed} memories`}
    </a>
  );

const ToolsForm = ({ messageId, children }: PropsWithChildren<{ messageId: string }>) => (
  <form
    class="tools"
    method="post"
    action={`/messages/${messageId}`}
    hx-post={`/messages/${messageId}`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    {children}
  </form>
);

const copyFormId = "copy-form";

/**
 * The one form of a page with which messages are copied. Its key makes a copy that is asked for twice one copy; it cannot
 * stand beside the messages, since an answer that is read again is the same to the byte.
 */
export const CopyForm = ({ copyKey }: { copyKey: string }) => (
  <form id={copyFormId} method="post" hidden>
    <input type="hidden" name="key" value={copyKey} />
  </form>
);

const MoreMenu = ({ messageId, of }: { messageId: string; of: "question" | "answer" }) => (
  <details class="menu">
    <summary class="tool" aria-label={tr`More`}>
      <Icon name="more" />
      <Tip label={tr`More`} at={of === "question" ? "end" : undefined} />
    </summary>
    <div>
      <button type="submit" form={copyFormId} formaction={`/messages/${messageId}`} name="do" value="fork">
        <Icon name="branch" />
        <span>{safeTr`Branch into new chat`}</span>
      </button>
      {of === "answer" ? (
        <a
          href={`/messages/${messageId}/again`}
          hx-get={`/messages/${messageId}/again`}
          hx-target="closest form"
          hx-swap="afterend"
        >
          <Icon name="retry" />
          <span>{safeTr`Ask again with other settings`}</span>
        </a>
      ) : (
        ""
      )}
      <MenuItem label={tr`Remember this`} icon="memory" send={{ name: "do", value: "remember" }} />
      <MenuItem label={tr`Delete from here`} icon="trash" isDanger send={{ name: "do", value: "delete" }} />
    </div>
  </details>
);

interface BranchesProps {
  /** What the versions are of. */
  readonly of: string;
  readonly id: string;
  readonly siblings: readonly string[];
}

/** The ids are those of the place, not of the message: the focus stays on an arrow when its message changes. */
const Branches = ({ of, id, siblings }: BranchesProps) => {
  const at = siblings.indexOf(id);
  const place = siblings[0] ?? id;
  if (siblings.length < 2 || at < 0) return "";
  return (
    <span class="branches">
      <Arrow id={`back-${place}`} label={tr`Previous`} icon="previous" to={siblings[at - 1]} />
      <span>
        <span class="visually-hidden" safe>{`${of} `}</span>
        {safeTr`${at + 1} of ${siblings.length}`}
      </span>
      <Arrow id={`on-${place}`} label={tr`Next`} icon="next" to={siblings[at + 1]} />
    </span>
  );
};

interface ArrowProps {
  readonly id: string;
  readonly label: string;
  readonly icon: "previous" | "next";
  readonly to: string | undefined;
}

/** At the end it stays where it is and can keep the focus; it only does nothing. */
const Arrow = ({ id, label, icon, to }: ArrowProps) =>
  to === undefined ? (
    <button type="button" class="tool" id={id} aria-label={label} aria-disabled="true">
      <Icon name={icon} />
    </button>
  ) : (
    <button type="submit" class="tool" id={id} aria-label={label} name="show" value={to}>
      <Icon name={icon} />
    </button>
  );
