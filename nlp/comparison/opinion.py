"""A second opinion on a finding: what it says, who may give one, and how little it may move."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from nlp.errors import Language
from nlp.law.finding import Signal

if TYPE_CHECKING:
    from nlp.law.finding import Finding

RULE = "second_opinion"
WEIGHT = 0.8  # log-odds that one opinion adds or takes: 0.50 becomes 0.69 or 0.31, 0.90 becomes 0.95 or 0.80
LONGEST_REASON = 600  # characters


class OpinionVerdict(StrEnum):
    """What a second reader says of a reported relation."""

    CONFIRM = "confirm"
    REFUTE = "refute"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One answer: the verdict, its reason in the reader's words, and the name of the model that gave it."""

    verdict: OpinionVerdict
    reason: str
    model: str


@dataclass(frozen=True, slots=True)
class OpinionText:
    """What a second reader sees of one side: its citation and the whole provision."""

    citation: str
    text: str


class SecondReader(Protocol):
    """Whoever gives second opinions. Asked only about findings: it can raise or lower one, never make one."""

    def ask(self, finding: Finding, left: OpinionText, right: OpinionText) -> Opinion | None:
        """The opinion, None where none could be had; never raises."""
        ...


_SAID = {
    OpinionVerdict.CONFIRM: ("xác nhận", "confirms"),
    OpinionVerdict.REFUTE: ("không đồng ý", "disagrees"),
    OpinionVerdict.UNSURE: ("chưa kết luận", "does not decide"),
}
_MOVES = {OpinionVerdict.CONFIRM: WEIGHT, OpinionVerdict.REFUTE: -WEIGHT, OpinionVerdict.UNSURE: 0.0}


def weighed(finding: Finding, opinion: Opinion, language: Language = Language.VI) -> Finding:
    """The finding with the opinion as one more signal, its probability moved by at most WEIGHT log-odds; it stays a finding of its kind."""
    weight = _MOVES[opinion.verdict]
    said = _SAID[opinion.verdict][language is Language.EN]
    reason = " ".join(opinion.reason.split())[:LONGEST_REASON]
    if language is Language.EN:
        note = f"Second opinion of the language model {opinion.model}: {said}. {reason}"
    else:
        note = f"Ý kiến thứ hai của mô hình ngôn ngữ {opinion.model}: {said}. {reason}"
    signal = Signal(RULE, weight, note.strip())
    return replace(
        finding, probability=round(_moved(finding.probability, weight), 4), signals=(*finding.signals, signal)
    )


def _moved(probability: float, weight: float) -> float:
    inside = min(max(probability, 1e-4), 1 - 1e-4)
    return 1 / (1 + math.exp(-(math.log(inside / (1 - inside)) + weight)))
