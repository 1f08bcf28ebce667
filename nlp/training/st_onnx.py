"""The sentence-transformers module of our model folders: the hot path's own encoder, so that both give the same vectors.

`SentenceTransformer("models/<name>")` finds this class through the folder's modules.json. It needs the project installed, and the extra `train`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Self

import torch
from sentence_transformers.base.modules import InputModule

from nlp.retrieval.manifest import EncoderKind, EncoderSpec
from nlp.retrieval.onnx_encoder import OnnxEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS_FILE = "onnx_transformer.json"


class OnnxTransformer(InputModule):  # type: ignore[misc]  # the library is not typed
    """Texts in, sentence vectors out. The prompt ("query: ", "passage: ") is part of the text here, as in every library model."""

    save_in_root = True

    def __init__(self, folder: Path) -> None:
        super().__init__()
        settings = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
        self.folder = folder
        self.spec = EncoderSpec(
            name=settings["name"],
            kind=EncoderKind.ONNX,
            source=folder.name,
            dim=settings["dim"],
            max_tokens=settings["max_tokens"],
            query_prefix=settings["query_prefix"],
            passage_prefix=settings["passage_prefix"],
            folder=folder,
        )
        self.encoder = OnnxEncoder(self.spec)
        self.max_seq_length = self.spec.max_tokens

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: object) -> dict[str, object]:
        """The vectors themselves as the only feature: our encoder makes windows of long texts, so tokens cannot cross this border."""
        texts = [(prompt or "") + text for text in inputs]
        return {"sentence_embedding": torch.from_numpy(self._encode(texts))}

    def _encode(self, texts: Sequence[str]) -> object:
        rows = torch.zeros((len(texts), self.spec.dim))
        for prefix, encode in (
            (self.spec.query_prefix, self.encoder.encode_queries),
            (self.spec.passage_prefix, self.encoder.encode_passages),
        ):
            places = [place for place, text in enumerate(texts) if text.startswith(prefix)]
            bare = [texts[place].removeprefix(prefix) for place in places]
            rows[places] = torch.from_numpy(encode(bare))
        rest = [
            place
            for place, text in enumerate(texts)
            if not text.startswith((self.spec.query_prefix, self.spec.passage_prefix))
        ]
        rows[rest] = torch.from_numpy(self.encoder.encode_bare([texts[place] for place in rest]))
        return rows.numpy()

    def forward(self, features: dict[str, object], **_: object) -> dict[str, object]:
        """The features as they are: the vectors were made when the texts were read."""
        return features

    def get_embedding_dimension(self) -> int:
        """Numbers a vector."""
        return self.spec.dim

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copy the model folder's own files to `output_path`."""
        target = Path(output_path)
        target.mkdir(parents=True, exist_ok=True)
        for name in ("model.onnx", "tokenizer.json", SETTINGS_FILE):
            (target / name).write_bytes((self.folder / name).read_bytes())

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: object) -> Self:
        """The module of a local folder."""
        return cls(Path(model_name_or_path) / subfolder)
