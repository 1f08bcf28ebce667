"""The command `rasoat`."""

from service.cli.app import main

__all__ = ["main"]
