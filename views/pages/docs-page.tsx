/** The API for people: every operation with what it takes, what it answers, and a curl to copy. Each opens by itself. */

import { tr } from "../../src/texts/reader-language.ts";
import { CodeBlock } from "../components/code-block.tsx";
import type { DocsField, DocsOperation, DocsProps, DocsReply } from "../docs-props.ts";
import { Page } from "../frame.tsx";
import { Icon } from "../icons.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface DocsPageProps extends FrameProps {
  readonly docs: DocsProps;
}

export const DocsPage = ({ docs, ...frame }: DocsPageProps) => (
  <Page
    {...frame}
    title={tr`API`}
    heading={tr`The API`}
    kind="docs"
    here={null}
    class="docs-page"
    skipToLabel={tr`the operations`}
    actions={
      <a class="button" href="/openapi.json">
        <Icon name="download" />
        <span>{safeTr`OpenAPI file`}</span>
      </a>
    }
  >
    {docs.description.map((paragraph) => (
      <p class="docs-intro">
        <Inline text={paragraph} />
      </p>
    ))}
    <nav class="docs-groups" aria-label={tr`Groups of operations`}>
      <ul>
        {docs.groups.map(({ name, title }) => (
          <li>
            <a href={`#tag-${name}`} safe>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <div class="docs-list">
      {docs.groups.map(({ name, title, description, operations }) => (
        <section aria-labelledby={`tag-${name}`}>
          <h2 id={`tag-${name}`} safe>
            {title}
          </h2>
          <p class="note" safe>
            {description}
          </p>
          {operations.map((operation) => (
            <Operation {...operation} />
          ))}
        </section>
      ))}
    </div>
  </Page>
);

const Operation = (operation: DocsOperation) => {
  const { id, method, path, summary, description, parameters, fields, curl, replies } = operation;
  return (
    <details class="operation">
      <summary>
        <h3>
          <span class={`method ${method.toLowerCase()}`} safe>
            {method}
          </span>{" "}
          <code safe>{path}</code>
        </h3>
        <span class="operation-summary" safe>
          {summary}
        </span>
      </summary>
      {/* A link to this opens what it lies in. */}
      <div id={id} class="operation-body">
        <p>
          <Inline text={description} />
        </p>
        <CodeBlock caption="curl" text={curl} />
        {parameters.length === 0 ? (
          ""
        ) : (
          <>
            <h4>{safeTr`Parameters`}</h4>
            <dl class="docs-fields">
              {parameters.map((parameter) => (
                <Field {...parameter} />
              ))}
            </dl>
          </>
        )}
        {fields.length === 0 ? (
          ""
        ) : (
          <>
            <h4>{safeTr`Body`}</h4>
            <dl class="docs-fields">
              {fields.map((field) => (
                <Field {...field} />
              ))}
            </dl>
          </>
        )}
        <h4>{safeTr`Replies`}</h4>
        {replies.map((reply) => (
          <Reply {...reply} />
        ))}
      </div>
    </details>
  );
};

const Field = ({ name, form, required, description, place }: DocsField & { place?: string }) => (
  <div>
    <dt>
      <code safe>{name}</code>{" "}
      <span class="form" safe>
        {place === undefined ? form : `${tr`in the ${place}`}, ${form}`}
      </span>
      {required ? <span class="required">{safeTr` needed`}</span> : ""}
    </dt>
    {description === null ? (
      ""
    ) : (
      <dd>
        <Inline text={description} />
      </dd>
    )}
  </div>
);

const Reply = ({ status, description, headers, types, fields, example }: DocsReply) => (
  <div class="docs-reply">
    <p>
      <strong class={Number(status) < 400 ? "status good" : "status"} safe>
        {status}
      </strong>{" "}
      <Inline text={description} />{" "}
      <span class="form" safe>
        {[...(Number(status) < 400 ? types : []), ...headers].join(", ")}
      </span>
    </p>
    {fields.length === 0 ? (
      ""
    ) : (
      <details>
        <summary>{safeTr`Its fields`}</summary>
        <dl class="docs-fields">
          {fields.map((field) => (
            <Field {...field} required={false} />
          ))}
        </dl>
      </details>
    )}
    {example === null ? "" : <CodeBlock caption={example.type} text={example.text} />}
  </div>
);

/** Text in which code stands between backquotes. */
const Inline = ({ text }: { text: string }) => (
  <>
    {text.split("`").map((part, index) => (index % 2 === 0 ? <Words of={part} /> : <code safe>{part}</code>))}
  </>
);
const Words = ({ of }: { of: string }) => <span safe>{of}</span>;
