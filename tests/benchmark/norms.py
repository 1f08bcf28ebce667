"""Megabytes of text per CPU-second of norm extraction, and what it finds: `python -m tests.benchmark.norms`."""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from pathlib import Path

from nlp.parsing.norms import extract_norms

PACK = Path(__file__).resolve().parents[3] / "shared" / "data" / "packs" / "dev" / "phapdien_provisions.jsonl.gz"
EVERY = 20  # every 20th article of the codification: about 2 MB


def main() -> None:
    with gzip.open(PACK, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for number, line in enumerate(lines) if number % EVERY == 0]
    extract_norms("Sở Y tế phải cấp giấy phép.")  # tables are read once, not measured
    size = sum(len(text.encode()) for text in texts) / 1e6
    start = time.process_time()
    norms = [norm for text in texts for norm in extract_norms(text)]
    took = time.process_time() - start
    print(f"{len(texts)} articles, {size:.2f} MB: {size / took:.2f} MB a CPU-second, {len(norms)} norms")
    modalities = Counter(norm.modality.value for norm in norms)
    print("modalities: " + ", ".join(f"{name} {count}" for name, count in modalities.most_common()))
    fields = (
        "bearer",
        "object",
        "conditions",
        "exceptions",
        "saving",
        "quantities",
        "deadlines",
        "authority",
        "dossier",
        "sanction",
        "term",
    )
    print("with: " + ", ".join(f"{field} {sum(bool(getattr(norm, field)) for norm in norms)}" for field in fields))
    longest = max(texts, key=len)
    whole = "\n".join(texts)[: 2 * 10**6]
    for name, text in (("longest article", longest), ("one text of 2 million characters", whole)):
        start = time.process_time()
        extract_norms(text + "\n")
        print(f"{name} ({len(text):,} characters): {time.process_time() - start:.2f} CPU-seconds")


if __name__ == "__main__":
    main()
