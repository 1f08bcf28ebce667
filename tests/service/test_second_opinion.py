"""Second opinions against a small chat server of our own: what it says moves a finding a little, what it breaks breaks nothing."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from nlp.analyser.audit import AuditResult
from nlp.analyser.corpus import CorpusProvision
from nlp.comparison.opinion import RULE, WEIGHT, Opinion, OpinionText, OpinionVerdict, weighed
from nlp.errors import Language, SettingsError
from nlp.law.finding import Coverage, Evidence, Finding, FindingKind, Gravity, Side
from service.config import load_config
from service.second_opinion import PATIENCE, ChatReader, OpinionSettings, read_opinion
from service.usecases.second_opinion import SecondOpinions
from service.wiring import Rooms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
GOOD = '{"verdict": "refute", "reason": "Khác đối tượng."}'


class Chat(BaseHTTPRequestHandler):
    """Says what `script` tells for one question after the other, the last one for all that follow."""

    script: list[str]
    asked: list[dict[str, object]]
    keys: list[str | None]

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append({"path": self.path, **question})
        type(self).keys.append(self.headers.get("Authorization"))
        said = self.script[min(len(self.asked), len(self.script)) - 1]
        if said == "slow":
            time.sleep(1.5)
        if said == "moved":
            self.send_response(307)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            return
        if said == "rude":
            self.wfile.write(b"no HTTP at all\r\n\r\n")
            self.close_connection = True
            return
        self.send_response(500 if said == "broken" else 200)
        self.end_headers()
        answer = (
            said.encode()
            if said.startswith("raw:")
            else json.dumps({"choices": [{"message": {"content": said}}]}).encode()
        )
        self.wfile.write(answer.removeprefix(b"raw:"))

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[str]:
    Chat.script, Chat.asked, Chat.keys = [GOOD], [], []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/v1"
    running.shutdown()
    running.server_close()


def reader(url: str, tmp_path: Path, seconds: float = 5.0) -> ChatReader:
    return ChatReader(
        OpinionSettings(url, "mo-hinh", "khoa", seconds), tmp_path / "log" / "opinions.jsonl", lambda: NOW
    )


def place(provision: str, words: str) -> Evidence:
    return Evidence("a.pdf", "12/2024/QĐ-UBND", provision, f"Điều {provision}", words, 1)


def finding(
    name: str = "f1",
    probability: float = 0.8,
    severity: Gravity = Gravity.HIGH,
    kind: FindingKind = FindingKind.CONTRADICTION,
) -> Finding:
    left, right = place("1", "30 ngày"), None if kind is FindingKind.FORM else place("2", "15 ngày")
    return Finding(name, kind, None, probability, severity, left, right, (), None, "", "", (), "")


LEFT, RIGHT = OpinionText("Điều 1", "Thời hạn là 30 ngày."), OpinionText("Điều 2", "Thời hạn là 15 ngày.")


def test_the_question_holds_both_texts_and_the_answer_is_kept(server: str, tmp_path: Path) -> None:
    opinion = reader(server, tmp_path).ask(finding(), LEFT, RIGHT)
    assert opinion == Opinion(OpinionVerdict.REFUTE, "Khác đối tượng.", "mo-hinh")
    (asked,) = Chat.asked
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "mo-hinh", 0)
    assert Chat.keys == ["Bearer khoa"]
    messages = asked["messages"]
    assert isinstance(messages, list)
    question = json.loads(messages[1]["content"])
    assert question["A"] == {"citation": "Điều 1", "text": "Thời hạn là 30 ngày."}
    assert "mâu thuẫn" in question["claim"]
    (line,) = (tmp_path / "log" / "opinions.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["finding"], kept["model"], kept["prompt"], kept["outcome"]) == (
        "f1",
        "mo-hinh",
        "rasoat/second-opinion/1",
        "refute",
    )
    assert kept["messages"] == messages
    assert "khoa" not in line  # the key is no part of the record


GARBAGE = [
    "broken", "slow", "moved", "rude", "không phải JSON", "[]", '{"verdict": "confirm"}', '{"verdict": "maybe", "reason": ""}',
    '{"verdict": "confirm", "reason": 5}', '{"verdict": "confirm", "reason": "", "probability": 1}', '{"verdict": ["confirm"], "reason": ""}',
    f'{{"verdict": "confirm", "reason": "{"x" * 700}"}}', "raw:", "raw:{}", 'raw:{"choices": []}', 'raw:{"choices": [{"message": {"content": null}}]}',
    "raw:" + "x" * 70_000, "[" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("said", GARBAGE, ids=lambda said: said[:30])
def test_what_is_out_of_form_is_no_opinion(said: str, server: str, tmp_path: Path) -> None:
    Chat.script = [said]
    assert reader(server, tmp_path, seconds=0.5).ask(finding(), LEFT, RIGHT) is None
    (line,) = (tmp_path / "log" / "opinions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["outcome"] not in {"confirm", "refute", "unsure"}


def test_after_three_failures_nothing_more_is_asked(server: str, tmp_path: Path) -> None:
    Chat.script = ["broken"]
    asking = reader(server, tmp_path)
    assert [asking.ask(finding(), LEFT, RIGHT) for _ in range(6)] == [None] * 6
    assert len(Chat.asked) == PATIENCE


def test_an_answer_in_between_restores_patience(server: str, tmp_path: Path) -> None:
    Chat.script = ["broken", "broken", GOOD, "broken", "broken", GOOD]
    asking = reader(server, tmp_path)
    assert [asking.ask(finding(), LEFT, RIGHT) is not None for _ in range(6)] == [
        False,
        False,
        True,
        False,
        False,
        True,
    ]


def test_nobody_listens(tmp_path: Path) -> None:
    assert reader("http://127.0.0.1:9/v1", tmp_path).ask(finding(), LEFT, RIGHT) is None


def test_without_a_log_nothing_more_is_asked(server: str, tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be", encoding="utf-8")
    asking = reader(server, tmp_path)
    asking.ask(finding(), LEFT, RIGHT)
    asking.ask(finding(), LEFT, RIGHT)
    assert len(Chat.asked) == 1


@pytest.mark.parametrize(("verdict", "weight"), [("confirm", WEIGHT), ("refute", -WEIGHT), ("unsure", 0.0)])
@pytest.mark.parametrize("probability", [0.0, 0.5, 0.9, 1.0])
def test_an_opinion_moves_a_finding_within_bounds(verdict: str, weight: float, probability: float) -> None:
    before = finding(probability=probability)
    after = weighed(before, Opinion(OpinionVerdict(verdict), "Vì  sao", "m"))
    assert (after.kind, after.id) == (before.kind, before.id)
    assert after.signals[-1].rule == RULE
    assert after.signals[-1].weight == weight
    assert " m: " in after.signals[-1].note
    assert after.signals[-1].note.endswith("Vì sao")
    assert abs(after.probability - probability) < 0.2
    if 0 < probability < 1 and weight:
        assert (after.probability > probability) == (weight > 0)


def audit_result(*findings: Finding) -> AuditResult:
    return AuditResult(findings, Coverage())


def test_opinions_reorder_findings_and_make_none(server: str, tmp_path: Path) -> None:
    Chat.script = [GOOD, '{"verdict": "confirm", "reason": ""}']
    units = [CorpusProvision("x", Side("Cả điều khoản: 30 ngày.", path="1"), "a.pdf")]
    given = audit_result(
        finding("first", 0.8), finding("second", 0.75), finding("form", 0.9, Gravity.MEDIUM, FindingKind.FORM)
    )
    result = SecondOpinions(reader(server, tmp_path), 10).on(given, units, Language.VI)
    assert [each.id for each in result.findings] == ["second", "first", "form"]
    assert result.findings[2].signals == ()
    question = json.loads(Chat.asked[0]["messages"][1]["content"])  # type: ignore[index]
    assert question["A"]["text"] == "Cả điều khoản: 30 ngày."
    assert question["B"]["text"] == "15 ngày"  # a unit that is not in the corpus is asked about by its quote
    assert result.coverage.notes[-1].startswith(
        "Ý kiến thứ hai của mô hình ngôn ngữ: hỏi 2 phát hiện, xác nhận 1, không đồng ý 1,"
    )


def test_only_the_most_urgent_findings_are_asked_about(server: str, tmp_path: Path) -> None:
    given = audit_result(*(finding(str(number)) for number in range(5)))
    result = SecondOpinions(reader(server, tmp_path), 2).on(given, (), Language.EN)
    assert len(Chat.asked) == 2
    assert len(result.findings) == 5
    assert "asked about 2 findings" in result.coverage.notes[-1]


def test_a_dead_server_leaves_the_findings_as_they_are(tmp_path: Path) -> None:
    given = audit_result(finding())
    result = SecondOpinions(reader("http://127.0.0.1:9/v1", tmp_path), 10).on(given, (), Language.VI)
    assert result.findings == given.findings


def test_it_is_off_unless_turned_on(tmp_path: Path) -> None:
    assert Rooms(load_config(tmp_path, {})).opinions is None
    on = {"RASOAT_SERVICE_SECOND_OPINION": "yes", "RASOAT_SERVICE_OPINION_MODEL": "m"}
    with pytest.raises(SettingsError):
        _ = Rooms(load_config(tmp_path, on)).opinions
    url = {"RASOAT_SERVICE_OPINION_URL": "http://127.0.0.1:8080/v1"}
    assert Rooms(load_config(tmp_path, on | url)).opinions is not None


@pytest.mark.parametrize(("url", "model"), [("", "m"), ("file:///etc/passwd", "m"), ("http://x/v1", "")])
def test_settings_that_cannot_be_asked(url: str, model: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        ChatReader(OpinionSettings(url, model), tmp_path / "log", lambda: NOW)


def test_a_read_answer() -> None:
    assert read_opinion(GOOD, "m").verdict is OpinionVerdict.REFUTE
