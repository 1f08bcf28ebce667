"""Cut the tokenizer of multilingual-e5-small (250,002 pieces) to the pieces that Vietnamese law needs.

Kept besides the most used pieces of the given texts: special pieces, every single character that any of them contains, digits and punctuation,
one-piece Vietnamese syllables in lower, Title and UPPER case (headings and names are often in capitals), and the prefix words of the model
("query", "passage": forgetting these cost 1 % cosine).
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

import numpy as np
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
PREFIX_WORDS = ("query", "passage", "▁query", "▁passage", ":", "▁:")
WORD_START = "▁"
BATCH = 2_000  # texts given to the tokenizer at once
SYLLABLE = re.compile(r"[^\W\d_]{1,7}")
VIETNAMESE_MARKS = set("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")  # tones, circumflex, breve, horn


def choose_pieces(tokenizer_json: bytes, texts: Sequence[str], size: int) -> NDArray[np.int64]:
    """The rows of the vocabulary to keep, ascending (so special pieces stay first and scores stay sorted), at most `size` of them.

    `texts`: the corpus that decides, as the encoder would get it (without prefixes). Deterministic: ties go to the smaller row.
    """
    vocabulary = [piece for piece, _ in _vocabulary(tokenizer_json)]
    counts, syllables = _count(Tokenizer.from_buffer(tokenizer_json), texts)
    rows = {piece: row for row, piece in enumerate(vocabulary)}
    kept = {rows[piece] for piece in (*SPECIAL, *PREFIX_WORDS) if piece in rows}
    kept.update(row for row, piece in enumerate(vocabulary) if _is_needed_character(piece))
    for syllable in syllables:
        for form in (syllable, syllable.title(), syllable.upper()):
            row = rows.get(WORD_START + form)
            if row is not None:
                kept.add(row)
    used = sorted(counts, key=lambda row: (-counts[row], row))
    latin = (
        row for row, piece in enumerate(vocabulary) if _is_latin(piece)
    )  # rows descend by score: names, queries without diacritics
    for row in chain(used, latin):
        if len(kept) >= size:
            break
        kept.add(row)
    return np.array(sorted(kept), dtype=np.int64)


def prune_tokenizer(tokenizer_json: bytes, keep: NDArray[np.int64]) -> bytes:
    """The tokenizer with only the pieces in the rows `keep`, renumbered 0.. in that order; compact JSON."""
    document = json.loads(tokenizer_json)
    vocabulary = document["model"]["vocab"]
    number = {int(row): new for new, row in enumerate(keep)}
    document["model"]["vocab"] = [vocabulary[int(row)] for row in keep]
    document["model"]["unk_id"] = number[int(document["model"]["unk_id"])]
    for token in document["added_tokens"]:
        token["id"] = number[int(token["id"])]
    for name, special in document["post_processor"]["special_tokens"].items():
        special["ids"] = [number[next(row for row, (piece, _) in enumerate(vocabulary) if piece == name)]]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _vocabulary(tokenizer_json: bytes) -> list[tuple[str, float]]:
    return cast("list[tuple[str, float]]", json.loads(tokenizer_json)["model"]["vocab"])


def _count(tokenizer: Tokenizer, texts: Iterable[str]) -> tuple[Counter[int], list[str]]:
    """How often each piece occurs, and the lower-case words of the texts that look like Vietnamese syllables."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    counts: Counter[int] = Counter()
    words: Counter[str] = Counter()
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH)):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            counts.update(encoding.ids)
        for text in batch:
            words.update(SYLLABLE.findall(text.lower()))
    return counts, sorted(word for word, count in words.items() if count >= 3)  # rarer ones are mostly typing errors


def _is_needed_character(piece: str) -> bool:
    """Whether a piece is one character (with or without a word start) of ASCII, of general punctuation or of the Vietnamese alphabet."""
    character = piece.removeprefix(WORD_START)
    if len(character) > 1:
        return piece.removeprefix(WORD_START).isdigit() and character.isascii()
    if character == "" or character in string.printable:
        return True
    is_sign = unicodedata.category(character)[0] in "PS" and ord(character) < 0x2700
    return is_sign or _is_latin(character)


def _is_latin(piece: str) -> bool:
    """Whether a piece has only letters of the Vietnamese alphabet (with j, f, w, z)."""
    letters = unicodedata.normalize("NFD", piece.removeprefix(WORD_START).lower().replace("đ", "d"))
    return letters != "" and all(letter in string.ascii_lowercase or letter in VIETNAMESE_MARKS for letter in letters)
