"""Vectors for the current provisions: encoded once per distinct text, in chunks that survive an interruption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.progress import OnProgress, Progress, silent

if TYPE_CHECKING:
    from nlp.retrieval.encoders import Encoder
    from service.store.store import Store
    from service.store.vectors import VectorFolder

CHUNK = 1_024  # texts per shard: about a minute of work on two slow cores is lost at most


def encode_missing(store: Store, vectors: VectorFolder, encoder: Encoder, on_progress: OnProgress = silent) -> int:
    """How many texts were encoded: those of current provisions that had no vector of this encoder."""
    keys = vectors.missing(key for _, key in store.unit_keys())
    done = 0
    for start in range(0, len(keys), CHUNK):
        on_progress(Progress("encode", done, len(keys)))
        chunk = keys[start : start + CHUNK]
        texts = store.units(chunk)
        rows = encoder.encode_passages(
            [texts[key] for key in chunk],
            lambda step, before=done: on_progress(Progress("encode", before + step.done, len(keys))),  # type: ignore[misc]
        )
        vectors.add(chunk, rows)
        done += len(chunk)
    on_progress(Progress("encode", done, len(keys)))
    return done
