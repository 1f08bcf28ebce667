"""Pairs of provisions from a file, judged one by one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.analyser.judging import with_norms
from nlp.comparison import judge
from nlp.errors import InputError, Language
from nlp.law.finding import ProvisionPair
from service.usecases.listed_documents import side_of
from service.usecases.provision_list import ProvisionRecord, record_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nlp.law.finding import Judgement, Side
    from nlp.law.span import Span
    from nlp.law.territory import Gazetteer
    from nlp.settings import ComparisonSettings

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a pair file: an id of the caller and two provisions."""

    id: str
    a: Side
    b: Side


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line that is no pair, with its error."""

    line: int
    error: InputError


@dataclass(frozen=True, slots=True)
class PairJudge:
    """Judges pairs that stand alone, at the day of issue of the reviewed side."""

    settings: ComparisonSettings
    gazetteer: Gazetteer
    language: Language = Language.VI

    def judge(self, a: Side, b: Side) -> Judgement:
        """The judgement of a pair. Two rules of different parts of one merged unit are consistent in law; handling and why tell the divergence."""
        return judge(ProvisionPair(with_norms(a), with_norms(b)), self.settings, language=self.language)


def read_pairs(lines: Iterator[str], name: str, gazetteer: Gazetteer) -> Iterator[Pair | FaultyLine]:
    """The pairs of a file in order; a faulty line is one `FaultyLine` and does not stop the others.

    A line is `{"id", "a": {number, kind, issuer, issued, effective, territory, path, heading, text}, "b": {...}}`; all but the texts may be missing,
    other fields are ignored.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _pair(line, number, gazetteer)
        except ValueError as problem:
            yield FaultyLine(number, _faulty(name, number, str(problem)))


def _pair(line: str, number: int, gazetteer: Gazetteer) -> Pair:
    fields = json.loads(line)
    if not isinstance(fields, dict):
        raise ValueError("no JSON object")  # noqa: TRY004  one error for callers: the line is no pair
    a, b = (_side(fields, name, number, gazetteer) for name in ("a", "b"))
    return Pair(str(fields.get("id", number)), a, b)


def _side(fields: Mapping[str, object], name: str, number: int, gazetteer: Gazetteer) -> Side:
    given = fields.get(name)
    if not isinstance(given, dict):
        raise ValueError(f"“{name}” thiếu hoặc không phải đối tượng")  # noqa: TRY004
    record = record_of({**given, "id": name}, number)
    if not isinstance(record, ProvisionRecord):
        raise ValueError(f"“{name}” {record.vi}")  # noqa: TRY004
    return side_of(record, gazetteer)


def judgement_json(pair: Pair, judgement: Judgement) -> dict[str, object]:
    """One line of the answer."""
    probabilities = {relation.value: round(value, _DIGITS) for relation, value in judgement.probabilities}
    return {
        "id": pair.id,
        "relation": judgement.relation.value,
        "conflict_type": judgement.conflict_type.value if judgement.conflict_type else None,
        "probabilities": probabilities,
        "evidence": {
            "a": _words(judgement.evidence_a, pair.a.text),
            "b": _words(judgement.evidence_b, pair.b.text),
        },
        "signals": [
            {"rule": each.rule, "weight": round(each.weight, _DIGITS), "note": each.note} for each in judgement.signals
        ],
        "prevailing": judgement.prevailing.value if judgement.prevailing else None,
        "handling": judgement.handling,
        "handling_text": judgement.handling_text,
        "grounds": list(judgement.grounds),
        "why": judgement.why,
        "abstained": judgement.abstained,
    }


def _words(spans: tuple[Span, ...], text: str) -> list[str]:
    return [span.of(text) for span in spans]


def _faulty(name: str, line: int, problem: str) -> InputError:
    return InputError(
        "faulty_pair",
        where=f"{name}, dòng {line}",
        what=f"Không phải một cặp điều khoản ({problem}).",
        remedy='Mỗi dòng cần dạng {"id", "a": {"text", ...}, "b": {"text", ...}}.',
        what_en=f"No pair of provisions ({problem}).",
        remedy_en='Each line must be {"id", "a": {"text", ...}, "b": {"text", ...}}.',
    )
