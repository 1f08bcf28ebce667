"""A linear map on top of a frozen encoder, learned from related provisions; it becomes the last product of the shipped model.

With vectors made once, an epoch over all official pairs against thousands of negatives takes seconds on a CPU, where an epoch through the encoder
takes hours; and 384 x 384 numbers pulled towards the identity cannot learn the training documents by heart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from nlp.progress import OnProgress, Progress, silent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.retrieval.vectors import FloatArray
    from nlp.training.settings import ProjectionSettings

BLOCKED = -1e4  # score of a candidate that is known to be related, or is the query itself


def learn_projection(
    vectors: FloatArray,
    pairs: Sequence[tuple[int, int]],
    related: Mapping[int, frozenset[int]],
    settings: ProjectionSettings,
    seed: int,
    on_progress: OnProgress = silent,
) -> FloatArray:
    """The map (dim, dim) such that rows @ map.T, scaled to length 1, put related rows closer.

    `vectors` (n, dim): unit rows of provisions of the training fold only; `pairs`: places of related ones, used in both directions.
    """
    generator = torch.Generator().manual_seed(seed)
    rows = torch.from_numpy(vectors)
    both = torch.tensor([*pairs, *((second, first) for first, second in pairs)])
    start = torch.eye(rows.shape[1])
    weight = start.clone().requires_grad_()
    optimizer = torch.optim.Adam([weight], lr=settings.learning_rate)
    steps = max(1, len(both) // settings.batch_pairs)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings.epochs * steps)
    for epoch in range(settings.epochs):
        order = torch.randperm(len(both), generator=generator)
        for step in range(steps):
            batch = both[order[step * settings.batch_pairs : (step + 1) * settings.batch_pairs]]
            others = torch.randint(len(rows), (settings.negatives,), generator=generator)
            columns = torch.cat([batch[:, 1], others])
            queries = torch.nn.functional.normalize(rows[batch[:, 0]] @ weight.T, dim=1)
            passages = torch.nn.functional.normalize(rows[columns] @ weight.T, dim=1)
            scores = queries @ passages.T / settings.temperature + _blocked(batch[:, 0], columns, related)
            distance = ((weight - start) ** 2).sum() / len(start)
            loss = torch.nn.functional.cross_entropy(scores, torch.arange(len(batch))) + settings.pull * distance
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        on_progress(Progress("train", epoch + 1, settings.epochs, f"loss {loss.item():.4f}"))
    return np.asarray(weight.detach().numpy(), dtype=np.float32)


def _blocked(queries: torch.Tensor, columns: torch.Tensor, related: Mapping[int, frozenset[int]]) -> torch.Tensor:
    """BLOCKED for columns that are, or are related to, the row's query; 0 for each row's own positive (the column of its own number)."""
    places = columns.numpy()
    order = np.argsort(places, kind="stable")
    ordered = places[order]
    blocked = np.zeros((len(queries), len(places)), dtype=np.float32)
    for row, query in enumerate(queries.tolist()):
        known = np.array([query, *related.get(query, ())])
        first, last = np.searchsorted(ordered, known, "left"), np.searchsorted(ordered, known, "right")
        for begin, end in zip(first.tolist(), last.tolist(), strict=True):
            blocked[row, order[begin:end]] = BLOCKED
        blocked[row, row] = 0
    return torch.from_numpy(blocked)
