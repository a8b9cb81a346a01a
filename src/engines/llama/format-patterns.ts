/**
 * Patterns of texts that have one of JSON Schema's formats: narrower than the formats, so that what they hold is valid.
 * @see https://json-schema.org/understanding-json-schema/reference/type#format
 */
const hex = "[0-9a-f]";
const byte = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const label = "[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?";
const host = `(${label}\\.){1,4}[a-z]{2,20}`;

export const formatPatterns: Readonly<Record<string, string>> = {
  email: `^[A-Za-z0-9]([A-Za-z0-9_+-]{0,40}[A-Za-z0-9])?@${host}$`,
  uuid: `^${hex}{8}-${hex}{4}-4${hex}{3}-[89ab]${hex}{3}-${hex}{12}$`,
  ipv4: `^(${byte}\\.){3}${byte}$`,
  ipv6: `^([1-9a-f]${hex}{0,3}:){7}[1-9a-f]${hex}{0,3}$`,
  hostname: `^${host}$`,
  uri: `^https?://${host}(/[A-Za-z0-9._~-]{1,60}){0,8}/?$`,
  duration: "^P([1-9][0-9]{0,3}[YMWD]|T[1-9][0-9]{0,3}[HMS])$",
};
