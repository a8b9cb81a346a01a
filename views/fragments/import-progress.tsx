/** A file of prices that is being sent or read. It asks for itself again, until its page is left. */
import { tr } from "../../src/texts/reader-language.ts";
import { Progress } from "../components/progress.tsx";

export const importProgressId = "import-progress";

interface Props {
  readonly token: string;
  /** From 0 to 1; null: the server does not have all of the file yet, or is done with it. */
  readonly share: number | null;
}

export const ImportProgress = ({ token, share }: Props) => (
  <p
    class="note"
    hx-get={`/data/progress/${token}`}
    hx-trigger="load delay:400ms"
    hx-target={`#${importProgressId}`}
    hx-swap="innerHTML"
  >
    <Progress label={tr`Import`} value={share} />{" "}
    <span safe>
      {share === null ? tr`Sending the file…` : tr`Reading the file: ${Math.round(share * 100)} %`}
    </span>
  </p>
);
