"""The rooms joined: a parsed file becomes comparable units, a corpus becomes findings and coverage."""

from nlp.analyser.audit import AuditResult, Corpus, audit
from nlp.analyser.corpus import CorpusProvision, comparable
from nlp.analyser.facts import side_from_facts

__all__ = ["AuditResult", "Corpus", "CorpusProvision", "audit", "comparable", "side_from_facts"]
