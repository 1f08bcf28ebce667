"""The rules of comparison: one file each, listed here. A rule sees a `View` and returns a `Hit` or None; its weight comes from the fitted model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.comparison.rules import (
    authority,
    boilerplate,
    business_condition,
    condition_added,
    deadline,
    deadline_start,
    definition,
    delegated_range,
    denial,
    different_subject,
    disjoint_territory,
    disjoint_time,
    double_sanction,
    effect_date,
    exception_lifted,
    exempts,
    form,
    implementing_detail,
    modality,
    number,
    procedure,
    quoted_amendment,
    required_repetition,
    reserved_matter,
    same_content,
    sanction,
    saving_clause,
    scope,
)
from nlp.law.finding import ConflictType
from nlp.law.territory import TerritoryRelation

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
    ground: str  # the law that makes it a reason, in Vietnamese
    conflict_type: ConflictType | None = None  # the type of contradiction it looks for, None where it looks for none


def _rule(module: ModuleType, kind: ConflictType | None = None, *, exonerates: bool = False) -> Rule:
    examples = (module.__doc__ or "").strip()
    return Rule(
        module.CODE, module.check, module.SENTENCE, module.SENTENCE_EN, exonerates, examples, module.GROUND, kind
    )


RULES: tuple[Rule, ...] = (
    _rule(modality, ConflictType.MODALITY),
    _rule(denial, ConflictType.MODALITY),
    _rule(number, ConflictType.NUMBER),
    _rule(deadline, ConflictType.DEADLINE),
    _rule(deadline_start, ConflictType.DEADLINE),
    _rule(authority, ConflictType.AUTHORITY),
    _rule(condition_added, ConflictType.CONDITION),
    _rule(exempts, ConflictType.MODALITY),
    _rule(scope, ConflictType.SCOPE),
    _rule(exception_lifted, ConflictType.SCOPE),
    _rule(sanction, ConflictType.SANCTION),
    _rule(double_sanction, ConflictType.SANCTION),
    _rule(definition, ConflictType.DEFINITION),
    _rule(procedure, ConflictType.PROCEDURE),
    _rule(effect_date, ConflictType.EFFECT_DATE),
    _rule(form),
    _rule(business_condition, ConflictType.CONDITION),
    _rule(reserved_matter, ConflictType.AUTHORITY),
    _rule(saving_clause, exonerates=True),
    _rule(delegated_range, exonerates=True),
    _rule(implementing_detail, exonerates=True),
    _rule(different_subject, exonerates=True),
    _rule(disjoint_territory, exonerates=True),
    _rule(disjoint_time, exonerates=True),
    _rule(quoted_amendment, exonerates=True),
    _rule(required_repetition, exonerates=True),
    _rule(same_content, exonerates=True),
    _rule(boilerplate, exonerates=True),
)
BY_CODE = {rule.code: rule for rule in RULES}


# two rules that never meet, or one that replaces the other on purpose, do not contradict each other whatever they say
_NEVER_MEET = frozenset({disjoint_territory.CODE, disjoint_time.CODE, quoted_amendment.CODE})
# two texts alike but for one word say the same only where no rule of substance sees that word
_ALIKE = frozenset({same_content.CODE, required_repetition.CODE})
_OPPOSED = frozenset(
    rule.CODE
    for rule in (
        modality,
        denial,
        exempts,
        authority,
        definition,
        procedure,
        exception_lifted,
        number,
        deadline,
        sanction,
    )
)


def check_all(view: View) -> tuple[Hit, ...]:
    """What every rule saw, in the order of `RULES`; nothing accuses two texts that never meet.

    In areas that one new unit holds today the differences are told all the same: they are what that unit has to unify. Two texts are alike only
    where no rule of substance fired.
    """
    hits = [hit for rule in RULES if (hit := rule.check(view)) is not None]
    if view.territory is not TerritoryRelation.MERGED and any(hit.rule in _NEVER_MEET for hit in hits):
        hits = [hit for hit in hits if BY_CODE[hit.rule].exonerates or hit.rule == form.CODE]
    fired = {hit.rule for hit in hits}
    return tuple(hit for hit in hits if hit.rule not in _ALIKE or not fired & _OPPOSED)
