"""Commands that make models. They need the extra `train`; everything else works without it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.errors import InputError, ResourceError
from nlp.retrieval.fields import FOLDER
from nlp.shipped import models_folder
from service.cli.language import say
from service.cli.output import print_line
from service.cli.progress import progress_bar

if TYPE_CHECKING:
    from pathlib import Path


def train_encoder(wheels: Path, codification: Path, models: Path | None, settings: Path | None, minutes: float) -> None:
    """Build and adapt the encoder; write the better of start and trained one, and say what was measured."""
    try:
        from nlp.training.encoder import TrainingFiles
        from nlp.training.encoder import train_encoder as run
        from nlp.training.settings import SETTINGS_FILE, read_training_settings
    except ModuleNotFoundError as problem:
        raise _extra_missing(problem.name or "torch") from problem
    wanted = read_training_settings(settings or SETTINGS_FILE)
    if minutes >= 0:
        wanted = replace(wanted, body=replace(wanted.body, minutes=minutes))
    with progress_bar() as on_progress:
        files = TrainingFiles(wheels, codification, models or models_folder())
        report = run(files, wanted, time.monotonic, on_progress)
    print_line(say("Mô hình: {folder}", folder=report.folder))
    for name, measured in (("start", report.start), ("trained", report.trained)):
        for fold, recalls in measured.items():
            shown = ", ".join(f"R@{depth} {recall}" for depth, recall in recalls.items())
            print_line(f"{name} / {fold.value}: {shown}")
    print_line(
        say("Giữ bản đã huấn luyện.")
        if report.trained_kept
        else say("Giữ bản ban đầu: bản đã huấn luyện không tốt hơn.")
    )


def train_fields(codification: Path, models: Path | None) -> None:
    """Fit the classifier of fields of law for the shipped encoder and say how often it is right on unseen documents."""
    try:
        from nlp.retrieval.encoders import load_encoder
        from nlp.training.fields import build_field_classifier
    except ModuleNotFoundError as problem:
        raise _extra_missing(problem.name or "torch") from problem
    folder = models or models_folder()
    with progress_bar() as on_progress:
        report = build_field_classifier(codification, folder, load_encoder(), on_progress)
    print_line(say("Mô hình: {folder}", folder=folder / FOLDER))
    first, three, queries = report.first, report.first_three, report.first.queries
    print_line(
        say("Đúng ngay {first}, đúng trong ba {three} ({queries} điều).", first=first, three=three, queries=queries)
    )


def train_pairs(files: list[Path], reader: Path | None, out: Path | None) -> None:
    """Fit the scorer of pairs and print its out-of-fold numbers."""
    try:
        from nlp.training import pairs
    except ModuleNotFoundError as problem:
        raise _extra_missing(problem.name or "scikit-learn") from problem
    for file in (*files, *([reader] if reader else [])):
        if not file.is_file():
            raise InputError(
                "no_such_file",
                where=str(file),
                what="Không có tệp này.",
                remedy="Kiểm tra lại đường dẫn.",
                what_en="There is no such file.",
                remedy_en="Check the path.",
            )
    folder = out or models_folder() / "pair-scorer"
    for part, numbers in pairs.fit_scorer(tuple(files), reader, folder, pairs.FitSettings()).items():
        for name, value in numbers.items():
            print_line(f"{part} {name}: {value:.4f}")
    print_line(say("Mô hình: {folder}", folder=folder))


def _extra_missing(name: str) -> ResourceError:
    return ResourceError(
        "extra_missing",
        where=name,
        what="Huấn luyện cần các thư viện của phần mở rộng train.",
        remedy='Cài thêm: pip install "rasoat[train]".',
        what_en="Training needs the libraries of the extra train.",
        remedy_en='Install them: pip install "rasoat[train]".',
    )
