/** The frame of the desk's pages: the sidebar beside them, and where they stand among each other. */
import type { PropsWithChildren } from "@kitajs/html";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, SidebarProps } from "../props.ts";
import { Sidebar } from "./conversation-list.tsx";

/** What every page of the desk is given. */
export interface DeskFrameProps {
  readonly asset: AssetUrl;
  readonly sidebar: SidebarProps;
}

interface Props extends DeskFrameProps {
  readonly title: string;
  readonly here: "/desk" | "/calculators" | "/instruments" | null;
}

const pages = [
  ["/desk", "Desk"],
  ["/calculators", "Calculators"],
  ["/instruments", "Instruments"],
] as const;

export const DeskFrame = ({ asset, sidebar, title, here, children }: PropsWithChildren<Props>) => (
  <Layout
    title={`${title} · ${productName}`}
    asset={asset}
    skipTo={{ id: "desk", label: "the content" }}
    withSidebar
  >
    <TopBar />
    <Sidebar {...sidebar} />
    <main id="desk" class="reading desk" tabindex="-1">
      <nav class="desk-nav" aria-label="Desk">
        <ul>
          {pages.map(([to, label]) => (
            <li>
              <a class="desk-link" href={to} aria-current={to === here ? "page" : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </main>
  </Layout>
);
