"""Makes a tiny model that sees pictures, for vLLM to serve: `tiny-vision-model.py WEIGHTS FOLDER`.

Runs in the environment that ./run.sh setup-vllm makes, and takes its tokenizer from WEIGHTS, a folder of a text model.
What it answers means nothing: it is there to tell whether vLLM was given the same prompt and the same pictures. It is an
Idefics3, since most others need torchvision, which that environment lacks.
"""

import sys
from pathlib import Path

import torch
from transformers import AutoTokenizer, Idefics3Config, Idefics3ForConditionalGeneration, Idefics3Processor
from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil

SIDE, PATCH, SCALE = 112, 14, 2
TOKENS_OF_A_PICTURE = (SIDE // PATCH) ** 2 // SCALE**2
LAYERS = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2}
OWN_TOKENS = ["<image>", "<fake_token_around_image>", "<global-img>", "<end_of_utterance>"]
# Parts stand in the prompt in the order in which they were sent.
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{% if message.content is string %}{{ message.content }}{% else %}{% for part in message.content %}"
    "{{ '<image>' if part.type == 'image' else part.text }}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    tokenizer = AutoTokenizer.from_pretrained(source)
    tokenizer.add_special_tokens({"additional_special_tokens": OWN_TOKENS})
    text = {"model_type": "llama", "vocab_size": len(tokenizer), "head_dim": 32, "num_key_value_heads": 1, **LAYERS}
    config = Idefics3Config(
        text_config=text | {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2},
        vision_config={"image_size": SIDE, "patch_size": PATCH, **LAYERS},
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        scale_factor=SCALE,
        pad_token_id=2,
    )
    torch.manual_seed(1)
    Idefics3ForConditionalGeneration(config).save_pretrained(target)
    pictures = Idefics3ImageProcessorPil(
        size={"longest_edge": SIDE}, max_image_size={"longest_edge": SIDE}, do_image_splitting=False
    )
    processor = Idefics3Processor(pictures, tokenizer, TOKENS_OF_A_PICTURE, chat_template=TEMPLATE)
    processor.save_pretrained(target)


main()
