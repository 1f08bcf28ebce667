"""What one document gets wrong by itself: its bases, its citations, its form; as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.analyser.findings import remark_finding
from nlp.analyser.form import form_remarks
from nlp.errors import Language
from nlp.law.finding import Evidence, Finding, FindingKind
from nlp.law.identifiers import DocumentKey, citation
from nlp.law.rank import Kind, kind_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nlp.analyser.linked import LinkedCorpus
    from nlp.law.document import NormativeDocument
    from nlp.links.findings import LinkFinding

# code and text of what is proposed, by kind of finding (Điều 38 Nghị định 79/2025/NĐ-CP); conflicts of pairs have their own table in comparison
_HANDLING: dict[FindingKind, tuple[str, str, str]] = {
    FindingKind.DEAD_BASIS: (
        "ra_soat_can_cu",
        "Rà soát văn bản theo căn cứ mới; kiến nghị sửa đổi, bổ sung, thay thế hoặc công bố hết hiệu lực nếu nội dung không còn phù hợp.",
        "Review the document under its new basis; propose amendment, replacement or repeal where its content no longer fits.",
    ),
    FindingKind.BROKEN_REFERENCE: (
        "dinh_chinh_hoac_sua_doi",
        "Đính chính nếu là sai sót kỹ thuật; nếu không, sửa đổi nội dung viện dẫn.",
        "Correct it where it is a clerical slip; otherwise amend the citation.",
    ),
    FindingKind.OUTDATED: (
        "sua_doi_bo_sung",
        "Kiến nghị sửa đổi, bổ sung để thay tên cơ quan, đơn vị hành chính hoặc văn bản không còn bằng chủ thể kế thừa.",
        "Propose an amendment that names the successor of the body, unit or document that no longer exists.",
    ),
    FindingKind.FORM: (
        "kiem_tra_hinh_thuc",
        "Kiến nghị cơ quan ban hành tự kiểm tra, xử lý theo Nghị định số 79/2025/NĐ-CP.",
        "Propose that the issuer examines and handles its document under Nghị định số 79/2025/NĐ-CP.",
    ),
}
# a deterministic check is as sure as the parse it rests on
LINK_PROBABILITY = 0.9


def document_findings(
    file: str,
    document: NormativeDocument,
    corpus: LinkedCorpus,
    documents: Mapping[str, NormativeDocument],
    language: Language = Language.VI,
) -> tuple[Finding, ...]:
    """The findings that rest on this document alone: links first, then form."""
    files = {str(other.key): (name, other) for name, other in documents.items()}
    found = [_of_link(problem, file, document, files, language) for problem in corpus.problems(document)]
    code, *text = _HANDLING[FindingKind.FORM]
    found.extend(
        remark_finding(
            document,
            file,
            FindingKind.FORM,
            None,
            remark.path,
            probability=remark.probability,
            gravity=remark.gravity,
            note=language.of(remark.note, remark.note_en),
            grounds=remark.grounds,
            handling=code,
            handling_text=language.of(*text),
            language=language,
        )
        for remark in form_remarks(document)
    )
    return tuple(found)


def _of_link(
    problem: LinkFinding,
    file: str,
    document: NormativeDocument,
    files: Mapping[str, tuple[str, NormativeDocument]],
    language: Language,
) -> Finding:
    code, *text = _HANDLING[problem.kind]
    return remark_finding(
        document,
        file,
        problem.kind,
        problem.span,
        problem.path,
        probability=LINK_PROBABILITY,
        gravity=problem.gravity,
        note=language.of(problem.note_vi, problem.note_en),
        grounds=problem.grounds,
        handling=code,
        handling_text=language.of(*text),
        other=_other(problem, files),
        language=language,
    )


def _other(problem: LinkFinding, files: Mapping[str, tuple[str, NormativeDocument]]) -> Evidence | None:
    """The other document of a link problem: the provision that ended the basis, or the document that lacks the cited unit."""
    if not problem.related:
        return None
    if problem.related not in files:
        key = DocumentKey.parse(problem.related) if problem.related.count(":") == 3 else None
        number = key.number if key else problem.related.lstrip("~")
        name = f"{kind_name(Kind(key.kind))} số {number}" if key and key.kind in set(Kind) else number
        return Evidence(file="", number=number, provision="main", citation=name, quote="", page=None)
    name, document = files[problem.related]
    unit = document.provision(problem.related_path) if problem.related_path else None
    header = document.header
    number = str(header.number) if header.number else ""
    whole = f"{kind_name(header.kind)} số {number}" if number else header.title
    boxes = document.source.boxes(unit.span) if unit else ()
    return Evidence(
        file=name,
        number=number,
        provision=unit.path if unit else "main",
        citation=f"{citation(unit.path)} {whole}" if unit else whole,
        quote=" ".join(unit.span.of(document.text).split()) if unit else header.title,
        page=boxes[0].page if boxes else (document.source.page_of(unit.span.start) if unit else 1),
        boxes=boxes,
    )
