"""Turns a GGUF into a folder that vLLM serves: `gguf-to-safetensors.py FILE.gguf FOLDER`.

Runs in the environment that ./run.sh setup-vllm makes. The folder appears in one step, when it is whole.
"""

import os
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    draft = target.with_name(f"{target.name}.{os.getpid()}.part")
    tokenizer = AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name)
    model = AutoModelForCausalLM.from_pretrained(source.parent, gguf_file=source.name, dtype=torch.bfloat16)
    # The weights are plain numbers now, and must not be saved as if they were still packed.
    model.hf_quantizer = None
    model.is_quantized = False
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    model.save_pretrained(draft)
    tokenizer.save_pretrained(draft)
    draft.rename(target)


main()
