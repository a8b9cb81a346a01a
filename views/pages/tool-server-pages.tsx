/** Servers of other programs' tools, for admins: the list with a form to add one, and one of them with its tools. */
import { tr } from "../../src/texts/reader-language.ts";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { Select } from "../components/select.tsx";
import { ListedTool } from "../fragments/listed-tool.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import type { ToolServerFormProps, ToolServerProps } from "../tool-server-props.ts";

interface Said {
  readonly problem: string | null;
  readonly done: string | null;
}

const frame = { kind: "settings", here: "/settings", class: "reading" } as const;

const Said = ({ problem, done }: Said) => (
  <>
    {problem === null ? "" : <Notice tone="problem" text={problem} />}
    {done === null ? "" : <Notice text={done} />}
  </>
);

interface ListProps extends FrameProps, Said {
  readonly servers: readonly ToolServerProps[];
  readonly form: ToolServerFormProps;
}

export const ToolServersPage = ({ servers, form, problem, done, ...page }: ListProps) => (
  <Page
    {...page}
    {...frame}
    title={tr`Tool servers`}
    heading={tr`Tool servers`}
    skipToLabel={tr`the servers`}
  >
    <p class="lead">{safeTr`Programs that offer tools by the Model Context Protocol. A model may call them in conversations that use them; each call is asked, unless a rule allows it.`}</p>
    <Said problem={problem} done={done} />
    {servers.length === 0 ? (
      <p>{safeTr`No servers yet.`}</p>
    ) : (
      <ul class="rows" aria-label={tr`Tool servers`}>
        {servers.map((server) => (
          <li>
            <div>
              <strong>
                <a href={`/tool-servers/${server.id}`} safe>
                  {server.name}
                </a>
              </strong>
              <small safe>{stateOf(server)}</small>
            </div>
          </li>
        ))}
      </ul>
    )}
    <details class="disclosure" open={problem !== null}>
      <summary>{safeTr`Add a server`}</summary>
      <ServerForm action="/tool-servers" form={form} names={[]} label={tr`Add the server`} />
    </details>
    <p>
      <a href="/tools">{safeTr`Your tools and their rules`}</a>
    </p>
  </Page>
);

function stateOf({ isOn, state, error, tools }: ToolServerProps): string {
  if (!isOn) return tr`Off`;
  if (error !== null) return tr`Failed: ${error}`;
  if (state === "starting") return tr`Starting`;
  const count = tools.filter(({ problem }) => problem === null).length;
  const offered = count === 1 ? tr`1 tool` : tr`${count} tools`;
  return state === "ready" ? tr`Ready, ${offered}` : tr`Started when it is needed, ${offered}`;
}

interface FormProps {
  readonly action: string;
  readonly form: ToolServerFormProps;
  /** Of secrets that it has. */
  readonly names: readonly string[];
  readonly label: string;
}

const ServerForm = ({ action, form, names, label }: FormProps) => (
  <form class="preset-form" method="post" action={action} aria-label={label}>
    <Field
      id="server-name"
      label={tr`Name`}
      name="name"
      value={form.name}
      required
      maxlength={24}
      autocapitalize="none"
      hint={tr`Letters from a to z, digits and hyphens: the beginning of its tools' names.`}
    />
    <Select
      id="server-kind"
      label={tr`Where it is`}
      name="kind"
      options={[
        { value: "stdio", label: tr`A program on this machine` },
        { value: "http", label: tr`At an address` },
      ]}
      value={form.kind}
    />
    <Field
      id="server-command"
      label={tr`Program`}
      name="command"
      value={form.command}
      autocapitalize="none"
      hint={tr`It runs with all rights of this program: add only what you trust.`}
    />
    <Area id="server-args" label={tr`Its arguments, one a line`} name="args" value={form.args} />
    <Field
      id="server-url"
      label={tr`Address`}
      name="url"
      value={form.url}
      placeholder="http://127.0.0.1:9000/mcp"
      autocapitalize="none"
    />
    <Area
      id="server-secrets"
      label={tr`Variables or headers, one a line`}
      name="secrets"
      value=""
      hint={
        names.length === 0
          ? tr`NAME=value for a program, Name: value for an address. They are shown nowhere again.`
          : tr`It has ${names.join(", ")}. Left empty they stay; what you write here takes their place.`
      }
    />
    <p class="preset-actions">
      <button type="submit" class="button primary" safe>
        {label}
      </button>
    </p>
  </form>
);

interface AreaProps {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
}

const Area = ({ id, label, name, value, hint }: AreaProps) => (
  <p class="form-field">
    <label for={id} safe>
      {label}
    </label>
    <textarea
      id={id}
      name={name}
      class="input"
      rows="3"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      dir="ltr"
      aria-describedby={hint === undefined ? undefined : `${id}-words`}
      safe
    >
      {value}
    </textarea>
    {hint === undefined ? (
      ""
    ) : (
      <small id={`${id}-words`} safe>
        {hint}
      </small>
    )}
  </p>
);

interface ServerProps extends FrameProps, Said {
  readonly server: ToolServerProps;
  readonly form: ToolServerFormProps;
}

export const ToolServerPage = ({ server, form, problem, done, ...page }: ServerProps) => {
  const action = `/tool-servers/${server.id}`;
  return (
    <Page {...page} {...frame} title={server.name} heading={server.name} skipToLabel={tr`the server`}>
      <p>
        <a href="/tool-servers">{safeTr`All tool servers`}</a>
      </p>
      <Said problem={problem} done={done} />
      <p safe>{server.protocol === null ? stateOf(server) : `${stateOf(server)} · MCP ${server.protocol}`}</p>
      <form class="preset-actions" method="post" action={action}>
        <button type="submit" class="button" name="do" value="restart">
          {safeTr`Connect and read its tools`}
        </button>
        <button type="submit" class="button" name="do" value={server.isOn ? "off" : "on"}>
          {server.isOn ? safeTr`Turn off` : safeTr`Turn on`}
        </button>
        <button type="submit" class="button" name="do" value={server.isShared ? "keep" : "share"}>
          {server.isShared ? safeTr`For admins alone` : safeTr`Members may use it, too`}
        </button>
        <button type="submit" class="button" name="do" value="remove">
          {safeTr`Remove`}
        </button>
      </form>
      <h2>{safeTr`Its tools`}</h2>
      <p class="note">{safeTr`What stands here are the server's own words. Accept that a tool only reads if what it is asked neither changes anything nor tells anybody whom you do not trust.`}</p>
      {server.tools.length === 0 ? (
        <p>{safeTr`None are known yet.`}</p>
      ) : (
        <ul class="rows" aria-label={tr`Its tools`}>
          {server.tools.map((tool) => (
            <li>
              <ListedTool tool={tool} />
              {tool.saysReadOnly && tool.problem === null ? (
                <form method="post" action={action}>
                  <input type="hidden" name="tool" value={tool.name} />
                  <button
                    type="submit"
                    class="button small"
                    name="do"
                    value={tool.readsOnly ? "doubt" : "accept"}
                  >
                    {tool.readsOnly ? safeTr`It may write, after all` : safeTr`Accept: it only reads`}
                  </button>
                </form>
              ) : (
                ""
              )}
            </li>
          ))}
        </ul>
      )}
      <details class="disclosure" open={problem !== null}>
        <summary>{safeTr`Change the server`}</summary>
        <ServerForm action={action} form={form} names={server.secretNames} label={tr`Save`} />
      </details>
    </Page>
  );
};
