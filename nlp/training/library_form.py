"""The files by which sentence-transformers reads a model folder with its own modules: body, mean pooling, projection, length 1.

The weights are those of the 8-bit form (`onnx_graph.quantised`), kept in 16 bits: both forms rank alike and differ only in the rounding of activations.
Our own module class would not do: since release 6 the library imports no class of others unless the caller trusts remote code.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import save

from nlp.training.onnx_graph import quantised

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.training.e5_wheel import Checkpoint
    from nlp.training.model_folder import EncoderCard

WEIGHTS_FILE, INDEX_FILE = "model.safetensors", "model.safetensors.index.json"
POOLING, DENSE, NORMALIZE = "1_Pooling", "2_Dense", "3_Normalize"
LIBRARY = "sentence_transformers.models."
_TORCH = {"format": "pt"}  # without it transformers refuses the file


def write_library_form(folder: Path, card: EncoderCard, checkpoint: Checkpoint) -> None:
    """Add to `folder` (which holds tokenizer.json) what `SentenceTransformer(folder)` needs. Texts beyond `max_tokens` are cut by the library."""
    modules = [("", "Transformer"), (POOLING, "Pooling"), (NORMALIZE, "Normalize")]
    if checkpoint.projection is not None:
        modules.insert(2, (DENSE, "Dense"))
    for name, content in _configs(card, checkpoint, modules).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    weights = {name: value.astype(np.float16) for name, value in quantised(checkpoint.weights).items()}
    # mean pooling reads the tokens; the library's class has a pooler all the same and would complain of its absence
    hidden = checkpoint.shape.hidden
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), dtype=np.float16)
    weights["pooler.dense.bias"] = np.zeros(hidden, dtype=np.float16)
    _write_shards(folder, weights)
    if checkpoint.projection is not None:
        projection = np.ascontiguousarray(checkpoint.projection, dtype=np.float32)
        (folder / DENSE / WEIGHTS_FILE).write_bytes(save({"linear.weight": projection}, metadata=_TORCH))


def _write_shards(folder: Path, weights: dict[str, np.ndarray]) -> None:
    """Two files and their index, as transformers splits a checkpoint: no file of weights may pass 40 MB."""
    half = sum(value.nbytes for value in weights.values()) / 2
    shards: tuple[dict[str, np.ndarray], dict[str, np.ndarray]] = ({}, {})
    for name in sorted(weights):
        first = sum(value.nbytes for value in shards[0].values())
        shards[bool(shards[1]) or first >= half][name] = weights[name]
    names = [f"model-{place:05d}-of-00002.safetensors" for place in (1, 2)]
    for name, shard in zip(names, shards, strict=True):
        (folder / name).write_bytes(save(shard, metadata=_TORCH))
    index = {
        "metadata": {"total_size": int(2 * half)},
        "weight_map": {key: name for name, shard in zip(names, shards, strict=True) for key in shard},
    }
    (folder / INDEX_FILE).write_text(json.dumps(index, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _configs(card: EncoderCard, checkpoint: Checkpoint, modules: list[tuple[str, str]]) -> dict[str, object]:
    shape, hidden = checkpoint.shape, checkpoint.shape.hidden
    return {
        "modules.json": [
            {"idx": place, "name": str(place), "path": path, "type": LIBRARY + kind}
            for place, (path, kind) in enumerate(modules)
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {
                "query": card.query_prefix,
                "passage": card.passage_prefix,
                "document": card.passage_prefix,
            },
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": card.max_tokens, "do_lower_case": False},
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "vocab_size": len(checkpoint.weights["embeddings.word_embeddings.weight"]),
            "hidden_size": hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": card.max_tokens,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        f"{POOLING}/config.json": {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True},
        f"{NORMALIZE}/config.json": {},
        **(
            {}
            if checkpoint.projection is None
            else {
                f"{DENSE}/config.json": {
                    "in_features": hidden,
                    "out_features": hidden,
                    "bias": False,
                    "activation_function": "torch.nn.modules.linear.Identity",
                }
            }
        ),
    }
