/** A setting on its page: what it is, its control, its default, and whether it was saved. A form of its own. */
import { tr } from "../../src/texts/reader-language.ts";
import { Button } from "../components/button.tsx";
import { Icon } from "../icons.tsx";
import type { SettingProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props {
  readonly setting: SettingProps;
  /** The reader may change nothing. */
  readonly isReadOnly: boolean;
}

export const SettingRow = ({ setting, isReadOnly }: Props) => {
  const { key, section, control, fixedBy, look } = setting;
  const to = `/settings/${section}`;
  const disabled = isReadOnly || fixedBy !== null;
  const isLong = control.kind === "text" && control.isLong;
  return (
    <form
      id={key}
      class={["setting", isLong ? "long" : ""]}
      method="post"
      action={to}
      autocomplete="off"
      hx-post={to}
      hx-trigger="change, submit"
      hx-swap="none"
      {...(look === null ? {} : { "data-look": look.attribute, "data-value": look.value })}
    >
      <input type="hidden" name="key" value={key} />
      <div>
        <Label setting={setting} />
        <span class="note" id={`${key}-meaning`} safe>
          {setting.meaning}
        </span>
      </div>
      <div class="setting-control">
        <Control setting={setting} disabled={disabled} />
        {disabled || control.kind === "switch" ? (
          ""
        ) : (
          <span class="save">
            <Button label={tr`Save`} size="small" name={tr`Save ${setting.label}`} />
          </span>
        )}
      </div>
      <State setting={setting} disabled={disabled} />
    </form>
  );
};

/** A group of choices is named, not labelled. */
const Label = ({ setting: { key, label, control } }: { setting: SettingProps }) =>
  control.kind === "switch" || (control.kind === "choice" && control.isShort) ? (
    <span class="setting-label" id={`${key}-label`} safe>
      {label}
    </span>
  ) : (
    <label for={`${key}-field`} id={`${key}-label`} safe>
      {label}
    </label>
  );

const Control = ({ setting, disabled }: { setting: SettingProps; disabled: boolean }) => {
  const { key, control, problem, takesFocus } = setting;
  const field = {
    id: `${key}-field`,
    name: "value",
    class: "input",
    disabled,
    autofocus: takesFocus,
    "aria-describedby": `${key}-meaning${problem === null ? "" : ` ${key}-problem`}`,
    ...(problem === null ? {} : { "aria-invalid": "true" as const }),
  };
  switch (control.kind) {
    case "switch":
      return (
        <button
          id={field.id}
          autofocus={takesFocus}
          type="submit"
          class="switch"
          role="switch"
          aria-checked={control.isOn ? "true" : "false"}
          aria-labelledby={`${key}-label`}
          aria-describedby={`${key}-meaning`}
          name="value"
          value={control.isOn ? "off" : "on"}
          disabled={disabled}
        >
          <span aria-hidden="true">{control.isOn ? safeTr`On` : safeTr`Off`}</span>
        </button>
      );
    case "choice":
      return control.isShort ? (
        <div class="segments" role="radiogroup" aria-labelledby={`${key}-label`}>
          {control.options.map(({ value, label }) => (
            <label>
              <input
                id={`${key}-${value}`}
                autofocus={takesFocus && value === control.value}
                type="radio"
                name="value"
                value={value}
                checked={value === control.value}
                disabled={disabled}
              />
              <span safe>{label}</span>
            </label>
          ))}
        </div>
      ) : (
        <select {...field}>
          {control.options.map(({ value, label }) => (
            <option value={value} selected={value === control.value} safe>
              {label}
            </option>
          ))}
        </select>
      );
    case "number":
      return (
        <>
          {control.presets.length === 0 ? (
            ""
          ) : (
            <div class="segments">
              {control.presets.map(({ value, label }) => (
                <button
                  id={`${key}-${value}`}
                  type="submit"
                  name="preset"
                  value={value}
                  aria-pressed={value === control.value ? "true" : "false"}
                  disabled={disabled}
                  safe
                >
                  {label}
                </button>
              ))}
            </div>
          )}
          <input
            {...field}
            type="number"
            value={control.value}
            min={control.min}
            max={control.max}
            step={control.step}
            placeholder={control.empty}
            required={control.empty === undefined}
          />
        </>
      );
    case "text":
      return control.isLong ? (
        <textarea {...field} rows="8" maxlength={control.maxLength} required dir="auto" safe>
          {control.value}
        </textarea>
      ) : (
        <>
          <input
            {...field}
            value={control.value}
            maxlength={control.maxLength}
            placeholder={control.empty}
            required={control.empty === undefined}
            spellcheck="false"
            {...(control.options === undefined ? {} : { list: `${key}-list` })}
          />
          {control.options === undefined ? (
            ""
          ) : (
            <datalist id={`${key}-list`}>
              {control.options.map((option) => (
                <option value={option}></option>
              ))}
            </datalist>
          )}
        </>
      );
    default:
      return control satisfies never;
  }
};

const State = ({ setting, disabled }: { setting: SettingProps; disabled: boolean }) => {
  const { key, fallback, isChosen, isConfigured, fixedBy, isSaved, problem } = setting;
  return (
    <div class="setting-state">
      {fixedBy === null ? (
        <span safe>{isConfigured ? tr`Default: ${fallback} (config.json)` : tr`Default: ${fallback}`}</span>
      ) : (
        <span class="badge info" safe>
          {tr`Set by ${fixedBy}`}
        </span>
      )}
      {isChosen && !disabled ? (
        <Button
          label={tr`Reset`}
          kind="quiet"
          size="small"
          name={tr`Reset ${setting.label}`}
          send={{ name: "do", value: "reset" }}
        />
      ) : (
        ""
      )}
      {isSaved ? (
        <span class="saved">
          <Icon name="check" />
          <span>{safeTr`Saved`}</span>
        </span>
      ) : (
        ""
      )}
      {problem === null ? (
        ""
      ) : (
        <span class="field-problem" id={`${key}-problem`} role="alert" safe>
          {problem}
        </span>
      )}
    </div>
  );
};
