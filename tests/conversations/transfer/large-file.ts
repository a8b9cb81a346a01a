/** Files of any size to import. */

const text = "The answer is a sentence with figures such as 1,234.56 and words. ".repeat(15);

/** @returns a ChatGPT export of one conversation, about 2.1 kB an exchange */
export function largeFile(exchanges: number, id = "c"): Uint8Array<ArrayBuffer> {
  const mapping: Record<string, unknown> = { root: { parent: null, message: null } };
  let parent = "root";
  for (let index = 0; index < exchanges; index++)
    for (const role of ["user", "assistant"]) {
      const nodeId = `${role}${index}`;
      mapping[nodeId] = {
        parent,
        message: { author: { role }, content: { content_type: "text", parts: [`${index} ${text}`] } },
      };
      parent = nodeId;
    }
  return new TextEncoder().encode(
    JSON.stringify([{ id, title: "Long", current_node: parent, mapping, create_time: 1764200000 }]),
  );
}
