"""The search index of a workspace: built from the store and the vectors, brought up to date by difference, saved as generations."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.errors import StateError
from nlp.law.rank import kind_name
from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.entries import Entry
from nlp.retrieval.fields import FieldClassifier
from nlp.retrieval.search import SearchIndex
from service.store.files import write_whole
from service.usecases.encode import encode_missing

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.analyser.corpus import CorpusProvision
    from nlp.retrieval.encoders import Encoder
    from nlp.retrieval.vectors import FloatArray
    from nlp.settings import RetrievalSettings
    from service.store.store import Store
    from service.store.vectors import VectorFolder

_CURRENT = "current"  # names the generation in use; written last, so that a reader never sees half an index
_BATCH = 20_000  # provisions taken into memory at once


def fresh_index(
    store: Store,
    vectors: VectorFolder,
    encoder: Encoder,
    root: Path,
    settings: RetrievalSettings,
    on_progress: OnProgress = silent,
) -> SearchIndex:
    """The index of exactly the current provisions, ids as in the store; what has no vector yet is encoded first.

    The saved generation is used where there is one for this encoder, changed by what was added and removed since, and saved again.
    """
    encode_missing(store, vectors, encoder, on_progress)
    folder = root / encoder.fingerprint
    index = saved_index(root, encoder, settings)
    keys = {str(number): key for number, key in store.unit_keys()}
    gone = [entry.id for entry in index.entries() if entry.id not in keys]
    new = [number for number in keys if number not in index]
    if not gone and not new:
        return index
    index.remove(gone)
    for start in range(0, len(new), _BATCH):
        on_progress(Progress("index", start, len(new)))
        chosen = new[start : start + _BATCH]
        kept = store.provisions([int(number) for number in chosen])
        rows = vectors.matrix([keys[str(each.id)] for each in kept])
        named = zip(kept, field_names(encoder, rows), strict=True)
        entries = [replace(entry_of(str(each.id), each.unit), field=field) for each, field in named]
        index.add(entries, [each.unit.passage for each in kept], rows)
    on_progress(Progress("index", len(new), len(new)))
    _save(index, folder)
    return index


def field_names(encoder: Encoder, vectors: FloatArray) -> list[str]:
    """The likeliest field of law of each row, "" where the shipped classifier does not fit the encoder."""
    try:
        classifier = FieldClassifier.load(encoder.fingerprint)
    except StateError:
        return [""] * len(vectors)
    return [field.name for (field,) in classifier.predict(vectors, k=1)]


def entry_of(number: str, unit: CorpusProvision) -> Entry:
    """What the index knows of a unit besides its words."""
    side = unit.side
    kind = kind_name(side.kind) if side.kind else ""
    title = side.title if side.title.lower().startswith(kind.lower()) else f"{kind} {side.title}"
    return Entry(
        id=number,
        number=side.number,
        path=side.path,
        title=title.strip(),
        kind=side.kind,
        rank=side.rank,
        issuer=side.issuer.name if side.issuer else "",
        territory=side.territory.name if side.territory else "",
        issued=side.issued,
        effective=side.effective,
        expires=side.expires,
    )


def saved_index(root: Path, encoder: Encoder, settings: RetrievalSettings) -> SearchIndex:
    """The saved generation of this encoder, an empty index where there is none."""
    folder = root / encoder.fingerprint
    pointer = folder / _CURRENT
    if not pointer.is_file():
        return SearchIndex(encoder.dim, encoder.fingerprint, settings)
    return SearchIndex.load(folder / pointer.read_text(encoding="ascii").strip(), encoder.fingerprint, settings)


def saved_generation(root: Path, encoder: Encoder) -> str:
    """The name of the saved generation, "" where there is none: it changes whenever the index does."""
    pointer = root / encoder.fingerprint / _CURRENT
    return pointer.read_text(encoding="ascii").strip() if pointer.is_file() else ""


def _save(index: SearchIndex, folder: Path) -> None:
    """Write a new generation beside the old one, then point to it; readers of the old one keep their open files."""
    pointer = folder / _CURRENT
    before = int(pointer.read_text(encoding="ascii")) if pointer.is_file() else 0
    name = f"{before + 1:06}"
    fresh = folder / name
    shutil.rmtree(fresh, ignore_errors=True)  # left by a run that was killed
    fresh.mkdir(parents=True)
    index.save(fresh)
    write_whole(pointer, name.encode("ascii"))
    # the one before stays: a reader may have read the pointer just now
    for old in folder.iterdir():
        if old.is_dir() and int(old.name) < before:
            shutil.rmtree(old, ignore_errors=True)
