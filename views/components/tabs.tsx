/** Pages that belong together, as links on one line. */

interface Tab {
  /** An address of this program. */
  readonly to: string;
  readonly label: string;
}

export const Tabs = ({ label, tabs, here }: { label: string; tabs: readonly Tab[]; here: string | null }) => (
  <nav class="page-tabs" aria-label={label}>
    <ul class="tabs">
      {tabs.map((tab) => (
        <li>
          <a href={tab.to} aria-current={tab.to === here ? "page" : undefined} safe>
            {tab.label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
