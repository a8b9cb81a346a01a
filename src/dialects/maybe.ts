/** Fields that may be left out. */
import { type TSchema, Type as t } from "@sinclair/typebox";

/**
 * Clients send null for what they leave out. What is checked by hand, so that a refusal can say more, says in `x-takes`
 * what the document shows of it.
 */
export const maybe = <Schema extends TSchema>(schema: Schema) => t.Optional(t.Union([schema, t.Null()]));
