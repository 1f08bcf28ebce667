"""Judging pairs of provisions: relation, type, evidence, who prevails, what to do, and why."""

from nlp.comparison.judging import Scorer, judge, judge_all, shipped_scorer
from nlp.comparison.rules import RULES, Rule

__all__ = ["RULES", "Rule", "Scorer", "judge", "judge_all", "shipped_scorer"]
