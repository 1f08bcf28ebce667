"""Write an encoder as a folder of `models/`: our ONNX form, a valid sentence-transformers model, a card, and its block in the manifest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from nlp.shipped import MANIFEST
from nlp.training.library_form import write_library_form
from nlp.training.onnx_graph import Precision, build_onnx

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.training.e5_wheel import Checkpoint

MODEL_FILE, TOKENIZER_FILE, CARD_FILE = "model.onnx", "tokenizer.json", "README.md"
SIZE_LIMIT = 40_000_000  # bytes of one ONNX file: the customer's limit


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """What the manifest and the model card say of an encoder; `body` is the card in Markdown without its front matter."""

    name: str  # folder name, "rasoat-e5-small"
    body: str
    max_tokens: int = 512
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    licence: str = "MIT"


def write_model_folder(models: Path, card: EncoderCard, checkpoint: Checkpoint, tokenizer_json: bytes) -> Path:
    """The folder written in `models`, replacing an older one of that name, and its block put in the manifest (made where missing)."""
    folder = models / card.name
    folder.mkdir(parents=True, exist_ok=True)
    model = build_onnx(checkpoint, Precision.INT8)
    assert len(model) <= SIZE_LIMIT, len(model)
    (folder / MODEL_FILE).write_bytes(model)
    (folder / TOKENIZER_FILE).write_bytes(tokenizer_json)
    write_library_form(folder, card, checkpoint)
    (folder / CARD_FILE).write_text(_front_matter(card) + card.body, encoding="utf-8")
    _put_block(models / MANIFEST, card, checkpoint.shape.hidden, sha256(model).hexdigest())
    return folder


def _front_matter(card: EncoderCard) -> str:
    lines = ["---", f"license: {card.licence.lower()}", "language: [vi]", "library_name: sentence-transformers"]
    lines += [
        "pipeline_tag: sentence-similarity",
        "base_model: intfloat/multilingual-e5-small",
        "---",
        "",
        f"# {card.name}",
        "",
    ]
    return "\n".join(lines)


def _put_block(manifest: Path, card: EncoderCard, dim: int, digest: str) -> None:
    block = "\n".join(
        [
            f"[encoders.{card.name}]",
            'kind = "onnx"',
            f'source = "{card.name}"',
            f"dim = {dim}",
            f"max_tokens = {card.max_tokens}",
            f'query_prefix = "{card.query_prefix}"',
            f'passage_prefix = "{card.passage_prefix}"',
            'pooling = "mean"',
            f'licence = "{card.licence}"',
            f'sha256 = "{digest}"',
            "",
        ]
    )
    text = manifest.read_text(encoding="utf-8") if manifest.exists() else f'default = "{card.name}"\n\n'
    older = re.compile(rf"^\[encoders\.{re.escape(card.name)}\]\n(?:[^\[\n].*\n|\n)*", re.MULTILINE)
    text = older.sub(lambda _: block, text) if older.search(text) else text.rstrip("\n") + "\n\n" + block
    manifest.write_text(text, encoding="utf-8")
