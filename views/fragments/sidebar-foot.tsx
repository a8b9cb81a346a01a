/** The foot of the sidebar: the model that answers, and a menu of what is about the program and its user. */

import type { EngineSummary } from "../../src/status/engine-summary.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { Icon, type IconName } from "../icons.tsx";
import type { Place, ViewerProps } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";

export const engineChipId = "engine-chip";

interface Props {
  readonly here: Place;
  readonly viewer: ViewerProps | undefined;
  readonly engine: EngineSummary | undefined;
}

export const SidebarFoot = ({ here, viewer, engine }: Props) => (
  <div class="sidebar-foot">
    {engine === undefined ? "" : <EngineChip engine={engine} />}
    <a class="row" href="/settings" aria-current={here === "/settings" ? "page" : undefined}>
      <Icon name="settings" />
      <span>{safeTr`Settings`}</span>
    </a>
    <details class="menu up">
      <summary class="row account">
        <Icon name={viewer === undefined ? "computer" : "user"} />
        {viewer === undefined ? (
          <span>{safeTr`This machine only`}</span>
        ) : (
          <span>
            {safeTr`Logged in as ${element(
              <strong class="viewer-name" dir="auto" safe>
                {viewer.name}
              </strong>,
            )}`}
          </span>
        )}
        <Icon name="updown" />
      </summary>
      <div>
        <Links viewer={viewer} />
      </div>
    </details>
  </div>
);

const Links = ({ viewer }: Pick<Props, "viewer">) => (
  <>
    {viewer === undefined ? (
      <MenuLink to="/account" label={tr`Logins`} icon="lock" />
    ) : (
      <MenuLink to="/account" label={tr`Your login`} icon="key" />
    )}
    {viewer?.isAdmin ? (
      <>
        <MenuLink to="/users" label={tr`Users`} icon="users" />
        <MenuLink to="/audit" label={tr`Audit log`} icon="audit" />
      </>
    ) : (
      ""
    )}
    <MenuLink to="/trash" label={tr`Deleted`} icon="trash" />
    <MenuLink to="/docs" label={tr`API`} icon="code" />
    <button type="button" class="link" popovertarget="shortcuts">
      <Icon name="keyboard" />
      <span>{safeTr`keyboard¦Keys`}</span>
    </button>
  </>
);

const MenuLink = ({ to, label, icon }: { to: string; label: string; icon: IconName }) => (
  <a href={to}>
    <Icon name={icon} />
    <span safe>{label}</span>
  </a>
);

const states = (): Readonly<Record<EngineSummary["state"], string>> => ({
  ready: tr`Ready`,
  starting: tr`Loading`,
  stopped: tr`Stopped`,
  failed: tr`Not running`,
});

/** For those who may open the status it leads there. */
export const EngineChip = ({ engine }: { engine: EngineSummary }) => {
  const { state, modelName, progress, canSteer } = engine;
  const share = state === "starting" && progress !== null ? ` ${Math.round(progress * 100)}\u00a0%` : "";
  const shown = (
    <>
      <i class="dot" aria-hidden="true"></i>
      <span class="engine-name" safe>
        {modelName ?? tr`No model`}
      </span>
      <small safe>{`${states()[state]}${share}`}</small>
    </>
  );
  return canSteer === false ? (
    <p id={engineChipId} class={["row", "engine-chip", state]}>
      {shown}
    </p>
  ) : (
    <a id={engineChipId} class={["row", "engine-chip", state]} href="/status">
      {shown}
      <span class="visually-hidden">{safeTr`Status`}</span>
    </a>
  );
};
