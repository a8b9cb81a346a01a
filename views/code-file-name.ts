/** The name under which a listing is saved. It is made of our own words alone, whatever the answer calls its language. */
const extensions: Readonly<Record<string, string>> = {
  bash: "sh",
  c: "c",
  cpp: "cpp",
  cs: "cs",
  csharp: "cs",
  css: "css",
  csv: "csv",
  diff: "diff",
  go: "go",
  html: "html",
  ini: "ini",
  java: "java",
  javascript: "js",
  js: "js",
  json: "json",
  markdown: "md",
  md: "md",
  mq4: "mq4",
  mq5: "mq5",
  mql4: "mq4",
  mql5: "mq5",
  pine: "pine",
  pinescript: "pine",
  py: "py",
  python: "py",
  r: "r",
  rust: "rs",
  sh: "sh",
  sql: "sql",
  toml: "toml",
  ts: "ts",
  typescript: "ts",
  xml: "xml",
  yaml: "yaml",
  yml: "yml",
};

/** @param language as the answer has it */
export function codeFileName(language: string): string {
  const name = language.toLowerCase();
  return `listing.${Object.hasOwn(extensions, name) ? extensions[name] : "txt"}`;
}
