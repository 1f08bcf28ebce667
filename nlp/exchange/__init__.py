"""Parsed documents in the forms that other programs read: JSON, Akoma Ntoso, plain text, CSV."""

from nlp.exchange.akn import akn_text
from nlp.exchange.akn_import import read_akn
from nlp.exchange.document_json import SCHEMA, document_json, document_schema, document_text
from nlp.exchange.plain import plain_text
from nlp.exchange.tables import amendments_csv, references_csv

__all__ = [
    "SCHEMA",
    "akn_text",
    "amendments_csv",
    "document_json",
    "document_schema",
    "document_text",
    "plain_text",
    "read_akn",
    "references_csv",
]
