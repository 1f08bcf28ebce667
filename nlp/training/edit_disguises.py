"""Changes to a clause that mean nothing in law: numbers in words, units, synonyms, tone marks, lists, word order."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nlp.text.clauses import find_cues
from nlp.training import edit_words as words
from nlp.training.edit_operations import IN_WORDS, MEASURED, Edit, figures_of, points_of, put, swap

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    """0 to 999 in words: "hai mươi lăm", "một trăm linh năm"."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    parts = [f"{_ONES[hundreds]} trăm"] if hundreds else []
    if tens == 1:
        parts.append("mười" if not ones else f"mười {'lăm' if ones == 5 else _ONES[ones]}")
    elif tens:
        last = {0: "", 1: " mốt", 5: " lăm"}.get(ones, f" {_ONES[ones]}")
        parts.append(f"{_ONES[tens]} mươi{last}")
    elif ones:
        parts.append(f"linh {_ONES[ones]}" if hundreds else _ONES[ones])
    return " ".join(parts) or _ONES[0]


def number_in_words(text: str, rng: Random) -> Edit | None:
    """A figure below 1,000 written in words."""
    figures = [
        (q, m)
        for q, m in figures_of(text, frozenset(MEASURED))
        if m.group().isdigit() and 0 < int(m.group()) < 1000 and text[m.end() : m.end() + 1] != "%"
    ]
    if not figures:
        return None
    _, match = rng.choice(figures)
    spoken = IN_WORDS.match(text, match.end())
    return put(text, match.start(), spoken.end() if spoken else match.end(), in_words(int(match.group())))


_EQUIVALENT: tuple[tuple[str, Callable[[int], str | None]], ...] = (
    (r"(\d+) giờ", lambda n: f"{n // 24:02d} ngày" if n % 24 == 0 else None),
    (r"(\d+) tháng", lambda n: f"{n // 12:02d} năm" if n % 12 == 0 else None),
    (r"(\d{1,2}) năm(?= |,|;|\.|$)(?! \d)", lambda n: f"{n * 12} tháng" if 0 < n <= 10 else None),
    (r"(\d+) phút", lambda n: f"{n // 60} giờ" if n % 60 == 0 else None),
    (r"([\d.]+)\.000\.000 đồng", lambda n: f"{n} triệu đồng"),
    (r"([\d.]+)\.000 đồng", lambda n: f"{n} nghìn đồng" if n < 1000 else None),
    (r"(\d+) triệu đồng", lambda n: f"{n}.000.000 đồng"),
    (r"(\d+) ha\b", lambda n: f"{n * 10_000:,} m²".replace(",", ".")),
    (r"(\d+) km\b", lambda n: f"{n * 1000:,} m".replace(",", ".")),
    (r"(\d+) tấn\b", lambda n: f"{n * 1000:,} kg".replace(",", ".")),
    (r"(\d+)%", lambda n: f"{n} phần trăm"),
)  # fmt: skip


def equivalent_unit(text: str, rng: Random) -> Edit | None:
    """The same amount in another unit."""
    found = []
    for pattern, convert in _EQUIVALENT:
        for match in re.finditer(rf"(?<![\d.,]){pattern}", text):
            digits = match.group(1).replace(".", "")
            new = convert(int(digits)) if digits.isdigit() else None
            found += [(match, new)] if new else []
    if not found:
        return None
    match, new = rng.choice(found)
    return put(text, match.start(), match.end(), new)


def same_words(text: str, rng: Random) -> Edit | None:
    """A wording of the same meaning, either way round."""
    return swap(text, rng, [*words.SAME, *((new, old) for old, new in words.SAME), *words.SAME_ONE_WAY])


def same_force(text: str, rng: Random) -> Edit | None:
    """Another wording of the same command."""
    cues = [cue for cue in find_cues(text) if cue.form in words.SAME_FORCE]
    if not cues:
        return None
    cue = rng.choice(cues)
    return put(text, cue.span.start, cue.span.end, rng.choice(words.SAME_FORCE[cue.form]))


def tone_moved(text: str, _rng: Random) -> Edit | None:
    """Tones of open "oa", "oe", "uy" on the other vowel throughout ("hòa" and "hoà")."""

    def move(match: re.Match[str]) -> str:
        first, second = (unicodedata.normalize("NFD", letter) for letter in match.group())
        moved = first[0] + second + first[1:] if len(first) > 1 else first + second[1:] + second[0]
        return unicodedata.normalize("NFC", moved)

    changed = re.sub(r"[òóỏõọ][ae](?!\w)|(?<!q)[ùúủũụ]y(?!\w)|o[àáảãạèéẻẽẹ](?!\w)|(?<!q)u[ỳýỷỹỵ](?!\w)", move, text)
    return None if changed == text else Edit(changed, "", "")


def list_turned(text: str, rng: Random) -> Edit | None:
    """The points of a list in another order, lettered anew; only where no point names another."""
    points = points_of(text)
    if len(points) < 2 or re.search(r"điểm [a-zđ]\b|sau đó|tiếp theo", text):
        return None
    cuts = [match.start() for match in points] + [len(text)]
    marks = [match.group() for match in points]
    bodies = [text[points[i].end() : cuts[i + 1]].strip().rstrip(";.") for i in range(len(points))]
    order = list(range(len(bodies)))
    rng.shuffle(order)
    lines = [f"{mark}{bodies[i]}" for mark, i in zip(marks, order, strict=True)]
    changed = text[: cuts[0]] + ";\n".join(lines) + "."
    return None if order == sorted(order) else Edit(changed, "", "")


def list_inlined(text: str, _rng: Random) -> Edit | None:
    """The points of a list in one running sentence."""
    points = points_of(text)
    if len(points) < 2 or re.search(r"điểm [a-zđ]\b", text):
        return None
    changed = re.sub(r"\n(?:[a-zđ]\)|-) (?=\S)", " ", text)
    return None if changed == text else Edit(changed, "", "")


def condition_moved(text: str, _rng: Random) -> Edit | None:
    """The condition of a sentence behind its command: "Trường hợp X thì Y." to "Y trong trường hợp X."."""
    match = re.match(
        r"(?:\d+\. |[a-zđ]\) )?(?:Trong t|T)rường hợp ([^,.;\n]{8,160}?)(?:,| thì) ([^.;\n]{15,300})([.;]?)$", text
    )
    if match is None:
        return None
    command = match.group(2)
    return Edit(f"{command[:1].upper()}{command[1:]} trong trường hợp {match.group(1)}{match.group(3)}", "", "")


def mark_dropped(text: str, _rng: Random) -> Edit | None:
    """The number or letter of the clause left out."""
    match = re.match(r"(?:\d+\w?\.|[a-zđ]\)) ", text)
    return None if match is None else Edit(text[match.end() :], "", "")


DISGUISES = (
    number_in_words, equivalent_unit, same_words, same_words, same_words, same_force, tone_moved, list_turned, list_inlined, condition_moved, mark_dropped,
)  # fmt: skip


def disguise(text: str, rng: Random, count: int) -> str:
    """`text` after up to `count` changes that mean nothing."""
    for _ in range(count):
        edit = rng.choice(DISGUISES)(text, rng)
        text = edit.text if edit is not None else text
    return text
