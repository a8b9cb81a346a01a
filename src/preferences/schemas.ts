/** The personal settings as programs read and change them. The forms are those of the table. */
import { type TSchema, Type as t } from "@sinclair/typebox";
import { personalKeys, personalSetting } from "../settings/personal.ts";

const properties = <Made extends TSchema>(make: (schema: TSchema, meaning: string) => Made) =>
  Object.fromEntries(
    personalKeys.map((key) => {
      const { schema, meaning } = personalSetting(key);
      return [key, make(schema, meaning)];
    }),
  );

/** Of somebody who has chosen nothing. */
export const exampleValues = Object.fromEntries(
  personalKeys.map((key) => [key, personalSetting(key).fallback]),
);

/** All values, as programs read them. */
export const PersonalValuesSchema = t.Object(
  properties((schema, meaning) => ({ ...schema, description: `${meaning}.` })),
);

/** Some values, as programs change them. */
export const PersonalChangesSchema = t.Object(
  properties((schema, meaning) =>
    t.Optional(t.Union([schema, t.Null()], { description: `${meaning}; null: the default.` })),
  ),
);
