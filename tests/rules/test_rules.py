"""Every rule fires on its positives and stays silent on its near-misses: one table file a rule."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from nlp.comparison import shipped_scorer
from nlp.comparison.rules import BY_CODE, RULES
from nlp.comparison.view import see
from nlp.law.finding import ProvisionPair, Side
from nlp.law.issuers import parse_issuer
from nlp.law.rank import kind_from_symbol, legal_rank
from nlp.law.territory import parse_territory

TABLES = Path(__file__).parent
MINIMUM = 5


def _rows(code: str) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((TABLES / f"{code}.toml").read_text(encoding="utf-8"))


def _side(row: dict[str, str], name: str) -> Side:
    area = row.get(f"{name}_area")
    number, day = row.get(f"{name}_number", ""), row.get(f"{name}_issued")
    kind = kind_from_symbol(number.rsplit("/", 1)[-1]) if number else None
    issued = dt.date.fromisoformat(day) if day else None
    issuer = parse_issuer(row.get(f"{name}_issuer", ""), number.rsplit("/", 1)[-1], issued)
    return Side(
        row[name], number=number, kind=kind, issuer=issuer, rank=legal_rank(kind, issuer, issued) if kind else None, issued=issued,
        territory=parse_territory(area) if area else None,
    )  # fmt: skip


CASES = [
    pytest.param(rule.code, kind, row, id=f"{rule.code}-{kind}-{index}")
    for rule in RULES
    for kind in ("fires", "silent")
    for index, row in enumerate(_rows(rule.code)[kind])
]


@pytest.mark.parametrize(("code", "kind", "row"), CASES)
def test_rule(code: str, kind: str, row: dict[str, str]) -> None:
    view = see(ProvisionPair(_side(row, "a"), _side(row, "b")), shipped_scorer().space)
    hit = BY_CODE[code].check(view)
    assert (hit is not None) == (kind == "fires"), hit
    if hit is not None:
        assert 0 < hit.strength <= 1
        assert all(span.of(row["a"]).strip() for span in hit.a)
        assert all(span.of(row["b"]).strip() for span in hit.b)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_its_table(rule: object) -> None:
    code = rule.code  # type: ignore[attr-defined]
    rows = _rows(code)
    assert len(rows["fires"]) >= MINIMUM
    assert len(rows["silent"]) >= MINIMUM


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_shows_two_examples(rule: object) -> None:
    examples = rule.examples  # type: ignore[attr-defined]
    assert "Fires: " in examples
    assert "Silent: " in examples
