/** In place of what needs logins, while there are none. */
import { AccountFrame } from "../fragments/account-frame.tsx";
import type { FrameProps } from "../props.ts";

const sentences = {
  Logins: "No logins: anyone on this computer can use the assistant; other computers can't.",
  Users:
    "No users yet: anyone on this computer can use the assistant without a login; other computers can't.",
  "Log in": "No login is needed: anyone on this computer can use the assistant; other computers can't.",
} as const;

interface Props extends FrameProps {
  /** What was asked for. */
  readonly title?: keyof typeof sentences;
}

export const NoLoginsPage = ({ title = "Logins", ...frame }: Props) => (
  <AccountFrame {...frame} title={title} narrow>
    <p>{sentences[title] as "safe"}</p>
    <p>
      With logins, several people can use it, each with their own conversations, also from other computers.
      Programs get their own keys.
    </p>
    <p class="form-actions">
      <a class="button primary" href="/setup">
        Set up logins
      </a>
      <a class="button" href="/">
        Back to chat
      </a>
    </p>
  </AccountFrame>
);
