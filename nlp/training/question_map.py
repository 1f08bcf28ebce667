"""The map that takes the shipped encoder's vectors back to the space before its adaptation: `python -m nlp.training.question_map`.

To be run after `rasoat train encoder`: the file carries the encoder's fingerprint, and search leaves a map of another encoder alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load_file

from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.manifest import read_manifest
from nlp.retrieval.question_space import QuestionSpace
from nlp.shipped import models_folder

if TYPE_CHECKING:
    from pathlib import Path


def question_space(folder: Path) -> QuestionSpace:
    """The inverse of the projection of a model folder in the library form."""
    (projection,) = load_file(folder / "2_Dense" / "model.safetensors").values()
    return QuestionSpace(np.linalg.inv(projection.astype(np.float64)).astype(np.float32))


def write_question_map(models: Path) -> None:
    """Write the map of the default encoder of `models` beside its weights."""
    spec = read_manifest(models).spec()
    folder = models / spec.source
    question_space(folder).save(folder, load_encoder(spec).fingerprint)


if __name__ == "__main__":
    write_question_map(models_folder())
