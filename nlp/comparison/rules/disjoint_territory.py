"""The two rules never meet in one place.

Fires: a decision of "tỉnh Lâm Đồng" against one of "tỉnh Khánh Hòa".
Silent: a decision of "tỉnh Lâm Đồng" against a circular that binds "cả nước".
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.territory import TerritoryRelation

CODE = "disjoint_territory"
SENTENCE = "Hai văn bản áp dụng trên hai địa bàn tách rời ({detail})."
SENTENCE_EN = "The two documents apply in separate areas ({detail})."
GROUND = "điểm b khoản 2 Điều 54 Luật số 64/2025/QH15, sửa đổi bởi Luật số 87/2025/QH15"


def check(view: View) -> Hit | None:
    """The hit when the areas are disjoint, also when one new unit holds both today (that pair is divergent, not contradictory)."""
    if view.territory not in {TerritoryRelation.DISJOINT, TerritoryRelation.MERGED}:
        return None
    names = [side.territory.name for side in (view.pair.a, view.pair.b) if side.territory is not None]
    return Hit(CODE, 1.0, detail=", ".join(names))
