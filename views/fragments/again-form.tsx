/** Asks again with a model of the reader's choice, or without what is remembered. It stands under the answer until it is sent or cancelled. */
import { tr } from "../../src/texts/reader-language.ts";
import { Select } from "../components/select.tsx";
import { safeTr } from "../safe-tr.ts";

export interface AgainProps {
  readonly messageId: string;
  readonly conversationId: string;
  /** The last version that there is: sent twice it asks once. */
  readonly after: string;
  /** The one that answers first. */
  readonly models: readonly { readonly id: string; readonly name: string; readonly isLoaded: boolean }[];
  /** What is remembered may be recalled for it. */
  readonly recalls: boolean;
}

export const AgainForm = ({ again }: { again: AgainProps }) => {
  const { messageId, conversationId, after, models, recalls } = again;
  const [current, other] = models;
  return (
    <form
      class="edit-form"
      method="post"
      action={`/messages/${messageId}`}
      hx-post={`/messages/${messageId}`}
      hx-swap="none"
      hx-sync="this:drop"
    >
      <input type="hidden" name="after" value={after} />
      <Select
        id={`again-${messageId}`}
        label={tr`Model`}
        name="model"
        autofocus
        value={other?.id ?? current?.id ?? ""}
        options={models.map(({ id, name, isLoaded }) => ({
          value: id,
          label: isLoaded ? name : tr`${name} (is loaded first)`,
        }))}
      />
      {recalls ? (
        <Select
          id={`again-memory-${messageId}`}
          label={tr`Memory`}
          name="memory"
          value="on"
          options={[
            { value: "on", label: tr`Use what is remembered` },
            { value: "off", label: tr`Without memory` },
          ]}
        />
      ) : (
        ""
      )}
      <p class="note">
        {models.length < 2
          ? safeTr`There is no other model on this machine.`
          : safeTr`The earlier version stays available.`}
      </p>
      <p class="form-actions">
        <button type="submit" class="button primary" name="do" value="again-with">
          {safeTr`Ask again`}
        </button>
        <a class="button" href={`/c/${conversationId}?at=${messageId}#m-${messageId}`} data-put-away="">
          {safeTr`Cancel`}
        </a>
      </p>
    </form>
  );
};
