/**
 * Puts the bundles of page-bundles.ts together when they are first asked for, and again when one of their files has changed:
 * there is no build step. Each is compressed once, as well as can be.
 */
import { basename } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip, zstdCompress } from "node:zlib";
import { type Coding, codingFor } from "./compressed-replies.ts";
import { documentBundles, pageBundles } from "./page-bundles.ts";

const [brotli, gzipped, zstd] = [promisify(brotliCompress), promisify(gzip), promisify(zstdCompress)];
const strongest: Readonly<Record<Coding, (text: string) => Promise<Uint8Array>>> = {
  br: (text) => brotli(text),
  zstd: (text) => zstd(text, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }),
  gzip: (text) => gzipped(text, { level: 9 }),
};

/** The files that the bundles are made of, by their names. */
interface BundleFiles {
  read(name: string): string;
  hashOf(name: string): string;
  /** The address of a file that a style sheet names. */
  asset(name: string): string;
}

interface Bundle {
  /** The hashes of its files. */
  readonly of: string;
  readonly hash: string;
  readonly text: string;
  readonly packed: Map<Coding, Promise<Uint8Array>>;
}

export class AssetBundles {
  readonly #parts: ReadonlyMap<string, readonly string[]> = new Map(
    Object.entries({ ...pageBundles, ...documentBundles }),
  );
  readonly #made = new Map<string, Bundle>();
  readonly #files: BundleFiles;

  constructor(files: BundleFiles) {
    this.#files = files;
  }

  get names(): readonly string[] {
    return [...this.#parts.keys()];
  }

  /** All of a bundle, to be written into something else. */
  textOf(name: keyof typeof documentBundles): string {
    return this.#bundle(name)?.text ?? "";
  }

  /** A script that is in no bundle, as browsers get it. */
  scriptOf(name: string): string {
    return new Bun.Transpiler(forBrowsers).transformSync(this.#files.read(name));
  }

  /** @returns undefined: there is no bundle of this name */
  hashOf(name: string): string | undefined {
    return this.#bundle(name)?.hash;
  }

  async reply(name: string, acceptEncoding: string): Promise<Response> {
    const bundle = this.#bundle(name);
    if (bundle === undefined) throw new Error(`There is no bundle "${name}".`);
    const headers = new Headers({
      "content-type": name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
    });
    const coding = codingFor(acceptEncoding, ["br", "zstd", "gzip"]);
    if (coding === null) return new Response(bundle.text, { headers });
    headers.set("content-encoding", coding);
    let packed = bundle.packed.get(coding);
    if (packed === undefined) {
      packed = strongest[coding](bundle.text);
      bundle.packed.set(coding, packed);
    }
    return new Response(new Uint8Array(await packed), { headers });
  }

  #bundle(name: string): Bundle | undefined {
    const parts = this.#parts.get(name);
    if (parts === undefined) return undefined;
    const of = parts.map((part) => this.#files.hashOf(part)).join();
    const known = this.#made.get(name);
    if (known?.of === of) return known;
    const sources = parts.map((part) => this.#files.read(part));
    const text = textOf(name, sources, this.#files.asset);
    const bundle = { of, hash: Bun.hash(text).toString(36), text, packed: new Map() };
    this.#made.set(name, bundle);
    return bundle;
  }
}

/** Bun minifies, which the types of its transpiler do not say. */
const forBrowsers = { loader: "js", target: "browser", minify: true } as const;

function textOf(name: string, sources: readonly string[], asset: BundleFiles["asset"]): string {
  if (name === "htmx.js") return sources.join("\n");
  if (name.endsWith(".css")) return inOneLayer(sources.map((css) => shortened(css, asset)));
  return new Bun.Transpiler(forBrowsers).transformSync(oneAfterTheOther(sources));
}

/** Of the document: what scripts say again and again, and from how many times on a short name for it is worth its declaration. */
const said = ["querySelector", "querySelectorAll", "addEventListener"] as const;
const often = 4;

/**
 * Each in a scope of its own; one that fails takes no other with it. What is said often is a parameter, which gets a short name. Bun
 * must know that modules are strict: else it makes every function of a script a variable of all.
 */
function oneAfterTheOther(scripts: readonly string[]): string {
  const callOf = (name: string) => `document.${name}(`;
  const short = said.filter((name) => scripts.join().split(callOf(name)).length > often);
  const parameters = ["document", ...short.map((name) => `document_${name}`)].join();
  const values = ["document", ...short.map((name) => `document.${name}.bind(document)`)].join();
  const alone = (script: string) => {
    const shorter = short.reduce((text, name) => text.replaceAll(callOf(name), `document_${name}(`), script);
    return `(${parameters}) => {\n${shorter}\n}`;
  };
  return `"use strict";
for (const run of [${scripts.map(alone).join(",\n")}])
  try { run(${values}); } catch (error) { reportError(error); }`;
}

const layer = "@layer components{";

/** Sheets of one layer that follow each other are one. */
function inOneLayer(sheets: readonly string[]): string {
  const joined: string[] = [];
  for (const sheet of sheets) {
    const last = joined.at(-1) ?? "";
    if (isOneLayer(last) && isOneLayer(sheet))
      joined.splice(-1, 1, last.slice(0, -1) + sheet.slice(layer.length));
    else joined.push(sheet);
  }
  return joined.map(withOldColours).join("\n");
}

/** It begins with the layer, and nothing follows it. */
function isOneLayer(sheet: string): boolean {
  if (!sheet.startsWith(layer)) return false;
  let depth = 0;
  const end = [...sheet].findIndex((sign) => {
    if (sign === "{") depth++;
    return sign === "}" && --depth === 0;
  });
  return end === sheet.length - 1;
}

const declaration = /(?<=[{;}])(?:--)?[a-z][\w-]*:[^;{}]*(?:;|(?=\}))/g;
const pair = /light-dark\((#\w+|rgb\([^)]*\)), ?(#\w+|rgb\([^)]*\))\)/g;

/** For browsers before 2024, which do not know `light-dark()`: the same once for light, and once for systems that are dark. */
function withOldColours(css: string): string {
  if (!css.includes("light-dark(")) return css;
  // All else is said by the sheet itself.
  const colours = css
    .replaceAll(declaration, (all) => (all.includes("light-dark(") ? all : ""))
    .replaceAll(/[^{};]*\{\}/g, "");
  const [light, dark] = [colours.replaceAll(pair, "$1"), colours.replaceAll(pair, "$2")];
  const forOld = `${light}\n@media (prefers-color-scheme:dark){${dark}}`;
  return `${css}\n@supports not (color:light-dark(#000,#fff)){${forOld}}`;
}

/** Strings as they are, and what spaces may go around outside of them. */
const betweenStrings = /"[^"\n]*"|(?<=[^\n]) ?([,>*]) /g;

/** Without comments, and without the spaces and ends of lines that only people need; the files that it names get their addresses. */
const shortened = (css: string, asset: BundleFiles["asset"]) =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s+|\s+$/gm, "")
    .replaceAll(/\n+/g, "\n")
    .replaceAll(/(?<=^|[;{])((?:--)?[a-z][\w-]*): /gm, "$1:")
    .replaceAll(betweenStrings, (all, space: string | undefined) => space ?? all)
    .replaceAll(/(?<=[ ,(:*-])0(?=\.\d)/g, "")
    .replaceAll(/ \{$/gm, "{")
    .replaceAll(/([;{},])\n/g, "$1")
    .replaceAll(";}", "}")
    .replaceAll(/url\("\.\.\/([^"]+)"\)/g, (_, path: string) => `url("${asset(basename(path))}")`);
