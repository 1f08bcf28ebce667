"""Deontic cues, authorities and telling phrases of a text, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.law.span import Span
from nlp.text.lexicon import Body, alternatives, bodies, group_pattern, modality_cues, phrase_groups
from nlp.text.segment import fold, folded_pattern

if TYPE_CHECKING:
    from nlp.law.norm import Modality


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A deontic cue in a text: where, its folded words and the modality it carries there."""

    span: Span
    form: str
    modality: Modality


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """An authority named in a text; `form` is its folded name ("giám đốc sở"), `field` what it is in charge of where that is said ("y tế")."""

    span: Span
    body: Body
    form: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase of a lexicon group in a text."""

    span: Span
    group: str
    form: str


_CUES = folded_pattern(rf"(?<!\w)(?:{alternatives(tuple(modality_cues()))})(?!\w)")
# "được" after these is passive or potential, never a permission: "hồ sơ được lập", "khi được cấp", "nhận được", "đã được phê duyệt"
_PASSIVE_VERBS = (
    "lập|cấp|giao|phê duyệt|duyệt|quy định|ban hành|thực hiện|tổ chức|công bố|gửi|nộp|xác định|tính|bố trí|thành lập|bảo đảm|ghi|in|lưu|nhận|nêu|xử lý|"
    "bổ nhiệm|cử|công nhận|xem xét|thông báo|đăng|áp dụng|niêm yết|trả|hỗ trợ|chi|coi|hiểu|gọi|xếp|trình|kiểm tra|"
    "thẩm định|tiến hành|sửa đổi|bổ sung|chia|trích|"
    "điều chỉnh|phân bổ|phân công|uỷ quyền|thuê|mời|tuyển|đào tạo|bồi dưỡng|đánh giá|chứng nhận|xác nhận|thu|lấy|"
    "đưa|chuyển|đặt|treo|sắp xếp|thể hiện|mô tả|liệt kê|thay thế"
)
# "được ngân sách hỗ trợ", "được cơ quan có thẩm quyền cho phép": who does it follows, so it is done to the subject
_AGENTS = "ngân sách|nhà nước|cơ quan|người có thẩm quyền|cấp có thẩm quyền|uỷ ban|hội đồng|chủ tịch|chính phủ|thủ tướng|quốc hội|bộ trưởng|giám đốc"
_PASSIVE = folded_pattern(rf"\s+(?:{_PASSIVE_VERBS}|{_AGENTS})(?!\w)")
_BEFORE_PASSIVE = folded_pattern(
    r"(?:nhận|đã|khi|sau khi|đạt|có|thu|vừa|mà|đang|mới|sẽ|làm|không thể|tài sản|hồ sơ|giấy phép|đơn|phải|cần)\s+$"
)
# "chỉ" inside other words: "chỉ đạo", "chỉ huy", "chứng chỉ", "đình chỉ"
_NOT_ONLY = folded_pattern(r"\s+(?:đạo|huy|tiêu|định|dẫn|số|giới|thị|ra|rõ|trích)(?!\w)")
_CERTIFICATE = folded_pattern(r"(?:chứng|địa|đình|tín|tôn|điểm)\s+$")
_RIGHT_HAND = folded_pattern(r"(?:bên|tay|phía|lề|mé)\s+$")  # "ảnh treo bên phải"
_NO_EXEMPTION = folded_pattern(r"\s+(?:là|nhiệm|dịch)(?!\w)")  # "miễn là", "miễn nhiệm", "không phải là"
# "cần" commands before a verb: "khi cần", "trường hợp cần thiết" do not
_NO_NEED = folded_pattern(r"\s+(?:thiết|lao|cù|kíp|vụ)(?!\w)")
_NO_NEED_BEFORE = folded_pattern(r"(?:khi|nếu|lúc|chỉ|xét thấy|nào)\s+$")
_NOUN_BEFORE_CAM = folded_pattern(r"(?:điều|hành vi bị|danh mục|khu vực|quyết định|biển)\s+$")


@lru_cache(maxsize=65_536)
def find_cues(text: str) -> tuple[CueMatch, ...]:
    """The deontic cues of a text in order. Passive "được" is left out; "cấm" as part of a noun ("khu vực cấm") too."""
    folded = fold(text)
    found: list[CueMatch] = []
    for match in _CUES.finditer(folded):
        form = " ".join(match.group().split())
        before = folded[max(0, match.start() - 16) : match.start()]
        if form == "được" and (_PASSIVE.match(folded, match.end()) or _BEFORE_PASSIVE.search(before)):
            continue
        if form == "cấm" and _NOUN_BEFORE_CAM.search(before):
            continue
        if form == "chỉ" and (_NOT_ONLY.match(folded, match.end()) or _CERTIFICATE.search(before)):
            continue
        if form == "phải" and _RIGHT_HAND.search(before):
            continue
        if form in {"miễn", "không phải"} and _NO_EXEMPTION.match(folded, match.end()):
            continue
        if form == "cần" and (_NO_NEED.match(folded, match.end()) or _NO_NEED_BEFORE.search(before)):
            continue
        found.append(CueMatch(Span(match.start(), match.end()), form, modality_cues()[form]))
    return tuple(found)


# what ministries and departments are in charge of, from the lexicon's own names ("bộ y tế", "sở y tế")
_FIELDS = tuple(
    {
        form.split(" ", 1)[1]
        for form, body in bodies().items()
        if form.startswith(("bộ ", "sở ")) and body.id in {"bo", "so"}
    }
    - {"trưởng", "ban", "quản lí ngành"}
)
_BODY = folded_pattern(
    rf"(?<!\w)(?P<head>{alternatives(tuple(bodies()))})(?!\w)(?P<field>\s+(?:bộ\s+)?(?:{alternatives(_FIELDS)})(?!\w))?"
    r"(?P<tail>\s+(?:nhân dân\s+)?(?:cấp\s+(?:tỉnh|huyện|xã|trên)|nơi|có thẩm quyền|quản lý))?"
)
# words that start with the name of an office but are none: "bộ hồ sơ", "sở hữu", "phòng cháy", "cục bộ", "thôn bản"
_NOT_BODY = folded_pattern(
    r"(?:sở\s+(?:hữu|thích|tại|vật)|phòng\s*,?\s+(?:cháy|chống|ngừa|tránh|trừ|ngủ|khám|học|thí|bệnh|hộ|vệ|máy|thủ|ở|riêng)|"
    r"cục\s+bộ|giám đốc\s+thẩm|thôn\s+tính)"
)
# one-syllable offices are common words too: "cơ sở y tế", "bộ hồ sơ", "Bộ Quốc phòng"; only a capital makes them names
_COMMON = frozenset({"bộ", "sở", "phòng", "cục", "chi cục", "tổng cục", "thôn", "các sở", "vụ", "ban", "viện"})


@lru_cache(maxsize=65_536)
def find_bodies(text: str) -> tuple[BodyMatch, ...]:
    """The authorities that a text names, in order; the longest known name wins ("chủ tịch ủy ban nhân dân cấp huyện")."""
    folded = fold(text)
    found: list[BodyMatch] = []
    for match in _BODY.finditer(folded):
        if _NOT_BODY.match(folded, match.start()):
            continue
        head = " ".join(match["head"].split())
        if head in _COMMON and not text[match.start()].isupper():
            continue
        found.append(BodyMatch(Span(match.start(), match.end()), bodies()[head], head, _field(head, match["field"])))
    return tuple(found)


def _field(head: str, printed: str | None) -> str:
    if printed:
        return " ".join(printed.split()).removeprefix("bộ ")
    last = head.split(" ", 1)[-1]
    return last if last in _FIELDS else ""


@lru_cache(maxsize=65_536)
def find_phrases(text: str) -> tuple[PhraseMatch, ...]:
    """Every phrase of the lexicon groups in a text, ordered by group, then place."""
    folded = fold(text)
    return tuple(
        PhraseMatch(Span(match.start(), match.end()), group, " ".join(match.group().split()))
        for group in phrase_groups()
        for match in group_pattern(group).finditer(folded)
    )
