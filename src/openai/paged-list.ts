/** Lists of OpenAI's form: pages of objects with ids, behind one of them. */
import { type TSchema, Type as t } from "@sinclair/typebox";
import { nullable } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn, countField, countIn } from "../http/query-fields.ts";

type Order = "asc" | "desc";

/** @param first the order of a list without `order` */
export function pagedList(most: number, otherwise: number, [first, second]: readonly [Order, Order]) {
  const listed = { name: "limit", minimum: 1, maximum: most, otherwise };
  return {
    fields: {
      limit: countField(listed, "The most to return."),
      order: choiceField([first, second], "asc: the oldest first."),
      after: t.Optional(
        t.String({ minLength: 1, maxLength: 200, description: "Those behind the one with this id." }),
      ),
    },
    /** @throws InvalidRequestError */
    page<Item extends { readonly id: string }>(
      oldestFirst: readonly Item[],
      query: { readonly limit?: string; readonly order?: string; readonly after?: string },
    ) {
      const order = choiceIn(query.order, "order", [first, second]);
      const all = order === "asc" ? oldestFirst : oldestFirst.toReversed();
      const from = all.findIndex(({ id }) => id === query.after) + 1;
      const data = all.slice(from, from + countIn(query.limit, listed));
      return {
        object: "list" as const,
        data,
        first_id: data.at(0)?.id ?? null,
        last_id: data.at(-1)?.id ?? null,
        has_more: from + data.length < all.length,
      };
    },
  };
}

export const listOf = <Item extends TSchema>(item: Item, title: string, data: unknown) =>
  t.Object(
    {
      object: t.Literal("list"),
      data: t.Array(item),
      first_id: nullable(t.String()),
      last_id: nullable(t.String()),
      has_more: t.Boolean(),
    },
    { title, examples: [{ object: "list", data: [data], first_id: null, last_id: null, has_more: false }] },
  );
