from __future__ import annotations

import datetime as dt
import re

from nlp.analyser.audit import AuditResult, Corpus, audit
from nlp.analyser.corpus import comparable
from nlp.errors import Language
from nlp.law.territory import load_overlay
from nlp.parsing import parse
from nlp.reading import read
from nlp.settings import Settings
from tests.sample_corpus.source import CORPUS, DOCUMENTS

FILES = ("88_2024_TT-BVHTTDL.docx", "SaKhe_63_2025_QD-UBND.docx", "SaKhe_2988_QD-UBND.pdf")
QUOTED = re.compile(r"“[^”]*”")
VIETNAMESE = re.compile(r"\b(?:Hai quy định|Đề xuất|Chưa kiểm tra|Văn bản này|nguồn là|Chưa có)\b")


def audited(language: Language) -> AuditResult:
    settings = Settings()
    documents = {name: parse(read((DOCUMENTS / name).read_bytes(), name, settings.reading)) for name in FILES}
    units = [unit for name, document in documents.items() for unit in comparable(document, name)]
    gazetteer = load_overlay((CORPUS / "territory.toml").read_text(encoding="utf-8"))
    return audit(Corpus(units, None, documents), dt.date(2026, 6, 30), settings, gazetteer, language=language)


def test_the_language_changes_the_words_and_nothing_else() -> None:
    vietnamese, english = audited(Language.VI), audited(Language.EN)
    assert [(f.id, f.kind, f.probability, f.left.quote) for f in vietnamese.findings] == [
        (f.id, f.kind, f.probability, f.left.quote) for f in english.findings
    ]
    assert {"duplicate", "form"} <= {f.kind.value for f in english.findings}
    for there, here in zip(vietnamese.findings, english.findings, strict=True):
        assert here.why != there.why
        assert here.handling_text != there.handling_text
        said = " ".join((QUOTED.sub("", here.why), here.handling_text, *english.coverage.notes))
        assert not VIETNAMESE.search(said), said
    assert english.coverage.notes
