"""Pairs with one more sentence that says nothing of their matter: what a text may add without changing how it stands to the other.

A provision often ends with a reference to another law, a report duty or a denial about something else. A scorer that counts such phrases calls the
pair consistent, or contradictory, for the wrong reason. The copies made here keep the label, so the phrase alone no longer tells it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.text.segment import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from nlp.comparison.records import LabelledPair
    from nlp.law.finding import Side


COPY = "+h"  # what the id of a copy ends in


class Kind(StrEnum):
    """What a harmless sentence is about."""

    BUDGET = "budget"
    COMPLAINT = "complaint"
    INFORMATION = "information"
    PROCUREMENT = "procurement"
    EMULATION = "emulation"
    SIGNATURE = "signature"
    SECRECY = "secrecy"
    LANGUAGE = "language"
    STAFF = "staff"
    DENIAL = "denial"
    REPORT = "report"
    DUTY = "duty"
    SERVICE = "service"  # told with "thêm", "ngoài ra", "còn": nothing is added to what the pair is about
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Harmless:
    """One sentence; `about` are words of its matter: a pair that speaks of any of them does not get it."""

    kind: Kind
    text: str
    about: tuple[str, ...]


def _of(kind: Kind, about: str, *texts: str) -> tuple[Harmless, ...]:
    words = tuple(fold(word.strip()) for word in about.split(","))
    return tuple(Harmless(kind, text, words) for text in texts)


# Sentences about archives, about further fees, and those of nlp.evaluation.cues are left out on purpose: they are the test.
HARMLESS: tuple[Harmless, ...] = (
    *_of(
        Kind.BUDGET, "kinh phí, ngân sách, dự toán, quyết toán",
        "Nguồn kinh phí do ngân sách nhà nước bảo đảm theo phân cấp hiện hành.",
        "Kinh phí thực hiện được cân đối trong dự toán chi thường xuyên của đơn vị.",
        "Việc lập dự toán, chấp hành và quyết toán áp dụng pháp luật về ngân sách nhà nước.",
        "Kinh phí bảo đảm cho công tác này do đơn vị chủ trì tự thu xếp trong nguồn được giao.",
        "Việc quản lý, sử dụng kinh phí tuân theo Luật Ngân sách nhà nước và văn bản hướng dẫn.",
    ),
    *_of(
        Kind.COMPLAINT, "khiếu nại, tố cáo, kiến nghị",
        "Việc giải quyết khiếu nại, tố cáo được tiến hành theo pháp luật về khiếu nại, tố cáo.",
        "Khiếu nại phát sinh được xem xét theo trình tự của Luật Khiếu nại.",
        "Tổ chức, cá nhân có quyền khiếu nại, tố cáo theo quy định của pháp luật.",
        "Phản ánh, kiến nghị của người dân được tiếp nhận qua Cổng Dịch vụ công quốc gia.",
        "Đơn tố cáo được xử lý theo quy định của Luật Tố cáo.",
    ),
    *_of(
        Kind.INFORMATION, "thông tin, dữ liệu, công khai",
        "Việc cung cấp thông tin cho người dân thực hiện theo Luật Tiếp cận thông tin.",
        "Thông tin cá nhân thu thập được bảo vệ theo pháp luật về bảo vệ dữ liệu cá nhân.",
        "Kết quả thực hiện được công khai trên trang thông tin điện tử của cơ quan.",
        "Dữ liệu phát sinh được cập nhật vào hệ thống thông tin dùng chung của ngành.",
        "An toàn thông tin mạng được bảo đảm theo quy định của pháp luật về an toàn thông tin mạng.",
    ),
    *_of(
        Kind.PROCUREMENT, "đấu thầu, mua sắm, nhà thầu, trang thiết bị",
        "Việc lựa chọn nhà thầu cung cấp vật tư thực hiện theo quy định của pháp luật về đấu thầu.",
        "Mua sắm trang thiết bị phục vụ công tác này áp dụng Luật Đấu thầu.",
        "Trang thiết bị được mua sắm tập trung theo danh mục do cơ quan có thẩm quyền ban hành.",
        "Tài sản hình thành được quản lý, sử dụng theo pháp luật về quản lý, sử dụng tài sản công.",
    ),
    *_of(
        Kind.EMULATION, "khen thưởng, thi đua, kỷ luật",
        "Tập thể, cá nhân có thành tích được khen thưởng theo pháp luật về thi đua, khen thưởng.",
        "Việc khen thưởng được xét hằng năm theo quy chế thi đua của cơ quan.",
        "Kết quả thực hiện là một tiêu chí để bình xét thi đua của đơn vị.",
        "Việc xử lý kỷ luật cán bộ, công chức có liên quan áp dụng quy định của Luật Cán bộ, công chức.",
    ),
    *_of(
        Kind.SIGNATURE, "chữ ký, giao dịch điện tử, văn thư, con dấu, bản điện tử",
        "Việc ký số và giá trị của bản điện tử áp dụng pháp luật về giao dịch điện tử.",
        "Chữ ký số có giá trị như chữ ký tay theo quy định của Luật Giao dịch điện tử.",
        "Thể thức văn bản và việc đóng dấu thực hiện theo quy định về công tác văn thư.",
        "Bản điện tử được gửi qua trục liên thông văn bản cùng với bản giấy.",
        "Con dấu được quản lý và sử dụng theo quy định của Chính phủ về con dấu.",
    ),
    *_of(
        Kind.SECRECY, "bí mật, mật, bảo mật",
        "Tài liệu có nội dung mật được quản lý theo pháp luật về bảo vệ bí mật nhà nước.",
        "Việc giải mật tài liệu tuân theo Luật Bảo vệ bí mật nhà nước.",
        "Người tham gia giữ bí mật những điều mình biết trong khi làm nhiệm vụ.",
    ),
    *_of(
        Kind.LANGUAGE, "phiên dịch, tiếng dân tộc, người khuyết tật, người cao tuổi",
        "Chi phí phiên dịch tiếng dân tộc thiểu số được thanh toán theo quy định hiện hành.",
        "Người cao tuổi, người khuyết tật được ưu tiên phục vụ trước tại nơi tiếp dân.",
        "Nơi tiếp dân bố trí lối đi thuận tiện cho người khuyết tật theo quy chuẩn xây dựng.",
    ),
    *_of(
        Kind.STAFF, "biên chế, tập huấn, bồi dưỡng nghiệp vụ, kiêm nhiệm",
        "Người làm công tác này hoạt động theo chế độ kiêm nhiệm.",
        "Việc tuyển dụng, sử dụng nhân sự thực hiện trong tổng số biên chế được giao.",
        "Cán bộ phụ trách được tập huấn, bồi dưỡng nghiệp vụ hằng năm.",
        "Chế độ làm thêm giờ của người phụ trách áp dụng theo Bộ luật Lao động.",
    ),
    *_of(
        Kind.DENIAL, "thẻ ra vào, trang phục, chụp ảnh, quà, hút thuốc, đỗ xe, ngày lễ",
        "Người đến làm việc không phải xuất trình thẻ ra vào tại cổng.",
        "Nơi tiếp dân không tổ chức làm việc vào ngày lễ, tết.",
        "Cán bộ phụ trách không được nhận quà dưới mọi hình thức.",
        "Không hút thuốc lá trong phòng làm việc và hội trường.",
        "Việc đỗ xe trong khuôn viên trụ sở không phải trả tiền.",
        "Người đến làm việc không cần đăng ký trước qua điện thoại để đỗ xe tại trụ sở.",
        "Nghiêm cấm gây mất trật tự, chụp ảnh, quay phim trong phòng làm việc khi chưa được đồng ý.",
        "Không bắt buộc mặc trang phục của ngành khi đến làm việc.",
    ),
    *_of(
        Kind.DENIAL, "mẫu in, phô tô, bưu chính, trực tuyến, nhũng nhiễu, lợi dụng",
        "Cán bộ tiếp nhận không được gây khó khăn, nhũng nhiễu.",
        "Nghiêm cấm lợi dụng chức vụ, quyền hạn để trục lợi.",
        "Người dân không phải mua mẫu in sẵn.",
        "Cơ quan, đơn vị không yêu cầu người dân tự phô tô tài liệu tại chỗ.",
        "Người đã gửi qua môi trường trực tuyến không phải gửi lại qua dịch vụ bưu chính.",
    ),
    *_of(
        Kind.DENIAL, "hội nghị, kỷ niệm, liên hoan, quảng cáo, biển hiệu",
        "Không tổ chức liên hoan, kỷ niệm bằng nguồn tiền được giao.",
        "Đơn vị không được sử dụng biển hiệu của cơ quan để quảng cáo.",
        "Hội nghị sơ kết không mời khách ngoài ngành.",
    ),
    *_of(
        Kind.REPORT, "báo cáo, sơ kết, tổng kết, tổng hợp",
        "Hằng năm, đơn vị chủ trì tổng hợp tình hình và báo cáo cơ quan cấp trên.",
        "Kết thúc mỗi đợt triển khai, đơn vị lập báo cáo tổng kết gửi các thành viên tham gia.",
        "Chế độ báo cáo thực hiện theo quy định về chế độ báo cáo của cơ quan hành chính nhà nước.",
        "Định kỳ hằng quý, bộ phận phụ trách báo cáo kết quả với người đứng đầu.",
        "Khi có yêu cầu đột xuất, đơn vị báo cáo bằng văn bản trong 02 ngày làm việc.",
        "Sau 03 năm thực hiện, đơn vị chủ trì tổ chức sơ kết, rút kinh nghiệm.",
        "Báo cáo tháng được lập trên phần mềm của ngành chậm nhất ngày 20.",
    ),
    *_of(
        Kind.DUTY, "tuyên truyền, phổ biến, giám sát, hướng dẫn, đôn đốc, vướng mắc",
        "Các cơ quan, đơn vị tuyên truyền, phổ biến nội dung này đến người dân.",
        "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức thành viên giám sát việc thực hiện.",
        "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về cơ quan chủ trì để được hướng dẫn.",
        "Thủ trưởng đơn vị chịu trách nhiệm đôn đốc, kiểm tra việc thực hiện.",
        "Các đơn vị phân công đầu mối và cung cấp số điện thoại để tiện hướng dẫn.",
        "Đoàn thể các cấp phối hợp tuyên truyền, vận động hội viên chấp hành.",
        "Thanh tra chuyên ngành đưa nội dung này vào kế hoạch thanh tra, giám sát hằng năm.",
    ),
    *_of(
        Kind.SERVICE, "bàn ghế, ghế ngồi, nước uống, bảng chỉ dẫn, đường dây nóng, tiếp dân, phiếu khảo sát, hài lòng",
        "Nơi tiếp dân được bố trí thêm ghế ngồi, nước uống.",
        "Ngoài ra, người trực còn hướng dẫn lối đi và giữ trật tự chung.",
        "Đồng thời, bảng chỉ dẫn được đặt riêng ở tầng một.",
        "Kèm theo đó là phiếu khảo sát mức độ hài lòng gửi cho người đã giải quyết xong việc.",
        "Người trực đường dây nóng trả lời ngay, trực tiếp và ghi lại số gọi đến.",
        "Cán bộ trực còn tự kiểm tra đèn, quạt trước khi ra về.",
        "Phòng chờ vẫn mở trong giờ nghỉ trưa, cùng với quầy nước uống.",
        "Bên cạnh đó, sơ đồ phòng làm việc được treo thêm ở cổng phụ.",
    ),
    *_of(
        Kind.FORMULA, "chịu trách nhiệm thi hành, được sửa đổi, phối hợp chặt chẽ, tinh thần",
        "Trường hợp văn bản dẫn chiếu được sửa đổi, bổ sung hoặc thay thế thì áp dụng văn bản mới.",
        "Các cơ quan có liên quan phối hợp chặt chẽ trong phạm vi nhiệm vụ của mình.",
        "Những điều chưa nêu ở đây áp dụng theo pháp luật có liên quan.",
        "Nội dung này được thực hiện trên tinh thần công khai, minh bạch, tiết kiệm.",
        "Người đứng đầu các đơn vị có liên quan chịu trách nhiệm thi hành.",
        "Trường hợp pháp luật chuyên ngành có quy định riêng về trách nhiệm phối hợp thì theo quy định riêng đó.",
        "Các từ ngữ khác được hiểu theo văn bản đã được sửa đổi, bổ sung gần nhất.",
    ),
)  # fmt: skip

_SENTENCE_END = re.compile(r"(?<=[^\d\s.][.;])(?=[ \n])(?!\s*$)")
_ON_B, _ON_BOTH = 0.15, 0.15  # shares of copies whose sentence stands in B, in both
_AT_END = 0.6  # share of sentences put behind the whole text
_SAME_IN_BOTH = 0.3  # of copies with a sentence in both: the same one, as standing clauses are


def with_harmless(pairs: Sequence[LabelledPair], rng: Random, share: float) -> tuple[LabelledPair, ...]:
    """Copies of a random `share` of the pairs, each with a harmless sentence in A (sometimes in B or both); label, group and evidence stay.

    Which pair, which sentence and where do not depend on the label. A copy's id ends in "+h"; pairs that speak of every kind give none.
    """
    return tuple(copy for pair in pairs if rng.random() < share and (copy := _copy(pair, rng)) is not None)


def _copy(pair: LabelledPair, rng: Random) -> LabelledPair | None:
    spoken = fold(f"{pair.pair.a.text}\n{pair.pair.b.text}")
    free = [one for one in HARMLESS if not any(word in spoken for word in one.about)]
    if not free:
        return None
    ours, theirs = (_drawn(free, rng) for _ in range(2))
    place = rng.random()
    a, b = pair.pair.a, pair.pair.b
    if place < _ON_B + _ON_BOTH:
        same = place < _ON_BOTH and rng.random() < _SAME_IN_BOTH
        b = _put(b, (ours if same else theirs).text, pair.evidence_b, rng)
    if not _ON_BOTH <= place < _ON_B + _ON_BOTH:
        a = _put(a, ours.text, pair.evidence_a, rng)
    return replace(pair, id=f"{pair.id}{COPY}", pair=replace(pair.pair, a=a, b=b))


def _drawn(free: Sequence[Harmless], rng: Random) -> Harmless:
    """A sentence that may be used, every kind alike."""
    kind = rng.choice(sorted({one.kind for one in free}))
    return rng.choice([one for one in free if one.kind is kind])


def _put(side: Side, sentence: str, evidence: str, rng: Random) -> Side:
    """The side with the sentence at its end or behind an inner sentence, never inside the evidence."""
    text = side.text.rstrip()
    start = text.find(evidence) if evidence else -1
    places = [
        match.start()
        for match in _SENTENCE_END.finditer(text)
        if not (start >= 0 and start < match.start() < start + len(evidence))
    ]
    if not places or rng.random() < _AT_END:
        gap = "\n" if "\n" in text and rng.random() < 0.5 else " "
        stop = "" if text[-1:] in {".", ";", ":", "!", "?", "”", '"'} else "."
        return replace(side, text=f"{text}{stop}{gap}{sentence}")
    at = rng.choice(places)
    return replace(side, text=f"{text[:at]} {sentence}{text[at:]}")
