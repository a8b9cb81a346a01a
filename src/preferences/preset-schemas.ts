/** The fields of presets as programs read and change them. The forms are those of the personal settings. */
import { Type as t } from "@sinclair/typebox";
import { type PersonalKey, personalSetting } from "../settings/personal.ts";

/** The setting's own form. */
const formOf = <Value extends string | number>(key: PersonalKey) => {
  const { schema, meaning } = personalSetting(key);
  return t.Unsafe<Value>({ ...schema, description: `${meaning}.` });
};

const forms = () => ({
  instructions: formOf<string>("instructions"),
  model: t.String({
    minLength: 1,
    maxLength: 200,
    description: "The id or alias of the model that answers.",
  }),
  temperature: formOf<number>("temperature"),
  top_p: formOf<number>("top_p"),
  max_tokens: formOf<number>("max_tokens"),
  recall: formOf<number>("recall"),
});

/** As they are stored: what is left out is as in the settings. */
export function choiceProperties() {
  const { instructions, model, temperature, top_p, max_tokens, recall } = forms();
  return {
    instructions: t.Optional(instructions),
    model: t.Optional(model),
    temperature: t.Optional(temperature),
    top_p: t.Optional(top_p),
    max_tokens: t.Optional(max_tokens),
    recall: t.Optional(recall),
  };
}

/** As they are sent: null is as in the settings. */
export function changeProperties() {
  const { instructions, model, temperature, top_p, max_tokens, recall } = forms();
  return {
    instructions: t.Optional(t.Union([instructions, t.Null()])),
    model: t.Optional(t.Union([model, t.Null()])),
    temperature: t.Optional(t.Union([temperature, t.Null()])),
    top_p: t.Optional(t.Union([top_p, t.Null()])),
    max_tokens: t.Optional(t.Union([max_tokens, t.Null()])),
    recall: t.Optional(t.Union([recall, t.Null()])),
  };
}
