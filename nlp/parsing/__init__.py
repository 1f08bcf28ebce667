"""Parsing: the text of one document in, its identity, tree, citations and amendments out."""

from nlp.parsing.parse import parse
from nlp.parsing.quotes import find_payloads

__all__ = ["find_payloads", "parse"]
