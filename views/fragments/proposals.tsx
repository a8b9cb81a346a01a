/** What a model proposes to remember: as a chip below the message that it is from, and in a list on the page of memories. */
import { tr } from "../../src/texts/reader-language.ts";
import type { ProposalProps } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";
import { MemoryFields } from "./memory-fields.tsx";
import { Named } from "./named.tsx";
import { Partial } from "./partial.tsx";

const address = (id: string) => `/memory/proposals/${id}`;

const chipId = (id: string) => `proposal-${id}`;

/** The reply to its form. */
export const ProposalInPlace = ({ proposal }: { proposal: ProposalProps }) => (
  <Partial target={`#${chipId(proposal.id)}`} swap="outerHTML">
    <ProposalChip proposal={proposal} />
  </Partial>
);

/** Below a message. */
export const ProposalChip = ({ proposal }: { proposal: ProposalProps }) => {
  const { id, sentence, state, memoryId } = proposal;
  if (state === "accepted")
    return (
      <p class="note proposal" id={chipId(id)}>
        <a href={`/memory?id=${memoryId ?? ""}`}>{safeTr`Remembered from this message`}</a>
      </p>
    );
  return (
    <form
      class="note proposal"
      id={chipId(id)}
      method="post"
      action={address(id)}
      hx-post={address(id)}
      hx-swap="none"
      hx-sync="this:drop"
    >
      {state === "refused" ? (
        <>
          <span role="status">{safeTr`Not remembered.`}</span>{" "}
          <Do what="restore" label={tr`Undo`} of={sentence} />
        </>
      ) : (
        <>
          <span>{safeTr`Remember “${element(<Sentence text={sentence} />)}”?`}</span>{" "}
          <Do what="accept" label={tr`Remember`} of={sentence} />{" "}
          <Do what="refuse" label={tr`No`} of={sentence} />{" "}
          <a href={`/memory#p-${id}`} safe>
            {tr`Edit`}
          </a>
        </>
      )}
    </form>
  );
};

const Sentence = ({ text }: { text: string }) => (
  <span dir="auto" safe>
    {text}
  </span>
);

const Do = ({ what, label, of }: { what: string; label: string; of: string }) => (
  <button type="submit" class="button small" name="do" value={what}>
    <span safe>{label}</span>
    <Named of={of} />
  </button>
);

/** On the page of memories; nothing when none wait. */
export const Proposals = ({
  proposals,
  isReadOnly,
}: {
  readonly proposals: readonly ProposalProps[];
  readonly isReadOnly: boolean;
}) =>
  proposals.length === 0 ? (
    ""
  ) : (
    <section aria-labelledby="proposals">
      <h2 id="proposals">{safeTr`Proposed to be remembered`}</h2>
      <p class="note">
        {safeTr`Sentences of yours that a model found worth remembering. Nothing is remembered unless you say so.`}
      </p>
      <ul class="rows memory-list">
        {proposals.map((proposal) => (
          <li id={`p-${proposal.id}`}>
            <p class="memory-text" dir="auto" safe>
              {proposal.sentence}
            </p>
            <p class="note">
              <a href={`/c/${proposal.conversationId ?? ""}?at=${proposal.messageId ?? ""}`}>
                {safeTr`Said in a chat`}
              </a>
            </p>
            {isReadOnly ? "" : <Answers proposal={proposal} />}
          </li>
        ))}
      </ul>
    </section>
  );

const Answers = ({ proposal: { id, key, sentence } }: { proposal: ProposalProps }) => (
  <div class="memory-tools">
    <form method="post" action={address(id)}>
      <Do what="accept" label={tr`Remember`} of={sentence} />{" "}
      <Do what="refuse" label={tr`No`} of={sentence} />
    </form>
    <details class="disclosure">
      <summary>
        {safeTr`Edit`}
        <Named of={sentence} />
      </summary>
      <form method="post" action={address(id)}>
        <MemoryFields subject={key} text={sentence} rows={3} />
        <button type="submit" class="button" name="do" value="accept">
          {safeTr`Remember`}
        </button>
      </form>
    </details>
  </div>
);
