"""The rules of comparison: one file each, listed here. A rule sees a `View` and returns a `Hit` or None; its weight comes from the fitted model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.comparison.rules import (
    authority,
    boilerplate,
    condition_added,
    deadline,
    deadline_start,
    definition,
    delegated_range,
    different_subject,
    disjoint_territory,
    disjoint_time,
    effect_date,
    exempts,
    form,
    implementing_detail,
    modality,
    number,
    procedure,
    quoted_amendment,
    same_content,
    sanction,
    saving_clause,
    scope,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from nlp.comparison.view import Hit, View


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its stable code, its check, its sentence in both languages, and whether it speaks against a contradiction."""

    code: str
    check: Callable[[View], Hit | None]
    sentence: str
    sentence_en: str
    exonerates: bool
    examples: str  # the docstring of its file


def _rule(module: ModuleType, *, exonerates: bool = False) -> Rule:
    return Rule(
        module.CODE, module.check, module.SENTENCE, module.SENTENCE_EN, exonerates, (module.__doc__ or "").strip()
    )


RULES: tuple[Rule, ...] = (
    _rule(modality),
    _rule(number),
    _rule(deadline),
    _rule(deadline_start),
    _rule(authority),
    _rule(condition_added),
    _rule(exempts),
    _rule(scope),
    _rule(sanction),
    _rule(definition),
    _rule(procedure),
    _rule(effect_date),
    _rule(form),
    _rule(saving_clause, exonerates=True),
    _rule(delegated_range, exonerates=True),
    _rule(implementing_detail, exonerates=True),
    _rule(different_subject, exonerates=True),
    _rule(disjoint_territory, exonerates=True),
    _rule(disjoint_time, exonerates=True),
    _rule(quoted_amendment, exonerates=True),
    _rule(same_content, exonerates=True),
    _rule(boilerplate, exonerates=True),
)
BY_CODE = {rule.code: rule for rule in RULES}


def check_all(view: View) -> tuple[Hit, ...]:
    """What every rule saw, in the order of `RULES`."""
    return tuple(hit for rule in RULES if (hit := rule.check(view)) is not None)
