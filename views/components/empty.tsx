/** In the place of what is not there yet: what would be there, and how it comes. */
import type { PropsWithChildren } from "@kitajs/html";
import { Icon, type IconName } from "../icons.tsx";

/** Its children say more. */
export const Empty = ({ icon, title, children }: PropsWithChildren<{ icon: IconName; title: string }>) => (
  <div class="nothing-here">
    <Icon name={icon} />
    <p>
      <strong dir="auto" safe>
        {title}
      </strong>
    </p>
    {children ?? ""}
  </div>
);
