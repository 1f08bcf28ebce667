"""One pair of units put before comparison, with what territory makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.comparison import judge
from nlp.errors import Language
from nlp.law.finding import Judgement, ProvisionPair, Side
from nlp.law.territory import TerritoryRelation, relate
from nlp.parsing.norms import extract_norms

if TYPE_CHECKING:
    import datetime as dt

    from nlp.analyser.corpus import CorpusProvision
    from nlp.law.norm import Norm
    from nlp.settings import ComparisonSettings


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of a pair. `divergent` when the two rules stand in different parts of one merged unit: judged as if they met in one place."""

    judgement: Judgement
    divergent: bool


@lru_cache(maxsize=20_000)
def _norms(text: str) -> tuple[Norm, ...]:
    return extract_norms(text)


def with_norms(side: Side) -> Side:
    """The side with the norms of its text."""
    return side if side.norms else replace(side, norms=_norms(side.text))


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges pairs of one run."""

    settings: ComparisonSettings
    as_of: dt.date
    language: Language = Language.VI

    def pair(self, a: CorpusProvision, b: CorpusProvision, cosine: float | None, lexical: float | None) -> Verdict:
        """The verdict on a pair; `a` is the side to be handled."""
        left, right = with_norms(a.side), with_norms(b.side)
        divergent = relate(left.territory, right.territory, self.as_of) is TerritoryRelation.MERGED
        if divergent:
            right = replace(right, territory=left.territory)
        pair = ProvisionPair(left, right, dense=cosine, lexical=lexical)
        return Verdict(judge(pair, self.settings, language=self.language), divergent)
