"""What the routes share."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import Depends, Request

from service.usecases.search import Searcher
from service.wiring import Rooms


class Desk:
    """The rooms of the workspace, and the searcher over the newest saved index."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self._lock = threading.Lock()
        self._generation = ""
        self._searcher: Searcher | None = None

    def searcher(self) -> Searcher:
        """The searcher over the newest saved index, loaded again when a job has changed it."""
        with self._lock:
            generation = self.rooms.index_generation()
            if self._searcher is None or generation != self._generation:
                self._searcher = self.rooms.searcher(self.rooms.saved_index())
                self._generation = generation
            return self._searcher


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


DeskOf = Annotated[Desk, Depends(_desk)]
