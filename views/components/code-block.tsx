/** Code or a command, with a button that copies it. */
import { safeTr } from "../safe-tr.ts";

export const CodeBlock = ({ caption, text }: { caption: string; text: string }) => (
  <figure class="code">
    <figcaption>
      <span safe>{caption}</span>
      <button type="button" class="copy" data-copy>
        {safeTr`Copy`}
      </button>
    </figcaption>
    <pre tabindex="0">
      <code safe>{text}</code>
    </pre>
  </figure>
);
