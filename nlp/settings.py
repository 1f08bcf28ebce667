"""Defaults of every room, as data. Delivery overlays `rasoat.toml` and `RASOAT_*` on them once; nothing here is read from the outside.

A room's settings object is defined here only when an operator may want to change it; private constants stay, named, in their algorithm.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """Limits and choices of reading. Sizes in bytes, times in seconds, resolution in dots per inch."""

    max_file_bytes: int = 200 * 2**20
    max_pages: int = 2_000
    max_seconds: int = 1_800  # of one file in the sandbox
    max_cpu_seconds: int = 3_600  # of one file: two recognisers work at once
    max_memory_bytes: int = 4 * 2**30
    max_unpacked_bytes: int = 1 * 2**30  # of a .docx or .zip
    max_archive_members: int = 2_000
    ocr: bool = True
    ocr_dpi: int = 300
    ocr_workers: int = 2
    ocr_min_confidence: float = 0.6  # a word below is marked uncertain


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """How neighbours are found."""

    neighbours: int = 20  # candidate provisions per provision
    # of a cosine in search, where the best BM25 counts 1; for the shipped encoder, whose nearest hundred lie within 0.2 of each other
    cosine_weight: float = 3.0
    rrf_k: int = 10  # reciprocal ranks of candidates in an audit: 1 / (k + rank); 10 measured in shared/encoder.md
    dense_weight: float = 1.0
    lexical_weight: float = 1.0
    min_shared_words: float = (
        0.4  # of a counterpart: BM25 of one text for the other, relative to its own; chosen on the sample corpus
    )
    min_syllables: int = 8  # shorter provisions carry too little to be judged alone


@dataclass(frozen=True, slots=True)
class ComparisonSettings:
    """When a judged pair becomes a finding: probabilities in 0..1."""

    report_threshold: float = 0.5
    same_document_threshold: float = 0.9  # of two provisions of one document
    duplicate_threshold: float = 0.5
    overlap_threshold: float = 0.6


@dataclass(frozen=True, slots=True)
class Settings:
    """All rooms together, as stored with every audit."""

    reading: ReadingSettings = ReadingSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    comparison: ComparisonSettings = ComparisonSettings()
