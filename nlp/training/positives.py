"""Training pairs out of the codification: provisions that a good encoder puts close together."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

from nlp.retrieval.units import unit_text
from nlp.training.split import Fold, fold_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.training.codification import CodifiedProvision

# "Điều 12 của Luật này", "khoản 2 Điều 12 Nghị định này": an article of the same document
OWN_ARTICLE = re.compile(
    r"Điều (?P<article>\d+[a-zđ]?)(?: của)? (?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư|Quyết định|Nghị quyết)[^,;.\d]{0,25} này"
)
CLAUSE = re.compile(r"\n(?=\d{1,2}\. )")
MIN_CLAUSE = 60  # characters: shorter clauses say too little alone


class Signal(StrEnum):
    """Why two texts belong together."""

    RELATED_ACROSS = "related_across"
    RELATED_WITHIN = "related_within"
    CITED = "cited"
    HEADING = "heading"
    SIBLINGS = "siblings"


@dataclass(frozen=True, slots=True)
class Material:
    """The provisions that may be trained on and the signals among them (places in `provisions`).

    `related`: all known relations of a place, of any signal: never used as negatives of it.
    """

    provisions: tuple[CodifiedProvision, ...]
    pairs: Mapping[Signal, tuple[tuple[int, int], ...]]
    related: Mapping[int, frozenset[int]]
    topics: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """Two texts that belong together; `first`, `second` are their places."""

    first: int
    second: int
    query: str
    passage: str
    as_query: bool = False  # the first text is what a person would type


def gather(provisions: Sequence[CodifiedProvision], related: Sequence[tuple[str, str]]) -> Material:
    """What the documents of the training fold offer; provisions without a number are left out, as they could belong to a held-out one."""
    usable = tuple(item for item in provisions if item.number and fold_of(item.number) is Fold.TRAIN)
    place = {item.anchor: number for number, item in enumerate(usable)}
    pairs: dict[Signal, list[tuple[int, int]]] = {signal: [] for signal in Signal}
    neighbours: defaultdict[int, set[int]] = defaultdict(set)
    for anchor, other in related:
        if anchor not in place or other not in place:
            continue
        first, second = place[anchor], place[other]
        same = usable[first].number == usable[second].number
        pairs[Signal.RELATED_WITHIN if same else Signal.RELATED_ACROSS].append((first, second))
        neighbours[first].add(second)
        neighbours[second].add(first)
    for first, second in _citations(usable):
        pairs[Signal.CITED].append((first, second))
        neighbours[first].add(second)
        neighbours[second].add(first)
    topics: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(usable):
        topics[item.topic].append(number)
        if item.heading and item.title:
            pairs[Signal.HEADING].append((number, number))
        if len(_clauses(item.text)) > 1:
            pairs[Signal.SIBLINGS].append((number, number))
    return Material(
        usable,
        {signal: tuple(found) for signal, found in pairs.items()},
        {number: frozenset(found) for number, found in neighbours.items()},
        {topic: tuple(members) for topic, members in topics.items()},
    )


class Sampler:
    """Draws examples: a signal by its share, then a pair of that signal, within a topic where one is given."""

    def __init__(self, material: Material, shares: Mapping[Signal, float], seed: int) -> None:
        self.material = material
        self._random = Random(seed)
        self._signals = [signal for signal in Signal if material.pairs[signal] and shares.get(signal, 0) > 0]
        self._shares = [shares[signal] for signal in self._signals]
        self._by_topic: dict[Signal, dict[str, list[tuple[int, int]]]] = {}
        for signal in self._signals:
            groups: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
            for pair in material.pairs[signal]:
                groups[material.provisions[pair[0]].topic].append(pair)
            self._by_topic[signal] = dict(groups)

    def batch(self, size: int, same_topic_share: float) -> list[Example]:
        """`size` examples; with probability `same_topic_share` all from one topic where it has enough pairs."""
        topic = ""
        if self._random.random() < same_topic_share:
            # a topic is drawn by the number of its related pairs, so that large topics do not repeat less
            pair = self._random.choice(self.material.pairs[self._signals[0]])
            topic = self.material.provisions[pair[0]].topic
        return [self._example(topic) for _ in range(size)]

    def _example(self, topic: str) -> Example:
        signal = self._random.choices(self._signals, self._shares)[0]
        pairs: Sequence[tuple[int, int]] = self._by_topic[signal].get(topic, ()) or self.material.pairs[signal]
        first, second = self._random.choice(pairs)
        if self._random.random() < 0.5:
            first, second = second, first
        left, right = self.material.provisions[first], self.material.provisions[second]
        if signal is Signal.HEADING:
            return Example(first, second, f"{left.heading} {left.title}", left.text, as_query=True)
        if signal is Signal.SIBLINGS:
            one, other = self._random.sample(_clauses(left.text), 2)
            texts = [unit_text(clause, title=left.title, heading=left.heading) for clause in (one, other)]
            return Example(first, second, texts[0], texts[1])
        return Example(first, second, left.passage, right.passage)


def _citations(provisions: Sequence[CodifiedProvision]) -> list[tuple[int, int]]:
    place = {(item.number, item.article): number for number, item in enumerate(provisions) if item.article}
    found: list[tuple[int, int]] = []
    for number, item in enumerate(provisions):
        for match in OWN_ARTICLE.finditer(item.text):
            target = place.get((item.number, match["article"]))
            if target is not None and target != number:
                found.append((number, target))
    return found


def _clauses(text: str) -> list[str]:
    return [clause for clause in CLAUSE.split("\n" + text.strip()) if len(clause) >= MIN_CLAUSE]
