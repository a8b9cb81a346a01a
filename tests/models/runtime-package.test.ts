import { describe, expect, test } from "bun:test";
import { type Machine, missingPackages, runtimePackages } from "../../src/models/runtime-package.ts";
import { ModelFolder } from "./tiny-gguf.ts";

const plain: Machine = {
  platform: "linux",
  arch: "x64",
  nvidiaDriver: false,
  cudaRuntime: null,
  vulkanLoader: false,
  renderDevice: false,
};
const builds = (change: Partial<Machine>, ...gpu: Parameters<typeof runtimePackages>[1][]) =>
  runtimePackages({ ...plain, ...change }, ...gpu).map((name) => name.replace("@node-llama-cpp/", ""));

describe("the builds of the model runner that a machine gets", () => {
  test("without a graphics card: the processor's alone", () => {
    expect(builds({})).toEqual(["linux-x64"]);
    expect(builds({ vulkanLoader: true })).toEqual(["linux-x64"]);
    expect(builds({ renderDevice: true })).toEqual(["linux-x64"]);
  });

  test("with an NVIDIA card and CUDA's libraries: CUDA, and the older one's extra when it is CUDA 12", () => {
    expect(builds({ nvidiaDriver: true, cudaRuntime: 13 })).toEqual(["linux-x64", "linux-x64-cuda"]);
    expect(builds({ nvidiaDriver: true, cudaRuntime: 12 })).toEqual([
      "linux-x64",
      "linux-x64-cuda",
      "linux-x64-cuda-ext",
    ]);
  });

  test("with an NVIDIA card without CUDA's libraries, or another card: Vulkan, if it is there", () => {
    expect(builds({ nvidiaDriver: true, vulkanLoader: true })).toEqual(["linux-x64", "linux-x64-vulkan"]);
    expect(builds({ renderDevice: true, vulkanLoader: true })).toEqual(["linux-x64", "linux-x64-vulkan"]);
    expect(builds({ nvidiaDriver: true })).toEqual(["linux-x64"]);
  });

  test("what the user says goes before what was found", () => {
    expect(builds({ nvidiaDriver: true, cudaRuntime: 13 }, "off")).toEqual(["linux-x64"]);
    expect(builds({ nvidiaDriver: true, cudaRuntime: 13 }, "vulkan")).toEqual([
      "linux-x64",
      "linux-x64-vulkan",
    ]);
    expect(builds({}, "cuda")).toEqual(["linux-x64", "linux-x64-cuda"]);
  });

  test("on other systems: the one there is", () => {
    expect(builds({ platform: "darwin", arch: "arm64" })).toEqual(["mac-arm64-metal"]);
    expect(builds({ platform: "darwin" })).toEqual(["mac-x64"]);
    expect(builds({ arch: "arm64" })).toEqual(["linux-arm64"]);
    expect(builds({ platform: "win32" })).toEqual(["win-x64"]);
    expect(builds({ platform: "freebsd" })).toEqual([]);
  });
});

test("a build that is missing, or of another version, is to be installed", () => {
  using folder = new ModelFolder();
  folder.write("node_modules/@x/here/package.json", '{"version": "3.0.0"}');
  folder.write("node_modules/@x/old/package.json", '{"version": "2.9.0"}');
  const modules = `${folder.projectRoot}/node_modules`;
  expect(missingPackages(["@x/here", "@x/old", "@x/none"], "3.0.0", modules)).toEqual(["@x/old", "@x/none"]);
});
