"""Findings about the form and competence of a document itself: when it takes effect, who may issue it, what its number makes of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nlp.law.document import Level, NormativeDocument
from nlp.law.finding import Gravity
from nlp.law.issuers import UnitLevel
from nlp.law.rank import Kind, Normativity
from nlp.law.validity import LAW_2015, LAW_2025, earliest_effective

COMMUNE_POWER_RETURNS = dt.date(2025, 7, 1)  # Luật 87/2025/QH15
_SHORTENED = re.compile(r"rút gọn|đặc biệt", re.IGNORECASE)
_INTERNAL = re.compile(
    r"quy chế làm việc|nội bộ|tổ chức bộ máy|chức năng, nhiệm vụ|thi đua|khen thưởng|giao (?:kế hoạch|dự toán|chỉ tiêu)"
    r"|thủ tục hành chính|danh mục|phê duyệt|kế hoạch",
    re.IGNORECASE,
)
# "2. Hộ gia đình, cá nhân phải ..." at the head of a provision: a command to the public
_PUBLIC_COMMAND = re.compile(
    r"(?:\d+\.|[a-zđ]\))?\s*(?:các |mọi |đối với )?(?:hộ gia đình|cá nhân|tổ chức|người dân|chủ (?:đầu tư|hộ|cơ sở|phương tiện)|doanh nghiệp"
    r"|cơ sở (?:sản xuất|kinh doanh))[^.;:\n]{0,80}?\b(?:phải|không được|bị cấm|nghiêm cấm|chỉ được)\b",
    re.IGNORECASE,
)
MIN_COMMANDS = 2


@dataclass(frozen=True, slots=True)
class FormRemark:
    """One doubt about the form of a document: `path` is the provision it rests on, None for the header. `probability` in 0..1."""

    code: str
    path: str | None
    note: str
    note_en: str
    grounds: tuple[str, ...]
    gravity: Gravity
    probability: float


def form_remarks(document: NormativeDocument) -> tuple[FormRemark, ...]:
    """The doubts about a document's form, in order of the checks; nothing where issuer or dates are not known."""
    checks = (_early_effect(document), _no_power(document), _rules_in_administrative_form(document))
    return tuple(remark for remark in checks if remark is not None)


def _early_effect(document: NormativeDocument) -> FormRemark | None:
    header = document.header
    if (
        header.normativity is not Normativity.NORMATIVE
        or header.issuer is None
        or header.issued is None
        or header.effective is None
    ):
        return None
    earliest = earliest_effective(header.issuer, header.issued)
    if earliest is None or header.issued < LAW_2015 or header.effective >= earliest or _SHORTENED.search(document.text):
        return None
    law = "Điều 53 Luật số 64/2025/QH15" if header.issued >= LAW_2025 else "Điều 151 Luật số 80/2015/QH13"
    days = (earliest - header.issued).days
    before = header.effective < header.issued
    if not before and not header.issuer.local:
        # central texts are so often issued by the shortened procedure without saying so (22 of 352 real documents) that this alone tells nothing
        return None
    note = (
        f"Văn bản ban hành ngày {header.issued:%d/%m/%Y} quy định hiệu lực từ ngày {header.effective:%d/%m/%Y}, "
        f"{'trước cả ngày ban hành' if before else f'sớm hơn {days} ngày kể từ ngày thông qua hoặc ký ban hành'} theo {law}; "
        "trong văn bản không nêu trình tự, thủ tục rút gọn; cần đối chiếu hồ sơ ban hành."
    )
    note_en = (
        f"Issued on {header.issued:%Y-%m-%d}, in effect from {header.effective:%Y-%m-%d}: earlier than the {days} days of {law}, "
        "and the text names no shortened procedure."
    )
    path = next(
        (
            unit.path
            for unit in reversed(document.provisions)
            if unit.level is Level.ARTICLE and not unit.quoted and "hiệu lực" in unit.span.of(document.text).lower()
        ),
        None,
    )
    return FormRemark(
        "early_effect", path, note, note_en, (law,), Gravity.MEDIUM if before else Gravity.LOW, 0.8 if before else 0.6
    )


def _no_power(document: NormativeDocument) -> FormRemark | None:
    header = document.header
    if header.normativity is not Normativity.NORMATIVE or header.issuer is None or header.issued is None:
        return None
    level, day = header.issuer.level, header.issued
    ground = "Điều 4 Luật số 64/2025/QH15, được sửa đổi, bổ sung bởi Luật số 87/2025/QH15"
    if level is UnitLevel.DISTRICT and day >= COMMUNE_POWER_RETURNS:
        what, what_en = (
            "chính quyền cấp huyện đã kết thúc hoạt động từ ngày 01/7/2025",
            "district authorities ended on 2025-07-01",
        )
    elif level is UnitLevel.COMMUNE and LAW_2025 <= day < COMMUNE_POWER_RETURNS:
        what = "từ ngày 01/4/2025 đến ngày 30/6/2025 chính quyền cấp xã không có thẩm quyền ban hành văn bản quy phạm pháp luật"
        what_en = "communes had no power to issue normative documents from 2025-04-01 to 2025-06-30"
    else:
        return None
    note = f"Văn bản do {header.issuer.name} ban hành ngày {day:%d/%m/%Y}, nhưng {what}."
    return FormRemark(
        "no_power", None, note, f"Issued by {header.issuer.name} on {day}: {what_en}.", (ground,), Gravity.HIGH, 0.9
    )


def _rules_in_administrative_form(document: NormativeDocument) -> FormRemark | None:
    """An administrative number over rules for the public: "văn bản hành chính có chứa quy phạm pháp luật".

    Strict on purpose: the title says "quy định", and at least two provisions tell people outside the administration what they must or must not do.
    """
    header = document.header
    if header.normativity is not Normativity.ADMINISTRATIVE or header.issuer is None or not header.issuer.local:
        return None
    if header.kind not in (Kind.DECISION, Kind.RESOLUTION, Kind.DIRECTIVE) or _INTERNAL.search(header.title):
        return None
    if "quy định" not in header.title.lower():
        return None
    commanding = [
        unit
        for unit in document.provisions
        if unit.level in (Level.CLAUSE, Level.POINT)
        and not unit.quoted
        and _PUBLIC_COMMAND.match(unit.own.of(document.text).strip())
    ]
    if len(commanding) < MIN_COMMANDS:
        return None
    first = commanding[0]
    note = (
        "Số, ký hiệu không có năm ban hành nên đây là văn bản hành chính, nhưng có quy định buộc hoặc cấm tổ chức, cá nhân bên ngoài cơ quan: "
        "có dấu hiệu chứa quy phạm pháp luật không đúng hình thức; cần chuyên viên xem xét."
    )
    note_en = "The number carries no year (administrative form), but the text commands the public: review its form."
    grounds = ("khoản 3 Điều 7 Luật số 64/2025/QH15", "Nghị định số 79/2025/NĐ-CP")
    return FormRemark("rules_in_administrative_form", first.path, note, note_en, grounds, Gravity.MEDIUM, 0.7)
