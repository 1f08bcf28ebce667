"""Citations followed to the units of a corpus."""

from __future__ import annotations

import datetime as dt

import numpy as np

from nlp.analyser.corpus import comparable
from nlp.analyser.linked import MOST_CITED_UNITS, link_corpus
from nlp.analyser.neighbours import rank_neighbours
from nlp.law.territory import national_gazetteer
from nlp.parsing import parse
from nlp.reading import read
from nlp.settings import ReadingSettings, RetrievalSettings

HEAD = """QUỐC HỘI
Luật số: 12/2024/QH15
LUẬT
CÂY XANH

Điều 1. Cây được bảo vệ
1. Cây từ 50 năm tuổi trở lên được bảo vệ.
2. Cây trồng trong vườn nhà không được bảo vệ theo Luật này.
Điều 2. Chặt cây
Việc chặt cây phải có giấy phép của cơ quan có thẩm quyền cấp tỉnh.
Điều 3. Định mức
{clauses}
"""
DECREE = """CHÍNH PHỦ
Số: 34/2024/NĐ-CP
NGHỊ ĐỊNH
Quy định chi tiết Luật Cây xanh

Điều 1. Hồ sơ
Hồ sơ xin giấy phép quy định tại Điều 2 Luật số 12/2024/QH15 gồm đơn và bản vẽ.
Điều 2. Danh mục
1. Danh mục lập theo khoản 1 Điều 1 Luật số 12/2024/QH15 và Điều 3 Luật số 12/2024/QH15.
2. Danh mục được công bố hằng năm trên trang thông tin của tỉnh.
"""


def test_citations_reach_units_both_ways_and_not_whole_subjects() -> None:
    clauses = "\n".join(
        f"{number}. Loài thứ {number} được trồng {number} cây." for number in range(1, MOST_CITED_UNITS + 2)
    )
    files = {"law.txt": HEAD.format(clauses=clauses), "decree.txt": DECREE}
    documents = {name: parse(read(text.encode(), name, ReadingSettings())) for name, text in files.items()}
    units = [unit for name, document in documents.items() for unit in comparable(document, name)]
    linked = link_corpus(documents, units, frozenset(), dt.date(2025, 1, 1), national_gazetteer())
    cited = linked.citations(units)
    place = {(unit.file, unit.side.path): position for position, unit in enumerate(units)}
    dossier, first = place["decree.txt", "main/art_1"], place["decree.txt", "main/art_2/cl_1"]
    permit, old = place["law.txt", "main/art_2"], place["law.txt", "main/art_1/cl_1"]
    assert cited == {
        dossier: frozenset({permit}),
        permit: frozenset({dossier}),
        first: frozenset({old}),  # Điều 3 has too many units
        old: frozenset({first}),
    }
    rows = rank_neighbours(units, None, [dossier], RetrievalSettings(neighbours=0), cited=cited)
    ((position, dense, lexical),) = rows
    assert (position, len(dense.keys)) == (dossier, 0)
    assert lexical.keys.tolist() == [dossier, permit]
    assert (np.diff(lexical.scores) < 0).all()
