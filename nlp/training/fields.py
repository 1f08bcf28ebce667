"""Train the classifier of fields of law on the codification's topics; measured on documents of the test fold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from nlp.progress import silent
from nlp.retrieval.fields import FOLDER, FieldClassifier
from nlp.retrieval.manifest import read_manifest
from nlp.shipped import models_folder
from nlp.training.codification import read_provisions
from nlp.training.encoder import DOCUMENTS, PROVISIONS, heads
from nlp.training.measure import Estimate, estimate
from nlp.training.model_folder import TOKENIZER_FILE
from nlp.training.split import Fold, fold_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nlp.progress import OnProgress
    from nlp.retrieval.encoders import Encoder
    from nlp.retrieval.vectors import FloatArray
    from nlp.training.codification import CodifiedProvision

INVERSE_PENALTY = 30.0  # on unit vectors whose cosines are crowded, weak regularisation is needed to tell topics apart
MAX_ITERATIONS = 60
CARD = """---
license: mit
language: [vi]
library_name: scikit-learn
---

# field-classifier

Multinomial logistic regression (scikit-learn; run with numpy alone) on the vectors of rasoat-e5-small: {fields} topics ("đề mục") of the official
codification of Vietnamese law (snapshot 02/2025). Learned from articles of documents of the training fold (`nlp/training/split.py`).

On {queries} articles of documents of the test fold: the first choice is right in {first}, one of the first three in {first_three} (95 % bootstrap
intervals). Topics overlap in law: a second choice is often also right. Only central documents were learned from. It fits one encoder, named by
fingerprint in fields.json, and refuses others.
"""


@dataclass(frozen=True, slots=True)
class FieldReport:
    """The classifier and how often its first choice, and one of its first three, is the codification's topic, on unseen documents."""

    classifier: FieldClassifier
    first: Estimate
    first_three: Estimate


def build_field_classifier(
    codification: Path, models: Path, encoder: Encoder, on_progress: OnProgress = silent
) -> FieldReport:
    """The classifier for this encoder written to `models`, with its card. `codification`: the folder with phapdien_provisions.jsonl.gz.

    Encodes every article (an hour on two cores): one window of each, as in the training of the encoder.
    """
    provisions = read_provisions(codification / PROVISIONS, codification / DOCUMENTS)
    vectors = encoder.encode_passages(heads(provisions, encoder_tokenizer()), on_progress)
    report = train_fields(provisions, vectors)
    report.classifier.save(models / FOLDER, encoder.fingerprint)
    (models / FOLDER / "README.md").write_text(field_card(report), encoding="utf-8")
    return report


def encoder_tokenizer() -> bytes:
    """The tokenizer of the shipped encoder, as JSON."""
    return (models_folder() / read_manifest().spec().source / TOKENIZER_FILE).read_bytes()


def field_card(report: FieldReport) -> str:
    """The model card in Markdown."""
    return CARD.format(
        fields=len(report.classifier.names),
        queries=report.first.queries,
        first=report.first,
        first_three=report.first_three,
    )


def train_fields(provisions: Sequence[CodifiedProvision], vectors: FloatArray) -> FieldReport:
    """The classifier learned from the training fold; `vectors` (n, dim) are the encoder's for `provisions`. Deterministic."""
    folds = [fold_of(item.number) if item.number else None for item in provisions]
    learned = [place for place, fold in enumerate(folds) if fold is Fold.TRAIN]
    topics = np.array([item.topic for item in provisions])
    names = {item.topic: item.topic_name for item in provisions}
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=MAX_ITERATIONS, tol=1e-3)
    model.fit(vectors[learned], topics[learned])
    classifier = FieldClassifier(
        tuple((str(topic), names[topic]) for topic in model.classes_),
        np.asarray(model.coef_, dtype=np.float32),
        np.asarray(model.intercept_, dtype=np.float32),
    )
    unseen = [place for place, fold in enumerate(folds) if fold is Fold.TEST]
    found = [[field.code for field in chosen] for chosen in classifier.predict(vectors[unseen])]
    return FieldReport(
        classifier,
        estimate([float(codes[0] == topics[place]) for codes, place in zip(found, unseen, strict=True)]),
        estimate([float(topics[place] in codes) for codes, place in zip(found, unseen, strict=True)]),
    )
