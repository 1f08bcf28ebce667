"""Commands that stay: the HTTP API and the worker."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from service.api import create_app
from service.cli.language import say, spoken, warn
from service.wiring import open_rooms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

_RESTART_SECONDS = 2.0  # before a worker that died is started again
_GRACE_SECONDS = 10.0  # a worker gets to stop before it is killed
_LOG_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def _log() -> None:
    """Our own and the server's lines on stderr; libraries only when something is wrong."""
    logging.basicConfig(level=logging.INFO, format=_LOG_FORM)
    for library in ("alembic", "bm25s"):
        logging.getLogger(library).setLevel(logging.WARNING)


def serve(workspace: Path, host: str, port: int, with_worker: bool) -> None:
    """Serve the API until interrupted."""
    _log()
    with open_rooms(workspace, spoken(), create=True) as rooms:
        _ = rooms.store, rooms.encoder  # migrated and loaded before the first request, and failing here if they fail
        service = rooms.config.service
        app = create_app(rooms)
        warn(say("Tài liệu: http://{host}:{port}/docs", host=host or service.host, port=port or service.port))
        if not with_worker:
            uvicorn.run(app, host=host or service.host, port=port or service.port, log_config=None)
            return
        with _worker_process(workspace):
            uvicorn.run(app, host=host or service.host, port=port or service.port, log_config=None)


@contextmanager
def _worker_process(workspace: Path) -> Iterator[None]:
    """A worker beside this process for as long as the context lasts, started again when it dies."""
    command = [sys.executable, "-m", "service.cli", "work", "--workspace", str(workspace), "--name", "serve"]
    stopped = threading.Event()
    current = [subprocess.Popen(command)]  # noqa: S603  our own program

    def watch() -> None:
        while not stopped.is_set():
            current[0].wait()
            if not stopped.wait(_RESTART_SECONDS):
                logging.getLogger("rasoat").warning("the worker ended (%s), starting it again", current[0].returncode)
                current[0] = subprocess.Popen(command)  # noqa: S603

    threading.Thread(target=watch, name="worker-watch", daemon=True).start()
    try:
        yield
    finally:
        stopped.set()
        current[0].terminate()
        try:
            current[0].wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            current[0].kill()  # its job is taken up again at the next start


def work(workspace: Path, name: str) -> None:
    """Do jobs until told to stop; the one at hand is finished first."""
    _log()
    with open_rooms(workspace, spoken(), create=True) as rooms:
        worker = rooms.worker(name)

        def stop(_: int, __: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()
