/** In place of what needs logins, while there are none. */
import { tr } from "../../src/texts/reader-language.ts";
import { AccountFrame } from "../fragments/account-frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

const words = () => ({
  logins: {
    title: tr`Logins`,
    sentence: safeTr`No logins: anyone on this computer can use the assistant; other computers can't.`,
  },
  users: {
    title: tr`Users`,
    sentence: safeTr`No users yet: anyone on this computer can use the assistant without a login; other computers can't.`,
  },
  login: {
    title: tr`Log in`,
    sentence: safeTr`No login is needed: anyone on this computer can use the assistant; other computers can't.`,
  },
});

interface Props extends FrameProps {
  /** What was asked for. */
  readonly wanted?: keyof ReturnType<typeof words>;
}

export const NoLoginsPage = ({ wanted = "logins", ...frame }: Props) => {
  const { title, sentence } = words()[wanted];
  return (
    <AccountFrame {...frame} title={title} narrow>
      <p>{sentence}</p>
      <p>
        {safeTr`With logins, several people can use it, each with their own conversations, also from other computers. Programs get their own keys.`}
      </p>
      <p class="form-actions">
        <a class="button primary" href="/setup">
          {safeTr`Set up logins`}
        </a>
        <a class="button" href="/">
          {safeTr`Back to chat`}
        </a>
      </p>
    </AccountFrame>
  );
};
