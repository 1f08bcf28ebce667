"""Questions to the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.analyser.corpus import side_citation
from nlp.errors import InputError
from nlp.law.rank import kind_name
from nlp.retrieval.entries import Filter
from nlp.retrieval.snippets import make_snippet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from nlp.law.span import Span
    from nlp.retrieval.encoders import Encoder
    from nlp.retrieval.entries import Entry
    from nlp.retrieval.search import SearchIndex
    from service.store.records import KeptProvision
    from service.store.store import Store


_SHOWN = 20  # names that an error lists


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may be found, as people say it; empty means anything. Names are compared whole, without regard to case; days are inclusive."""

    kinds: tuple[str, ...] = ()  # "Nghị định"
    ranks: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()  # topics of the codification, "Đất đai"
    numbers: tuple[str, ...] = ()
    in_force_on: dt.date | None = None
    issued_from: dt.date | None = None
    issued_to: dt.date | None = None


def filter_of(wanted: Wanted, entries: Iterable[Entry]) -> Filter:
    """The filter over an index with these entries. Raises InputError naming a value that no entry has, with those that there are."""
    known = tuple(entries) if wanted != Wanted() else ()

    def chosen(what: str, names: Sequence[str], values: Iterable[str]) -> frozenset[str]:
        there = {value.casefold(): value for value in values if value} if names else {}
        unknown = [name for name in names if name.strip().casefold() not in there]
        if unknown:
            listed = ", ".join(sorted(there.values())[:_SHOWN])
            raise _unusable(
                f"Không có {what} {unknown[0]!r} trong chỉ mục.",
                f"Chọn một trong: {listed}.",
                f"The index has no {what} {unknown[0]!r}.",
                f"Choose one of: {listed}.",
            )
        return frozenset(there[name.strip().casefold()] for name in names)

    kinds = {kind_name(entry.kind): entry.kind for entry in known if entry.kind is not None}
    return Filter(
        kinds=frozenset(kinds[name] for name in chosen("loại văn bản", wanted.kinds, kinds)),
        ranks=frozenset(wanted.ranks),
        issuers=chosen("cơ quan ban hành", wanted.issuers, (entry.issuer for entry in known)),
        territories=chosen("địa bàn", wanted.territories, (entry.territory for entry in known)),
        fields=chosen("lĩnh vực", wanted.fields, (entry.field for entry in known)),
        numbers=frozenset(wanted.numbers),
        in_force_on=wanted.in_force_on,
        issued_from=wanted.issued_from,
        issued_to=wanted.issued_to,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One hit. `id` is the id of the provision list where there was one, else ours; `quote` the words around what was asked."""

    id: str
    number: str
    citation: str
    score: float
    quote: str
    marks: tuple[Span, ...]  # over `quote`: the words of the question
    file: str
    page: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Searcher:
    """The parts that a search needs; `index` is fresh."""

    store: Store
    index: SearchIndex
    encoder: Encoder
    max_query_characters: int
    max_hits: int

    def search(self, queries: Sequence[str], k: int, where: Filter | None = None) -> tuple[tuple[Found, ...], ...]:
        """For each question the k best provisions, best first. Raises InputError for an empty or oversized question or k."""
        for query in queries:
            self._check(query, k)
        if not queries or not len(self.index):
            return tuple(() for _ in queries)
        vectors = self.encoder.encode_queries(queries)
        found: list[tuple[Found, ...]] = []
        for query, vector in zip(queries, vectors, strict=True):
            hits = self.index.search(query, vector, k, where)
            kept = {each.id: each for each in self.store.provisions([int(hit.id) for hit in hits])}
            # a provision replaced between index and store is left out
            found.append(tuple(_found(kept[int(hit.id)], hit.score, query) for hit in hits if int(hit.id) in kept))
        return tuple(found)

    def _check(self, query: str, k: int) -> None:
        if not query.strip():
            raise _unusable(
                "Câu hỏi trống.", "Nhập ít nhất một từ.", "The question is empty.", "Give at least one word."
            )
        if len(query) > self.max_query_characters:
            limit = self.max_query_characters
            vi, en = f"Câu hỏi dài hơn {limit} ký tự.", f"The question is longer than {limit} characters."
            raise _unusable(vi, "Rút ngắn câu hỏi.", en, "Shorten it.")
        if not 1 <= k <= self.max_hits:
            vi, en = f"Số kết quả phải từ 1 đến {self.max_hits}.", f"The number of hits must be 1 to {self.max_hits}."
            raise _unusable(vi, "Chọn số khác.", en, "Choose another number.")


def answer_json(number: str, found: Sequence[Found]) -> dict[str, object]:
    """One line of the answer to a question file."""
    hits = [
        {
            "id": each.id,
            "number": each.number,
            "citation": each.citation,
            "score": round(each.score, 6),
            "quote": each.quote,
        }
        for each in found
    ]
    return {"id": number, "hits": hits}


def _found(kept: KeptProvision, score: float, query: str) -> Found:
    unit = kept.unit
    snippet = make_snippet(unit.side.text, query)
    return Found(
        id=unit.external_id or unit.id,
        number=unit.side.number,
        citation=side_citation(unit.side),
        score=score,
        quote=snippet.text,
        marks=snippet.marks,
        file=unit.file,
        page=unit.page,
        title=unit.side.title,
    )


def _unusable(vi: str, remedy: str, en: str, remedy_en: str) -> InputError:
    return InputError("bad_query", where="search", what=vi, remedy=remedy, what_en=en, remedy_en=remedy_en)
