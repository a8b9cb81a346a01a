/** What names a model of the hub. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { InvalidRequestError } from "../../../src/errors.ts";
import { readHubName, writeHubName } from "../../../src/models/hub/hub-name.ts";

const whole = (change: object) => ({
  repository: "unsloth/Qwen3-4B-GGUF",
  quantisation: null,
  file: null,
  revision: null,
  ...change,
});

describe("a name of the hub", () => {
  const same: readonly (readonly [string, object])[] = [
    ["hf:unsloth/Qwen3-4B-GGUF", {}],
    ["hf://unsloth/Qwen3-4B-GGUF", {}],
    ["unsloth/Qwen3-4B-GGUF", {}],
    ["  unsloth/Qwen3-4B-GGUF  ", {}],
    ["hf.co/unsloth/Qwen3-4B-GGUF:Q8_0", { quantisation: "Q8_0" }],
    ["hf:unsloth/Qwen3-4B-GGUF:q4_k_m", { quantisation: "q4_k_m" }],
    ["unsloth/Qwen3-4B-GGUF:UD-Q4_K_XL", { quantisation: "UD-Q4_K_XL" }],
    ["https://huggingface.co/unsloth/Qwen3-4B-GGUF", {}],
    ["https://huggingface.co/unsloth/Qwen3-4B-GGUF/", {}],
    ["https://huggingface.co/unsloth/Qwen3-4B-GGUF/tree/main", {}],
    ["https://huggingface.co/unsloth/Qwen3-4B-GGUF/tree/v2", { revision: "v2" }],
    ["https://huggingface.co/unsloth/Qwen3-4B-GGUF/blob/main/a.gguf", { file: "a.gguf" }],
    [
      "https://huggingface.co/unsloth/Qwen3-4B-GGUF/resolve/main/in/a%20b.gguf?download=true",
      { file: "in/a b.gguf" },
    ],
    ["https://huggingface.co/unsloth/Qwen3-4B-GGUF?show_file_info=a.gguf", { file: "a.gguf" }],
    ["https://mirror.example:8443/unsloth/Qwen3-4B-GGUF", {}],
    ["hf:unsloth/Qwen3-4B-GGUF/in/a.gguf#abc123", { file: "in/a.gguf", revision: "abc123" }],
  ];
  test.each(same)("%s", (text, change) => {
    expect(readHubName(text, "https://mirror.example:8443")).toEqual(whole(change));
  });

  test.each(["phi3", "auto", "", "models/my.gguf", "./models/a", "/srv/a.gguf", "a/b/c", "qwen2.5-7b"])(
    "%s is none",
    (text) => expect(readHubName(text)).toBeNull(),
  );

  test.each([
    "hf:",
    "hf:../../etc",
    "hf:user/..",
    "hf:user",
    "hf:user/repo/readme.md",
    "hf:user/repo:a b",
    "hf:user/repo/../x.gguf",
    "hf:user/repo/a.gguf?x",
    "https://evil.example/user/repo",
    "https://huggingface.co.evil.example/user/repo",
    "http://127.0.0.1:9/user/repo",
    "https://huggingface.co/",
  ])("%s is refused with a sentence", (text) => {
    if (text === "hf:") expect(readHubName(text)).toBeNull();
    else expect(() => readHubName(text)).toThrow(InvalidRequestError);
  });

  test("is read again as it is written", () => {
    for (const [text] of same) {
      const name = readHubName(text, "https://mirror.example:8443");
      if (name === null) throw new Error("no name");
      expect(readHubName(writeHubName(name))).toEqual(name);
    }
  });

  test("never leads out of the hub's addresses", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          const name = readHubName(`hf:${text}`);
          if (name === null) return;
          const { pathname } = new URL(
            `https://hub.example/${name.repository}/resolve/main/${name.file ?? ""}`,
          );
          expect(pathname.startsWith(`/${name.repository}/resolve/main/`)).toBeTrue();
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequestError);
        }
      }),
    );
  });
});
