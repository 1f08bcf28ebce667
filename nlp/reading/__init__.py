"""Reading: bytes of a document file in, its faithful text with page positions out."""

from nlp.reading.readers import READERS, Reader, read
from nlp.reading.sandbox import Sandbox, read_sandboxed

__all__ = ["READERS", "Reader", "Sandbox", "read", "read_sandboxed"]
