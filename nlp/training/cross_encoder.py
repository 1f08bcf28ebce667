"""Train the pair reader: `python -m nlp.training.cross_encoder FILE.jsonl... --out models/pair-reader [--oof SCORES.json] [--skip-fit]`.

FILEs are labelled pairs; the first is nearest to real use and weighs most. The start is the body of the shipped encoder (models/rasoat-e5-small): its
lower layers stay as they are and read each text alone, its upper layers learn to read both. `--oof` writes out-of-fold scores of every pair of all
files by id (folds by B's document, the folds of `nlp.training.pairs` where the first two files are its files) and prints their quality. Needs the extra
`train`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.numpy import load_file
from sklearn.metrics import roc_auc_score
from torch import nn

from nlp.comparison.judging import SCORER
from nlp.comparison.legible import legible_pair
from nlp.comparison.records import read_labelled
from nlp.comparison.scoring import RELATIONS
from nlp.comparison.tokens import (
    HEAD_FILE,
    LIKENESSES,
    LOWER_FILE,
    TOKENIZER_FILE,
    UPPER_FILE,
    Joint,
    join,
    token_reader,
)
from nlp.comparison.wordspace import WordSpace
from nlp.retrieval.manifest import read_manifest
from nlp.shipped import models_folder
from nlp.training.body import bert_of, checkpoint_of
from nlp.training.e5_wheel import BertShape, Checkpoint
from nlp.training.harmless import COPY, with_harmless
from nlp.training.onnx_graph import Precision, build_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nlp.comparison.records import LabelledPair

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Choices of the training; set once on one fold, not tuned further."""

    lower_layers: int = 8
    width: int = 192  # of the perceptron
    dropout: float = 0.15
    epochs: int = 4
    batch: int = 16
    rate: float = 1.5e-4  # of the upper layers; what is new learns five times as fast
    decay: float = 0.02
    warmup: float = 0.06  # share of the steps
    smoothing: float = 0.05
    first_file_weight: float = 3.0
    harmless_share: float = 0.4  # of the pairs come again with a harmless sentence (`nlp.training.harmless`)
    folds: int = 5
    sample_texts: int = 400  # for mean and scale of the token states
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled pair with the token states of its texts."""

    id: str
    group: str
    states: tuple[Floats, Floats]
    label: int
    weight: float

    @property
    def tokens(self) -> int:
        """Tokens of both texts."""
        return len(self.states[0]) + len(self.states[1])


class JointModel(nn.Module):  # type: ignore[misc]  # torch is untyped where it is not installed
    """The upper layers with what stands before and behind them; the same arithmetic as `nlp.comparison.tokens`."""

    def __init__(self, checkpoint: Checkpoint, settings: ReaderSettings, mean: Floats, scale: Floats) -> None:
        super().__init__()
        hidden = checkpoint.shape.hidden
        self.body = bert_of(checkpoint)
        self.layers = self.body.encoder.layer[settings.lower_layers :]
        self.side = nn.Parameter(torch.zeros(2, hidden))
        self.summary = nn.Parameter(torch.randn(hidden) * 0.02)
        self.likeness = nn.Linear(LIKENESSES, hidden)
        nn.init.zeros_(self.likeness.weight)
        nn.init.zeros_(self.likeness.bias)
        self.inner, self.outer = nn.Linear(4 * hidden + 4, settings.width), nn.Linear(settings.width, len(RELATIONS))
        self.dropout = nn.Dropout(settings.dropout)
        self.mean, self.scale = mean, scale

    def forward(self, joint: Joint) -> torch.Tensor:
        """The scores (batch, 5)."""
        side, mask = torch.from_numpy(joint.side), torch.from_numpy(joint.mask)
        likeness = torch.from_numpy(joint.likeness)
        states = torch.from_numpy(joint.states) + self.side[side] + self.likeness(likeness)
        states = torch.cat([states[:, :1] + self.summary, states[:, 1:]], dim=1)
        closed = (1 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            read = layer(states, attention_mask=closed.to(states.dtype))
            states = read[0] if isinstance(read, tuple) else read
        inner = self.inner(self.dropout(self._pooled(states.float(), likeness[:, :, 0], side, mask)))
        scores: torch.Tensor = self.outer(self.dropout(nn.functional.gelu(inner, approximate="tanh")))
        return scores

    @staticmethod
    def _pooled(states: torch.Tensor, best: torch.Tensor, side: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        sides = [(mask * (side == number)).float() for number in (0, 1)]
        lacking = [one * (1 - best).clamp(0, 1) for one in sides]

        def mean(weight: torch.Tensor) -> torch.Tensor:
            return (states * weight[:, :, None]).sum(1) / (weight.sum(1, keepdim=True) + 1e-3)

        counts = [one.sum(1) for one in sides]
        numbers = [(best * one).sum(1) / count for one, count in zip(sides, counts, strict=True)]
        numbers += [torch.log(counts[0] / counts[1]), torch.log(counts[0] / 50)]
        apart = (mean(sides[0]) - mean(sides[1])).abs()
        return torch.cat([states[:, 0], mean(lacking[0]), mean(lacking[1]), apart, torch.stack(numbers, dim=1)], dim=1)


def shipped_body() -> tuple[Checkpoint, bytes]:
    """The body and tokenizer of the shipped encoder, out of its library form."""
    folder = models_folder() / read_manifest().spec().source
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = BertShape(
        hidden=config["hidden_size"], layers=config["num_hidden_layers"], heads=config["num_attention_heads"],
        inner=config["intermediate_size"], positions=config["max_position_embeddings"], types=config["type_vocab_size"],
        epsilon=config["layer_norm_eps"],
    )  # fmt: skip
    weights = {
        name: value.astype(np.float32)
        for shard in sorted(folder.glob("model-*.safetensors"))
        for name, value in load_file(shard).items()
        if not name.startswith("pooler.") and "position_ids" not in name
    }
    return Checkpoint(shape, weights), (folder / TOKENIZER_FILE).read_bytes()


def read_pairs(files: Sequence[Path], settings: ReaderSettings) -> list[tuple[LabelledPair, float]]:
    """The labelled pairs of all files, in order, with their weights, then copies of some with a harmless sentence."""
    found = []
    for place, file in enumerate(files):
        weight = settings.first_file_weight if place == 0 else 1.0
        lines = file.read_text(encoding="utf-8").splitlines()
        found += [(read_labelled(json.loads(line), file.name), weight) for line in lines]
    copies = with_harmless([pair for pair, _ in found], Random(settings.seed), settings.harmless_share)
    return found + [(copy, 1.0) for copy in copies]


def sampled_scale(examples: Sequence[Example], settings: ReaderSettings) -> tuple[Floats, Floats]:
    """Mean and spread of the token states over some texts."""
    chosen = Random(settings.seed).sample(list(examples), min(settings.sample_texts, len(examples)))
    rows = np.concatenate([example.states[0] for example in chosen])
    return rows.mean(0), rows.std(0) + np.float32(1e-6)


def fit(checkpoint: Checkpoint, examples: Sequence[Example], settings: ReaderSettings) -> JointModel:
    """The model after `settings.epochs` over the examples; the same examples and settings give the same model on one machine."""
    torch.manual_seed(settings.seed)
    random = Random(settings.seed)
    model = JointModel(checkpoint, settings, *sampled_scale(examples, settings))
    model.train()
    for parameter in model.body.parameters():
        parameter.requires_grad_(requires_grad=False)
    for parameter in model.layers.parameters():
        parameter.requires_grad_(requires_grad=True)
    slow = list(model.layers.parameters())
    fast = [p for name, p in model.named_parameters() if not name.startswith(("body.", "layers."))]
    groups = [{"params": slow, "lr": settings.rate}, {"params": fast, "lr": settings.rate * 5}]
    optimizer = torch.optim.AdamW(groups, weight_decay=settings.decay)
    rates = [group["lr"] for group in optimizer.param_groups]
    batches = [batch for _ in range(settings.epochs) for batch in _batches(examples, settings, random)]
    for step, batch in enumerate(batches):
        share = step / len(batches)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, (share + 1 / len(batches)) / settings.warmup) * (1 - share)
        with torch.autocast("cpu", torch.bfloat16):
            scores = model(join([example.states for example in batch], model.mean, model.scale))
        weight = torch.tensor([example.weight for example in batch])
        labels = torch.tensor([example.label for example in batch])
        losses = nn.functional.cross_entropy(
            scores.float(), labels, reduction="none", label_smoothing=settings.smoothing
        )
        optimizer.zero_grad()
        ((losses * weight).mean() / weight.mean()).backward()
        nn.utils.clip_grad_norm_([*slow, *fast], 1.0)
        optimizer.step()
    model.eval()
    return model


def _batches(examples: Sequence[Example], settings: ReaderSettings, random: Random) -> list[list[Example]]:
    """All examples once: of every 16 batches those of like length together, in a random order."""
    order = random.sample(list(examples), len(examples))
    batches: list[list[Example]] = []
    for start in range(0, len(order), settings.batch * 16):
        chunk = sorted(order[start : start + settings.batch * 16], key=lambda example: example.tokens)
        parts = [chunk[at : at + settings.batch] for at in range(0, len(chunk), settings.batch)]
        batches += random.sample(parts, len(parts))
    return batches


def scores_of(model: JointModel, examples: Sequence[Example], batch: int = 32) -> NDArray[np.float64]:
    """The scores of examples by the torch model."""
    found = np.zeros((len(examples), len(RELATIONS)))
    order = sorted(range(len(examples)), key=lambda row: examples[row].tokens)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            joint = join([examples[row].states for row in rows], model.mean, model.scale)
            found[rows] = model(joint).float().numpy()
    return found


def write_lower(folder: Path, checkpoint: Checkpoint, tokenizer_json: bytes, settings: ReaderSettings) -> None:
    """The half that is not trained: lower layers and tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LOWER_FILE).write_bytes(build_part(checkpoint, range(settings.lower_layers), Precision.INT8))
    (folder / TOKENIZER_FILE).write_bytes(tokenizer_json)


def write_upper(folder: Path, model: JointModel, shape: BertShape, settings: ReaderSettings) -> None:
    """The trained half: upper layers in 8 bits and the head's arrays."""
    upper = range(settings.lower_layers, shape.layers)
    (folder / UPPER_FILE).write_bytes(build_part(checkpoint_of(model.body, shape), upper, Precision.INT8))
    arrays = {
        "side": model.side, "summary": model.summary, "likeness": model.likeness.weight, "likeness_bias": model.likeness.bias,
        "inner": model.inner.weight, "inner_bias": model.inner.bias, "outer": model.outer.weight, "outer_bias": model.outer.bias,
    }  # fmt: skip
    plain = {name: value.detach().float().numpy() for name, value in arrays.items()}
    np.savez_compressed(folder / HEAD_FILE, mean=model.mean, scale=model.scale, **plain)


def fold_of(group: str, folds: int) -> int:
    """The fold of a document, by its number alone."""
    return int(hashlib.sha256(f"reader {group}".encode()).hexdigest()[:8], 16) % folds


def out_of_fold(checkpoint: Checkpoint, examples: Sequence[Example], settings: ReaderSettings) -> NDArray[np.float64]:
    """Scores of every example by a model that saw no pair of its document."""
    found = np.zeros((len(examples), len(RELATIONS)))
    place = np.array([fold_of(example.group, settings.folds) for example in examples])
    for fold in range(settings.folds):
        held = np.flatnonzero(place == fold).tolist()
        model = fit(checkpoint, [examples[row] for row in np.flatnonzero(place != fold).tolist()], settings)
        found[held] = scores_of(model, [examples[row] for row in held])
        told = quality(
            [examples[row] for row in held if examples[row].weight > 1],
            found[held][[examples[row].weight > 1 for row in held]],
        )
        sys.stdout.write(f"fold {fold}: {json.dumps(told)}\n")
        sys.stdout.flush()
    return found


def quality(examples: Sequence[Example], scores: NDArray[np.float64]) -> dict[str, float]:
    """Macro-F1, F1 and AUC of contradiction."""
    y, guess = np.array([example.label for example in examples]), scores.argmax(1)
    f1 = [
        2 * int(((y == k) & (guess == k)).sum()) / max(1, int((y == k).sum() + (guess == k).sum()))
        for k in range(len(RELATIONS))
    ]
    raised = np.exp(scores - scores.max(1, keepdims=True))
    area = float(roc_auc_score(y == 0, raised[:, 0] / raised.sum(1)))
    return {
        "pairs": len(y),
        "macro_f1": round(float(np.mean(f1)), 4),
        "contradiction_f1": round(f1[0], 4),
        "auc": round(area, 4),
    }


def main(arguments: list[str]) -> int:
    """Write the model folder, print out-of-fold numbers where they are asked for."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training.cross_encoder")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--oof", type=Path)
    parser.add_argument("--skip-fit", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    settings = ReaderSettings()
    checkpoint, tokenizer_json = shipped_body()
    write_lower(options.out, checkpoint, tokenizer_json, settings)
    pairs = read_pairs(options.files, settings)
    space = WordSpace.load(models_folder() / SCORER)
    told = {pair.id: legible_pair(pair.pair, space) for pair, _ in pairs}
    texts = sorted({text for both in told.values() for text in both}, key=len)
    reader = token_reader(options.out, threads=options.threads)
    states = dict(
        zip(
            texts,
            (state for start in range(0, len(texts), 256) for state in reader.read(texts[start : start + 256])),
            strict=True,
        )
    )
    examples = [
        Example(pair.id, pair.group, (states[told[pair.id][0]], states[told[pair.id][1]]), RELATIONS.index(pair.relation), weight)
        for pair, weight in pairs
    ]  # fmt: skip
    if options.oof:
        scores = out_of_fold(checkpoint, examples, settings)
        rows = {
            example.id: [round(float(value), 4) for value in row]
            for example, row in zip(examples, scores, strict=True)
            if not example.id.endswith(COPY)
        }
        options.oof.write_text(json.dumps(rows), encoding="utf-8")
        first = [example.weight > 1 for example in examples]
        found = quality([e for e, chosen in zip(examples, first, strict=True) if chosen], scores[first])
        sys.stdout.write(f"first file, out of fold: {json.dumps(found)}\n")
    if not options.skip_fit:
        write_upper(options.out, fit(checkpoint, examples, settings), checkpoint.shape, settings)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
