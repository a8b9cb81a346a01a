/** Other programs' tools that one may use: their rules, and which of their servers a conversation uses. */
import { tr } from "../../src/texts/reader-language.ts";
import { Empty } from "../components/empty.tsx";
import { Notice } from "../components/notice.tsx";
import { ListedTool } from "../fragments/listed-tool.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import type { UsableServerProps } from "../tool-server-props.ts";

interface ToolsProps extends FrameProps {
  readonly servers: readonly UsableServerProps[];
  readonly done: string | null;
  readonly isReadOnly: boolean;
  readonly canAdd: boolean;
}

const frame = { kind: "settings", here: "/settings", class: "reading" } as const;

export const ToolsPage = ({ servers, done, isReadOnly, canAdd, ...page }: ToolsProps) => (
  <Page
    {...page}
    {...frame}
    title={tr`Tools of other programs`}
    heading={tr`Tools of other programs`}
    skipToLabel={tr`the tools`}
  >
    <p class="lead">{safeTr`Each call is asked, unless you allow the tool. A call that may write or send is asked in any case where text of a document, a memory or another tool stands before the model.`}</p>
    {done === null ? "" : <Notice text={done} />}
    {servers.length === 0 ? <None canAdd={canAdd} /> : ""}
    {servers.map(({ id, name, tools }) => (
      <section>
        <h2 safe>{name}</h2>
        {isReadOnly ? (
          ""
        ) : (
          <p>
            <a
              class="button small"
              href={`/?${new URLSearchParams({ tools: id })}`}
              aria-label={tr`New chat with ${name}`}
            >
              {safeTr`New chat`}
            </a>
          </p>
        )}
        <ul class="rows" aria-label={tr`Tools of ${name}`}>
          {tools.map((tool) => (
            <li>
              <ListedTool tool={tool} />
              {isReadOnly ? "" : <RuleForm server={id} tool={tool} />}
            </li>
          ))}
        </ul>
      </section>
    ))}
    {canAdd && servers.length > 0 ? (
      <p>
        <a href="/tool-servers">{safeTr`Tool servers`}</a>
      </p>
    ) : (
      ""
    )}
  </Page>
);

const None = ({ canAdd }: { canAdd: boolean }) => (
  <Empty icon="settings" title={tr`There are no tools of other programs.`}>
    {canAdd ? (
      <a class="button" href="/tool-servers">
        {safeTr`Add a server`}
      </a>
    ) : (
      <p class="note">{safeTr`An admin can add a server, and share it.`}</p>
    )}
  </Empty>
);

interface RuleProps {
  readonly server: string;
  readonly tool: UsableServerProps["tools"][number];
}

const RuleForm = ({ server, tool: { name, rule } }: RuleProps) => (
  <form class="preset-actions" method="post" action="/tools" aria-label={tr`Calls of ${name}`}>
    <input type="hidden" name="server" value={server} />
    <input type="hidden" name="tool" value={name} />
    {rule === "changed" ? (
      <span class="note">{safeTr`It was allowed, and describes itself otherwise now.`}</span>
    ) : (
      ""
    )}
    {(["ask", "allow", "never"] as const).map((each) => {
      const isChosen = each === (rule === "changed" ? "ask" : rule);
      return (
        <button
          type="submit"
          class={["button", "small", isChosen && "primary"]}
          name="rule"
          value={each}
          aria-pressed={isChosen ? "true" : "false"}
          safe
        >
          {ruleWords()[each]}
        </button>
      );
    })}
  </form>
);

const ruleWords = () => ({ ask: tr`Ask`, allow: tr`Always allow`, never: tr`Never` });

interface UseProps extends FrameProps {
  readonly conversation: { readonly id: string; readonly title: string };
  readonly servers: readonly (UsableServerProps & { readonly isUsed: boolean })[];
  readonly canAdd: boolean;
}

export const UsedToolsPage = ({ conversation, servers, canAdd, ...page }: UseProps) => (
  <Page
    {...page}
    {...frame}
    title={tr`Tools of this conversation`}
    heading={tr`Tools of this conversation`}
    skipToLabel={tr`the tools`}
  >
    <p>
      <a href={`/c/${conversation.id}#end`} dir="auto" safe>
        {conversation.title}
      </a>
    </p>
    {servers.length === 0 ? (
      <None canAdd={canAdd} />
    ) : (
      <form class="preset-form" method="post" action={`/tools/conversations/${conversation.id}`}>
        <fieldset>
          <legend>{safeTr`From the next question on its answers may use`}</legend>
          {servers.map(({ id, name, isUsed, tools }) => (
            <label class="choice">
              <input type="checkbox" name="servers" value={id} checked={isUsed} />
              <span safe>{`${name}: ${tools.map((tool) => tool.name).join(", ")}`}</span>
            </label>
          ))}
        </fieldset>
        <p class="preset-actions">
          <button type="submit" class="button primary">
            {safeTr`Save`}
          </button>
          <a class="button" href="/tools">
            {safeTr`Your tools and their rules`}
          </a>
        </p>
      </form>
    )}
  </Page>
);
