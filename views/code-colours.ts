/** Colours of code by its language, as classes: `hljs-keyword` and others, which public/css/code.css gives their colour. */
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import excel from "highlight.js/lib/languages/excel";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import r from "highlight.js/lib/languages/r";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const languages = {
  ...{ bash, c, cpp, csharp, css, diff, excel, go, ini, java, javascript, json, python, r, rust, sql },
  ...{ typescript, xml, yaml },
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
// The language of MetaTrader's programs is C++ with other libraries.
hljs.registerAliases(["mq4", "mq5", "mql", "mql4", "mql5"], { languageName: "cpp" });

/** A longer listing has no colours: it is read in one step. In characters. */
const longestColoured = 12_000;

/** @returns HTML; null: the language is not known, or the code is too long */
export function colouredCode(code: string, language: string): string | null {
  if (code.length > longestColoured || hljs.getLanguage(language) === undefined) return null;
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}
