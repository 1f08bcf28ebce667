"""The HTTP API over a real workspace: answers, jobs, and one form for every failure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from nlp.progress import silent
from service.api import create_app
from service.api.wire import Problem
from service.config import load_config
from service.wiring import Rooms

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "documents"
DECREE = SAMPLE / "976_2024_ND-CP.pdf"
LIST = '{"id": "x1", "number": "5/2020/QĐ-UBND", "issuer": "UBND tỉnh Nam Định", "text": "Phí chợ là 5.000 đồng."}\n'


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    folder = tmp_path_factory.mktemp("api")
    with Rooms(load_config(folder / "w", {"RASOAT_SERVICE_MAX_UPLOAD_BYTES": "300000"})) as made:
        (folder / "list.jsonl").write_text(LIST, encoding="utf-8")
        made.ingest([DECREE, folder / "list.jsonl"], silent)
        yield made


@pytest.fixture(scope="module")
def client(rooms: Rooms) -> TestClient:
    return TestClient(create_app(rooms), raise_server_exceptions=False)


def work(rooms: Rooms) -> None:
    worker = rooms.worker("test")
    while worker.run_one():
        pass


def assert_problem(response: Any, status: int, code: str) -> Problem:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate(response.json())
    assert (problem.status, problem.code) == (status, code)
    assert problem.title
    assert problem.detail
    assert problem.instance == response.request.url.path
    return problem


def test_health(client: TestClient) -> None:
    body = client.get("/health").json()
    assert (body["status"], body["documents"]) == ("ok", 2)
    assert body["provisions"] > 10


def test_documents(client: TestClient) -> None:
    first, second = client.get("/documents").json()
    assert (first["number"], first["issued"], first["issuer"]) == ("976/2024/NĐ-CP", "2024-06-14", "Chính phủ")
    assert second["key"].startswith("ubnd.nam-dinh:")


def test_search(client: TestClient) -> None:
    body = client.get("/search", params={"q": "phí chợ bao nhiêu", "k": 1}).json()
    (hit,) = body["hits"]
    assert (hit["id"], hit["number"], hit["quote"]) == ("x1", "5/2020/QĐ-UBND", "Phí chợ là 5.000 đồng.")
    assert [hit["quote"][mark["start"] : mark["end"]] for mark in hit["marks"]] == ["Phí", "chợ"]
    named = client.get("/search", params={"q": "khoản 2 Điều 3 Nghị định 976/2024/NĐ-CP", "k": 3}).json()["hits"][0]
    assert named["citation"] == "khoản 2 Điều 3 Nghị định số 976/2024/NĐ-CP"
    only = client.get("/search", params={"q": "diện tích", "number": "5/2020/QĐ-UBND"}).json()["hits"]
    assert {each["number"] for each in only} <= {"5/2020/QĐ-UBND"}


def test_ingest_as_a_job(client: TestClient, rooms: Rooms) -> None:
    text = '{"id": "x2", "text": "Vỉa hè rộng 3 m."}'.encode()
    files = [
        ("files", ("../../list 2.jsonl", text, "application/jsonl")),
        ("files", ("bad.pdf", b"%PDF-", "application/pdf")),
    ]
    response = client.post("/ingest", files=files)
    assert response.status_code == 202
    here = response.headers["location"]
    assert client.get(here).json()["state"] == "queued"
    assert_problem(client.get(f"{here}/result"), 409, "job_not_done")
    work(rooms)
    job = client.get(here).json()
    assert (job["state"], job["attempts"], job["error"]) == ("done", 1, None)
    good, bad = client.get(job["links"]["result"]).json()["files"]
    # the sender's folders are not ours
    assert (good["file"], good["outcome"], good["provisions"]) == ("list 2.jsonl", "new", 1)
    assert (bad["outcome"], bad["documents"]) == ("failed", 0)
    assert bad["error"]["message"].startswith("bad.pdf")
    # found at once by the running server; what was sent is tidied away
    assert client.get("/search", params={"q": "vỉa hè", "k": 1}).json()["hits"][0]["id"] == "x2"
    assert not (rooms.runs / job["id"] / "uploads").exists()


def test_audit_as_a_job(client: TestClient, rooms: Rooms) -> None:
    here = client.post("/audit", json={"as_of": "2026-11-23"}).headers["location"]
    work(rooms)
    job = client.get(here).json()
    assert job["error"] is None
    result = client.get(job["links"]["result"]).json()
    assert result["coverage"]["as_of"] == "2026-11-23"
    assert result["coverage"]["counts"]["findings"] == len(result["findings"])
    page = client.get(job["links"]["report.html"])
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert client.get(job["links"]["report.xlsx"]).content.startswith(b"PK")
    assert_problem(client.get(f"{here}/files/secrets.txt"), 404, "no_such_file")
    assert_problem(client.get(f"{here}/files/..%2F..%2Frasoat.sqlite"), 404, "not_found")


def test_check_as_a_job(client: TestClient, rooms: Rooms) -> None:
    draft = SAMPLE / "HongSa_19_2024_QD-UBND.pdf"
    with draft.open("rb") as stream:
        response = client.post("/check", files={"file": (draft.name, stream)}, data={"as_of": "2026-11-23"})
    work(rooms)
    job = client.get(response.headers["location"]).json()
    assert job["error"] is None
    result = client.get(job["links"]["result"]).json()
    assert result["coverage"]["draft"] == draft.name
    assert all(draft.name in (each["left"]["file"], (each["right"] or {}).get("file")) for each in result["findings"])
    # a checked draft is not kept
    assert draft.name not in {each["file"] for each in client.get("/documents").json()}


def test_cancel(client: TestClient) -> None:
    here = client.post("/audit").headers["location"]
    assert client.delete(here).json()["state"] == "cancelled"
    assert client.get(here).json()["links"] == {"self": here}


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/nope", {}, 404, "not_found"),
        ("PUT", "/health", {}, 405, "method_not_allowed"),
        ("GET", "/jobs/nope", {}, 404, "no_such_job"),
        ("DELETE", "/jobs/nope", {}, 404, "no_such_job"),
        ("GET", "/search", {}, 422, "invalid_request"),
        ("GET", "/search?q=a&k=0", {}, 422, "invalid_request"),
        ("GET", "/search?q=%20", {}, 422, "bad_query"),
        ("GET", "/search?q=a&k=100000", {}, 422, "bad_query"),
        ("GET", "/search?q=a&in_force_on=x", {}, 422, "invalid_request"),
        ("POST", "/audit", {"json": {"as_of": "x"}}, 422, "invalid_request"),
        ("POST", "/audit", {"json": {"unknown": 1}}, 422, "invalid_request"),
        ("POST", "/audit", {"content": b"{", "headers": {"content-type": "application/json"}}, 422, "invalid_request"),
        ("POST", "/ingest", {}, 422, "invalid_request"),
        ("POST", "/check", {"files": {"file": ("a.pdf", b"x" * 400_000)}}, 413, "content_too_large"),
    ],
)
def test_every_failure_is_a_problem(
    client: TestClient, method: str, path: str, options: dict[str, object], status: int, code: str
) -> None:
    assert_problem(client.request(method, path, **options), status, code)  # type: ignore[arg-type]


def test_a_body_of_unannounced_size_is_cut_off(client: TestClient) -> None:
    def body() -> Iterator[bytes]:
        yield b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        for _ in range(40):
            yield b"x" * 10_000

    response = client.post("/check", content=body(), headers={"content-type": "multipart/form-data; boundary=b"})
    assert_problem(response, 413, "content_too_large")


def test_problems_speak_the_reader_s_language(client: TestClient) -> None:
    vietnamese = assert_problem(client.get("/search?q=a&k=0"), 422, "invalid_request")
    assert [(each.where, each.what) for each in vietnamese.errors] == [("query.k", "Phải lớn hơn hoặc bằng 1.")]
    english = assert_problem(client.get("/jobs/x", headers={"accept-language": "en-GB,en;q=0.9"}), 404, "no_such_job")
    assert english.title == "Not found"
    assert "There is no such job." in english.detail


def test_a_bug_has_an_id_and_no_secrets(client: TestClient, rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> tuple[int, int]:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(rooms.store, "counts", broken)
    problem = assert_problem(client.get("/health"), 500, "unexpected")
    assert "mã " in problem.detail
    assert "secret" not in problem.detail


def test_openapi_describes_every_route_with_examples(client: TestClient) -> None:
    openapi = client.get("/openapi.json").json()
    assert set(openapi["paths"]) == {
        "/health", "/documents", "/search", "/ingest", "/check", "/audit", "/jobs", "/jobs/{number}",
        "/jobs/{number}/result", "/jobs/{number}/files/{name}",
    }  # fmt: skip
    assert openapi["components"]["schemas"]["AuditRequest"]["example"] == {"as_of": "2026-11-23"}
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert "application/problem+json" in operation["responses"]["4XX"]["content"], (method, path)
